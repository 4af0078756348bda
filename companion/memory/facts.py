"""What is known, in the file of the conversations."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from companion.core.diary import Entry
from companion.core.facts import KINDS, YOU, Fact, Forgotten, Kind
from companion.core.paths import shared_diary_file
from companion.memory import fact_rows, rows
from companion.memory.content_words import plain_words
from companion.memory.keys import Keyring, SystemKeyring
from companion.memory.opening import DiaryFile
from companion.memory.question import STOP_WORDS
from companion.memory.schema import transaction
from companion.memory.search import searchable
from companion.memory.vault import Vault

AHEAD = timedelta(days=7)
"""How long before its day a plan is an open end."""
ANSWERED_WITHIN = timedelta(minutes=2)
BEHIND = timedelta(days=14)
"""How long after its day, or without one after it was made, it still is."""


def open_facts(file: Path | None = None, keyring: Keyring | None = None) -> SqliteFacts:
    """What is known from the user's conversations, or from those in `file`.

    Raises CompanionError: the disk says no, or the key is in a keyring that does not answer.
    """
    return SqliteFacts(Vault(DiaryFile(file or shared_diary_file(), keyring or SystemKeyring())))


class SqliteFacts:
    """`Facts` in an encrypted file. Several processes, and several threads, may use it at once."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    def all(self, matching: str = "", past: bool = False, kinds: Collection[Kind] = KINDS) -> Sequence[Fact]:
        which = ["kind IN (SELECT value FROM json_each(?))"]
        values = [json.dumps(list(kinds))]
        if not past:
            which.append(fact_rows.STANDING)
        if words := _asked(matching):
            which.append("number IN (SELECT rowid FROM fact_stems WHERE fact_stems MATCH ?)")
            values.append(words)
        return self._read(" AND ".join(which), *values)

    def about(self, subject: str) -> Sequence[Fact]:
        which = f"subject = ? COLLATE NOCASE AND {fact_rows.STANDING} AND kind <> 'episode'"
        return self._read(which, subject)

    def people(self) -> Sequence[str]:
        standing = self._read(f"{fact_rows.STANDING} AND kind NOT IN ('episode', 'thought')")
        known = Counter(fact.subject for fact in standing if fact.subject != YOU)
        return [subject for subject, _ in known.most_common()]

    def keep(self, fact: Fact) -> Fact:
        def keep(connection: Any) -> Fact:
            with transaction(connection):
                return fact_rows.keep(connection, fact) or fact

        return self._vault.do(keep)

    def change(self, number: int, statement: str) -> Fact | None:
        return self._alter(number, lambda connection: fact_rows.state(connection, number, statement))

    def end(self, number: int, at: datetime) -> Fact | None:
        return self._alter(number, lambda connection: fact_rows.end(connection, number, at))

    def pin(self, number: int, pinned: bool) -> Fact | None:
        sql = "UPDATE facts SET pinned = ? WHERE number = ?"
        return self._alter(number, lambda connection: connection.execute(sql, (int(pinned), number)))

    def delete(self, numbers: Iterable[int]) -> Sequence[Fact]:
        def delete(connection: Any) -> Sequence[Fact]:
            with transaction(connection):
                return fact_rows.delete(connection, numbers)

        gone = self._vault.do(delete)
        self._vault.overwrite()
        return gone

    def restore(self, facts: Iterable[Fact]) -> None:
        kept = list(facts)

        def restore(connection: Any) -> None:
            with transaction(connection):
                fact_rows.restore(connection, kept)

        self._vault.do(restore)

    def mentioning(self, topic: str) -> Forgotten:
        return self._vault.do(lambda connection: _mentioning(connection, topic))

    def forget_about(self, topic: str) -> Forgotten:
        def forget(connection: Any) -> Forgotten:
            with transaction(connection):
                gone = _mentioning(connection, topic)
                fact_rows.delete(connection, [fact.number for fact in gone.facts])
                rows.delete(connection, [entry.number for entry in gone.entries])
                rows.delete(connection, [int(str(row[0])) for row in gone.imported])
            return gone

        gone = self._vault.do(forget)
        self._vault.overwrite()
        return gone

    def remember_again(self, forgotten: Forgotten) -> None:
        def restore(connection: Any) -> None:
            with transaction(connection):
                for entry in forgotten.entries:
                    if not _is_there(connection, entry.number):
                        rows.insert(connection, entry.number, entry)
                for row in forgotten.imported:
                    if not _is_there(connection, row[0]):
                        connection.execute(f"INSERT INTO turns VALUES ({', '.join('?' * len(row))})", row)
                        rows.index(connection, int(str(row[0])), str(row[_TEXT]))
                fact_rows.restore(connection, forgotten.facts)

        self._vault.do(restore)

    def open_ends(self, now: datetime) -> Sequence[Fact]:
        today = now.date()
        plans = self._read(f"{fact_rows.STANDING} AND kind IN ('plan', 'promise')")
        return sorted((fact for fact in plans if _is_open(fact, today)), key=lambda fact: fact.due or date.max)

    def latest_episode(self) -> Fact | None:
        episodes = self._read("kind = 'episode'")
        return max(episodes, key=lambda episode: episode.said_at, default=None)

    def close(self) -> None:
        self._vault.close()

    def _read(self, which: str, *values: object) -> Sequence[Fact]:
        return self._vault.do(lambda connection: fact_rows.read(connection, which, *values))

    def _alter(self, number: int, alter: Any) -> Fact | None:
        def do(connection: Any) -> Fact | None:
            with transaction(connection):
                alter(connection)
                return fact_rows.one(connection, number)

        return self._vault.do(do)


_TEXT = 5
"""The place of the text in a row of turns."""
_HOLDING = "number IN (SELECT rowid FROM stems WHERE stems MATCH ?)"


def _asked(text: str) -> str:
    """What FTS5 is asked for all of the words of `text`, as stems."""
    return " ".join(f'"{word}"' for word in plain_words(searchable(text)))


def _mentioning(connection: Any, topic: str) -> Forgotten:
    words = " ".join(word for word in plain_words(topic) if word not in STOP_WORDS)
    if not (asked := _asked(words)):
        return Forgotten()
    turns = f"FROM turns WHERE {_HOLDING} AND batch IS"
    holding = connection.execute(f"SELECT {rows.COLUMNS} {turns} NULL", (asked,)).fetchall()
    entries = sorted({*holding, *_answers_to(connection, [rows.entry(row) for row in holding])})
    imported = connection.execute(f"SELECT * {turns} NOT NULL ORDER BY number", (asked,)).fetchall()
    named = fact_rows.read(connection, "number IN (SELECT rowid FROM fact_stems WHERE fact_stems MATCH ?)", asked)
    drawn = fact_rows.going_with(connection, [row[0] for row in (*entries, *imported)])
    facts = {fact.number: fact for fact in (*named, *drawn)}
    return Forgotten(tuple(facts.values()), tuple(map(rows.entry, entries)), tuple(map(tuple, imported)))


def _answers_to(connection: Any, entries: Iterable[Entry]) -> Iterator[tuple[Any, ...]]:
    """Her turns that answer these of the user: "She lives in Lyon" tells of the sister without her name."""
    next_turn = f"SELECT {rows.COLUMNS} FROM turns WHERE number > ? AND batch IS NULL ORDER BY number LIMIT 1"
    for entry in entries:
        row = connection.execute(next_turn, (entry.number,)).fetchone() if entry.who == "user" else None
        if row:
            answer = rows.entry(row)
            if answer.who == "companion" and answer.at - entry.at < ANSWERED_WITHIN:
                yield tuple(row)


def _is_there(connection: Any, number: object) -> bool:
    return connection.execute("SELECT 1 FROM turns WHERE number = ?", (number,)).fetchone() is not None


def _is_open(fact: Fact, today: date) -> bool:
    if fact.due is None:
        return today - fact.said_at.date() <= BEHIND
    return today - BEHIND <= fact.due <= today + AHEAD
