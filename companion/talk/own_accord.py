"""She speaks of her own accord: of what has come due, when nobody has the floor, and never into do-not-disturb."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from companion.talk.attention import Attention, Step, WakeUp
from companion.talk.parts import SpeaksUp

GAP_S = 0.7
"""So long nobody must have spoken: who has just been answered may go on."""
CHIME_S = 0.8
"""The soft sound with which she wakes is heard out before she speaks."""


class Said(Protocol):
    """A reply, as far as it matters here."""

    @property
    def was_heard(self) -> bool: ...


class OwnAccord:
    """Call `pass_time` for every block of audio."""

    def __init__(self, source: SpeaksUp, attention: Attention, say: Callable[[str], Said]) -> None:
        """`say` begins to say a text."""
        self._source = source
        self._attention = attention
        self._say = say
        self._still_s = 0.0
        self._wait_s = GAP_S
        self._saying: Said | None = None

    def pass_time(self, duration_s: float, still: bool) -> list[Step]:
        """`still`: neither speaks, and nothing is thought of."""
        if not still:
            self._still_s = 0.0
            return []
        if self._saying:
            self._end(self._saying)
        self._still_s += duration_s
        if self._still_s < self._wait_s or not self._attention.may_speak:
            return []
        text = self._source.words()
        if not text:
            self._wait_s = GAP_S
            return []
        steps = self._attention.rouse()
        if any(isinstance(step, WakeUp) for step in steps):
            self._still_s, self._wait_s = 0.0, CHIME_S
            return steps
        self._saying = self._say(text)
        self._still_s, self._wait_s = 0.0, GAP_S
        return steps

    def _end(self, saying: Said) -> None:
        """It is over; what was not heard at all is said again."""
        self._saying = None
        if saying.was_heard:
            self._source.was_said()
