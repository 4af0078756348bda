"""Her past is opened when it is asked for, and is another's when she is another."""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

import pytest

from companion.core.diary import Entry
from companion.core.errors import CompanionError
from companion.her_past import HerPast
from companion.memory.store import open_diary
from companion.talk.memory_questions import what_is_known
from tests.fakes.meanings import ThemeEmbedder

AT = datetime(2026, 3, 1, tzinfo=UTC)


def tell(file: Path, text: str) -> None:
    diary = open_diary(file)
    diary.add(Entry(0, AT, "user", "Ada", text))
    diary.close()


def test_what_is_kept_comes_to_mind_and_another_knows_nothing_of_it(tmp_path: Path) -> None:
    hers, anothers = tmp_path / "a" / "conversations.db", tmp_path / "b" / "conversations.db"
    tell(hers, "My sister Petra plays the violin.")
    tell(anothers, "I sold my car.")
    past = HerPast(lambda: hers, ThemeEmbedder())
    past.warm_up()
    assert past.ponder(64) == 0
    memory = past.memory()
    assert memory and memory.recall("Who plays music?")[0].text.startswith("My sister")
    assert past.memory() is memory
    past.become(lambda: anothers)
    past.ponder(64)
    memory = past.memory()
    assert memory and {found.text for found in memory.recall("What about my vehicle?")} == {"I sold my car."}
    assert past.digestion() is not None
    past.close()


def test_what_was_said_a_moment_ago_is_known_when_it_is_asked_for(tmp_path: Path) -> None:
    file = tmp_path / "conversations.db"
    tell(file, "My sister Clara lives in Lyon and I am a carpenter.")
    past = HerPast(lambda: file, None)
    kept = past()
    assert kept
    assert "carpenter" in what_is_known(kept, "", AT, "Ada", Random(1))
    past.close()


def test_where_nothing_is_kept_there_is_none_and_no_file(tmp_path: Path) -> None:
    past = HerPast(lambda: None, None)
    past.warm_up()
    assert (past(), past.memory(), past.digestion()) == (None, None, None)
    assert past.ponder(8) == 0
    past.close()
    assert list(tmp_path.iterdir()) == []


def test_what_cannot_be_opened_is_told_to_whoever_asks(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    past = HerPast(lambda: tmp_path / "file" / "conversations.db", None)
    past.warm_up()
    past.become(lambda: tmp_path / "file" / "conversations.db")
    with pytest.raises(CompanionError):
        past()
    assert past() is None, "it is tried once"


@pytest.mark.parametrize(("keep_days", "left"), [(0, ["old", "new"]), (30, ["new"])])
def test_what_grows_old_is_forgotten_while_she_runs(tmp_path: Path, keep_days: int, left: list[str]) -> None:
    file, now = tmp_path / "conversations.db", datetime.now().astimezone()
    with closing(open_diary(file)) as diary:
        diary.add(Entry(0, now - timedelta(days=31), "user", "Samantha", "old"))
        diary.add(Entry(0, now - timedelta(days=29), "user", "Samantha", "new"))
        past = HerPast(lambda: file, None, keep_days)
        past.forget_old()
        past.close()
        assert [entry.text for entry in diary.entries()] == left


def test_where_nothing_is_kept_nothing_grows_old() -> None:
    past = HerPast(lambda: None, None, keep_days=1)
    past.forget_old()
    past.close()
