"""What she does while nobody speaks, and that she stops for whoever does."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from typing import Any, cast

import pytest

from companion import pondering
from companion.core.engines import LanguageModel
from companion.core.errors import CompanionError
from companion.core.events import Event, LevelMeasured, SpeechStarted, StateChanged
from companion.her_past import HerPast
from companion.pondering import Pondering
from companion.talk.workers import Worker
from tests.fakes.scripted_mind import ScriptedMind

LISTENS = StateChanged(0.0, "listening")
THINKS = StateChanged(0.0, "thinking")


class FakePast:
    """`unread` turns to take in, and `steps` of thinking over; a step waits for `may_go_on`."""

    def __init__(self, unread: int = 0, steps: int = 0) -> None:
        self.unread = unread
        self.steps = steps
        self.minds: list[object] = []
        self.may_go_on = asyncio.Event()
        self.may_go_on.set()
        self.began = asyncio.Event()
        self.cancelled = 0
        self.error: CompanionError | None = None
        self.opened = self.aged = self.closed = False

    def warm_up(self) -> None:
        self.opened = True

    def forget_old(self) -> None:
        self.aged = True

    def ponder(self, turns: int) -> int:
        if self.error:
            raise self.error
        self.unread = max(0, self.unread - turns)
        return self.unread

    def digestion(self) -> FakePast:
        return self

    async def run_once(self, mind: object) -> bool:
        self.minds.append(mind)
        if not self.steps:
            return False
        self.began.set()
        try:
            await self.may_go_on.wait()
        except asyncio.CancelledError:
            self.cancelled += 1
            raise
        self.steps -= 1
        return True

    def close(self) -> None:
        self.closed = True


@pytest.fixture(autouse=True)
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pondering, "QUIET_S", 0.0)


@pytest.fixture
def worker() -> Iterator[Worker]:
    with Worker("remember") as worker:
        yield worker


@pytest.fixture
async def ponders(worker: Worker) -> AsyncIterator[Callable[[FakePast], Pondering]]:
    made: list[Pondering] = []

    def make(past: FakePast, mind: LanguageModel | None = None) -> Pondering:
        made.append(Pondering(cast(HerPast, past), worker, lambda: mind))
        return made[-1]

    yield make
    for one in made:
        await one.close()


async def until(is_so: Callable[[], object]) -> None:
    async with asyncio.timeout(5):
        while not is_so():  # noqa: ASYNC110
            await asyncio.sleep(0.001)


async def test_all_is_taken_in_and_thought_over_when_it_is_quiet(worker: Worker) -> None:
    past, mind = FakePast(unread=20, steps=2), ScriptedMind([])
    one = Pondering(cast(HerPast, past), worker, lambda: mind)
    one.take(LISTENS)
    await until(lambda: len(past.minds) == 3)
    assert (past.unread, past.steps) == (0, 0)
    assert past.minds == [mind] * 3
    await one.close()
    assert past.opened and past.aged and past.closed


async def test_nothing_is_done_while_she_thinks_or_somebody_speaks(ponders: Any) -> None:
    past = FakePast(unread=9)
    one = ponders(past)
    for state in ("hearing", "thinking", "speaking"):
        one.take(StateChanged(0.0, state))
        await asyncio.sleep(0.02)
    assert past.unread == 9
    one.take(LISTENS)
    await until(lambda: past.unread == 0)


@pytest.mark.parametrize("sign", [SpeechStarted(1.0, False), THINKS])
async def test_whoever_speaks_comes_first_and_what_was_begun_is_begun_again(ponders: Any, sign: Event) -> None:
    past = FakePast(steps=1)
    past.may_go_on.clear()
    one = ponders(past)
    one.take(LISTENS)
    async with asyncio.timeout(5):
        await past.began.wait()
    one.take(LevelMeasured(1.0, -40.0))
    await asyncio.sleep(0.01)
    assert past.cancelled == 0
    one.take(sign)
    await until(lambda: past.cancelled == 1)
    past.may_go_on.set()
    one.take(LISTENS)
    await until(lambda: past.steps == 0)


async def test_it_looks_again_later_and_after_a_fault(ponders: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pondering, "LOOKS_AGAIN_S", 0.0)
    past = FakePast(unread=9)
    past.error = CompanionError("The disk is full.", "Make room.")
    one = ponders(past)
    one.take(LISTENS)
    await asyncio.sleep(0.02)
    past.error = None
    await until(lambda: past.unread == 0)
