"""What comes to mind: turns found by their words and by their meaning, weighed against each other."""

from __future__ import annotations

import json
import logging
import math
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any

import numpy as np

from companion.core.engines import Embedder
from companion.core.errors import CompanionError
from companion.core.memory import Remembered
from companion.core.paths import diary_file
from companion.memory import rows
from companion.memory.keys import Keyring, SystemKeyring
from companion.memory.opening import DiaryFile
from companion.memory.question import Question, understand
from companion.memory.ranking import Candidate, Closeness, Figures, figures, score
from companion.memory.schema import transaction
from companion.memory.vault import Vault
from companion.memory.vectors import Meanings, Vectors, packed

_log = logging.getLogger(__name__)

BY_WORDS = 150
BY_MEANING = 250
BY_TIME = 150
"""How many turns each way of searching proposes."""
COMMON = 0.2
"""A word in more than this part of all turns says nothing, if there is another."""
SAME_TALK = timedelta(hours=2)
"""What was said longer apart does not belong together."""
_CACHE_KIB = 32_000
_SAID = "number, at_us, offset_s, who, CASE WHEN who = 'user' AND batch IS NULL THEN '' ELSE name END, text"
_THESE = "number IN (SELECT value FROM json_each(?))"


def open_memory(
    file: Path | None = None, embedder: Embedder | None = None, keyring: Keyring | None = None
) -> SqliteMemory:
    """The memory of the user's conversations, or of those in `file`. Without an `embedder` it finds words alone.

    Raises CompanionError: the disk says no, or the key is in a keyring that does not answer.
    """
    return SqliteMemory(Vault(DiaryFile(file or diary_file(), keyring or SystemKeyring())), embedder)


class SqliteMemory:
    """A `Memory` in the file of the conversations."""

    def __init__(self, vault: Vault, embedder: Embedder | None) -> None:
        self._vault = vault
        self._embedder = embedder
        self._meanings = Meanings()
        self._place = 0
        self._inode = vault.inode

    def recall(self, text: str, at: datetime | None = None, limit: int = 20) -> Sequence[Remembered]:
        by_meaning = self._embedder is not None
        ranked = [(score(of, by_meaning), turn) for turn, of in self.weigh(text, at)]
        ranked = sorted(ranked, key=lambda scored: scored[0], reverse=True)[:limit]
        ids = self._vault.do(lambda connection: _ids(connection, [turn.number for _, turn in ranked]))
        return [
            Remembered(turn.number, ids[turn.number], turn.at, turn.who, turn.speaker, turn.text, round(likely, 4))  # type: ignore[arg-type]
            for likely, turn in ranked
            if turn.number in ids
        ]

    def weigh(self, text: str, at: datetime | None = None) -> list[tuple[Candidate, Figures]]:
        """The turns that `text` may mean, in no order, each with what its score is made of."""
        now = (at or datetime.now()).astimezone()
        meaning = self._meaning(text)
        return self._vault.do(lambda connection: self._weigh(connection, text, now, meaning))

    def ponder(self, turns: int = 64) -> int:
        if self._embedder is None:
            return 0
        name = self._embedder.info().model
        pending = self._vault.do(lambda connection: _pending(connection, name, turns))
        if not pending:
            return 0
        vectors = packed(self._embedder.embed([text for _, text in pending]))
        return self._vault.do(lambda connection: _keep(connection, [number for number, _ in pending], vectors))

    def close(self) -> None:
        self._vault.close()

    def _meaning(self, text: str) -> Vectors | None:
        """None where there is no embedder, or it fails; words are found all the same."""
        if self._embedder is None:
            return None
        try:
            (meaning,) = self._embedder.embed([text])
        except CompanionError as error:
            _log.warning("%s %s", error.message, error.hint)
            return None
        return np.asarray(meaning)

    def _weigh(
        self, connection: Any, text: str, now: datetime, meaning: Vectors | None
    ) -> list[tuple[Candidate, Figures]]:
        connection.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
        question = understand(text, now.date(), *_speakers(connection))
        words = _by_words(connection, question)
        proposed = {*words, *_by_time(connection, question)}
        if meaning is not None:
            self._refresh(connection)
            proposed.update(self._meanings.nearest(meaning, BY_MEANING).tolist())
        turns = _turns(connection, {number + step for number in proposed for step in (-2, -1, 0, 1)})
        likeness = self._meanings.likeness(meaning, list(turns)) if meaning is not None else {}
        close = {number: Closeness(likeness.get(number, 0.0), words.get(number, 0.0)) for number in turns}
        nothing = Closeness()
        near = {number + step for number in proposed for step in (-1, 0, 1)} & turns.keys()
        return [
            (turn, figures(question, turn, close[turn.number], close[before.number] if before else nothing, now))
            for turn, before in ((turns[number], _before(turns, turns[number])) for number in near)
        ]

    def _refresh(self, connection: Any) -> None:
        """Take in what was written since, by this process or another."""
        if self._inode != self._vault.inode:
            self._meanings, self._place, self._inode = Meanings(), 0, self._vault.inode
        found = connection.execute(
            "SELECT place, number, vector FROM meanings WHERE place > ? ORDER BY place", (self._place,)
        ).fetchall()
        if found:
            self._meanings.add([number for _, number, _ in found], [vector for _, _, vector in found])
            self._place = found[-1][0]


def _speakers(connection: Any) -> tuple[list[str], list[str]]:
    """All names of those who said something, and those of personas among them."""
    found = connection.execute(
        "SELECT DISTINCT name, who FROM turns WHERE who <> 'user' OR batch IS NOT NULL"
    ).fetchall()
    return [name for name, _ in found], [name for name, who in found if who == "companion"]


def _by_words(connection: Any, question: Question) -> dict[int, float]:
    """The turns with the rarest of the question's words, each with `Closeness.words`."""
    turns = connection.execute("SELECT count(*) FROM turns").fetchone()[0]
    matching = {word: f'"{word}"' for word in question.words}
    count = "SELECT count(*) FROM stems WHERE stems MATCH ?"
    holding = {word: connection.execute(count, (asked,)).fetchone()[0] for word, asked in matching.items()}
    rare = [word for word in matching if holding[word] <= COMMON * turns] or list(matching)
    if not any(holding[word] for word in rare):
        return {}
    # As FTS5 weighs words: https://www.sqlite.org/fts5.html#the_bm25_function
    best = sum(max(1e-6, math.log((turns - holding[word] + 0.5) / (holding[word] + 0.5))) for word in rare)
    found = connection.execute(
        "SELECT rowid, -rank FROM stems WHERE stems MATCH ? ORDER BY rank LIMIT ?",
        (" OR ".join(matching[word] for word in rare), BY_WORDS),
    )
    return {number: min(1.0, weight / best) for number, weight in found}


def _by_time(connection: Any, question: Question) -> Iterable[int]:
    for span in question.spans:
        first, after = (
            datetime.combine(day, time()).astimezone() for day in (span.first, span.last + timedelta(days=1))
        )
        for (number,) in connection.execute(
            "SELECT number FROM turns WHERE at_us >= ? AND at_us < ? ORDER BY at_us DESC LIMIT ?",
            (rows.microseconds(first), rows.microseconds(after), BY_TIME),
        ):
            yield number


def _turns(connection: Any, numbers: Iterable[int]) -> dict[int, Candidate]:
    found = connection.execute(f"SELECT {_SAID} FROM turns WHERE {_THESE}", (json.dumps(list(numbers)),))
    return {
        number: Candidate(number, rows.local_time(at_us, offset_s), who, speaker, text)
        for number, at_us, offset_s, who, speaker, text in found
    }


def _before(turns: Mapping[int, Candidate], turn: Candidate) -> Candidate | None:
    """What was said just before, if it was in the same conversation."""
    other = turns.get(turn.number - 1)
    return other if other and turn.at - other.at <= SAME_TALK else None


def _ids(connection: Any, numbers: Sequence[int]) -> dict[int, int | str]:
    """Of each turn the id that it came with, else its number."""
    found = connection.execute(f"SELECT number, mark FROM turns WHERE {_THESE}", (json.dumps(list(numbers)),))
    return {number: number if mark is None else mark for number, mark in found}


def _pending(connection: Any, embedder: str, limit: int) -> list[tuple[int, str]]:
    """The newest turns whose meaning is not known, as text; what another embedder had said is forgotten."""
    known = connection.execute("SELECT value FROM notes WHERE name = 'embedder'").fetchone()
    if known != (embedder,):
        with transaction(connection):
            connection.execute("DELETE FROM meanings")
            connection.execute("INSERT OR REPLACE INTO notes (name, value) VALUES ('embedder', ?)", (embedder,))
    found = connection.execute(
        f"SELECT {_SAID} FROM turns WHERE number NOT IN (SELECT number FROM meanings) ORDER BY number DESC LIMIT ?",
        (limit,),
    )
    return [(number, f"{speaker}: {text}" if speaker else text) for number, _, _, _, speaker, text in found]


def _keep(connection: Any, numbers: Sequence[int], vectors: Sequence[bytes]) -> int:
    """Returns how many turns are left whose meaning is not known."""
    with transaction(connection):
        connection.executemany(
            "INSERT OR IGNORE INTO meanings (number, vector) SELECT number, ? FROM turns WHERE number = ?",
            zip(vectors, numbers, strict=True),
        )
    counts = "SELECT (SELECT count(*) FROM turns) - (SELECT count(*) FROM meanings)"
    return int(connection.execute(counts).fetchone()[0])
