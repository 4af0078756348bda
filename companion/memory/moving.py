"""Turns that go from one store to another: a persona's own memory begins with what was said with her in the shared one.

Each page of turns is first written where it goes, then deleted where it was. Killed in between, it is in both, and the
next opening goes on from there: turns keep their numbers, and none is written twice.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import filelock

from companion.memory import fact_rows, rows
from companion.memory.keys import Keyring, SystemKeyring
from companion.memory.opening import BUSY_S, DiaryFile, in_plain_words
from companion.memory.schema import transaction
from companion.memory.vault import Vault

AT_ONCE = 5000
_COLUMNS = f"{rows.COLUMNS}, batch, mark, fingerprint"
_IN = "IN (SELECT value FROM json_each(?))"
_THEIRS = "batch IS NULL AND name " + _IN


def begin_own(file: Path, shared: Path, others: Collection[str], keyring: Keyring | None = None) -> None:
    """If there is no `file` yet: move to it from `shared` all but what was said with `others`, by their names.

    Blocking: a second for some 5,000 turns. Raises CompanionError; the next call then goes on.
    """
    unfinished = file.with_suffix(".moving")
    if not shared.exists() or (file.exists() and not unfinished.exists()):
        return
    with in_plain_words(file):
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with filelock.FileLock(shared.with_suffix(".moving.lock"), timeout=10 * BUSY_S):
            if file.exists() and not unfinished.exists():
                return
            unfinished.touch(mode=0o600)
            keys = keyring or SystemKeyring()
            _move(Vault(DiaryFile(shared, keys)), Vault(DiaryFile(file, keys)), json.dumps(sorted(others)))
            unfinished.unlink()


def _move(old: Vault, new: Vault, others: str) -> None:
    """Closes both."""
    try:
        batches = old.do(lambda connection: connection.execute("SELECT * FROM batches").fetchall())
        notes = old.do(lambda connection: connection.execute("SELECT * FROM notes").fetchall())
        new.do(partial(_add_what_they_need, batches=batches, notes=notes))
        last = -1
        while page := old.do(partial(_page, others=others, after=last)):
            numbers = [row[0] for row in page]
            drawn = old.do(partial(_drawn_from, numbers=numbers))
            new.do(partial(_write, page=page, drawn=drawn))
            old.do(partial(_delete, numbers=numbers))
            last = numbers[-1]
        for vault in (new, old):
            vault.do(_end)
        old.give_room_back()
    finally:
        old.close()
        new.close()


def _add_what_they_need(connection: Any, batches: Sequence[Any], notes: Sequence[Any]) -> None:
    with transaction(connection):
        connection.executemany("INSERT OR IGNORE INTO batches (batch, source, at_us) VALUES (?, ?, ?)", batches)
        connection.executemany("INSERT OR IGNORE INTO notes (name, value) VALUES (?, ?)", notes)


def _page(connection: Any, others: str, after: int) -> list[tuple[Any, ...]]:
    sql = f"SELECT {_COLUMNS} FROM turns WHERE number > ? AND NOT ({_THEIRS}) ORDER BY number LIMIT {AT_ONCE}"
    return list(connection.execute(sql, (after, others)))


class _Drawn(NamedTuple):
    """What there is because of some turns, as rows: meanings, and facts that have no other source."""

    meanings: list[tuple[Any, ...]]
    facts: list[tuple[Any, ...]]
    sources: list[tuple[Any, ...]]


def _drawn_from(connection: Any, numbers: Sequence[int]) -> _Drawn:
    facts = [fact.number for fact in fact_rows.going_with(connection, numbers)]
    meanings = f"SELECT number, vector FROM meanings WHERE number {_IN} ORDER BY place"
    return _Drawn(
        connection.execute(meanings, (json.dumps(numbers),)).fetchall(),
        connection.execute(f"SELECT * FROM facts WHERE number {_IN}", (json.dumps(facts),)).fetchall(),
        connection.execute(f"SELECT * FROM sources WHERE fact {_IN}", (json.dumps(facts),)).fetchall(),
    )


def _write(connection: Any, page: Sequence[Sequence[Any]], drawn: _Drawn) -> None:
    sql = f"INSERT OR IGNORE INTO turns ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
    with transaction(connection):
        for row in page:
            if connection.execute(sql, row).rowcount:
                number, text, unheard = row[0], row[5], row[6]
                rows.index(connection, number, f"{text} {unheard}")
        connection.executemany("INSERT OR IGNORE INTO meanings (number, vector) VALUES (?, ?)", drawn.meanings)
        for fact in drawn.facts:
            holes = ", ".join("?" * len(fact))
            if connection.execute(f"INSERT OR IGNORE INTO facts VALUES ({holes})", fact).rowcount:
                number, _, subject, statement, *_ = fact
                fact_rows.index(connection, number, subject, statement)
        connection.executemany("INSERT OR IGNORE INTO sources VALUES (?, ?)", drawn.sources)
    # On the disk for good, before it is deleted where it was.
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _end(connection: Any) -> None:
    connection.execute(rows.FORGET_EMPTY_BATCHES)


def _delete(connection: Any, numbers: Sequence[int]) -> None:
    with transaction(connection):
        rows.delete(connection, numbers)
