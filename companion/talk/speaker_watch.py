"""Notices that the speaker has gone, and brings it back when it can be had again."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress

from companion.core.engines import Speaker
from companion.core.errors import DeviceError

RETRY_S = 0.5
"""How often a lost device is looked for: she goes on within 2 s of its return, opening included."""


class SpeakerWatch:
    """Look often; `lost` is called when the speaker has gone, `back` when it plays again."""

    def __init__(self, speaker: Speaker, lost: Callable[[], None], back: Callable[[], None]) -> None:
        self._speaker = speaker
        self._lost = lost
        self._back = back
        self.task: asyncio.Task[None] | None = None

    def look(self) -> None:
        if self._speaker.lost and self.task is None:
            self._lost()
            self.task = asyncio.create_task(self._bring_back(), name="bring speaker back")

    async def _bring_back(self) -> None:
        while self._speaker.lost:
            await asyncio.sleep(RETRY_S)
            with suppress(DeviceError):
                await self._speaker.close()
                await self._speaker.open()
        self.task = None
        self._back()
