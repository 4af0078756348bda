"""How fast something comes, and how long the rest will take."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable

WINDOW_S = 5.0
"""The speed is that of the last seconds: long enough to be calm, short enough to notice a change."""


class Pace:
    """Told of the bytes that are here, tells bytes a second and seconds left; None while it cannot be known."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._seen: deque[tuple[float, int]] = deque()

    def tell(self, done: int, total: int) -> tuple[int | None, int | None]:
        now_s = self._clock()
        if self._seen and done < self._seen[-1][1]:
            self._seen.clear()  # another file is being checked, or it began anew
        self._seen.append((now_s, done))
        while len(self._seen) > 2 and now_s - self._seen[1][0] >= WINDOW_S:
            self._seen.popleft()
        began_s, began = self._seen[0]
        if now_s - began_s < 0.5:
            return None, None
        speed = (done - began) / (now_s - began_s)
        left_s = round((total - done) / speed) if speed > 0 else None
        return round(speed), left_s
