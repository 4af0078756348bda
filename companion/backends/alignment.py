"""Which sample of the far end is given beside which of the near end."""

from __future__ import annotations

from enum import Enum, auto

from companion.backends.far_end import FarEnd
from companion.core.audio import HEARING_RATE_HZ

MARGIN_S = 0.06
"""What is heard goes with what was played last but this much: three blocks, because callbacks come in heaps.

So an echo is always late, never early, whatever the drivers say of their latency (through PulseAudio their figures
jump by 50 ms). A canceller copes with late ones: WebRTC's takes away 18 dB and more up to 500 ms.
"""

_SPARE_S = 0.2
"""With more than this in hand for two seconds, the clocks have drifted apart, or the speaker was given a heap."""

_WATCHED = 100
_AWAY_S = 0.5
"""A speaker that gives nothing for so long was closed: the next may be another."""

_LONG_LAG_S, _SHORT_LAG_S = 0.35, 0.1
"""An echo later than the first is brought to the second."""


class Change(Enum):
    """What became of the alignment."""

    NONE = auto()
    SHIFTED = auto()
    NEW_SPEAKER = auto()


class Alignment:
    """Counts samples, so that blocks which arrive late or in heaps change nothing."""

    def __init__(self, far_end: FarEnd) -> None:
        self._far_end = far_end
        self._offset: int | None = None
        self._skew = 0
        self._seen = 0
        self._least_spare = 0
        self._arrivals = 0
        self.near = 0
        """Near-end samples so far."""

    def far(self, near: int) -> int | None:
        """Number of the far-end sample that is to be given beside sample `near`; None if nothing was played yet."""
        return None if self._offset is None else near + self._offset - self._skew

    def arrive(self, count: int) -> Change:
        """`count` more samples were heard; the far end has caught up."""
        self.near += count
        length = self._far_end.length
        more, self._seen = length != self._seen, length
        if self._offset is None:
            if more:
                self._align(length)
            return Change.SHIFTED if more else Change.NONE
        self._least_spare = min(self._least_spare, length - (self.near + self._offset))
        self._arrivals += 1
        if not more:
            return Change.NONE
        if self._least_spare < 0:
            away = self._least_spare < -_AWAY_S * HEARING_RATE_HZ
            self._align(length)
            return Change.NEW_SPEAKER if away else Change.SHIFTED
        return self._watch_spare(length)

    def correct(self, lag_s: float) -> Change:
        """Echoes come `lag_s` after the far end as it was given."""
        if lag_s <= _LONG_LAG_S:
            return Change.NONE
        self._skew += round((lag_s - _SHORT_LAG_S) * HEARING_RATE_HZ)
        return Change.SHIFTED

    def _watch_spare(self, length: int) -> Change:
        if self._arrivals < _WATCHED:
            return Change.NONE
        too_much = self._least_spare > _SPARE_S * HEARING_RATE_HZ
        self._arrivals, self._least_spare = 0, length
        if too_much:
            self._align(length)
        return Change.SHIFTED if too_much else Change.NONE

    def _align(self, length: int) -> None:
        self._offset = length - round(MARGIN_S * HEARING_RATE_HZ) - self.near
        self._arrivals, self._least_spare = 0, length
