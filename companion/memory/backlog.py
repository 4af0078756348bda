"""What was said and not yet thought over: which turns come next, and that none is read twice."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from companion.core.diary import Entry
from companion.core.facts import Fact
from companion.core.paths import shared_diary_file
from companion.memory import fact_rows, rows
from companion.memory.keys import Keyring, SystemKeyring
from companion.memory.opening import DiaryFile
from companion.memory.schema import transaction
from companion.memory.sentences import Batch
from companion.memory.subjects import introduced, names_of
from companion.memory.vault import Vault

TURNS_AT_ONCE = 8
BEFORE = 2
"""How many turns that were read already go before a batch, for what its words refer to."""
REST = timedelta(minutes=10)
"""After so long without a word a conversation is over."""
SKIMMED_AT_ONCE = 100
"""Turns; that takes no language model, and some milliseconds."""
LONGEST_EPISODE = 200
"""Turns of which one episode is made; a longer conversation has several."""
_READ = "read up to"
_SKIMMED = "skimmed up to"
_SUMMED_UP = "summed up to"


def open_backlog(file: Path | None = None, keyring: Keyring | None = None) -> Backlog:
    """What is left to think over of the user's conversations, or of those in `file`. Raises CompanionError."""
    return Backlog(Vault(DiaryFile(file or shared_diary_file(), keyring or SystemKeyring())))


class Backlog:
    """The turns of the diary that were not thought over yet. Every method raises CompanionError when the disk says no.

    What was imported is not among them: it can be years.
    """

    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    def left(self) -> int:
        """How many turns were not read for facts yet."""
        sql = "SELECT count(*) FROM turns WHERE batch IS NULL AND number > ?"
        return self._vault.do(
            lambda connection: int(connection.execute(sql, (_note(connection, _READ),)).fetchone()[0])
        )

    def next_batch(self, now: datetime, hurry: bool = False) -> Batch | None:
        """The oldest turns that were not read for facts; None if there are few and they are fresh. `hurry`: even so."""

        def find(connection: Any) -> Batch | None:
            read = _note(connection, _READ)
            turns = _one_conversation(_turns(connection, "number > ?", read, TURNS_AT_ONCE))
            if not turns or not (hurry or len(turns) == TURNS_AT_ONCE or _is_over(turns, now)):
                return None
            before = _turns(connection, "number <= ?", read, BEFORE, backwards=True)
            return Batch(tuple(turn for turn in before if turns[0].at - turn.at <= REST), tuple(turns))

        return self._vault.do(find)

    def fresh(self) -> Batch | None:
        """The oldest turns that were not even skimmed for what is plainly said."""

        def find(connection: Any) -> Batch | None:
            skimmed = max(_note(connection, _SKIMMED), _note(connection, _READ))
            turns = _turns(connection, "number > ?", skimmed, SKIMMED_AT_ONCE)
            return Batch((), tuple(turns)) if turns else None

        return self._vault.do(find)

    def names(self) -> dict[str, str]:
        """Of "your sister" and the like, as far as they are known."""
        standing = self._vault.do(lambda connection: fact_rows.read(connection, fact_rows.STANDING))
        return names_of(fact.statement for fact in standing)

    def take_in(self, batch: Batch, facts: Iterable[Fact], skimmed: bool = False) -> list[Fact]:
        """Keep the facts of a batch, which is read then, or only skimmed; returns those that stand."""

        def write(connection: Any) -> list[Fact]:
            with transaction(connection):
                _set_note(connection, _SKIMMED if skimmed else _READ, batch.turns[-1].number)
                kept = [fact_rows.keep(connection, fact) for fact in facts]
                for relation, name in filter(None, (introduced(fact.statement) for fact in kept if fact)):
                    fact_rows.call(connection, relation, name)
                return [fact for fact in kept if fact and fact.valid_until is None]

        return self._vault.do(write)

    def rested(self, now: datetime, hurry: bool = False) -> Sequence[Entry]:
        """The oldest conversation that is over and has no summary; empty: there is none. `hurry`: over or not."""

        def find(connection: Any) -> Sequence[Entry]:
            turns = _turns(connection, "number > ?", _note(connection, _SUMMED_UP), LONGEST_EPISODE)
            turns = _one_conversation(turns)
            whole = hurry or len(turns) == LONGEST_EPISODE or _is_over(turns, now)
            return turns if turns and whole else []

        return self._vault.do(find)

    def sum_up(self, turns: Sequence[Entry], episode: Fact | None) -> Fact | None:
        """Keep the summary of a conversation, which is done with then, also without one."""

        def write(connection: Any) -> Fact | None:
            with transaction(connection):
                _set_note(connection, _SUMMED_UP, turns[-1].number)
                return fact_rows.keep(connection, episode) if episode else None

        return self._vault.do(write)

    def close(self) -> None:
        self._vault.close()


def _turns(connection: Any, which: str, number: int, limit: int, backwards: bool = False) -> list[Entry]:
    order = "DESC" if backwards else "ASC"
    sql = f"SELECT {rows.COLUMNS} FROM turns WHERE batch IS NULL AND {which} ORDER BY number {order} LIMIT ?"
    found = [rows.entry(row) for row in connection.execute(sql, (number, limit))]
    return found[::-1] if backwards else found


def _one_conversation(turns: Sequence[Entry]) -> list[Entry]:
    """The turns up to the first rest."""
    for place, (one, following) in enumerate(itertools.pairwise(turns), 1):
        if following.at - one.at > REST:
            return list(turns[:place])
    return list(turns)


def _is_over(turns: Sequence[Entry], now: datetime) -> bool:
    return bool(turns) and now - turns[-1].at > REST


def _note(connection: Any, name: str) -> int:
    found = connection.execute("SELECT value FROM notes WHERE name = ?", (name,)).fetchone()
    return int(found[0]) if found else -1


def _set_note(connection: Any, name: str, number: int) -> None:
    """Notes of turns only rise."""
    number = max(number, _note(connection, name))
    connection.execute("INSERT OR REPLACE INTO notes (name, value) VALUES (?, ?)", (name, str(number)))
