"""Reminders and notes in the encrypted file: kept, found, gone, and carried over from an older one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from companion.core.agenda import Note, Reminder
from companion.memory import schema
from companion.memory.agenda import SqliteAgenda, open_agenda
from companion.memory.store import open_diary

AT = datetime(2026, 3, 27, 8, 30).astimezone()
PILLS = Reminder(0, "reminder", "take my pills", AT, repeats="day")
PASTA = Reminder(0, "timer", "pasta", AT - timedelta(hours=1), timedelta(minutes=8))


@pytest.fixture
def agenda(tmp_path: Path) -> Iterator[SqliteAgenda]:
    agenda = open_agenda(tmp_path / "conversations.db")
    yield agenda
    agenda.close()


def test_reminders_come_back_whole_and_the_soonest_first(agenda: SqliteAgenda) -> None:
    kept = [agenda.remind(PILLS), agenda.remind(PASTA)]
    assert agenda.reminders() == kept[::-1]
    assert [replace(one, number=0) for one in agenda.reminders()] == [PASTA, PILLS]
    later = agenda.remind(replace(kept[0], due_at=AT + timedelta(days=1)))
    assert later.number == kept[0].number
    assert agenda.dismiss([kept[1].number, 999]) == 1
    assert agenda.reminders() == [later]


def test_notes_are_found_by_their_words_and_torn_out(agenda: SqliteAgenda) -> None:
    bike, milk = (agenda.write(Note(0, AT, text)) for text in ("The bike is at Jonas's", "Buy milk"))
    assert agenda.notes("BIKE jonas") == [bike]
    assert agenda.tear_out([bike.number]) == [bike]
    assert agenda.notes() == [milk]
    assert agenda.write(bike) == bike
    agenda.clear()
    assert agenda.notes() == []


def test_a_number_is_never_used_twice(agenda: SqliteAgenda) -> None:
    first = agenda.remind(PASTA)
    agenda.dismiss([first.number])
    assert agenda.remind(PASTA).number > first.number


def test_an_older_file_gets_a_place_for_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "conversations.db"
    with monkeypatch.context() as earlier:
        earlier.setattr(schema, "MIGRATIONS", schema.MIGRATIONS[:3])
        open_diary(file).close()
    agenda = open_agenda(file)
    agenda.remind(PILLS)
    assert len(agenda.reminders()) == 1
    agenda.close()


def test_what_is_written_cannot_be_read_in_the_file_nor_when_it_is_gone(tmp_path: Path) -> None:
    file = tmp_path / "conversations.db"
    agenda = open_agenda(file)
    agenda.write(Note(0, AT, "zanzibar"))
    agenda.remind(replace(PILLS, text="zanzibar"))
    diary = open_diary(file)
    diary.delete_all()
    assert (agenda.notes(), agenda.reminders()) == ([], [])
    diary.close()
    agenda.close()
    assert all(b"zanzibar" not in part.read_bytes() for part in tmp_path.iterdir() if part.is_file())


@pytest.mark.parametrize(
    ("repeats", "days"),
    [("day", 1), ("week", 7), ("weekday", 3)],
)
def test_what_comes_again_comes_at_the_same_time_of_day(repeats: str, days: int) -> None:
    friday = datetime(2026, 3, 27, 8, 30).astimezone()
    reminder = Reminder(1, "reminder", "x", friday, repeats=repeats)  # type: ignore[arg-type]
    following = reminder.following(friday + timedelta(minutes=1))
    assert following is not None
    assert (following.replace(tzinfo=None) - friday.replace(tzinfo=None)).days == days
    assert (following.hour, following.minute) == (8, 30)


def test_what_was_missed_for_days_comes_next_in_the_future() -> None:
    following = replace(PILLS, number=1).following(AT + timedelta(days=10, hours=1))
    assert following is not None and following.date() == (AT + timedelta(days=11)).date()
    assert Reminder(1, "reminder", "x", AT).following(AT) is None
