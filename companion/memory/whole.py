"""All that is kept, as one JSON tree, and back: turns, what was imported, and what is known.

    {"companion": "memory", "version": 1, "turns": [...], "batches": [...], "facts": [...]}

Taken into a store that holds something already, nothing is doubled; what has its number there gets another.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from companion.core.errors import UsageError
from companion.core.facts import KINDS, Fact
from companion.memory import fact_rows, rows
from companion.memory.importers.formats import LARGEST_FILE
from companion.memory.importers.moments import YEARS
from companion.memory.schema import transaction
from companion.memory.vault import Vault

VERSION = 1
_HEAD = '"companion": "memory"'
_TURNS = f"SELECT {rows.COLUMNS}, batch, mark, fingerprint FROM turns ORDER BY number"


@dataclass(frozen=True, slots=True)
class Figures:
    """What is in a tree, or what of it was new."""

    turns: int
    facts: int


def take_out(vault: Vault) -> dict[str, Any]:
    """All of a store. Raises CompanionError."""
    return vault.do(_tree)


def is_whole(file: Path) -> bool:
    """Whether it is a file that `take_out` made."""
    try:
        with file.open("rb") as opened:
            return _HEAD.encode() in opened.read(100)
    except OSError:
        return False


def read(file: Path) -> dict[str, Any]:
    """Raises UsageError."""
    try:
        if file.stat().st_size > LARGEST_FILE:
            raise UsageError(f"{file} is larger than {LARGEST_FILE // 1_000_000} MB.", "Is it what was exported?")
        tree = json.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise UsageError(f"{file} cannot be read: {error.strerror}.", "Name a file of yours.") from error
    except (ValueError, RecursionError) as error:
        raise _damaged() from error
    if not isinstance(tree, dict) or not all(
        isinstance(tree.get(part), list) for part in ("turns", "batches", "facts")
    ):
        raise _damaged()
    if tree.get("version") != VERSION:
        raise UsageError("This was exported by a newer version of Companion.", "Update Companion.")
    return tree


def size(tree: dict[str, Any]) -> Figures:
    """Of what `read` gave."""
    return Figures(len(tree["turns"]), len(tree["facts"]))


def put_back(vault: Vault, tree: dict[str, Any]) -> Figures:
    """Keep all of `tree` that is not kept already, or nothing of it; returns what was new.

    Raises UsageError if `tree` is damaged, CompanionError if the disk says no.
    """

    def write(connection: Any) -> Figures:
        with transaction(connection):
            batches = {one["batch"]: _put_batch(connection, one) for one in tree["batches"]}
            put = {one["number"]: _put_turn(connection, one, batches) for one in tree["turns"]}
            numbers = {given: number for given, (number, _) in put.items()}
            facts: dict[int, int] = {}
            known = {_told(fact) for fact in fact_rows.read(connection)}
            new = sum(_put_fact(connection, one, numbers, facts, known) for one in tree["facts"])
            connection.execute(rows.FORGET_EMPTY_BATCHES)
        return Figures(sum(is_new for _, is_new in put.values()), new)

    try:
        return vault.do(write)
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError) as error:
        raise _damaged() from error


def _damaged() -> UsageError:
    return UsageError("This is no whole export of a memory.", "Export it again.")


def _tree(connection: Any) -> dict[str, Any]:
    batches = connection.execute("SELECT batch, source, at_us FROM batches ORDER BY batch").fetchall()
    return {
        "companion": "memory",
        "version": VERSION,
        "turns": [_turn(row) for row in connection.execute(_TURNS)],
        "batches": [
            {"batch": batch, "source": source, "time": rows.local_time(at_us, 0).isoformat()}
            for batch, source, at_us in batches
        ],
        "facts": [_fact(fact) for fact in sorted(fact_rows.read(connection), key=lambda fact: fact.number)],
    }


def _turn(row: tuple[Any, ...]) -> dict[str, Any]:
    number, at_us, offset_s, who, name, text, unheard, interrupted, batch, mark, fingerprint = row
    tree = {"number": number, "time": rows.local_time(at_us, offset_s).isoformat(), "who": who, "name": name}
    tree |= {"text": text, "unheard": unheard, "interrupted": bool(interrupted)}
    if batch is not None:
        tree |= {"batch": batch, "id": mark, "fingerprint": fingerprint.hex()}
    return tree


def _fact(fact: Fact) -> dict[str, Any]:
    return {
        "number": fact.number,
        "kind": fact.kind,
        "subject": fact.subject,
        "statement": fact.statement,
        "time": fact.said_at.isoformat(),
        "turns": list(fact.turns),
        "confidence": fact.confidence,
        "due": fact.due.isoformat() if fact.due else None,
        "valid_until": fact.valid_until.isoformat() if fact.valid_until else None,
        "pinned": fact.pinned,
        "supersedes": fact.supersedes,
    }


def _put_batch(connection: Any, tree: dict[str, Any]) -> int:
    """Returns its number in the store."""
    values = (rows.encodable(str(tree["source"])), rows.moment(_time(tree["time"]))[0])
    known = connection.execute("SELECT batch FROM batches WHERE source = ? AND at_us = ?", values).fetchone()
    if known:
        return int(known[0])
    return int(connection.execute("INSERT INTO batches (source, at_us) VALUES (?, ?)", values).lastrowid)


def _put_turn(connection: Any, tree: dict[str, Any], batches: dict[int, int]) -> tuple[int, bool]:
    """Returns its number in the store, and whether it is new there."""
    text, unheard, name = (rows.encodable(str(tree[part])) for part in ("text", "unheard", "name"))
    at_us, offset_s = rows.moment(_time(tree["time"]))
    batch = None if tree.get("batch") is None else batches[tree["batch"]]
    fingerprint = None if batch is None else bytes.fromhex(tree["fingerprint"])
    known = connection.execute(
        "SELECT number FROM turns WHERE fingerprint = ?"
        " OR (? IS NULL AND at_us = ? AND who = ? AND name = ? AND text = ? AND batch IS NULL)",
        (fingerprint, fingerprint, at_us, tree["who"], name, text),
    ).fetchone()
    if known:
        return int(known[0]), False
    sql = f"INSERT INTO turns ({rows.COLUMNS}, batch, mark, fingerprint) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
    number = _free(connection, "turns", tree["number"])
    row = (at_us, offset_s, tree["who"], name, text, unheard, int(bool(tree["interrupted"])))
    number = int(connection.execute(sql, (number, *row, batch, tree.get("id"), fingerprint)).lastrowid)
    rows.index(connection, number, f"{text} {unheard}")
    return number, True


def _put_fact(
    connection: Any, tree: dict[str, Any], turns: dict[int, int], facts: dict[int, int], known: set[Fact]
) -> bool:
    """Whether it is new. `facts` learns its number in the store."""
    if tree["kind"] not in KINDS:
        raise ValueError(tree["kind"])
    fact = Fact(
        0,
        tree["kind"],
        str(tree["subject"]),
        str(tree["statement"]),
        _time(tree["time"]),
        tuple(turns[number] for number in tree["turns"]),
        float(tree["confidence"]),
        date.fromisoformat(tree["due"]) if tree["due"] else None,
        _time(tree["valid_until"]) if tree["valid_until"] else None,
        bool(tree["pinned"]),
        facts.get(tree["supersedes"]),
    )
    if _told(fact) in known:
        return False
    kept = fact_rows.insert(connection, _free(connection, "facts", tree["number"]), fact)
    facts[tree["number"]] = kept.number
    return True


def _told(fact: Fact) -> Fact:
    """What tells a fact from others, whatever their numbers."""
    return replace(fact, number=0, supersedes=None, turns=())


def _free(connection: Any, table: str, number: int) -> int | None:
    """`number` if nothing has it, else None: the next."""
    if not 0 < int(number) < 2**62:
        raise ValueError(number)
    taken = connection.execute(f"SELECT 1 FROM {table} WHERE number = ?", (number,)).fetchone()
    return None if taken else int(number)


def _time(given: str) -> datetime:
    at = datetime.fromisoformat(given)
    if at.year not in YEARS:
        raise ValueError(given)
    return at
