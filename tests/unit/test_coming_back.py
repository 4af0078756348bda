"""What is known at the start of a conversation."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

import pytest

from companion import coming_back
from companion.coming_back import UNKNOWN, ComingBack, Return, first_words, look_back
from companion.core.diary import Diary, Entry
from companion.core.errors import CompanionError
from companion.core.facts import YOU, Fact, Facts
from companion.core.greetings import Greetings
from companion.core.persona import Persona
from companion.memory.facts import SqliteFacts, open_facts
from companion.memory.store import SqliteDiary, open_diary

NOW = datetime(2026, 3, 5, 20, 0, tzinfo=UTC)
ADA = Persona(
    version=2,
    name="Ada",
    character="You are Ada.",
    greetings=Greetings(any=("Hey, you. What have I missed?",), first=("I'm Ada.",), long=("Hi, stranger.",)),
)


@pytest.fixture
def past(tmp_path: Path) -> Iterator[tuple[SqliteDiary, SqliteFacts]]:
    file = tmp_path / "conversations.db"
    diary, facts = open_diary(file), open_facts(file)
    yield diary, facts
    facts.close()
    diary.close()


def say(diary: Diary, text: str, at: datetime, name: str = "Ada") -> int:
    return diary.add(Entry(0, at, "user", name, text)).number


def test_who_never_talked_with_her_has_not_met_her(past: tuple[SqliteDiary, SqliteFacts]) -> None:
    say(past[0], "Hello.", NOW, name="Somebody else")
    back = look_back(*past, NOW, "Ada")
    assert back == Return(met=False)
    assert first_words(ADA, "", NOW, back) == "I'm Ada."


def test_it_is_known_how_long_it_has_been(past: tuple[SqliteDiary, SqliteFacts]) -> None:
    say(past[0], "Good night.", NOW - timedelta(days=4))
    back = look_back(*past, NOW, "Ada")
    assert back.away == timedelta(days=4)
    assert first_words(ADA, "", NOW, back) == "Hi, stranger."


def test_what_was_left_open_is_asked_about_once(past: tuple[SqliteDiary, SqliteFacts]) -> None:
    diary, facts = past
    said = NOW - timedelta(days=1)
    number = say(diary, "I have the dentist tomorrow.", said)
    facts.keep(Fact(0, "plan", YOU, "You have the dentist tomorrow.", said, (number,), 0.9, due=NOW.date()))
    back = look_back(diary, facts, NOW, "Ada")
    assert first_words(ADA, "", NOW, back, Random(1)) == "Hey, you. You had the dentist today. How was it?"
    assert look_back(diary, facts, NOW, "Ada").open_end == ""


def test_an_open_end_that_is_not_said_stays_open(past: tuple[SqliteDiary, SqliteFacts]) -> None:
    diary, facts = past
    say(diary, "I have the dentist tomorrow.", NOW - timedelta(days=1))
    facts.keep(Fact(0, "plan", YOU, "You have the dentist.", NOW - timedelta(days=1), due=NOW.date()))
    look_back(diary, facts, NOW, "Ada", brings_up=False)
    assert facts.open_ends(NOW)


def test_she_who_waits_for_the_users_words_brings_up_nothing() -> None:
    quiet = Persona(name="Ada", character="You are Ada.")
    assert first_words(quiet, "", NOW, Return(open_end="You had the dentist today.")) == ""


def test_the_prompt_is_told_what_they_talked_about(past: tuple[SqliteDiary, SqliteFacts]) -> None:
    diary, facts = past
    number = say(diary, "My exam was hard.", NOW - timedelta(days=2))
    facts.keep(Fact(0, "episode", YOU, "You told Ada of your exam.", NOW - timedelta(days=2), (number,)))
    say(diary, "I baked bread.", NOW - timedelta(hours=3))
    diary.add(Entry(0, NOW - timedelta(hours=3), "companion", "Ada", "Rye?"))
    assert look_back(diary, facts, NOW, "Ada").before == (
        "On Tuesday: I told Ada of my exam. Today I said: “I baked bread.” You said: “Rye?”"
    )


async def test_it_is_looked_up_beside_the_start(past: tuple[SqliteDiary, SqliteFacts], tmp_path: Path) -> None:
    say(past[0], "Good night.", datetime.now(UTC) - timedelta(days=4))
    file = tmp_path / "conversations.db"
    back = await ComingBack(lambda: (open_diary(file), open_facts(file)), "Ada").result()
    assert back.away and back.away.days == 4


async def test_a_slow_keyring_delays_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(coming_back, "LIMIT_S", 0.0)
    answers = threading.Event()

    def open_slowly() -> tuple[Diary, Facts]:
        answers.wait(10)
        raise CompanionError("The keyring does not answer.")

    back = ComingBack(open_slowly, "Ada")
    assert await back.result() == UNKNOWN
    answers.set()
    monkeypatch.setattr(coming_back, "LIMIT_S", 10.0)
    assert await back.result() == UNKNOWN, "what cannot be read is not known"
    await asyncio.sleep(0)


def test_what_she_was_told_is_known_from_the_start(past: tuple[SqliteDiary, SqliteFacts]) -> None:
    diary, facts = past
    say(diary, "Hello.", NOW - timedelta(days=1))
    facts.keep(Fact(0, "fact", "Mara", "Your sister is Mara.", NOW))
    facts.keep(Fact(0, "fact", YOU, "You may like boats.", NOW, confidence=0.5))
    facts.keep(Fact(0, "fact", YOU, "You hate coriander.", NOW, pinned=True))
    before = look_back(diary, facts, NOW, "Ada").before
    assert before.startswith("I told you about me: I hate coriander. My sister is Mara. ")
    assert "boats" not in before
