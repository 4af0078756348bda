"""A line before what only one can use at a time: some may wait, for a while; others are asked to come back."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

MOST_WAITING = 4
PATIENCE_S = 60.0
COME_BACK_S = 10
"""When to try again: about as long as a reply takes on a slow machine."""


class BusyError(Exception):
    """It is in use."""

    def __init__(self, waited: bool) -> None:
        """`waited`: for too long; else there was no room to wait."""
        super().__init__("she is talking with somebody else")
        self.waited = waited


class Line:
    """First come, first served."""

    def __init__(self, most_waiting: int = MOST_WAITING, patience_s: float = PATIENCE_S) -> None:
        self._lock = asyncio.Lock()
        self._waiting = 0
        self._most_waiting = most_waiting
        self._patience_s = patience_s

    @property
    def busy(self) -> bool:
        return self._lock.locked()

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """Wait for one's turn, and have it. Raises BusyError."""
        if self._lock.locked() and self._waiting >= self._most_waiting:
            raise BusyError(waited=False)
        self._waiting += 1
        try:
            async with asyncio.timeout(self._patience_s):
                await self._lock.acquire()
        except TimeoutError:
            raise BusyError(waited=True) from None
        finally:
            self._waiting -= 1
        try:
            yield
        finally:
            self._lock.release()
