"""The tables of the diary, and how an older file becomes one of today."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from companion.core.errors import CompanionError

WORDS = (
    """CREATE VIRTUAL TABLE words USING fts5(
        text, prefix='1 2 3', tokenize="unicode61 remove_diacritics 2 categories 'L* N* Co Mc Mn'"
    )""",
    # Without this, deleted words stay in the index until it is next rewritten.
    "INSERT INTO words (words, rank) VALUES ('secure-delete', 1)",
)
"""What is searched: of each turn its words, under its number."""

MIGRATIONS: tuple[tuple[str, ...], ...] = (
    (
        """CREATE TABLE turns (
            number INTEGER PRIMARY KEY AUTOINCREMENT,
            at_us INTEGER NOT NULL, -- microseconds since 1970, UTC
            offset_s INTEGER NOT NULL, -- of the time zone in which it was said
            who TEXT NOT NULL CHECK (who IN ('user', 'companion')),
            name TEXT NOT NULL,
            text TEXT NOT NULL,
            unheard TEXT NOT NULL,
            interrupted INTEGER NOT NULL
        )""",
        "CREATE INDEX turns_by_time ON turns (at_us)",
        *WORDS,
    ),
)
"""Only ever appended to: what brings a file from each version to the next. `PRAGMA user_version` tells where it is."""


@contextmanager
def transaction(connection: Any) -> Iterator[None]:
    """All of what is written inside, or nothing."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        # After some errors, such as a full disk, SQLite has rolled back by itself.
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def migrate(connection: Any, copy: Callable[[int], None]) -> None:
    """Bring the file up to date; `copy` is called with its version before each step but the first.

    Raises CompanionError if the file is of a later version than this program.
    """
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if version > len(MIGRATIONS):
        raise CompanionError(
            "Your conversations were kept by a newer version of Companion.",
            "Update Companion; until then nothing is kept, and what there is stays as it is.",
        )
    for before in range(version, len(MIGRATIONS)):
        if before > 0:
            copy(before)
        with transaction(connection):
            for statement in MIGRATIONS[before]:
                connection.execute(statement)
            if before == 0:
                _number_from_now_on(connection)
            connection.execute(f"PRAGMA user_version = {before + 1}")


def _number_from_now_on(connection: Any) -> None:
    """A new file goes on from the clock, so that after a damaged one no number is used a second time."""
    connection.execute("INSERT INTO sqlite_sequence (name, seq) VALUES ('turns', ?)", (int(time.time()),))
