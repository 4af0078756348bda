"""What can still be read of a damaged file, page by page."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import sqlcipher3

from companion.memory import fact_rows, rows
from companion.memory.schema import transaction

MOST_FAULTS = 5000
"""After so many the rest is given up: a few seconds."""
IN_VAIN = 300
"""After so many without a row the table is given up: a page is lost that leads to all others."""
_TABLES = {"turns": "number", "batches": "batch", "facts": "number", "sources": "fact", "notes": "rowid"}
_TABLES |= {"reminders": "number", "jottings": "number"}
"""What is not made from something else, and by what its rows are in order; indexes and meanings are made anew."""

Open = Callable[[], Any]


class Salvage:
    """Reads a damaged file. After a fault its connection is of no more use, so that each part has one of its own."""

    def __init__(self, open_damaged: Open) -> None:
        self._open = open_damaged
        self._faults_left = MOST_FAULTS

    def into(self, new: Any) -> int:
        """Write what can be read into a file of today's tables; returns how many turns that were."""
        with transaction(new):
            for table, key in _TABLES.items():
                columns = self._columns(table)
                known = [row[1] for row in new.execute(f"PRAGMA table_info({table})") if row[1] in columns]
                names, holes = ", ".join(known), ", ".join("?" * len(known))
                for row in self._rows(table, key, names) if known else ():
                    new.execute(f"INSERT OR IGNORE INTO {table} ({names}) VALUES ({holes})", row)
            return _index(new)

    def _columns(self, table: str) -> set[str]:
        """Empty if that is not known."""
        return {row[1] for row in self._read(f"PRAGMA table_info({table})", ())[0]}

    def _rows(self, table: str, key: str, names: str) -> Iterator[Sequence[Any]]:
        """All rows on pages that are whole: where reading ends at a fault, the rest is tried in halves."""
        ranges = [(-(2**62), 2**62)]
        some, enough = False, self._faults_left - IN_VAIN
        while ranges and self._faults_left > (0 if some else enough):
            first, last = ranges.pop()
            sql = f"SELECT {key}, {names} FROM {table} WHERE {key} BETWEEN ? AND ? ORDER BY {key}"
            found, whole = self._read(sql, (first, last))
            for row in found:
                yield row[1:]
            some = some or bool(found)
            if whole:
                continue
            first = found[-1][0] if found else first
            middle = (first + last) // 2
            if first < last:
                ranges += [(middle + 1, last), (first, middle)]

    def _read(self, sql: str, values: tuple[int, ...]) -> tuple[list[Any], bool]:
        """What could be read, and whether that is all."""
        found: list[Any] = []
        connection = None
        try:
            connection = self._open()
            found.extend(connection.execute(sql, values))  # what was read before a fault is in it
        except sqlcipher3.DatabaseError:
            self._faults_left -= 1
            return found, False
        finally:
            if connection:
                connection.close()
        return found, True


def _index(connection: Any) -> int:
    """Let all be found by its words; returns how many turns there are."""
    turns = 0
    for number, text, unheard in connection.execute("SELECT number, text, unheard FROM turns").fetchall():
        rows.index(connection, number, f"{text} {unheard}")
        turns += 1
    for number, subject, statement in connection.execute("SELECT number, subject, statement FROM facts").fetchall():
        fact_rows.index(connection, number, subject, statement)
    return turns
