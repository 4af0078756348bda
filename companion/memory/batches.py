"""Conversations brought from elsewhere: each import is a batch, which can be taken out again."""

from __future__ import annotations

import hashlib
import itertools
import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from companion.core.paths import shared_diary_file
from companion.memory import rows
from companion.memory.importers.turn import PastTurn
from companion.memory.keys import Keyring, SystemKeyring
from companion.memory.opening import DiaryFile
from companion.memory.schema import transaction
from companion.memory.vault import Vault

AT_ONCE = 1000
"""Turns written in one go, so that a conversation that goes on meanwhile can write too."""
_ALL = "SELECT mark, number, at_us, offset_s, who, CASE WHEN who = 'user' AND batch IS NULL THEN '' ELSE name END, text"


@dataclass(frozen=True, slots=True)
class Batch:
    """One import."""

    batch: int
    source: str
    """The name of the file."""
    at: datetime
    turns: int


@dataclass(frozen=True, slots=True)
class Stats:
    """What is in a store."""

    turns: int
    imported: int
    by_meaning: int
    """Turns that can be found by their meaning, not by their words alone."""
    size_bytes: int


def open_batches(file: Path | None = None, keyring: Keyring | None = None) -> Batches:
    """The imports in `file`, or in the file that all personas share. Raises CompanionError."""
    return Batches(Vault(DiaryFile(file or shared_diary_file(), keyring or SystemKeyring())))


class Batches:
    """What was imported into a file of conversations. Every method raises CompanionError when the disk says no."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    def add(self, source: str, turns: Iterable[PastTurn], progress: Callable[[int], None] = lambda done: None) -> Batch:
        """Keep those of `turns` that are not kept already, in their order. `progress` is told how many were read.

        Cancelled or failing, it leaves nothing of them; killed, a batch that the same import again completes.
        """
        number = self._vault.do(lambda connection: _begin(connection, source))
        seen = Counter[bytes]()
        left = iter(turns)
        done = 0
        try:
            while chunk := list(itertools.islice(left, AT_ONCE)):
                told_apart = [(turn, _fingerprint(turn, seen)) for turn in chunk]
                self._vault.do(partial(_write, batch=number, turns=told_apart))
                done += len(chunk)
                progress(done)
        except BaseException:
            self.undo(number)
            raise
        return self._vault.do(lambda connection: _end(connection, number))

    def all(self) -> list[Batch]:
        """Every import, the oldest first."""
        return self._vault.do(lambda connection: [_batch(row) for row in connection.execute(_BATCHES)])

    def undo(self, batch: int) -> int:
        """Delete all that came with an import; returns how many turns that were."""

        def delete(connection: Any) -> int:
            with transaction(connection):
                found = connection.execute("SELECT number FROM turns WHERE batch = ?", (batch,)).fetchall()
                rows.delete(connection, [number for (number,) in found])
                connection.execute("DELETE FROM batches WHERE batch = ?", (batch,))
            return len(found)

        deleted = self._vault.do(delete)
        self._vault.overwrite()
        return deleted

    def turns(self) -> Iterator[PastTurn]:
        """Every turn that is kept, said with her or imported, in the order in which they were kept."""
        last = -1
        while True:
            page = self._vault.do(partial(_page, after=last))
            if not page:
                return
            for mark, number, at_us, offset_s, who, speaker, text in page:
                yield PastTurn(rows.local_time(at_us, offset_s), speaker, text, who, number if mark is None else mark)
            last = page[-1][1]

    def stats(self) -> Stats:
        counts = (
            "SELECT (SELECT count(*) FROM turns), (SELECT count(*) FROM turns WHERE batch IS NOT NULL),"
            " (SELECT count(*) FROM meanings)"
        )
        turns, imported, by_meaning = self._vault.do(lambda connection: connection.execute(counts).fetchone())
        return Stats(turns, imported, by_meaning, self._vault.file.size_bytes())

    def close(self) -> None:
        self._vault.close()


_BATCHES = (
    "SELECT batch, source, at_us, (SELECT count(*) FROM turns WHERE turns.batch = batches.batch)"
    " FROM batches ORDER BY batch"
)


def _batch(row: tuple[int, str, int, int]) -> Batch:
    batch, source, at_us, turns = row
    return Batch(batch, source, rows.local_time(at_us, 0).astimezone(), turns)


def _page(connection: Any, after: int) -> list[tuple[Any, ...]]:
    found = connection.execute(f"{_ALL} FROM turns WHERE number > ? ORDER BY number LIMIT ?", (after, AT_ONCE))
    return list(found)


def _begin(connection: Any, source: str) -> int:
    at_us, _ = rows.moment(datetime.now().astimezone())
    done = connection.execute("INSERT INTO batches (source, at_us) VALUES (?, ?)", (rows.encodable(source), at_us))
    return int(done.lastrowid)


def _write(connection: Any, batch: int, turns: Sequence[tuple[PastTurn, bytes]]) -> None:
    sql = (
        "INSERT OR IGNORE INTO turns (at_us, offset_s, who, name, text, unheard, interrupted, batch, mark, fingerprint)"
        " VALUES (?, ?, ?, ?, ?, '', 0, ?, ?, ?)"
    )
    with transaction(connection):
        known = _known(connection, batch, turns)
        for turn, fingerprint in turns:
            at_us, offset_s = rows.moment(turn.at)
            speaker, text, mark = rows.encodable(turn.speaker), rows.encodable(turn.text), _mark(turn.id)
            if known & {(at_us, speaker, text, None), (at_us, speaker, text, mark)}:
                continue
            row = (at_us, offset_s, turn.who, speaker, text, batch, mark, fingerprint)
            done = connection.execute(sql, row)
            if done.rowcount:
                rows.index(connection, done.lastrowid, text)


def _known(connection: Any, batch: int, turns: Sequence[tuple[PastTurn, bytes]]) -> set[tuple[Any, ...]]:
    """What was said at the times of `turns`, with her or in other imports: an export of this store may come back."""
    times = json.dumps([rows.moment(turn.at)[0] for turn, _ in turns])
    sql = (
        "SELECT at_us, CASE WHEN who = 'user' AND batch IS NULL THEN '' ELSE name END, text, mark FROM turns"
        " WHERE at_us IN (SELECT value FROM json_each(?)) AND batch IS NOT ?"
    )
    return set(connection.execute(sql, (times, batch)))


def _end(connection: Any, number: int) -> Batch:
    """The batch as it is; one that brought nothing is forgotten."""
    (batch,) = (_batch(row) for row in connection.execute(_BATCHES) if row[0] == number)
    if not batch.turns:
        connection.execute("DELETE FROM batches WHERE batch = ?", (number,))
    return batch


def _mark(given: int | float | str | None) -> int | float | str | None:
    """An id in a form that the file takes."""
    too_large = isinstance(given, int) and abs(given) >= 2**63
    return rows.encodable(str(given)) if too_large or isinstance(given, str) else given


def _fingerprint(turn: PastTurn, seen: Counter[bytes]) -> bytes:
    """Tells a turn from all others, also from equal ones before it in the same import."""
    at_us = rows.moment(turn.at)[0] if turn.dated else None
    said = json.dumps([turn.id, at_us, turn.speaker, turn.text]).encode()
    alike = hashlib.blake2b(said, digest_size=16).digest()
    seen[alike] += 1
    return hashlib.blake2b(alike + seen[alike].to_bytes(8, "big"), digest_size=16).digest()
