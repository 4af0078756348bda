"""Lines from pipes and to pipes."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import AsyncGenerator, Iterator
from contextlib import contextmanager

import pytest

from companion.cli.lines import Printer, Typist, run_beside, typed_lines
from companion.core.errors import DeviceError
from companion.core.events import State, StateChanged
from companion.core.intents import Intent, Say


@contextmanager
def standard_input(monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """A pipe as standard input; gives the end to write to."""
    reading, writing = os.pipe()
    with os.fdopen(reading, encoding="utf-8") as stdin:
        monkeypatch.setattr(sys, "stdin", stdin)
        yield writing


async def test_lines_come_as_they_are_typed(monkeypatch: pytest.MonkeyPatch) -> None:
    with standard_input(monkeypatch) as writing:
        lines = typed_lines()
        os.write(writing, b"first\nsec")
        assert await anext(lines) == "first\n"
        os.write(writing, b"ond\xff\nlast")
        assert await anext(lines) == "second\N{REPLACEMENT CHARACTER}\n"
        os.close(writing)
        assert [line async for line in lines] == ["last"]


async def test_waiting_for_a_line_can_be_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    with standard_input(monkeypatch) as writing:
        waiting = asyncio.create_task(anext(typed_lines()))
        await asyncio.sleep(0)
        waiting.cancel()
        assert await asyncio.wait({waiting}) == ({waiting}, set())
        os.close(writing)


async def test_a_closed_standard_input_has_no_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    assert [line async for line in typed_lines()] == []


async def given(*lines: str) -> AsyncGenerator[str, None]:
    for line in lines:
        yield line


async def test_a_line_is_said_when_nobody_has_the_floor() -> None:
    typist, asked = Typist(), list[Intent]()

    async def become(state: State) -> None:
        typist.take(StateChanged(0.0, state))
        for _ in range(10):
            await asyncio.sleep(0)

    def ask(intent: Intent) -> None:
        asked.append(intent)
        typist.take(StateChanged(0.0, "thinking"))

    running = asyncio.create_task(typist.run(given("One.\n", "\n", "Two."), ask))
    await become("speaking")
    assert asked == [], "her greeting is heard to its end"
    await become("listening")
    assert asked == [Say("One.\n")]
    await become("speaking")
    await become("hearing")
    assert asked == [Say("One.\n")]
    await become("deaf")
    assert asked == [Say("One.\n"), Say("Two.")]
    assert not running.done(), "the last answer is waited for"
    await become("muted")
    assert await running == 2


async def test_what_types_ends_with_the_conversation_and_its_error_is_told() -> None:
    over = asyncio.Event()

    async def conversation() -> None:
        await over.wait()

    async def type_for_ever() -> None:
        over.set()
        await asyncio.Event().wait()

    async def fail() -> None:
        over.set()
        raise DeviceError("There is none.")

    await run_beside(conversation(), type_for_ever())
    over.clear()
    with pytest.raises(DeviceError):
        await run_beside(conversation(), fail())


def test_a_printer_that_nobody_reads_says_so_once_and_never_raises() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    printer, lost = Printer(), list[str]()
    printer.on_lost = lambda: lost.append("lost")
    pipe = os.fdopen(writing, "w", encoding="utf-8")
    printer.check()
    printer.line("hello", pipe)
    printer.line("hello?", pipe)
    assert lost == ["lost"]
    with pytest.raises(BrokenPipeError):
        printer.check()
    with pytest.raises(BrokenPipeError):
        pipe.close()
