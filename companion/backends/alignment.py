"""Which sample of the far end belongs to which of the near end, by the clocks of both devices."""

from __future__ import annotations

from collections import deque

from companion.backends.far_end import FarEnd
from companion.core.audio import HEARING_RATE_HZ

LEAD_S = 0.04
"""The far end is given this much early: a canceller copes with an echo that is late, not with one that is early
(30 ms early: 4 dB; up to 500 ms late: 18 dB and more)."""

_STARTS = 100
_LOOK_EVERY = 25
_BETWEEN_REPLIES_S = 0.008
_IN_A_REPLY_S = 0.04
"""How far the clocks may drift apart until they are aligned anew: in a reply it costs a moment of echo."""

_LAGS_S = (0.005, 0.35)
"""An echo that comes sooner or later than this after its far end wants another alignment."""


class Alignment:
    """Counts samples, so that blocks which arrive late or in heaps change nothing."""

    def __init__(self, far_end: FarEnd) -> None:
        self._far_end = far_end
        self._starts: deque[float] = deque(maxlen=_STARTS)
        """When near-end sample 0 was captured, by each of the last blocks: the least is right, the others came late."""
        self._offset: int | None = None
        self._skew = 0
        """What echoes told about the clocks: the latency that a driver reports may be wrong by far."""
        self._arrivals = 0
        self.near = 0
        """Near-end samples so far."""

    def arrive(self, count: int, captured_at_s: float, sounding: bool) -> bool:
        """Note that `count` more samples came, the last captured at `captured_at_s`; True if aligned anew.

        `sounding`: the far end is heard at present.
        """
        self.near += count
        self._arrivals += 1
        self._starts.append(captured_at_s - self.near / HEARING_RATE_HZ)
        if self._offset is not None and self._arrivals % _LOOK_EVERY:
            return False
        offset = self._far_end.number_at(min(self._starts))
        if offset is None:
            return False
        limit_s = _IN_A_REPLY_S if sounding else _BETWEEN_REPLIES_S
        if self._offset is not None and abs(offset - self._offset) <= limit_s * HEARING_RATE_HZ:
            return False
        self._offset = offset
        return True

    def far(self, near: int) -> int | None:
        """Number of the far-end sample that is to be given beside sample `near`; None if nothing was played yet."""
        if self._offset is None:
            return None
        return near + self._offset + self._skew + round(LEAD_S * HEARING_RATE_HZ)

    def correct(self, lag_s: float) -> bool:
        """Echoes come `lag_s` after the far end as given; True if that needed another alignment."""
        if _LAGS_S[0] <= lag_s <= _LAGS_S[1]:
            return False
        self._skew += round((LEAD_S - lag_s) * HEARING_RATE_HZ)
        return True
