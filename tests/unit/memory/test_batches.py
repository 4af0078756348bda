"""Conversations brought from elsewhere: kept once, with their ids, and taken out again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from companion.core.diary import Entry
from companion.core.errors import UsageError
from companion.memory import batches as room
from companion.memory.batches import Batches, open_batches
from companion.memory.importers import neutral
from companion.memory.importers.turn import PastTurn
from companion.memory.store import open_diary

NOON = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
TURNS = (
    PastTurn(NOON, "Anna", "I moved to Lyon.", id="a1"),
    PastTurn(NOON, "Tom", "To Lyon?", "user", 2),
    PastTurn(NOON, "Tom", "To Lyon?", "user"),
    PastTurn(NOON, "Tom", "To Lyon?", "user"),
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "conversations.db"


@pytest.fixture
def batches(file: Path) -> Iterator[Batches]:
    batches = open_batches(file)
    yield batches
    batches.close()


def test_turns_come_back_as_they_were(batches: Batches) -> None:
    assert batches.add("chat.jsonl", TURNS).turns == 4
    found = list(batches.turns())
    assert [replace(turn, id=None) for turn in found] == [replace(turn, id=None) for turn in TURNS]
    assert [turn.id for turn in found][:2] == ["a1", 2]


def test_nothing_is_doubled(batches: Batches) -> None:
    first = batches.add("chat.jsonl", TURNS)
    again = batches.add("chat.jsonl", [*TURNS, PastTurn(NOON, "Anna", "Yes, in May.")])
    assert (first.turns, again.turns) == (4, 1)
    assert batches.add("chat.jsonl", TURNS).turns == 0
    assert [(batch.source, batch.turns) for batch in batches.all()] == [("chat.jsonl", 4), ("chat.jsonl", 1)]


def test_an_import_is_undone_alone(batches: Batches) -> None:
    first = batches.add("one", TURNS[:2])
    batches.add("two", TURNS[2:])
    assert batches.undo(first.batch) == 2
    assert [turn.text for turn in batches.turns()] == ["To Lyon?", "To Lyon?"]
    assert [batch.source for batch in batches.all()] == ["two"]
    assert batches.stats().turns == 2


def test_a_cancelled_import_leaves_nothing(batches: Batches, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "AT_ONCE", 2)
    told: list[int] = []

    def stop(done: int) -> None:
        told.append(done)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        batches.add("chat", TURNS, stop)
    assert (told, batches.stats().turns, batches.all()) == ([2], 0, [])
    assert batches.add("chat", TURNS).turns == 4


def test_what_was_exported_comes_back_once(batches: Batches, file: Path) -> None:
    diary = open_diary(file)
    for who in ("user", "companion"):
        diary.add(Entry(0, NOON, who, "Samantha", "Hello."))
    diary.close()
    batches.add("chat", TURNS)
    again = list(neutral.read("\n".join(map(neutral.write, batches.turns()))))
    assert len(again) == 6
    assert batches.add("again", again).turns == 0


def test_a_turn_whose_time_is_not_told_is_known_again(batches: Batches) -> None:
    text = '{"id": 1, "text": "Hello."}\n{"id": 2, "time": "Session 2", "text": "Hello."}'
    first, second = neutral.read(text)
    assert (first.dated, second.dated, (second.at - first.at).total_seconds()) == (False, False, 1)
    assert [batches.add("chat", neutral.read(text)).turns for _ in range(2)] == [2, 0]


@pytest.mark.parametrize("given", ["D1:1", "\ud800", 7, -3, 2.5, 2**70], ids=repr)
def test_any_id_can_be_kept(batches: Batches, given: float | str) -> None:
    batches.add("chat", [PastTurn(NOON, "Anna", "Hello.", id=given)])
    (turn,) = batches.turns()
    assert turn.id == {"\ud800": "?", 2**70: str(2**70)}.get(given, given)


def test_the_diary_shows_what_was_said_with_her_alone(batches: Batches, file: Path) -> None:
    batches.add("chat", TURNS)
    diary = open_diary(file)
    kept = diary.add(Entry(0, NOON, "user", "Samantha", "To Lyon, then."))
    assert list(diary.entries()) == list(diary.entries(matching="Lyon")) == [kept]
    assert diary.count() == diary.count("Lyon") == 1
    assert diary.delete_all() == 5
    assert list(batches.turns()) == []
    diary.close()


def test_the_neutral_form_goes_there_and_back() -> None:
    assert list(neutral.read("\n".join(map(neutral.write, TURNS)))) == list(TURNS)


@pytest.mark.parametrize(
    ("time", "at"),
    [
        ('"2023-05-08T13:56:00"', datetime(2023, 5, 8, 13, 56)),
        ('"1:56 pm on 8 May, 2023"', datetime(2023, 5, 8, 13, 56)),
        ("1683554160", datetime(2023, 5, 8, 13, 56, tzinfo=UTC)),
        ("1683554160000", datetime(2023, 5, 8, 13, 56, tzinfo=UTC)),
    ],
)
def test_times_of_many_forms_are_read(time: str, at: datetime) -> None:
    (turn,) = neutral.read(f'{{"time": {time}, "speaker": "Anna", "text": "Hello"}}\n\n{{"text": " "}}\n')
    assert turn.at == at


@pytest.mark.parametrize("line", ["{", "[]", '{"text": 3}', "[" * 100_000], ids=lambda line: line[:9])
def test_a_line_at_fault_is_named(line: str) -> None:
    with pytest.raises(UsageError, match="Line 2"):
        list(neutral.read('{"text": "Hello"}\n' + line))
