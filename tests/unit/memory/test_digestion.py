"""Thinking over what was said: step by step, once only, and with whatever model there is."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from companion.core.diary import Entry
from companion.core.engines import EngineInfo, Message, ReplyLimits
from companion.core.errors import EngineError
from companion.memory.backlog import Backlog, open_backlog
from companion.memory.batches import open_batches
from companion.memory.digestion import MOST_FAILURES, Digestion, parameters
from companion.memory.facts import SqliteFacts, open_facts
from companion.memory.importers.turn import PastTurn
from companion.memory.store import SqliteDiary, open_diary

NOON = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
UNCLEAR = "Fifty thousand of them, in hives."


class Writer:
    """A mind that gives these answers; without one left it does not answer."""

    def __init__(self, *answers: str | Exception, model: str = "qwen2.5-1.5b-instruct") -> None:
        self._answers = list(answers)
        self._model = model
        self.asked: list[Sequence[Message]] = []
        self.waits = asyncio.Event()

    def info(self) -> EngineInfo:
        return EngineInfo("language model", "test", self._model)

    async def fill(self, messages: Sequence[Message], schema: Mapping[str, Any], limits: ReplyLimits) -> str:
        self.asked.append(messages)
        if not self._answers:
            self.waits.set()
            await asyncio.Event().wait()
        answer = self._answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer


class Clock:
    now = NOON


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "conversations.db"


@pytest.fixture
def diary(file: Path) -> Iterator[SqliteDiary]:
    diary = open_diary(file)
    yield diary
    diary.close()


@pytest.fixture
def facts(file: Path, diary: SqliteDiary) -> Iterator[SqliteFacts]:
    facts = open_facts(file)
    yield facts
    facts.close()


@pytest.fixture
def backlog(file: Path, diary: SqliteDiary) -> Iterator[Backlog]:
    backlog = open_backlog(file)
    yield backlog
    backlog.close()


def say(diary: SqliteDiary, *texts: str, at: datetime = NOON) -> None:
    """The user first, then she, by turns."""
    for number, text in enumerate(texts):
        who = "companion" if number % 2 else "user"
        diary.add(Entry(0, at + timedelta(seconds=number), who, "Eve", text))  # type: ignore[arg-type]


def digestion(backlog: Backlog) -> tuple[Digestion, Clock]:
    clock = Clock()
    return Digestion(backlog, lambda: clock.now), clock


def notes(*found: tuple[int, str]) -> str:
    return json.dumps({"notes": [{"line": line, "note": note} for line, note in found]})


def statements(facts: SqliteFacts) -> list[str]:
    return [fact.statement for fact in facts.all(past=True)]


async def test_a_conversation_that_has_rested_is_read_then_summed_up(
    diary: SqliteDiary, backlog: Backlog, facts: SqliteFacts
) -> None:
    say(diary, "I live in Lyon.", "And what do you keep?", UNCLEAR, "Oh!")
    thinking, clock = digestion(backlog)
    mind = Writer(notes((3, "You keep fifty thousand in hives.")), '{"topics": ["Lyon", "hives", "Paris"]}')
    assert not await thinking.run_once(mind)
    clock.now = NOON + timedelta(minutes=11)
    assert await thinking.left() == 4
    assert await thinking.run_once(mind)
    assert statements(facts) == ["You keep fifty thousand in hives.", "You live in Lyon."]
    assert await thinking.left() == 0
    assert await thinking.run_once(mind)
    episode = facts.latest_episode()
    assert episode
    assert episode.statement == "You talked about Lyon and hives."
    assert episode.said_at == NOON
    assert not await thinking.run_once(mind)
    assert len(mind.asked) == 2


async def test_a_long_conversation_is_read_while_it_goes_on(
    diary: SqliteDiary, backlog: Backlog, facts: SqliteFacts
) -> None:
    say(diary, *(("Hm, well.", "Yes?") * 4), "I keep bees.")
    thinking, _ = digestion(backlog)
    assert await thinking.run_once(None)
    assert await thinking.left() == 1
    assert not await thinking.run_once(None)
    assert await thinking.run_once(None, hurry=True)
    assert statements(facts) == ["You keep bees."]


async def test_turns_of_two_conversations_are_not_read_as_one(diary: SqliteDiary, backlog: Backlog) -> None:
    say(diary, UNCLEAR, "Oh!")
    say(diary, "They hum.", "Hm!", at=NOON + timedelta(hours=2))
    thinking, clock = digestion(backlog)
    clock.now = NOON + timedelta(hours=3)
    mind = Writer(notes(), notes())
    assert await thinking.run_once(mind)
    assert "hum" not in mind.asked[0][-1].text


async def test_what_is_cancelled_is_done_again_and_nothing_is_kept_twice(
    diary: SqliteDiary, backlog: Backlog, facts: SqliteFacts
) -> None:
    say(diary, "I live in Lyon.", "And?", UNCLEAR)
    thinking, clock = digestion(backlog)
    clock.now = NOON + timedelta(hours=1)
    mind = Writer()
    step = asyncio.create_task(thinking.run_once(mind))
    await mind.waits.wait()
    step.cancel()
    await asyncio.wait({step})
    assert step.cancelled()
    assert statements(facts) == ["You live in Lyon."], "what is plain is known at once"
    assert await thinking.left() == 3
    with pytest.raises(EngineError):
        await thinking.run_once(Writer(EngineError("It broke.", "Mend it.")))
    assert await thinking.left() == 3
    assert await thinking.run_once(Writer(notes()))
    assert statements(facts) == ["You live in Lyon."]


async def test_a_weak_model_is_not_asked_and_what_is_plain_is_known(
    diary: SqliteDiary, backlog: Backlog, facts: SqliteFacts
) -> None:
    say(diary, "I live in Lyon.", "And?", UNCLEAR, "Oh!")
    thinking, _ = digestion(backlog)
    mind = Writer(model="smollm2-135m-instruct")
    while await thinking.run_once(mind, hurry=True):
        pass
    assert mind.asked == []
    assert statements(facts) == ["You live in Lyon."]


async def test_a_model_that_does_not_do_as_it_is_told_is_asked_no_more(diary: SqliteDiary, backlog: Backlog) -> None:
    for hour in range(MOST_FAILURES + 2):
        say(diary, UNCLEAR, "Oh!", at=NOON + timedelta(hours=hour))
    thinking, clock = digestion(backlog)
    clock.now = NOON + timedelta(days=1)
    mind = Writer(*["Sure! Here are your notes:"] * MOST_FAILURES)
    while await thinking.run_once(mind):
        pass
    assert len(mind.asked) == MOST_FAILURES
    assert await thinking.left() == 0


async def test_what_was_deleted_meanwhile_is_not_known(
    diary: SqliteDiary, backlog: Backlog, facts: SqliteFacts
) -> None:
    say(diary, "I live in Lyon.")
    batch = backlog.next_batch(NOON, hurry=True)
    assert batch
    diary.delete([batch.turns[0].number])
    from companion.memory.extraction import plainly_said

    assert backlog.take_in(batch, plainly_said(batch, {})) == []
    assert statements(facts) == []


async def test_a_name_is_learnt_for_what_was_known_before(
    diary: SqliteDiary, backlog: Backlog, facts: SqliteFacts
) -> None:
    say(diary, "My sister works at night.", "And?", "My sister is called Carla.", "Ah.", "My sister sings in a choir.")
    thinking, _ = digestion(backlog)
    while await thinking.run_once(None, hurry=True):
        pass
    assert facts.people() == ["Carla"]
    say(diary, "My sister has three cats.")
    while await thinking.run_once(None, hurry=True):
        pass
    assert len(facts.about("Carla")) == 4
    assert len(facts.all("carla")) == 4


async def test_what_was_imported_is_not_thought_over(file: Path, backlog: Backlog, facts: SqliteFacts) -> None:
    batches = open_batches(file)
    batches.add("chat", [PastTurn(NOON, "Tom", "I live in Lyon.", "user")])
    batches.close()
    thinking, _ = digestion(backlog)
    assert not await thinking.run_once(None, hurry=True)
    assert statements(facts) == []


@pytest.mark.parametrize(
    ("model", "count"),
    [
        ("qwen2.5-1.5b-instruct", 1.5e9),
        ("smollm2-135m-instruct", 135e6),
        ("gemma3:270m", 270e6),
        ("Llama-3.2-3B-Instruct-Q4_K_M", 3e9),
        ("qwen2.5:0.5b", 0.5e9),
        ("mistral:latest", float("inf")),
    ],
)
def test_a_model_is_judged_by_its_name(model: str, count: float) -> None:
    assert parameters(model) == count
