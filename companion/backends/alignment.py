"""Which sample of the far end is given beside which of the near end."""

from __future__ import annotations

from enum import Enum, auto

from companion.backends.far_end import FarEnd
from companion.core.audio import HEARING_RATE_HZ

MARGIN_S = 0.04
"""What is heard goes with what was played last but this much: two blocks, because callbacks come in heaps.

Both devices together hold sound for longer than that, so that an echo is late, not early, whatever the drivers say of
their latency (through PulseAudio their figures jump by 50 ms). A canceller copes with late ones only: WebRTC's takes
away 4 dB of an echo that comes 30 ms early, 18 dB and more of one that comes up to 500 ms late.
"""

_LAGS_S = (0.005, 0.35)
"""An echo that comes sooner or later than this after its far end wants another margin."""
_WANTED_LAG_S = 0.04

_SHORT_BLOCKS = 10
"""So many blocks in a row for which the far end came too late: it will not catch up. Fewer are ridden out."""

_SPARE_S = 0.15
"""More than this in hand for two seconds, beyond the margin: the far end has moved ahead."""
_SPARE_BLOCKS = 100

_AWAY_BLOCKS = 25
"""A speaker that takes nothing for so long (0.5 s) was closed: the next may be another."""


class Change(Enum):
    """What became of the alignment."""

    NONE = auto()
    SHIFTED = auto()
    NEW_SPEAKER = auto()


class Alignment:
    """Counts samples, so that blocks which arrive late or in heaps change nothing."""

    def __init__(self, far_end: FarEnd) -> None:
        self._far_end = far_end
        self._margin = round(MARGIN_S * HEARING_RATE_HZ)
        self._offset: int | None = None
        self._length = 0
        self._without = 0
        """Blocks heard since the far end last grew."""
        self._short = 0
        self._ample = 0
        self.near = 0
        """Near-end samples so far."""

    def far(self, near: int) -> int | None:
        """Number of the far-end sample that is to be given beside sample `near`; None if nothing was played yet."""
        return None if self._offset is None else near + self._offset

    def arrive(self, count: int) -> Change:
        """`count` more samples were heard; the far end has caught up."""
        self.near += count
        length = self._far_end.length
        if length == self._length:
            self._without += 1
            return Change.NONE
        self._length = length
        away, self._without = self._without >= _AWAY_BLOCKS, 0
        if self._offset is None or away:
            self._align()
            return Change.NEW_SPEAKER
        spare = length - self.near - self._offset
        self._short = self._short + 1 if spare < 0 else 0
        self._ample = self._ample + 1 if spare > self._margin + _SPARE_S * HEARING_RATE_HZ else 0
        if self._short < _SHORT_BLOCKS and self._ample < _SPARE_BLOCKS:
            return Change.NONE
        self._align()
        return Change.SHIFTED

    def correct(self, lag_s: float) -> Change:
        """Echoes come `lag_s` after the far end as it was given."""
        if _LAGS_S[0] <= lag_s <= _LAGS_S[1]:
            return Change.NONE
        self._margin = max(0, self._margin + round((lag_s - _WANTED_LAG_S) * HEARING_RATE_HZ))
        self._align()
        return Change.SHIFTED

    def _align(self) -> None:
        self._offset = self._length - self._margin - self.near
        self._short = self._ample = 0
