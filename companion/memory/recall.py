"""What comes to mind: turns found by their words and by their meaning, weighed against each other."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from companion.core.engines import Embedder
from companion.core.errors import CompanionError
from companion.core.memory import Remembered
from companion.core.paths import shared_diary_file
from companion.memory import finding
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
BY_TIME = 60
"""How many turns each way of searching proposes."""
LOOKED_AT = 120
"""How many of those are weighed in full, and the turns before and after them; all that were proposed by time."""
SAME_TALK = timedelta(hours=2)
"""What was said longer apart does not belong together."""
SHORT_ANSWER_WORDS = 12
"""Who says more seldom needs the question to be understood."""
_SENTENCE_ENDS = re.compile(r"(?<=[.!?…])\s+")
_MEANINGS_AT_ONCE = 5000
_CACHE = "PRAGMA cache_size = -32000"
"""KiB of decrypted pages that are kept."""


def open_memory(
    file: Path | None = None, embedder: Embedder | None = None, keyring: Keyring | None = None
) -> SqliteMemory:
    """The memory of the conversations in `file`, or of those that all personas share.

    Without an `embedder` it finds words alone. Raises CompanionError: the disk says no, or the key is in a keyring
    that does not answer.
    """
    return SqliteMemory(Vault(DiaryFile(file or shared_diary_file(), keyring or SystemKeyring())), embedder)


class SqliteMemory:
    """A `Memory` in the file of the conversations."""

    def __init__(self, vault: Vault, embedder: Embedder | None) -> None:
        self._vault = vault
        self._embedder = embedder
        self._inode = vault.inode
        self._heard = finding.Heard()
        self._meanings = Meanings()
        self._place = 0

    def recall(self, text: str, at: datetime | None = None, limit: int = 20) -> Sequence[Remembered]:
        by_meaning, weighed = self._weighed(text, at, limit)
        ranked = [(score(of, by_meaning), turn) for turn, of in weighed]
        ranked = sorted(ranked, key=lambda scored: scored[0], reverse=True)[:limit]
        numbers = [turn.number for _, turn in ranked]
        ids = self._vault.do(lambda connection: finding.ids(connection, numbers))
        before = self._vault.do(lambda connection: finding.turns(connection, [number - 1 for number in numbers]))
        return [
            Remembered(
                turn.number, ids[turn.number], turn.at, turn.who, turn.speaker, turn.text, round(likely, 4), asked
            )
            for likely, turn in ranked
            if turn.number in ids
            for asked in [_question_of(turn, before.get(turn.number - 1))]
        ]

    def weigh(self, text: str, at: datetime | None = None) -> list[tuple[Candidate, Figures]]:
        """The turns that `text` may mean, in no order, each with what its score is made of."""
        return self._weighed(text, at)[1]

    def _weighed(self, text: str, at: datetime | None, wanted: int = 0) -> tuple[bool, list[tuple[Candidate, Figures]]]:
        """Whether meanings had a part in it, and the turns: as many as are `wanted`, if they can be had, and more."""
        now = (at or datetime.now()).astimezone()
        question = self._vault.do(lambda connection: self._understand(connection, text, now))
        meaning = self._meaning(question.bare)
        weigh = partial(self._weigh, question=question, now=now, meaning=meaning, looked_at=max(LOOKED_AT, wanted))
        return meaning is not None, self._vault.do(weigh)

    def ponder(self, turns: int = 64) -> int:
        if self._embedder is None:
            return 0
        kind = f"{self._embedder.info().model}, of what was said alone"
        pending = self._vault.do(lambda connection: _pending(connection, kind, turns))
        if not pending:
            return 0
        numbers, texts = zip(*pending, strict=True)
        vectors = packed(self._embedder.embed(texts))
        return self._vault.do(lambda connection: _keep(connection, numbers, vectors))

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

    def _understand(self, connection: Any, text: str, now: datetime) -> Question:
        """What `text` asks; "in May" is the last May with anything said in it, if the one before `now` has nothing."""
        self._refresh(connection)
        question = understand(text, now.date(), self._heard.speakers, self._heard.personas)
        if question.spans and not finding.by_time(connection, question, 1) and (last := finding.last_day(connection)):
            question = understand(text, min(last, now.date()), self._heard.speakers, self._heard.personas)
        return replace(question, spans=question.spans + finding.around(connection, question))

    def _weigh(
        self, connection: Any, question: Question, now: datetime, meaning: Vectors | None, looked_at: int
    ) -> list[tuple[Candidate, Figures]]:
        words = finding.by_words(connection, question, self._heard.turns, max(BY_WORDS, looked_at))
        in_time = finding.by_time(connection, question, BY_TIME)
        alike = self._meanings.nearest(meaning, max(BY_MEANING, looked_at)) if meaning is not None else ()
        likeness = self._likeness(meaning, [*words, *in_time, *alike])
        proposed = sorted({*words, *alike}, key=lambda number: likeness.get(number, 0) + words.get(number, 0))
        near = {number + step for number in (*proposed[-looked_at:], *in_time) for step in (-1, 0, 1)}
        turns = finding.turns(connection, near | {number - 1 for number in near})
        likeness |= self._likeness(meaning, turns.keys() - likeness.keys())
        close = {number: Closeness(likeness.get(number, 0.0), words.get(number, 0.0)) for number in turns}
        return [
            (turn, figures(question, turn, close[turn.number], _closeness_before(turn, turns, close), now))
            for turn in map(turns.get, near)
            if turn
        ]

    def _likeness(self, meaning: Vectors | None, numbers: Iterable[int]) -> dict[int, float]:
        return {} if meaning is None else self._meanings.likeness(meaning, numbers)

    def _refresh(self, connection: Any) -> None:
        """Take in what was written since, by this process or another."""
        if self._inode != self._vault.inode:
            self._inode, self._heard, self._meanings, self._place = self._vault.inode, finding.Heard(), Meanings(), 0
        connection.execute(_CACHE)
        self._heard.refresh(connection)
        if self._embedder is None:
            return
        new = connection.execute(
            "SELECT place, number, vector FROM meanings WHERE place > ? ORDER BY place", (self._place,)
        )
        while some := new.fetchmany(_MEANINGS_AT_ONCE):
            places, numbers, vectors = zip(*some, strict=True)
            self._meanings.add(numbers, vectors)
            self._place = places[-1]


def _question_of(turn: Candidate, before: Candidate | None) -> str:
    """What was asked just before, by another, if `turn` is a short answer to it."""
    if before is None or turn.at - before.at > SAME_TALK or len(turn.text.split()) > SHORT_ANSWER_WORDS:
        return ""
    if (before.who, before.speaker) == (turn.who, turn.speaker) or turn.text.rstrip().endswith("?"):
        return ""
    question = _SENTENCE_ENDS.split(before.text.strip())[-1]
    return question if question.endswith("?") else ""


def _closeness_before(turn: Candidate, turns: Mapping[int, Candidate], close: Mapping[int, Closeness]) -> Closeness:
    """Of what was said just before, if it was in the same conversation."""
    before = turns.get(turn.number - 1)
    return close[before.number] if before and turn.at - before.at <= SAME_TALK else Closeness()


def _pending(connection: Any, embedder: str, limit: int) -> list[tuple[int, str]]:
    """Turns whose meaning is not known; what another embedder had said, or of other words, is forgotten."""
    if _embedder_of(connection) != embedder:
        with transaction(connection):
            connection.execute("DELETE FROM meanings")
            connection.execute("INSERT OR REPLACE INTO notes (name, value) VALUES ('embedder', ?)", (embedder,))
    return finding.without_meaning(connection, limit)


def _keep(connection: Any, numbers: Sequence[int], vectors: Sequence[bytes]) -> int:
    """Returns how many turns are left whose meaning is not known."""
    with transaction(connection):
        return finding.add_meanings(connection, numbers, vectors)


def _embedder_of(connection: Any) -> str | None:
    """The model whose meanings are kept, and of what they are."""
    found = connection.execute("SELECT value FROM notes WHERE name = 'embedder'").fetchone()
    return found[0] if found else None
