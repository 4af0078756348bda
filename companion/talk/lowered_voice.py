"""She speaks more softly while somebody may be speaking over her."""

from __future__ import annotations

from collections.abc import Callable

from companion.core.events import Event, VoiceLowered, VoiceRaised
from companion.talk.parts import Mouth


class LoweredVoice:
    """Her loudness, and whether it was told."""

    def __init__(self, mouth: Mouth | None, emit: Callable[[Event], None], now_s: Callable[[], float]) -> None:
        self._mouth = mouth
        self._emit = emit
        self._now_s = now_s
        self._lowered = False

    def lower(self) -> None:
        """Somebody may be speaking over her."""
        if self._mouth and not self._lowered:
            self._lowered = True
            self._mouth.speaker.set_gain(self._mouth.ducked_gain)
            self._emit(VoiceLowered(self._now_s()))

    def raise_again(self) -> None:
        """Nobody does, or no more."""
        if self._mouth and self._lowered:
            self._lowered = False
            self._mouth.speaker.set_gain(1.0)
            self._emit(VoiceRaised(self._now_s()))

    def cut_off(self) -> None:
        """Her reply was ended while it was low: there is nothing to raise."""
        self._lowered = False

    def start_afresh(self) -> None:
        """A new reply begins at her usual level."""
        self._lowered = False
        if self._mouth:
            self._mouth.speaker.set_gain(1.0)
