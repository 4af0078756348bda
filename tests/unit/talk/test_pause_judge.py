"""What is asked of whom at a pause, and in what order, where the engines are slow."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import pytest

from companion.core.audio import Samples
from companion.talk import pause_judge
from companion.talk.floor import Decision
from companion.talk.interjections import Understood, Words
from companion.talk.pause_judge import PauseJudge

PAUSE = 1


class PausedEar:
    """An ear in a pause that lasts until someone says otherwise."""

    user_has_floor = True
    spoken_s = 0.9

    def __init__(self, waits_s: float) -> None:
        self.waits_s = waits_s
        self.lasts = True
        self.must_prove = False
        self.goes_on: bool | None = None
        """Whether speech that is heard once is the user going on; None where none is heard."""

    @property
    def hears_speech(self) -> bool:
        self.lasts = self.lasts and not self.goes_on
        return self.goes_on is not None

    def is_paused(self, number: int) -> bool:
        return self.lasts and number == PAUSE

    def asks_for_sound(self, number: int) -> bool:
        return self.is_paused(number)

    def turn(self) -> Samples:
        return np.zeros(16_000, np.float32)

    def understand(self, *_: object) -> list[Decision]:
        return []

    weigh = judge = understand


class Pause:
    """The engines that are asked about a pause, and in what order they are."""

    def __init__(self, settles_s: float = 0.0, weighs_in_s: float = 0.0, waits_s: float = 0.5) -> None:
        self.asked: list[str] = []
        self.known = asyncio.Event()
        self.known.set()
        self.judged = asyncio.Event()
        self.ear = PausedEar(waits_s)
        self.exchange = SimpleNamespace(
            recognition=SimpleNamespace(settles_s=settles_s, completeness=self.completeness),
            reading=SimpleNamespace(weighs_in_s=weighs_in_s),
            understand=self.understand,
            finality=self.finality,
            guess=lambda text: self.asked.append("guess"),
        )
        self.judge = PauseJudge(cast(Any, self.ear), cast(Any, self.exchange), lambda decisions: None, lambda: None)

    async def understand(self, *_: object) -> Understood:
        self.asked.append("words")
        await self.known.wait()
        return Understood(Words.TURN, "I went home.", "en")

    async def finality(self, text: str) -> float:
        self.asked.append("weigh")
        return 1.0

    async def completeness(self, turn: object) -> float:
        self.asked.append("sound")
        self.judged.set()
        return 0.9

    async def settle(self) -> None:
        while tasks := self.judge.tasks:
            await asyncio.wait(tasks)


async def test_a_gap_between_two_words_is_not_listened_to_where_that_takes_long() -> None:
    pause = Pause(settles_s=0.01)
    pause.judge.ask_for_words(PAUSE)
    await asyncio.sleep(0)
    pause.ear.lasts = False
    await pause.settle()
    assert pause.asked == []


@pytest.mark.parametrize(("goes_on", "asked"), [(True, []), (False, ["words", "weigh", "guess"])])
async def test_speech_in_a_pause_has_time_to_prove_itself(goes_on: bool, asked: list[str]) -> None:
    pause = Pause(settles_s=0.01)
    pause.ear.goes_on = goes_on
    pause.judge.ask_for_words(PAUSE)
    await pause.settle()
    assert pause.asked == asked


async def test_over_her_voice_words_are_asked_for_at_once() -> None:
    pause = Pause(settles_s=60.0)
    pause.ear.must_prove = True
    pause.judge.ask_for_words(PAUSE)
    await pause.settle()
    assert pause.asked == ["words"]


async def test_the_sound_is_judged_when_the_words_are_known() -> None:
    pause = Pause()
    pause.known.clear()
    pause.judge.ask_for_words(PAUSE)
    pause.judge.ask_for_sound(PAUSE)
    await asyncio.wait(pause.judge.tasks, timeout=0.01)
    assert pause.asked == ["words"]
    pause.known.set()
    await pause.settle()
    assert pause.asked == ["words", "weigh", "guess", "sound"]


async def test_the_sound_is_judged_without_words_that_come_late(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pause_judge, "WORDS_FIRST_S", 0.01)
    pause = Pause()
    pause.known.clear()
    pause.judge.ask_for_words(PAUSE)
    pause.judge.ask_for_sound(PAUSE)
    await pause.judged.wait()
    pause.known.set()
    await pause.settle()
    assert pause.asked == ["words", "sound", "weigh", "guess"]


async def test_words_that_the_mind_would_weigh_too_late_are_not_weighed() -> None:
    for weighs_in_s, waits_s, asked in (
        (0.3, 0.5, ["words", "weigh", "guess"]),
        (0.3, 0.2, ["words", "guess"]),
        (0.0, 0.05, ["words", "guess"]),
    ):
        pause = Pause(weighs_in_s=weighs_in_s, waits_s=waits_s)
        pause.judge.ask_for_words(PAUSE)
        await pause.settle()
        assert pause.asked == asked


async def test_a_transcriber_that_fails_holds_nobody_up() -> None:
    pause = Pause()

    async def fail(*_: object) -> Understood:
        raise asyncio.CancelledError

    pause.exchange.understand = fail
    pause.judge.ask_for_words(PAUSE)
    pause.judge.ask_for_sound(PAUSE)
    await pause.settle()
    assert pause.asked == ["sound"]
