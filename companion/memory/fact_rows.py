"""A fact as rows of the file: itself, its sources, and the words by which it is found."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from companion.core.facts import Fact
from companion.memory import rows
from companion.memory.search import searchable
from companion.memory.superseding import Verdict, compare

_SOURCES = """SELECT json_group_array(turn ORDER BY turn) FROM sources JOIN turns ON turns.number = sources.turn
    WHERE sources.fact = facts.number"""
_SELECT = f"""SELECT number, kind, subject, statement, at_us, offset_s, confidence, due, until_us, until_offset_s,
    pinned, supersedes, ({_SOURCES}) FROM facts"""
_IN = "IN (SELECT value FROM json_each(?))"
THESE = f"number {_IN}"
STANDING = "until_us IS NULL"


def read(connection: Any, which: str = "1", *values: object) -> list[Fact]:
    """The facts for which the condition `which` holds, pinned first, then the newest."""
    sql = f"{_SELECT} WHERE {which} ORDER BY pinned DESC, at_us DESC, number DESC"
    return [_fact(row) for row in connection.execute(sql, values)]


def one(connection: Any, number: int) -> Fact | None:
    found = read(connection, "number = ?", number)
    return found[0] if found else None


def keep(connection: Any, fact: Fact) -> Fact | None:
    """Keep `fact`, by the rules of `Facts.keep`; None if it was drawn from turns that are all gone by now.

    To be called in a transaction.
    """
    turns = _still_there(connection, fact.turns)
    if fact.turns and not turns:
        return None
    fact = replace(fact, turns=turns)
    if fact.kind == "episode":
        return insert(connection, None, fact)
    standing = read(connection, f"subject = ? COLLATE NOCASE AND {STANDING} AND kind <> 'episode'", fact.subject)
    verdicts = [(other, compare(fact, other)) for other in standing]
    for other in _with(Verdict.NEWER, verdicts):
        end(connection, other.number, fact.said_at)
        fact = replace(fact, supersedes=fact.supersedes or other.number, pinned=fact.pinned or other.pinned)
    for other in _with(Verdict.SAME, verdicts):
        return _known_again(connection, other, fact)
    for other in _with(Verdict.OLDER, verdicts):
        fact = replace(fact, valid_until=min(other.said_at, fact.valid_until or other.said_at))
    return insert(connection, None, fact)


def end(connection: Any, number: int, at: datetime) -> None:
    """It is true no more since `at`."""
    sql = "UPDATE facts SET until_us = ?, until_offset_s = ? WHERE number = ?"
    connection.execute(sql, (*rows.moment(at), number))


def insert(connection: Any, number: int | None, fact: Fact) -> Fact:
    """Returns the fact as it was written; without a `number` it gets the next."""
    subject, statement = map(rows.encodable, (fact.subject, fact.statement))
    row = (
        *(number, fact.kind, subject, statement, *rows.moment(fact.said_at), fact.confidence),
        fact.due.isoformat() if fact.due else None,
        *(rows.moment(fact.valid_until) if fact.valid_until else (None, None)),
        *(int(fact.pinned), fact.supersedes),
    )
    sql = f"INSERT INTO facts VALUES ({', '.join('?' * len(row))})"
    number = int(connection.execute(sql, row).lastrowid)
    _add_sources(connection, number, fact.turns)
    index(connection, number, subject, statement)
    return replace(fact, number=number, subject=subject, statement=statement)


def state(connection: Any, number: int, statement: str) -> None:
    """Give the fact another statement, by the user's hand."""
    statement = rows.encodable(statement)
    sql = "UPDATE facts SET statement = ?, confidence = 1 WHERE number = ? RETURNING subject"
    for (subject,) in connection.execute(sql, (statement, number)).fetchall():
        connection.execute("DELETE FROM fact_stems WHERE rowid = ?", (number,))
        index(connection, number, subject, statement)


def call(connection: Any, subject: str, name: str) -> None:
    """What was known of "your sister" is known of Anna from now on."""
    sql = "UPDATE facts SET subject = ? WHERE subject = ? COLLATE NOCASE RETURNING number, statement"
    for number, statement in connection.execute(sql, (name, subject)).fetchall():
        connection.execute("DELETE FROM fact_stems WHERE rowid = ?", (number,))
        index(connection, number, name, statement)


def delete(connection: Any, numbers: Iterable[int]) -> list[Fact]:
    """Returns what was deleted."""
    which = (json.dumps(list(numbers)),)
    found = read(connection, THESE, *which)
    connection.execute(f"DELETE FROM facts WHERE {THESE}", which)
    return found


def restore(connection: Any, facts: Iterable[Fact]) -> None:
    """Insert those of `facts`, with their numbers, that are not there."""
    for fact in facts:
        if one(connection, fact.number) is None:
            insert(connection, fact.number, fact)


def going_with(connection: Any, turns: Sequence[int]) -> list[Fact]:
    """The facts that will go when these turns are deleted."""
    which = (
        f"number IN (SELECT fact FROM sources WHERE turn {_IN}) AND (kind = 'episode' OR NOT EXISTS (SELECT 1 FROM"
        f" sources JOIN turns ON turns.number = sources.turn WHERE sources.fact = facts.number AND turn NOT {_IN}))"
    )
    these = json.dumps(list(turns))
    return read(connection, which, these, these)


def _fact(row: Sequence[Any]) -> Fact:
    number, kind, subject, statement, at_us, offset_s, confidence, due, until_us, until_s, pinned, supersedes, turns = (
        row
    )
    return Fact(
        *(number, kind, subject, statement, rows.local_time(at_us, offset_s), tuple(json.loads(turns)), confidence),
        due=date.fromisoformat(due) if due else None,
        valid_until=None if until_us is None else rows.local_time(until_us, until_s),
        pinned=bool(pinned),
        supersedes=supersedes,
    )


def _with(verdict: Verdict, verdicts: Iterable[tuple[Fact, Verdict]]) -> list[Fact]:
    return [other for other, given in verdicts if given is verdict]


def _still_there(connection: Any, turns: Iterable[int]) -> tuple[int, ...]:
    found = connection.execute(f"SELECT number FROM turns WHERE {THESE} ORDER BY number", (json.dumps(list(turns)),))
    return tuple(number for (number,) in found)


def _known_again(connection: Any, known: Fact, again: Fact) -> Fact:
    """The fact that is known already, with what more was learnt of it."""
    connection.execute(
        "UPDATE facts SET confidence = max(confidence, ?), due = coalesce(?, due) WHERE number = ?",
        (again.confidence, again.due.isoformat() if again.due else None, known.number),
    )
    _add_sources(connection, known.number, again.turns)
    return one(connection, known.number) or known


def _add_sources(connection: Any, number: int, turns: Iterable[int]) -> None:
    sql = "INSERT OR IGNORE INTO sources (fact, turn) VALUES (?, ?)"
    connection.executemany(sql, [(number, turn) for turn in turns])


def index(connection: Any, number: int, subject: str, statement: str) -> None:
    """Let the fact be found by its words."""
    sql = "INSERT INTO fact_stems (rowid, subject, statement) VALUES (?, ?, ?)"
    connection.execute(sql, (number, searchable(subject), searchable(statement)))
