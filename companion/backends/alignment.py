"""Which sample of the far end is given beside which of the near end."""

from __future__ import annotations

import statistics
from collections import deque
from enum import Enum, auto

from companion.backends.far_end import FarEnd
from companion.core.audio import HEARING_RATE_HZ

MARGIN_S = 0.06
"""What is heard goes with what was played last but this much, because callbacks come in heaps.

Both devices together hold sound for longer than that (90 ms through PulseAudio), so that an echo is late, not early,
whatever the drivers say of their latency (through PulseAudio their figures jump by 50 ms). A canceller copes with
late ones only: WebRTC's takes away 4 dB of an echo that comes 30 ms early, 18 dB and more of one 500 ms late.
"""

_MARGIN = round(MARGIN_S * HEARING_RATE_HZ)

_LAGS_S = (0.005, 0.35)
"""An echo that comes sooner or later than this after its far end wants another margin."""
_WANTED_LAG_S = 0.02

_WATCHED_BLOCKS = 25
"""What is in hand is judged by the median of so many blocks (0.5 s): stalls and heaps are shorter."""

_IN_HAND_S = (0.02, 0.1)
"""What the devices may settle at."""

_LATE_BLOCKS = 4
"""So many blocks in a row that came too late are enough: what has been lost will not come."""

_MOVED_S = 0.03
"""A change of what is in hand by more than this is no jitter: one of the devices lost sound, or their clocks differ."""

_AWAY_BLOCKS = 100
"""A speaker that takes nothing for so long (2 s) was closed: the next may be another."""


class Change(Enum):
    """What became of the alignment."""

    NONE = auto()
    """Echoes come as late as before, or later."""
    SOONER = auto()
    NEW_SPEAKER = auto()


class Alignment:
    """Counts samples, so that blocks which arrive late or in heaps change nothing.

    Where a device loses sound, it keeps the echo as late as it was: cancellers follow an echo that comes later, but
    not for seconds one that comes sooner.
    """

    def __init__(self, far_end: FarEnd) -> None:
        self._far_end = far_end
        self._offset: int | None = None
        self._length = 0
        self._without = 0
        """Blocks heard since the far end last grew."""
        self._spares: deque[int] = deque(maxlen=_WATCHED_BLOCKS)
        """What was in hand, in samples, at each of the last blocks."""
        self._usual: float | None = None
        """Their median when the devices began."""
        self.near = 0
        """Near-end samples so far."""

    def far(self, near: int) -> int | None:
        """Number of the far-end sample that is to be given beside sample `near`; None if nothing was played yet."""
        return None if self._offset is None else near + self._offset

    @property
    def lacking(self) -> bool:
        """True if the far end has yet to give what goes with the last block: its device has stalled."""
        return self._offset is not None and self._length < self.near + self._offset

    def arrive(self, count: int, in_time: bool = True) -> Change:
        """`count` more samples were heard; the far end has caught up. Of late ones nothing is learnt."""
        self.near += count
        length = self._far_end.length
        if length == self._length:
            self._without += 1
            return Change.NONE
        self._length = length
        away, self._without = self._without >= _AWAY_BLOCKS, 0
        if self._offset is None or away:
            self._offset = length - _MARGIN - self.near
            self._usual = None
            self._spares.clear()
            return Change.NEW_SPEAKER
        if not in_time:
            return Change.NONE
        self._spares.append(length - self.near - self._offset)
        late = list(self._spares)[-_LATE_BLOCKS:]
        if len(late) == _LATE_BLOCKS and max(late) < 0:
            return self._settle(statistics.median(late))
        if len(self._spares) == _WATCHED_BLOCKS:
            return self._settle(statistics.median(self._spares))
        return Change.NONE

    def correct(self, lag_s: float) -> Change:
        """Echoes come `lag_s` after the far end as it was given."""
        if _LAGS_S[0] <= lag_s <= _LAGS_S[1]:
            return Change.NONE
        later = round((_WANTED_LAG_S - lag_s) * HEARING_RATE_HZ)
        self._shift(later)
        if self._usual is not None:
            self._usual -= later
        return Change.SOONER

    def _settle(self, in_hand: float) -> Change:
        if self._usual is None:
            least, most = (in_hand_s * HEARING_RATE_HZ for in_hand_s in _IN_HAND_S)
            self._usual = in_hand if least <= in_hand <= most else _MARGIN
            self._shift(round(in_hand - self._usual))
            return Change.SOONER if in_hand < self._usual else Change.NONE
        if abs(in_hand - self._usual) > _MOVED_S * HEARING_RATE_HZ:
            self._shift(round(in_hand - self._usual))
        return Change.NONE

    def _shift(self, later: int) -> None:
        assert self._offset is not None
        self._offset += later
        self._spares.clear()
