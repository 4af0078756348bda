"""The conversations on disk: one encrypted SQLite file, written by the engine, read by the window."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import sqlcipher3

from companion.core.diary import Entry
from companion.core.facts import Fact
from companion.core.paths import shared_diary_file
from companion.memory import fact_rows, rows
from companion.memory.keys import Keyring, SystemKeyring
from companion.memory.opening import DiaryFile, in_plain_words, takes_no_more
from companion.memory.schema import MEANINGS, STEMS, WORDS, transaction
from companion.memory.search import query
from companion.memory.vault import Vault

_TURNS = f"SELECT {rows.COLUMNS} FROM turns"
_MATCHING = "SELECT rowid FROM words WHERE words MATCH ?"
_HERS = "batch IS NULL"
"""What was said with her, and not brought from elsewhere."""
_OLD = """SELECT number FROM turns WHERE CASE
        WHEN batch IS NULL THEN at_us < ? ELSE batch IN (SELECT batch FROM batches WHERE at_us < ?) END
    AND number NOT IN (SELECT turn FROM sources JOIN facts ON facts.number = sources.fact WHERE pinned)"""
_NEWEST = 2**63 - 1


def open_diary(file: Path | None = None, keyring: Keyring | None = None) -> SqliteDiary:
    """The diary that all personas share, or the one in `file`; made if there is none.

    What is damaged is kept aside: see `told`. Raises CompanionError: the disk says no, or the key is in a keyring that
    does not answer.
    """
    return SqliteDiary(Vault(DiaryFile(file or shared_diary_file(), keyring or SystemKeyring())))


class SqliteDiary:
    """A `Diary` in an encrypted file. Several processes, and several threads, may use it at once.

    Imported turns are in the same file, and not in the diary; only `delete_all` reaches them.
    """

    def __init__(self, vault: Vault) -> None:
        self._vault = vault
        self._deleted_facts: list[Fact] = []
        """Those that went with deleted turns, for when these are restored."""

    @property
    def told(self) -> str:
        """What a person should be told: that a damaged file was kept aside, or its key lost. Empty: nothing."""
        return self._vault.told

    def add(self, entry: Entry) -> Entry:
        def insert(connection: Any) -> Entry:
            with transaction(connection):
                return rows.entry(rows.insert(connection, None, entry))

        return self._vault.do(insert)

    def entries(self, before: int | None = None, limit: int = 200, matching: str = "") -> Sequence[Entry]:
        older = _NEWEST if before is None else before
        which, values = _those(matching)
        sql = f"SELECT * FROM ({_TURNS} WHERE {which} AND number < ? ORDER BY number DESC LIMIT ?) ORDER BY number"
        return self._read(sql, *values, older, limit)

    def after(self, number: int) -> Sequence[Entry]:
        return self._read(f"{_TURNS} WHERE {_HERS} AND number > ? ORDER BY number", number)

    def count(self, matching: str = "") -> int:
        which, values = _those(matching)
        sql = f"SELECT count(*) FROM turns WHERE {which}"
        return self._vault.do(lambda connection: int(connection.execute(sql, values).fetchone()[0]))

    def delete(self, numbers: Iterable[int]) -> Sequence[Entry]:
        return self._delete("number IN (SELECT value FROM json_each(?))", str(list(numbers)))

    def delete_day(self, day: date) -> Sequence[Entry]:
        first, last = (datetime.combine(day + timedelta(days), time()).astimezone() for days in (0, 1))
        return self._delete("at_us >= ? AND at_us < ?", rows.microseconds(first), rows.microseconds(last))

    def delete_all(self) -> int:
        def empty(connection: Any) -> int:
            turns = int(connection.execute("SELECT count(*) FROM turns").fetchone()[0])
            try:
                _empty(connection)
            except sqlcipher3.DatabaseError as error:
                if not takes_no_more(error):
                    raise
                # On a full disk nothing can be written, not even that something is gone; but a file can go.
                self._vault.close()
                self._vault.file.remove()
                self._vault.open(thoroughly=False)
            self._vault.file.forget_copies()
            self._vault.file.forget_damaged()
            return turns

        self._deleted_facts.clear()
        return self._vault.do(empty)

    def forget_old(self, before: datetime) -> int:
        def delete(connection: Any) -> int:
            with transaction(connection):
                old = [number for (number,) in connection.execute(_OLD, (rows.moment(before)[0],) * 2)]
                rows.delete(connection, old)
                connection.execute(rows.FORGET_EMPTY_BATCHES)
            return len(old)

        count = self._vault.do(delete)
        if count:
            self._vault.give_room_back()
        return count

    def restore(self, entries: Iterable[Entry]) -> None:
        kept = list(entries)

        def insert(connection: Any) -> None:
            with transaction(connection):
                for entry in kept:
                    if not connection.execute("SELECT 1 FROM turns WHERE number = ?", (entry.number,)).fetchone():
                        rows.insert(connection, entry.number, entry)
                fact_rows.restore(connection, facts)

        numbers = {entry.number for entry in kept}
        facts = [fact for fact in self._deleted_facts if not numbers.isdisjoint(fact.turns)]
        self._vault.do(insert)
        self._deleted_facts = [fact for fact in self._deleted_facts if fact not in facts]

    @property
    def size_bytes(self) -> int:
        with in_plain_words(self._vault.file.path):
            return self._vault.file.size_bytes()

    def where_key_is(self) -> str:
        """Where the key of the encryption is, in plain words."""
        with in_plain_words(self._vault.file.path):
            return self._vault.file.key.where

    def close(self) -> None:
        self._vault.close()

    def _read(self, sql: str, *values: object) -> Sequence[Entry]:
        return self._vault.do(lambda connection: [rows.entry(row) for row in connection.execute(sql, values)])

    def _delete(self, which: str, *values: object) -> Sequence[Entry]:
        def delete(connection: Any) -> Sequence[Entry]:
            with transaction(connection):
                found = connection.execute(f"{_TURNS} WHERE {_HERS} AND {which} ORDER BY number", values).fetchall()
                numbers = [row[0] for row in found]
                facts = fact_rows.going_with(connection, numbers)
                rows.delete(connection, numbers)
            self._deleted_facts += facts
            return [rows.entry(row) for row in found]

        deleted = self._vault.do(delete)
        self._vault.overwrite()
        return deleted


def _those(matching: str) -> tuple[str, tuple[object, ...]]:
    """The condition for turns that hold all words of `matching`, and what it asks with."""
    words = query(matching)
    return (f"{_HERS} AND number IN ({_MATCHING})", (words,)) if words else (_HERS, ())


def _empty(connection: Any) -> None:
    """Delete everything and give its room back; what is deleted is overwritten."""
    with transaction(connection):
        for statement in (
            "DELETE FROM facts",
            "DELETE FROM sources",
            "DELETE FROM turns",
            "DELETE FROM batches",
            "DELETE FROM notes",
            "DELETE FROM reminders",
            "DELETE FROM jottings",
            *("DROP TABLE words", "DROP TABLE stems", "DROP TABLE meanings"),
            *(*WORDS, *STEMS, *MEANINGS),
        ):
            connection.execute(statement)
    connection.execute("VACUUM")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
