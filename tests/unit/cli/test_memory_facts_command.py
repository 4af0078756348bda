"""`companion memory facts`, `forget` and `digest`, on a store of their own."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from companion import app
from companion.cli import main
from companion.core.diary import Entry
from companion.core.engines import Message, ReplyLimits
from companion.core.errors import ModelError
from companion.core.facts import YOU, Fact
from companion.memory.facts import open_facts
from companion.memory.store import open_diary
from tests.fakes.scripted_mind import ScriptedMind

NOON = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


@pytest.fixture
def store(tmp_path: Path) -> str:
    """With something said and known."""
    store = tmp_path / "store.db"
    diary, facts = open_diary(store), open_facts(store)
    turn = diary.add(Entry(0, NOON, "user", "Eve", "I moved to Lyon.")).number
    facts.keep(Fact(0, "fact", YOU, "You live in Paris.", NOON - timedelta(days=9)))
    facts.keep(Fact(0, "fact", YOU, "You moved to Lyon.", NOON, (turn,), 0.9))
    facts.keep(Fact(0, "plan", "Anna", "Anna has a test on Friday.", NOON, due=date(2026, 3, 6)))
    facts.close()
    diary.close()
    return str(store)


def run(capsys: pytest.CaptureFixture[str], *words: str) -> list[str]:
    assert main(["memory", *words]) == 0
    return capsys.readouterr().out.splitlines()


def left(capsys: pytest.CaptureFixture[str], store: str) -> list[str]:
    return [json.loads(line)["statement"] for line in run(capsys, "facts", "--past", "--json", "--store", store)]


def test_facts_are_listed(store: str, capsys: pytest.CaptureFixture[str]) -> None:
    anna, lyon = run(capsys, "facts", "--store", store)
    assert "Anna has a test on Friday.  (due 2026-03-06)" in anna
    assert "You moved to Lyon." in lyon
    assert "until 2026-03-01" in run(capsys, "facts", "paris", "--past", "--store", store)[0]
    (line,) = run(capsys, "facts", "moving", "--json", "--store", store)
    told = json.loads(line)
    assert (told["subject"], told["kind"], told["confidence"], told["supersedes"]) == ("you", "fact", 0.9, 1)
    assert len(told["turns"]) == 1


@pytest.mark.parametrize(("answer", "deleted"), [("y\n", True), ("n\n", False), ("", False)])
def test_a_topic_is_forgotten_once_it_is_confirmed(
    store: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, answer: str, deleted: bool
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(answer))
    told = run(capsys, "forget", "lyon", "--store", store)
    assert any("You moved to Lyon." in line for line in told)
    assert any("you: I moved to Lyon." in line for line in told)
    assert ("You moved to Lyon." not in left(capsys, store)) is deleted
    assert bool(run(capsys, "search", "Lyon", "--store", store, "--json")[0].count('"id"')) is not deleted


def test_a_fact_is_forgotten_by_its_number(store: str, capsys: pytest.CaptureFixture[str]) -> None:
    (told,) = run(capsys, "forget", "--fact", "3", "--yes", "--json", "--store", store)
    assert json.loads(told) == {"turns": 0, "imported": 0, "deleted": True, "facts": [3]}
    assert left(capsys, store) == ["You moved to Lyon.", "You live in Paris."]


def test_as_json_it_only_shows_what_would_go_unless_it_is_sure(store: str, capsys: pytest.CaptureFixture[str]) -> None:
    (told,) = run(capsys, "forget", "Lyon", "--json", "--store", store)
    assert json.loads(told) == {"turns": 1, "imported": 0, "deleted": False, "facts": [2]}
    (told,) = run(capsys, "forget", "Lyon", "--json", "--yes", "--store", store)
    assert json.loads(told)["deleted"]
    assert len(left(capsys, store)) == 2


def test_what_is_not_known_cannot_be_forgotten(store: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "forget", "submarines", "--store", store) == ["There is nothing about that."]
    assert main(["memory", "forget", "--fact", "77", "--store", store]) == 2
    assert "no fact 77" in capsys.readouterr().err


class Writer(ScriptedMind):
    async def fill(self, messages: Sequence[Message], schema: Mapping[str, Any], limits: ReplyLimits) -> str:
        return '{"notes": []}'


def test_what_was_said_is_digested_now(
    store: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    diary = open_diary(Path(store))
    diary.add(Entry(0, NOON, "user", "Eve", "I keep bees. Fifty thousand of them!"))
    diary.close()
    mind = Writer([])

    async def open_mind(*args: object) -> Writer:
        return mind

    monkeypatch.setattr(app, "open_mind", open_mind)
    assert [json.loads(line)["statement"] for line in run(capsys, "digest", "--json", "--store", store)] == [
        "You moved to Lyon.",
        "You keep bees.",
    ]
    assert mind.closed
    assert run(capsys, "digest", "--store", store) == []


def test_without_a_language_model_what_is_plain_is_taken_in(
    store: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    async def open_mind(*args: object) -> Writer:
        raise ModelError("There is no model.", "Install one.")

    monkeypatch.setattr(app, "open_mind", open_mind)
    assert main(["memory", "digest", "--store", store]) == 0
    told = capsys.readouterr()
    assert "You moved to Lyon." in told.out
    assert "Install one." in told.err
