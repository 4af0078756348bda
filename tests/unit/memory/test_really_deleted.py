"""What is deleted is in no page any more, for whoever has the key: not in the file, its log, or a copy."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from companion.core.diary import Entry
from companion.core.facts import Fact
from companion.memory import schema
from companion.memory.batches import open_batches
from companion.memory.facts import open_facts
from companion.memory.importers.turn import PastTurn
from companion.memory.keys import SystemKeyring
from companion.memory.opening import DiaryFile
from companion.memory.recall import open_memory
from companion.memory.store import SqliteDiary, open_diary
from tests.fakes.meanings import ThemeEmbedder
from tests.unit.memory.decrypted import decrypted

NOON = datetime(2024, 3, 1, 12, 0, tzinfo=UTC)
GONE, KEPT = "zzquick", "yylong"
"""Every word of a turn that goes, or stays, begins so."""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "conversations.db"


@pytest.fixture
def diary(file: Path) -> Iterator[SqliteDiary]:
    """A hundred and twenty turns on either side of a year, and facts drawn from them; the older ones are to go."""
    diary = open_diary(file)
    chance = random.Random(1)
    with closing(open_facts(file)) as facts:
        for number in range(240):
            start, at = (GONE, NOON) if number % 2 else (KEPT, NOON + timedelta(days=365))
            words = " ".join(f"{start}{chance.randrange(3000)}x" for _ in range(chance.choice([3, 30, 300])))
            entry = diary.add(Entry(0, at, "user", "Samantha", words, words[:50]))
            if number % 10 < 2:
                facts.keep(Fact(0, "fact", f"{start}subject", f"{start}fact{number}.", at, (entry.number,)))
    yield diary
    diary.close()


def gone(diary: SqliteDiary) -> list[int]:
    return [entry.number for entry in diary.entries(limit=1000) if GONE in entry.text]


DELETIONS: dict[str, Callable[[SqliteDiary], object]] = {
    "one by one": lambda diary: [diary.delete([number]) for number in gone(diary)],
    "together": lambda diary: diary.delete(gone(diary)),
    "by day": lambda diary: diary.delete_day(NOON.astimezone().date()),
    "by age": lambda diary: diary.forget_old(NOON + timedelta(days=340)),
}


@pytest.mark.parametrize("delete", DELETIONS.values(), ids=DELETIONS)
def test_turns_are_gone_for_good(diary: SqliteDiary, file: Path, delete: Callable[[SqliteDiary], object]) -> None:
    before = decrypted(file)
    assert GONE.encode() in before and f"{GONE}fact1".encode() in before
    delete(diary)
    after = decrypted(file)
    assert GONE.encode() not in after
    assert KEPT.encode() in after and f"{KEPT}fact0".encode() in after
    assert diary.count() == diary.count(KEPT) == 120


def test_nothing_is_left_of_all(diary: SqliteDiary, file: Path) -> None:
    diary.delete_all()
    assert not any(word.encode() in decrypted(file) for word in (GONE, KEPT, "Samantha"))
    later = diary.add(Entry(0, NOON, "user", "Samantha", "xxlater"))
    diary.delete([later.number])
    assert b"xxlater" not in decrypted(file)


def test_what_is_pinned_does_not_grow_old(diary: SqliteDiary, file: Path) -> None:
    with closing(open_facts(file)) as facts:
        pinned = facts.all(f"{GONE}fact1")[0]
        facts.pin(pinned.number, True)
        assert diary.forget_old(NOON + timedelta(days=340)) == 120 - len(pinned.turns)
        assert [fact.statement for fact in facts.all() if GONE in fact.statement] == [pinned.statement]
    assert [entry.number for entry in diary.entries(limit=1000) if GONE in entry.text] == list(pinned.turns)


def test_an_import_grows_old_from_when_it_was_brought(diary: SqliteDiary, file: Path) -> None:
    with closing(open_batches(file)) as batches:
        batches.add("chat", [PastTurn(NOON, "Anna", "long ago")])
        assert diary.forget_old(NOON + timedelta(days=340)) == 120
        assert batches.stats().imported == 1
        assert diary.forget_old(datetime.now(UTC) + timedelta(days=1)) == 121
        assert (batches.stats().turns, batches.all()) == (0, [])


def test_where_another_reads_all_is_deleted_but_the_room_kept(diary: SqliteDiary, file: Path) -> None:
    with closing(DiaryFile(file, SystemKeyring()).open()) as other:
        reading = other.execute("SELECT * FROM turns")
        reading.fetchone()
        assert diary.forget_old(NOON + timedelta(days=340)) == 120
        reading.fetchall()
    assert diary.count() == 120


def test_nothing_is_left_of_an_import(diary: SqliteDiary, file: Path) -> None:
    with closing(open_batches(file)) as batches:
        batch = batches.add("wwsource", [PastTurn(NOON, "wwAnna", f"wwhello{number}") for number in range(300)])
        assert b"wwhello7" in decrypted(file)
        batches.undo(batch.batch)
    left = decrypted(file)
    assert not any(word in left for word in (b"wwhello", b"wwanna", b"wwAnna", b"wwsource"))


def test_meanings_go_along(diary: SqliteDiary, file: Path) -> None:
    with closing(open_memory(file, ThemeEmbedder())) as memory:
        while memory.ponder():
            pass
        diary.delete(gone(diary))
    with closing(open_batches(file)) as batches:
        assert batches.stats().by_meaning == 120


def test_nothing_is_left_in_a_copy(diary: SqliteDiary, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    diary.close()
    monkeypatch.setattr(schema, "MIGRATIONS", (*schema.MIGRATIONS, ("ALTER TABLE turns ADD mood TEXT",)))
    with closing(open_diary(file)) as diary:
        assert list(file.parent.glob("*-before-*"))
        diary.delete(gone(diary))
        assert GONE.encode() not in decrypted(file)
