"""Says at the start what she thinks, hears and speaks with."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from companion.core import events as ev

WITHOUT = {"microphone": "type to her", "speaker": "read her words"}


class Introduction:
    """Names the engines, and each device once it is known whether it is there. Feed it every event."""

    def __init__(self, note: Callable[[str], None], hears: bool) -> None:
        """`hears`: False in a typed conversation, where nothing is said of a microphone."""
        self._note = note
        self._hears = hears
        self._due: dict[str, str] = {}
        """The names of the devices of which nothing is known yet."""

    def take(self, event: ev.Event) -> None:
        match event:
            case ev.ConversationStarted(_, engines, microphone, speaker):
                for engine in engines:
                    self._note(f"{engine.part}: {engine.name}, {engine.model}, on {engine.where}")
                self._due = {"microphone": microphone} if self._hears else {}
                if speaker:
                    self._due["speaker"] = speaker
                else:
                    self._note(f"speaker: none; {WITHOUT['speaker']}")
            case ev.DeviceLost(_, part):
                if self._due.pop(part, None):
                    self._note(f"{part}: none yet; {WITHOUT[part]}")
            case ev.LevelMeasured():
                self._name("microphone")
                self._name("speaker")
            case ev.StateChanged() if "microphone" not in self._due:  # the speaker was looked at by now
                self._name("speaker")
            case _:
                pass

    def _name(self, part: str) -> None:
        if name := self._due.pop(part, None):
            self._note(f"{part}: {name}")


class MicrophoneWatch:
    """Whether there is a microphone. Feed it every event."""

    def __init__(self) -> None:
        self._known = asyncio.Event()
        self._there = False

    def take(self, event: ev.Event) -> None:
        match event:
            case ev.LevelMeasured() | ev.DeviceReturned(_, "microphone"):
                self._tell(True)
            case ev.DeviceLost(_, "microphone"):
                self._tell(False)
            case _:
                pass

    async def there(self) -> bool:
        """Waits until that is known."""
        await self._known.wait()
        return self._there

    def _tell(self, there: bool) -> None:
        self._there = there
        self._known.set()
