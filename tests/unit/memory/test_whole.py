"""All that is kept, as one JSON file, and back."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

from companion.core.diary import Entry
from companion.core.errors import UsageError
from companion.core.facts import Fact
from companion.memory import whole
from companion.memory.batches import open_batches
from companion.memory.facts import open_facts
from companion.memory.importers.turn import PastTurn
from companion.memory.keys import SystemKeyring
from companion.memory.opening import DiaryFile
from companion.memory.store import open_diary
from companion.memory.vault import Vault

NOON = datetime(2025, 3, 1, 12, 0, 0, 123456, tzinfo=timezone(timedelta(hours=2)))


def opened(file: Path) -> Vault:
    return Vault(DiaryFile(file, SystemKeyring()))


@pytest.fixture
def full(tmp_path: Path) -> Iterator[Vault]:
    """A store with something of every kind in it."""
    file = tmp_path / "full.db"
    with closing(open_diary(file)) as diary, closing(open_facts(file)) as facts, closing(open_batches(file)) as batches:
        said = [
            diary.add(Entry(0, NOON, "user", "Samantha", "I live in Lyon.")),
            diary.add(Entry(0, NOON, "companion", "Samantha", "Since", "when?", True)),
            diary.add(Entry(0, NOON + timedelta(days=9), "user", "Samantha", "I moved to Nantes.")),
        ]
        batches.add("undone", [PastTurn(NOON, "Anna", "Gone.", id="x")])
        batches.undo(1)
        turns = [PastTurn(NOON, "Anna", "Hello.", id=mark) for mark in ("a7", 8, None)]
        batches.add("chat", [*turns, PastTurn(NOON, "Tom", "Hi.", "user", dated=False)])
        old = facts.keep(Fact(0, "fact", "you", "You live in Lyon.", NOON, (said[0].number,), 0.9))
        facts.keep(replace(old, number=0, statement="You live in Nantes.", turns=(said[2].number,), said_at=said[2].at))
        facts.keep(Fact(0, "plan", "Anna", "Anna comes.", NOON, (), 1.0, date(2025, 4, 1), pinned=True))
    vault = opened(file)
    yield vault
    vault.close()


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Vault]:
    vault = opened(tmp_path / "other.db")
    yield vault
    vault.close()


def test_all_comes_back_as_it_was(full: Vault, other: Vault, tmp_path: Path) -> None:
    tree = whole.take_out(full)
    assert (len(tree["turns"]), len(tree["facts"]), len(tree["batches"])) == (7, 3, 1)
    file = tmp_path / "all.json"
    file.write_text(json.dumps(tree), encoding="utf-8")
    assert whole.is_whole(file)
    assert whole.put_back(other, whole.read(file)) == whole.Figures(7, 3)
    back = whole.take_out(other)
    assert back["turns"] == [turn | ({"batch": 1} if "batch" in turn else {}) for turn in tree["turns"]]
    assert back["facts"] == tree["facts"]
    with closing(open_diary(tmp_path / "other.db")) as diary, closing(open_facts(tmp_path / "other.db")) as facts:
        assert [entry.text for entry in diary.entries(matching="lyon")] == ["I live in Lyon."]
        assert [fact.statement for fact in facts.all("living")] == ["You live in Nantes."]
    with closing(open_batches(tmp_path / "other.db")) as batches:
        assert batches.add("chat", [PastTurn(NOON, "Anna", "Hello.", id="a7")]).turns == 0


def test_a_second_time_nothing_is_doubled(full: Vault, other: Vault) -> None:
    tree = whole.take_out(full)
    whole.put_back(other, tree)
    before = whole.take_out(other)
    assert whole.put_back(other, tree) == whole.Figures(0, 0)
    assert whole.put_back(full, tree) == whole.Figures(0, 0)
    assert whole.take_out(other) == before


def test_beside_what_is_there_it_gets_other_numbers(full: Vault, other: Vault, tmp_path: Path) -> None:
    tree = whole.take_out(full)
    first = tree["turns"][0]["number"]
    strange = {"turns": [tree["turns"][0] | {"number": first + 2, "text": "Strange."}], "batches": [], "facts": []}
    whole.put_back(other, strange)
    assert whole.put_back(other, tree) == whole.Figures(7, 3)
    back = whole.take_out(other)
    by_number = {turn["number"]: turn["text"] for turn in back["turns"]}
    assert len(by_number) == 8 and by_number[first + 2] == "Strange."
    nantes = next(fact for fact in back["facts"] if fact["statement"] == "You live in Nantes.")
    assert [by_number[number] for number in nantes["turns"]] == ["I moved to Nantes."]
    assert nantes["supersedes"] == next(fact["number"] for fact in back["facts"] if "Lyon" in fact["statement"])


@pytest.mark.parametrize(
    "damage",
    [
        {"turns": [{"number": 1}]},
        {"turns": [7]},
        {"facts": [{"number": "x"}]},
        {"batches": [{"batch": []}]},
        {"facts": [{"kind": "spell", "number": 1}]},
    ],
    ids=repr,
)
def test_of_a_damaged_export_nothing_is_taken(full: Vault, other: Vault, damage: dict[str, Any]) -> None:
    tree = whole.take_out(full)
    tree = {part: tree[part] + damage.get(part, []) for part in ("turns", "batches", "facts")}
    with pytest.raises(UsageError):
        whole.put_back(other, tree)
    assert whole.size(whole.take_out(other)) == whole.Figures(0, 0)


@pytest.mark.parametrize(
    "text", ["", "[]", "[" * 100_000, '{"turns": 3}', '{"version": 2, "turns": [], "batches": [], "facts": []}']
)
def test_what_is_no_export_is_told(tmp_path: Path, text: str) -> None:
    file = tmp_path / "all.json"
    file.write_text(text)
    with pytest.raises(UsageError):
        whole.read(file)
    with pytest.raises(UsageError):
        whole.read(tmp_path / "nowhere")
    assert not whole.is_whole(file) and not whole.is_whole(tmp_path / "nowhere")
