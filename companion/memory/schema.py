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

STEMS = (
    """CREATE VIRTUAL TABLE stems USING fts5(
        text, content='', tokenize="porter unicode61 remove_diacritics 2 categories 'L* N* Co Mc Mn'"
    )""",
    "INSERT INTO stems (stems, rank) VALUES ('secure-delete', 1)",
)
"""What is remembered by words: of each turn the stems of its words, under its number; the text is in `words`."""

_STEMS_2 = """CREATE VIRTUAL TABLE stems USING fts5(
    text, content='', contentless_delete=1, tokenize="porter unicode61 remove_diacritics 2 categories 'L* N* Co Mc Mn'"
)"""
"""As version 2 had them: deleted stems stayed in it, marked as such."""

MEANINGS = (
    """CREATE TABLE meanings (
        place INTEGER PRIMARY KEY AUTOINCREMENT,
        number INTEGER NOT NULL UNIQUE, -- of the turn
        vector BLOB NOT NULL -- a signed byte for each dimension, see vectors.py
    )""",
)
"""What is remembered by meaning; `place` rises with each that is written, so that a reader knows what is new."""

FACTS = (
    """CREATE TABLE facts (
        number INTEGER PRIMARY KEY AUTOINCREMENT,
        kind TEXT NOT NULL CHECK (kind IN ('fact', 'plan', 'promise', 'episode', 'thought')),
        subject TEXT NOT NULL,
        statement TEXT NOT NULL,
        at_us INTEGER NOT NULL, -- microseconds since 1970, UTC
        offset_s INTEGER NOT NULL, -- of the time zone in which it was said
        confidence REAL NOT NULL,
        due TEXT, -- 2026-03-01
        until_us INTEGER, -- since when it is true no more; NULL: it still is
        until_offset_s INTEGER,
        pinned INTEGER NOT NULL,
        supersedes INTEGER -- the number of another fact
    )""",
    "CREATE INDEX facts_by_subject ON facts (subject COLLATE NOCASE)",
    # The rows stay when a turn or a fact is deleted, as it may be restored; numbers tell nothing.
    """CREATE TABLE sources (
        fact INTEGER NOT NULL,
        turn INTEGER NOT NULL,
        PRIMARY KEY (fact, turn)
    ) WITHOUT ROWID""",
    "CREATE INDEX sources_by_turn ON sources (turn)",
    """CREATE VIRTUAL TABLE fact_stems USING fts5(
        subject, statement, tokenize="porter unicode61 remove_diacritics 2 categories 'L* N* Co Mc Mn'"
    )""",
    "INSERT INTO fact_stems (fact_stems, rank) VALUES ('secure-delete', 1)",
    """CREATE TRIGGER fact_deleted AFTER DELETE ON facts BEGIN
        DELETE FROM fact_stems WHERE rowid = old.number;
    END""",
    # Whoever deletes turns, by hand, by age or with an import: what was drawn from them alone goes too, and the summary
    # of a conversation with any of them, as it may tell of it.
    """CREATE TRIGGER turn_deleted AFTER DELETE ON turns BEGIN
        DELETE FROM facts WHERE number IN (SELECT fact FROM sources WHERE turn = old.number)
        AND (kind = 'episode' OR NOT EXISTS (
            SELECT 1 FROM sources JOIN turns ON turns.number = sources.turn WHERE sources.fact = facts.number
        ));
    END""",
)
"""What is known, from which turns, and by which words it is found."""

AGENDA = (
    """CREATE TABLE reminders (
        number INTEGER PRIMARY KEY AUTOINCREMENT,
        kind TEXT NOT NULL CHECK (kind IN ('reminder', 'timer', 'alarm')),
        text TEXT NOT NULL,
        due_us INTEGER NOT NULL, -- microseconds since 1970, UTC
        due_offset_s INTEGER NOT NULL, -- of the time zone in which it was asked for
        length_s REAL NOT NULL, -- of a timer
        repeats TEXT NOT NULL CHECK (repeats IN ('', 'day', 'weekday', 'week'))
    )""",
    """CREATE TABLE jottings (
        number INTEGER PRIMARY KEY AUTOINCREMENT,
        at_us INTEGER NOT NULL,
        offset_s INTEGER NOT NULL,
        text TEXT NOT NULL
    )""",
)
"""What she is to say at a time, and what the user has had written down. (`notes` are the program's own.)"""

_BROUGHT = (
    """CREATE TABLE batches (
        batch INTEGER PRIMARY KEY AUTOINCREMENT,
        source TEXT NOT NULL, -- the name of the file
        at_us INTEGER NOT NULL -- when it was imported
    )""",
    """CREATE TABLE turns_2 (
        number INTEGER PRIMARY KEY AUTOINCREMENT,
        at_us INTEGER NOT NULL, -- microseconds since 1970, UTC
        offset_s INTEGER NOT NULL, -- of the time zone in which it was said
        who TEXT NOT NULL CHECK (who IN ('user', 'companion', 'other')),
        name TEXT NOT NULL, -- of the persona; of an imported turn, who said it
        text TEXT NOT NULL,
        unheard TEXT NOT NULL,
        interrupted INTEGER NOT NULL,
        batch INTEGER, -- with which it was imported
        mark, -- its id where it came from, of whatever type
        fingerprint BLOB -- tells an imported turn from all others
    )""",
    "INSERT INTO sqlite_sequence (name, seq) SELECT 'turns_2', seq FROM sqlite_sequence WHERE name = 'turns'",
    """INSERT INTO turns_2 (number, at_us, offset_s, who, name, text, unheard, interrupted)
       SELECT number, at_us, offset_s, who, name, text, unheard, interrupted FROM turns""",
    "DROP TABLE turns",
    "ALTER TABLE turns_2 RENAME TO turns",
    "CREATE INDEX turns_by_time ON turns (at_us)",
    "CREATE INDEX turns_by_batch ON turns (batch)",
    "CREATE UNIQUE INDEX turns_by_fingerprint ON turns (fingerprint) WHERE fingerprint IS NOT NULL",
)
"""Turns may come from elsewhere, and be said by others."""

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
    (
        *_BROUGHT,
        _STEMS_2,
        "INSERT INTO stems (rowid, text) SELECT rowid, text FROM words",
        *MEANINGS,
        "CREATE TABLE notes (name TEXT PRIMARY KEY, value TEXT NOT NULL)",
    ),
    (
        "DROP TABLE stems",
        *STEMS,
        "INSERT INTO stems (rowid, text) SELECT rowid, text FROM words",
        *FACTS,
    ),
    AGENDA,
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
    """Bring the file up to date; `copy` is called with its version before each step, unless the file is new.

    Raises CompanionError if the file is of a later version than this program.
    """
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if version > len(MIGRATIONS):
        raise CompanionError(
            "Your conversations were kept by a newer version of Companion.",
            "Update Companion; until then nothing is kept, and what there is stays as it is.",
        )
    for before in range(version, len(MIGRATIONS)):
        if version > 0:
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
