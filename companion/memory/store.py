"""The conversations on disk: one encrypted SQLite file, written by the engine, read by the window."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta, timezone
from pathlib import Path
from typing import Any, TypeVar

import sqlcipher3

from companion.core.diary import Entry
from companion.core.paths import diary_file
from companion.memory.keys import Keyring, SystemKeyring
from companion.memory.opening import DiaryFile, in_plain_words, is_damage, takes_no_more
from companion.memory.schema import WORDS, transaction
from companion.memory.search import query, searchable

_Result = TypeVar("_Result")
_COLUMNS = "number, at_us, offset_s, who, name, text, unheard, interrupted"
_TURNS = f"SELECT {_COLUMNS} FROM turns"
_MATCHING = "SELECT rowid FROM words WHERE words MATCH ?"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_NEWEST = 2**63 - 1
_NOT_OPEN = -2


def open_diary(file: Path | None = None, keyring: Keyring | None = None) -> SqliteDiary:
    """The user's diary, or the one in `file`; made if there is none. What is damaged is kept aside: see `told`.

    Raises CompanionError: the disk says no, or the key is in a keyring that does not answer.
    """
    return SqliteDiary(DiaryFile(file or diary_file(), keyring or SystemKeyring()))


class SqliteDiary:
    """A `Diary` in an encrypted file. Several processes, and several threads, may use it at once."""

    def __init__(self, file: DiaryFile) -> None:
        self._file = file
        self._lock = threading.RLock()
        self.told = ""
        """What a person should be told: that a damaged file was kept aside, or its key lost. Empty: nothing."""
        self._connection: Any = None
        self._inode = _NOT_OPEN
        self._open(thoroughly=False)

    def add(self, entry: Entry) -> Entry:
        def insert(connection: Any) -> Entry:
            with transaction(connection):
                return _entry(_insert(connection, None, entry))

        return self._do(insert)

    def entries(self, before: int | None = None, limit: int = 200, matching: str = "") -> Sequence[Entry]:
        older = _NEWEST if before is None else before
        words = query(matching)
        if words:
            sql = f"{_TURNS} WHERE number IN ({_MATCHING} AND rowid < ? ORDER BY rowid DESC LIMIT ?) ORDER BY number"
            return self._read(sql, words, older, limit)
        sql = f"SELECT * FROM ({_TURNS} WHERE number < ? ORDER BY number DESC LIMIT ?) ORDER BY number"
        return self._read(sql, older, limit)

    def after(self, number: int) -> Sequence[Entry]:
        return self._read(f"{_TURNS} WHERE number > ? ORDER BY number", number)

    def count(self, matching: str = "") -> int:
        words = query(matching)
        sql = f"SELECT count(*) FROM ({_MATCHING})" if words else "SELECT count(*) FROM turns"
        return self._do(lambda connection: int(connection.execute(sql, (words,) if words else ()).fetchone()[0]))

    def delete(self, numbers: Iterable[int]) -> Sequence[Entry]:
        return self._delete("number IN (SELECT value FROM json_each(?))", str(list(numbers)))

    def delete_day(self, day: date) -> Sequence[Entry]:
        first, last = (datetime.combine(day + timedelta(days), time()).astimezone() for days in (0, 1))
        return self._delete("at_us >= ? AND at_us < ?", _microseconds(first), _microseconds(last))

    def delete_all(self) -> int:
        def empty(connection: Any) -> int:
            turns = int(connection.execute("SELECT count(*) FROM turns").fetchone()[0])
            try:
                _empty(connection)
            except sqlcipher3.DatabaseError as error:
                if not takes_no_more(error):
                    raise
                # On a full disk nothing can be written, not even that something is gone; but a file can go.
                self.close()
                self._file.remove()
                self._open(thoroughly=False)
            self._file.forget_copies()
            self._file.forget_damaged()
            return turns

        return self._do(empty)

    def restore(self, entries: Iterable[Entry]) -> None:
        kept = list(entries)

        def insert(connection: Any) -> None:
            with transaction(connection):
                for entry in kept:
                    if not connection.execute("SELECT 1 FROM turns WHERE number = ?", (entry.number,)).fetchone():
                        _insert(connection, entry.number, entry)

        self._do(insert)

    @property
    def size_bytes(self) -> int:
        with in_plain_words(self._file.path):
            return self._file.size_bytes()

    def where_key_is(self) -> str:
        """Where the key of the encryption is, in plain words."""
        with in_plain_words(self._file.path):
            return self._file.key.where

    def close(self) -> None:
        with self._lock:
            if self._connection:
                self._connection.close()
            self._inode = _NOT_OPEN

    def _read(self, sql: str, *values: object) -> Sequence[Entry]:
        return self._do(lambda connection: [_entry(row) for row in connection.execute(sql, values)])

    def _delete(self, which: str, *values: object) -> Sequence[Entry]:
        def delete(connection: Any) -> Sequence[Entry]:
            with transaction(connection):
                found = connection.execute(f"{_TURNS} WHERE {which} ORDER BY number", values).fetchall()
                connection.execute(f"DELETE FROM words WHERE rowid IN (SELECT number FROM turns WHERE {which})", values)
                connection.execute(f"DELETE FROM turns WHERE {which}", values)
            self._file.forget_copies()
            return [_entry(row) for row in found]

        return self._do(delete)

    def _do(self, work: Callable[[Any], _Result]) -> _Result:
        """Work on the file; where it proves damaged, on a new one, the damaged one kept aside."""
        with self._lock, in_plain_words(self._file.path):
            if self._file.inode != self._inode:
                self._open(thoroughly=False)
            try:
                return work(self._connection)
            except sqlcipher3.DatabaseError as error:
                if not is_damage(error):
                    raise
            self._open(thoroughly=True)
            return work(self._connection)

    def _open(self, thoroughly: bool) -> None:
        self.close()
        self._connection = self._file.open(thoroughly)
        self._inode = self._file.inode
        self.told = self._file.told or self.told


def _empty(connection: Any) -> None:
    """Delete everything and give its room back; what is deleted is overwritten."""
    with transaction(connection):
        connection.execute("DELETE FROM turns")
        for statement in ("DROP TABLE words", *WORDS):
            connection.execute(statement)
    connection.execute("VACUUM")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _insert(connection: Any, number: int | None, entry: Entry) -> Sequence[Any]:
    """Returns the row as it was written; without a `number` it gets the next."""
    text, unheard, name = map(_encodable, (entry.text, entry.unheard, entry.name))
    at = entry.at.astimezone() if entry.at.tzinfo is None else entry.at
    offset_s = round((at.utcoffset() or timedelta()).total_seconds())
    row = (_microseconds(at), offset_s, entry.who, name, text, unheard, int(entry.interrupted))
    sql = f"INSERT INTO turns ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
    number = int(connection.execute(sql, (number, *row)).lastrowid)
    connection.execute("INSERT INTO words (rowid, text) VALUES (?, ?)", (number, searchable(f"{text} {unheard}")))
    return (number, *row)


def _entry(row: Sequence[Any]) -> Entry:
    number, at_us, offset_s, who, name, text, unheard, interrupted = row
    at = (_EPOCH + at_us * _MICROSECOND).astimezone(timezone(timedelta(seconds=offset_s)))
    return Entry(number, at, who, name, text, unheard, bool(interrupted))


def _microseconds(at: datetime) -> int:
    """Since 1970, UTC."""
    return (at - _EPOCH) // _MICROSECOND


def _encodable(text: str) -> str:
    """Without halves of surrogate pairs, which a language model can produce and no file can hold."""
    return text.encode("utf-8", "replace").decode("utf-8")
