"""A turn as a row of the file, and what the indexes beside it hold of it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import nullcontext
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

from companion.core.diary import Entry
from companion.memory.search import deleting_many, searchable

COLUMNS = "number, at_us, offset_s, who, name, text, unheard, interrupted"
FORGET_EMPTY_BATCHES = "DELETE FROM batches WHERE batch NOT IN (SELECT batch FROM turns WHERE batch IS NOT NULL)"
MANY = 100
"""So many turns are deleted at once faster than one by one."""
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def insert(connection: Any, number: int | None, entry: Entry) -> Sequence[Any]:
    """Returns the row as it was written; without a `number` it gets the next."""
    text, unheard, name = map(encodable, (entry.text, entry.unheard, entry.name))
    row = (*moment(entry.at), entry.who, name, text, unheard, int(entry.interrupted))
    sql = f"INSERT INTO turns ({COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
    number = int(connection.execute(sql, (number, *row)).lastrowid)
    index(connection, number, f"{text} {unheard}")
    return (number, *row)


def index(connection: Any, number: int, text: str) -> None:
    """Let the turn be found by the words of `text`."""
    words = searchable(text)
    connection.execute("INSERT INTO words (rowid, text) VALUES (?, ?)", (number, words))
    connection.execute("INSERT INTO stems (rowid, text) VALUES (?, ?)", (number, words))


def delete(connection: Any, numbers: Sequence[int]) -> None:
    """Delete turns, what the indexes hold of them, and the facts that were drawn from them alone."""
    which = "IN (SELECT value FROM json_each(?))"
    values = (json.dumps(list(numbers)),)
    with deleting_many(connection) if len(numbers) >= MANY else nullcontext():
        stems = f"INSERT INTO stems (stems, rowid, text) SELECT 'delete', rowid, text FROM words WHERE rowid {which}"
        connection.execute(stems, values)
        connection.execute(f"DELETE FROM words WHERE rowid {which}", values)
        connection.execute(f"DELETE FROM meanings WHERE number {which}", values)
        connection.execute(f"DELETE FROM turns WHERE number {which}", values)


def entry(row: Sequence[Any]) -> Entry:
    """A row of `COLUMNS` as a turn."""
    number, at_us, offset_s, who, name, text, unheard, interrupted = row
    return Entry(number, local_time(at_us, offset_s), who, name, text, unheard, bool(interrupted))


def moment(at: datetime) -> tuple[int, int]:
    """Microseconds since 1970, UTC, and the seconds by which its time zone is ahead. Without one it is local time."""
    at = at.astimezone() if at.tzinfo is None else at
    return microseconds(at), round((at.utcoffset() or timedelta()).total_seconds())


def local_time(at_us: int, offset_s: int) -> datetime:
    """What `moment` was given."""
    return (_EPOCH + at_us * _MICROSECOND).astimezone(timezone(timedelta(seconds=offset_s)))


def microseconds(at: datetime) -> int:
    """Since 1970, UTC."""
    return (at - _EPOCH) // _MICROSECOND


def encodable(text: str) -> str:
    """Without halves of surrogate pairs, which a language model can produce and no file can hold."""
    return text.encode("utf-8", "replace").decode("utf-8")
