"""What is read, and asked, while the user still speaks."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import datetime
from itertools import count
from types import SimpleNamespace

import pytest

from companion.core.engines import Message, ReplyLimits
from companion.core.persona import Persona
from companion.core.transcript import History, Turn
from companion.talk import reading_ahead
from companion.talk.parts import Thinking
from companion.talk.prompt import Prompt
from companion.talk.reading_ahead import READS_SOON_S, ReadingAhead
from tests.fakes.scripted_mind import ScriptedMind

PLAIN = "I went home."


class AskedMind(ScriptedMind):
    """Counts how often it is asked whether a turn is over."""

    asked = 0

    async def finality(self, messages: Sequence[Message]) -> float | None:
        self.asked += 1
        return await super().finality(messages)


@pytest.fixture
def mind() -> AskedMind:
    made = AskedMind(["Did you?"])
    made.finalities = {PLAIN: 3.0, "I went to bed.": -1.0}
    return made


@pytest.fixture
def reading(mind: AskedMind) -> ReadingAhead:
    return ReadingAhead(
        Thinking(
            mind,
            Prompt(Persona(name="Ada", character="You are Ada."), "Sam", datetime(2026, 11, 23, 20, 5), 2000),
            ReplyLimits(),
        ),
        History(),
    )


async def read(reading: ReadingAhead, words: str) -> None:
    reading.follow(words)
    assert reading.task
    await reading.task


async def read_all(reading: ReadingAhead) -> None:
    while reading.task and not reading.task.done():
        await reading.task
        await asyncio.sleep(0)


async def test_what_was_asked_while_the_turn_went_on_is_not_asked_again(reading: ReadingAhead, mind: AskedMind) -> None:
    await read(reading, PLAIN)
    said = reading.as_read("i went home")
    assert await reading.finality([Turn("user", said)], "en") == 3.0, "case and marks do not matter"
    assert mind.asked == 1
    assert len(mind.anticipated) == 1, "and its end was read ahead"


async def test_of_a_slow_mind_the_end_is_not_read_ahead(
    reading: ReadingAhead, mind: AskedMind, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading_ahead, "time", SimpleNamespace(monotonic=count(step=READS_SOON_S).__next__))
    await read(reading, PLAIN)
    assert mind.asked == 1
    assert not mind.anticipated, "to be asked, it read the words"


async def test_where_the_mind_cannot_tell_the_words_are_read_all_the_same(
    reading: ReadingAhead, mind: AskedMind
) -> None:
    mind.finalities = {}
    await read(reading, PLAIN)
    assert len(mind.anticipated) == 1


@pytest.mark.parametrize(
    ("before", "now", "read_as"),
    [
        (
            "I went home, and then I slept",
            "I went home and then I slept badly.",
            "I went home, and then I slept badly.",
        ),
        ("I went home.", "I went home and slept.", "I went home and slept."),
        ("I went home and then", "I went home.", "I went home."),
        ("I went home.", "i went home", "I went home."),
        ("I went home and", "You came home and left.", "You came home and left."),
        ("I went — well, home", "I went. Well, home and slept", "I went Well, home and slept"),
        ("", "I went home.", "I went home."),
    ],
)
async def test_marks_within_what_was_read_stay(reading: ReadingAhead, before: str, now: str, read_as: str) -> None:
    if before:
        whole = before.endswith(".")
        await read(reading, before if whole else before + " cut")
    assert reading.as_read(now) == read_as


async def test_other_words_are_asked_for_anew(reading: ReadingAhead, mind: AskedMind) -> None:
    await read(reading, PLAIN)
    assert await reading.finality([Turn("user", "I went to bed.")], "en") == -1.0
    await read(reading, "I went to bed.")
    await read(reading, "I went to bed because")
    assert await reading.finality([Turn("user", PLAIN)], "en") == 3.0


async def test_words_that_tell_enough_are_not_asked_for(reading: ReadingAhead, mind: AskedMind) -> None:
    await read(reading, "I went home because")
    assert await reading.finality([Turn("user", "I went home because")], "en") is None
    assert mind.asked == 0


async def test_behind_another_turn_the_same_words_are_asked_for_anew(reading: ReadingAhead, mind: AskedMind) -> None:
    await read(reading, PLAIN)
    reading.catch_up()
    assert reading.task
    await reading.task
    assert await reading.finality([Turn("user", PLAIN)], "en") == 3.0
    assert mind.asked == 2


async def test_of_what_comes_while_it_reads_the_last_is_read_next(reading: ReadingAhead, mind: AskedMind) -> None:
    for words in ("I went home and", "I went home and slept", "I went home and slept until noon"):
        reading.follow(words)
    await read_all(reading)
    assert [messages[-1].text.rpartition("\n\n")[2] for messages in mind.anticipated] == [
        "I went home",
        "I went home and slept until",
    ]


async def test_nothing_more_is_read_once_a_question_is_about_to_come(reading: ReadingAhead, mind: AskedMind) -> None:
    reading.follow("I went home and")
    reading.follow("I went home and slept until")
    reading.finish()
    await read_all(reading)
    assert len(mind.anticipated) == 1


async def test_what_was_understood_of_a_turn_is_not_read_in_the_next(reading: ReadingAhead, mind: AskedMind) -> None:
    reading.follow("I went home and")
    reading.follow("I went home and slept until")
    reading.catch_up()
    await read_all(reading)
    assert len(mind.anticipated) == 1


async def test_a_reading_that_is_called_off_is_not_gone_on_with(reading: ReadingAhead, mind: AskedMind) -> None:
    reading.follow("I went home and")
    reading.follow("I went home and slept until")
    assert reading.task
    reading.task.cancel()
    await asyncio.wait({reading.task})
    await asyncio.sleep(0)
    assert not mind.anticipated


async def test_how_long_it_takes_to_weigh_is_known_from_the_last_times(
    reading: ReadingAhead, mind: AskedMind, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert reading.weighs_in_s == 0.0
    clock = iter((1.0, 1.1, 2.0, 2.7, 3.0, 3.5, 4.0, 4.6))
    monkeypatch.setattr(reading_ahead, "time", SimpleNamespace(monotonic=clock.__next__))
    known = []
    for _ in range(4):
        await reading.finality([Turn("user", PLAIN)], "en")
        known.append(round(reading.weighs_in_s, 3))
    assert known == [0.1, 0.1, 0.1, 0.5]
