"""A persona's own memory begins with what was said with her in the one that all shared."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from companion.core.diary import Entry
from companion.core.errors import CompanionError
from companion.core.facts import Fact
from companion.memory import moving
from companion.memory.batches import open_batches
from companion.memory.facts import open_facts
from companion.memory.importers.turn import PastTurn
from companion.memory.moving import begin_own
from companion.memory.recall import open_memory
from companion.memory.store import open_diary
from tests.fakes.meanings import ThemeEmbedder

NOON = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
TURNS = 30
KILLED_AT = 5


@pytest.fixture
def shared(tmp_path: Path) -> Path:
    """Thirty turns, every third with Vera, and one that was imported."""
    file = tmp_path / "conversations.db"
    with closing(open_diary(file)) as diary:
        for number in range(TURNS):
            name = "Vera" if number % 3 == 0 else "Samantha"
            diary.add(Entry(0, NOON + timedelta(minutes=number), "user", name, f"turn {number}"))
    with closing(open_batches(file)) as batches:
        batches.add("chat", [PastTurn(NOON, "Vera", "imported", id="a1")])
    return file


@pytest.fixture
def own(tmp_path: Path) -> Path:
    return tmp_path / "samantha" / "conversations.db"


@pytest.fixture
def small_pages(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(moving, "AT_ONCE", 4)
    yield


def texts(file: Path, matching: str = "") -> list[str]:
    with closing(open_diary(file)) as diary:
        return [entry.text for entry in diary.entries(matching=matching)]


def hers(name: str) -> list[str]:
    return [f"turn {number}" for number in range(TURNS) if (number % 3 == 0) == (name == "Vera")]


def test_each_gets_what_was_said_with_her(shared: Path, own: Path, small_pages: None) -> None:
    begin_own(own, shared, {"Vera", "Nobody"})
    assert (texts(own), texts(shared)) == (hers("Samantha"), hers("Vera"))
    assert texts(own, "turn 4") == ["turn 4"]
    with closing(open_batches(own)) as mine, closing(open_batches(shared)) as left:
        assert [(batch.source, batch.turns) for batch in mine.all()] == [("chat", 1)]
        assert (mine.stats().imported, left.all()) == (1, [])
        assert mine.add("chat", [PastTurn(NOON, "Vera", "imported", id="a1")]).turns == 0


def test_numbers_and_meanings_go_along(shared: Path, own: Path) -> None:
    with closing(open_memory(shared, ThemeEmbedder())) as memory:
        memory.ponder(100)
    with closing(open_diary(shared)) as diary:
        before = {entry.number: entry.text for entry in diary.entries() if entry.name == "Samantha"}
    begin_own(own, shared, {"Vera"})
    with closing(open_diary(own)) as diary:
        assert {entry.number: entry.text for entry in diary.entries()} == before
        assert diary.add(Entry(0, NOON, "user", "Samantha", "new")).number > max(before)
    with closing(open_batches(own)) as batches:
        assert batches.stats().by_meaning == len(before) + 1
    with closing(open_batches(shared)) as batches:
        assert batches.stats().by_meaning == len(hers("Vera"))


def test_what_is_known_goes_with_all_that_it_was_drawn_from(shared: Path, own: Path, small_pages: None) -> None:
    with closing(open_diary(shared)) as diary:
        entries = diary.entries()
    hers, others = ([entry.number for entry in entries if entry.name == name] for name in ("Samantha", "Vera"))
    with closing(open_facts(shared)) as facts:
        for statement, turns in (
            ("You dance.", hers[::8]),
            ("You sing.", others[:1]),
            ("You cook.", [hers[0], others[1]]),
        ):
            facts.keep(Fact(0, "fact", "you", statement, NOON, tuple(turns)))
    begin_own(own, shared, {"Vera"})
    with closing(open_facts(own)) as facts:
        (fact,) = facts.all()
        assert (fact.statement, fact.turns) == ("You dance.", tuple(hers[::8]))
        assert [found.statement for found in facts.all("dancing")] == ["You dance."]
    with closing(open_facts(shared)) as facts:
        assert {fact.statement for fact in facts.all()} == {"You sing.", "You cook."}


def test_once_she_has_her_own_nothing_more_is_moved(shared: Path, own: Path) -> None:
    begin_own(own, shared, {"Vera"})
    begin_own(own, shared, set())
    assert texts(shared) == hers("Vera")


def test_where_nothing_was_shared_nothing_is_made(tmp_path: Path, own: Path) -> None:
    begin_own(own, tmp_path / "conversations.db", set())
    assert not own.parent.exists()


@pytest.mark.parametrize("step", ["_write", "_delete", "_end"])
def test_what_fails_is_gone_on_with(
    shared: Path, own: Path, small_pages: None, step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise CompanionError("The disk is full.", "Make room.")

    with monkeypatch.context() as patch:
        patch.setattr(moving, step, full)
        with pytest.raises(CompanionError):
            begin_own(own, shared, {"Vera"})
    begin_own(own, shared, {"Vera"})
    assert (texts(own), texts(shared)) == (hers("Samantha"), hers("Vera"))


@pytest.mark.parametrize("step", ["_write", "_delete"])
@pytest.mark.parametrize("when", ["before", "after"])
def test_killed_it_loses_and_doubles_nothing(shared: Path, own: Path, step: str, when: str) -> None:
    code = (
        "import os, signal, sys; from pathlib import Path; from companion.memory import moving\n"
        f"moving.AT_ONCE = 4; do, left = moving.{step}, iter(range({KILLED_AT}))\n"
        "def step(*given, **named):\n"
        f"    if next(left, None) is None and {when == 'before'}: os.kill(os.getpid(), signal.SIGKILL)\n"
        "    do(*given, **named)\n"
        f"    if next(left, None) is None: os.kill(os.getpid(), signal.SIGKILL)\n"
        f"moving.{step} = step\n"
        "moving.begin_own(Path(sys.argv[1]), Path(sys.argv[2]), {'Vera'})\n"
    )
    killed = subprocess.run([sys.executable, "-c", code, str(own), str(shared)], check=False)
    assert killed.returncode == -signal.SIGKILL
    begin_own(own, shared, {"Vera"})
    assert (texts(own), texts(shared)) == (hers("Samantha"), hers("Vera"))
