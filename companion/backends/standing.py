"""How an engine elsewhere stands: there, or away until it is looked for again."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

FIRST_REST_S = 5.0
LONGEST_REST_S = 120.0
"""It is left alone for the first after a failure, and for twice as long after each further one, up to the longest."""


class Standing:
    """Safe to use from several threads. Of those who ask whether to look for it, one is told so."""

    def __init__(self, clock_s: Callable[[], float] = time.monotonic) -> None:
        self._clock_s = clock_s
        self._lock = threading.Lock()
        self._there = True
        self._rest_s = FIRST_REST_S
        self._look_at_s = 0.0
        self._being_looked_for = False

    @property
    def there(self) -> bool:
        """Whether it is to be asked."""
        return self._there

    @property
    def rest_s(self) -> float:
        """Seconds until it may be looked for."""
        return max(0.0, self._look_at_s - self._clock_s())

    def answered(self) -> None:
        """It has done what it was asked for: the next failure is a first one again."""
        self._rest_s = FIRST_REST_S

    def failed(self) -> bool:
        """It has failed, or was looked for in vain. True if it was there until now.

        One that can be found and then fails what it is asked for is found ever more seldom.
        """
        with self._lock:
            was_there, self._there, self._being_looked_for = self._there, False, False
            self._look_at_s = self._clock_s() + self._rest_s
            self._rest_s = min(2 * self._rest_s, LONGEST_REST_S)
            return was_there

    def look(self) -> bool:
        """Whether the caller is to look for it now, and to say by `found` or `failed` how that went."""
        with self._lock:
            if self._there or self._being_looked_for or self.rest_s > 0:
                return False
            self._being_looked_for = True
            return True

    def found(self) -> None:
        """It is there again."""
        with self._lock:
            self._there, self._being_looked_for = True, False
