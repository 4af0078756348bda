"""Turns that go from one store to another: a persona's own memory begins with what was said with her in the shared one.

Each page of turns is first written where it goes, then deleted where it was. Killed in between, it is in both, and the
next opening goes on from there: turns keep their numbers, and none is written twice.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import filelock

from companion.memory import rows
from companion.memory.keys import Keyring, SystemKeyring
from companion.memory.opening import BUSY_S, DiaryFile, in_plain_words
from companion.memory.schema import transaction
from companion.memory.vault import Vault

AT_ONCE = 500
_COLUMNS = f"{rows.COLUMNS}, batch, mark, fingerprint"
_THEIRS = "batch IS NULL AND name IN (SELECT value FROM json_each(?))"


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
        notes = old.do(lambda connection: connection.execute("SELECT * FROM notes WHERE name = 'embedder'").fetchall())
        new.do(partial(_add_what_they_need, batches=batches, notes=notes))
        last = -1
        while page := old.do(partial(_page, others=others, after=last)):
            numbers = [row[0] for row in page]
            meanings = old.do(partial(_meanings, numbers=numbers))
            new.do(partial(_write, page=page, meanings=meanings))
            old.do(partial(_delete, numbers=numbers))
            last = numbers[-1]
        new.do(_forget_empty_batches)
        old.do(_forget_empty_batches)
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


def _meanings(connection: Any, numbers: Sequence[int]) -> list[tuple[int, bytes]]:
    sql = "SELECT number, vector FROM meanings WHERE number IN (SELECT value FROM json_each(?)) ORDER BY place"
    return list(connection.execute(sql, (json.dumps(numbers),)))


def _write(connection: Any, page: Sequence[Sequence[Any]], meanings: Sequence[tuple[int, bytes]]) -> None:
    sql = f"INSERT OR IGNORE INTO turns ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
    with transaction(connection):
        for row in page:
            if connection.execute(sql, row).rowcount:
                number, text, unheard = row[0], row[5], row[6]
                rows.index(connection, number, f"{text} {unheard}")
        connection.executemany("INSERT OR IGNORE INTO meanings (number, vector) VALUES (?, ?)", meanings)
    # On the disk for good, before it is deleted where it was.
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _forget_empty_batches(connection: Any) -> None:
    connection.execute("DELETE FROM batches WHERE batch NOT IN (SELECT batch FROM turns WHERE batch IS NOT NULL)")


def _delete(connection: Any, numbers: Sequence[int]) -> None:
    with transaction(connection):
        rows.delete(connection, numbers)
