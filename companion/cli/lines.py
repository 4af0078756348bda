"""Standard input and output as lines, where they are no terminal: pipes, files, a service."""

from __future__ import annotations

import asyncio
import os
import sys
import threading
from collections.abc import AsyncGenerator, Callable, Coroutine
from contextlib import suppress
from typing import TextIO

from companion.core.events import Event, State, StateChanged
from companion.core.intents import Intent, Say

BUSY: frozenset[State] = frozenset({"starting", "hearing", "thinking", "speaking"})
"""Somebody has the floor, or is about to take it."""


class Printer:
    """Prints lines until nobody takes them any more. Then `on_lost` is called, and `check` tells why."""

    def __init__(self) -> None:
        self.on_lost: Callable[[], object] = lambda: None
        self._lost: OSError | None = None

    def line(self, text: str, file: TextIO | None = None) -> None:
        """Print on `file`, or standard output. Never raises: an event must not fail for want of a reader."""
        if self._lost:
            return
        try:
            print(text, file=file, flush=True)
        except OSError as error:
            self._lost = error
            self.on_lost()

    def check(self) -> None:
        """Raises the OSError for which printing ended, if it has."""
        if self._lost:
            raise self._lost


class Typist:
    """Says line after line, each when nobody has the floor, so that she is not interrupted. Feed it every event."""

    def __init__(self) -> None:
        self._free = asyncio.Event()

    def take(self, event: Event) -> None:
        if isinstance(event, StateChanged) and event.state in BUSY:
            self._free.clear()
        elif isinstance(event, StateChanged):
            self._free.set()

    async def run(self, lines: AsyncGenerator[str, None], ask: Callable[[Intent], None]) -> int:
        """Say all `lines` and wait for the last answer; returns how many lines had words."""
        said = 0
        async for line in lines:
            if line.strip():
                await self._free.wait()
                ask(Say(line))
                said += 1
        await self._free.wait()
        return said


async def run_beside(conversation: Coroutine[None, None, None], typing: Coroutine[None, None, None]) -> None:
    """Run `conversation` to its end; `typing` ends with it. Raises what either raises."""
    task = asyncio.create_task(typing, name="type lines")
    try:
        await conversation
    finally:
        task.cancel()
        await asyncio.wait({task})
    if not task.cancelled():
        task.result()


def on_terminal() -> bool:
    """Whether there is a person at both standard input and standard output."""
    return bool(sys.stdin and sys.stdin.isatty() and sys.stdout and sys.stdout.isatty())


async def typed_lines() -> AsyncGenerator[str, None]:
    """The lines of standard input as they come; none if it is closed or cannot be read."""
    if sys.stdin is None:
        return
    # At its end Python takes the lock of sys.stdin, which a thread that waits for a line would hold.
    file = os.fdopen(sys.stdin.fileno(), encoding=sys.stdin.encoding, errors="replace", closefd=False)
    while line := await _next_line(file):
        yield line


async def _next_line(file: TextIO) -> str:
    """The next line; empty at the end. A daemon reads it, as nobody can wake a thread that waits for a line."""
    loop = asyncio.get_running_loop()
    read: asyncio.Future[str] = loop.create_future()

    def finish(line: str) -> None:
        if not read.done():
            read.set_result(line)

    def work() -> None:
        line = ""
        with suppress(OSError):
            line = file.readline()
        with suppress(RuntimeError):  # the loop may be gone by now
            loop.call_soon_threadsafe(finish, line)

    threading.Thread(target=work, name="read a line", daemon=True).start()
    return await read
