"""One thread for each engine that blocks, so that no call of a model ever stops the conversation."""

from __future__ import annotations

import asyncio
import os
import sys
import threading
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from types import TracebackType
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")

_NICENESS = 10


def running(tasks: Iterable[asyncio.Task[Any] | None]) -> set[asyncio.Task[Any]]:
    """Those of `tasks` that have yet to end."""
    return {task for task in tasks if task and not task.done()}


class Worker:
    """Runs blocking calls of one engine, one at a time, in order.

    A cancelled caller stops waiting at once. A call that has not begun is dropped; one that has begun
    runs to its end on its thread, and its result is thrown away.
    """

    def __init__(self, name: str, yields: bool = False) -> None:
        """`yields`: what it computes can wait for what others do on the same cores. Linux only."""
        self._pool = ThreadPoolExecutor(1, thread_name_prefix=name, initializer=_yield if yields else None)

    async def run(self, call: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        future = self._pool.submit(call, *args, **kwargs)
        return await asyncio.wrap_future(future)

    def close(self) -> None:
        """Drop what waits, and end the thread once the present call is done."""
        self._pool.shutdown(wait=True, cancel_futures=True)

    def __enter__(self) -> Worker:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _yield() -> None:
    if sys.platform == "linux":  # where a thread has a priority of its own
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), _NICENESS)
