"""Finding turns in the file: by their words, by the time they were said, and by their number."""

from __future__ import annotations

import json
import math
from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from companion.memory import rows
from companion.memory.question import Around, Question
from companion.memory.ranking import Candidate
from companion.memory.times import Span, times_in

COMMON = 0.2
"""A word in more than this part of all turns says nothing, if there is another."""
OFTEN = 12
"""What is spoken of in so many turns tells no time."""
AROUND = timedelta(days=60)
"""So long is "before the move", and after it."""
_SPEAKER = "CASE WHEN who = 'user' AND batch IS NULL THEN '' ELSE name END"
_IMPORTANCE = """(
    SELECT CASE WHEN count(*) = 0 THEN 0 WHEN max(until_us IS NULL) THEN 1 + max(pinned) ELSE -1 END
    FROM sources JOIN facts ON facts.number = fact WHERE turn = turns.number AND kind != 'episode'
)"""
_SAID = f"number, at_us, offset_s, who, {_SPEAKER}, text, {_IMPORTANCE}"
_THESE = "number IN (SELECT value FROM json_each(?))"


class Heard:
    """Who was ever heard, and how many turns there are; what was asked before is not counted anew."""

    def __init__(self) -> None:
        self.turns = 0
        """How many there were; what was deleted since is still counted."""
        self.speakers = set[str]()
        self.personas = set[str]()
        """Those of the speakers who are her, by whatever name."""
        self._newest = -1

    def refresh(self, connection: Any) -> None:
        count = "SELECT count(*), coalesce(max(number), ?) FROM turns WHERE number > ?"
        new, newest = connection.execute(count, (self._newest, self._newest)).fetchone()
        if not new:
            return
        named = f"SELECT DISTINCT {_SPEAKER}, who = 'companion' FROM turns WHERE number > ?"
        for name, is_her in connection.execute(named, (self._newest,)):
            if name:
                self.speakers.add(name)
            if is_her:
                self.personas.add(name)
        self.turns += new
        self._newest = newest


def by_words(connection: Any, question: Question, turns: int, limit: int) -> dict[int, float]:
    """The best of the turns with rare words of the question, each with its `Closeness.words`.

    `turns`: how many there were when they were last counted; others may have been written since.
    The weights are those of FTS5: https://www.sqlite.org/fts5.html#the_bm25_function
    """
    matching = {word: f'"{word}"' for word in question.words}
    count = "SELECT count(*) FROM stems WHERE stems MATCH ?"
    holding = {word: connection.execute(count, (asked,)).fetchone()[0] for word, asked in matching.items()}
    turns = max([turns, *holding.values()])
    asked = [word for word in matching if holding[word] <= COMMON * turns] or list(matching)
    if not any(holding[word] for word in asked):
        return {}
    best = sum(max(1e-6, math.log((turns - holding[word] + 0.5) / (holding[word] + 0.5))) for word in asked)
    found = connection.execute(
        "SELECT rowid, -rank FROM stems WHERE stems MATCH ? ORDER BY rank LIMIT ?",
        (" OR ".join(matching[word] for word in asked), limit),
    )
    return {number: min(1.0, weight / best) for number, weight in found}


def by_time(connection: Any, question: Question, limit: int) -> set[int]:
    """The last turns of each time that the question speaks of."""
    found = set[int]()
    for span in question.spans:
        days = (span.first, span.last + timedelta(days=1))
        first, after = (rows.microseconds(datetime.combine(day, time()).astimezone()) for day in days)
        sql = "SELECT number FROM turns WHERE at_us >= ? AND at_us < ? ORDER BY at_us DESC LIMIT ?"
        found.update(number for (number,) in connection.execute(sql, (first, after, limit)))
    return found


def last_day(connection: Any) -> date | None:
    """The day on which something was said last."""
    last = connection.execute("SELECT at_us, offset_s FROM turns ORDER BY at_us DESC LIMIT 1").fetchone()
    return rows.local_time(*last).date() if last else None


def around(connection: Any, question: Question) -> tuple[Span, ...]:
    """The times that the question tells by what happened then, as far as somebody spoke of it."""
    return tuple(span for told in question.around if (span := _span_of(connection, told)))


def _span_of(connection: Any, told: Around) -> Span | None:
    """None if nobody spoke of it, or so often that it can be any time."""
    asked = " AND ".join(f'"{word}"' for word in told.words)
    sql = (
        "SELECT at_us, offset_s, text FROM turns WHERE number IN"
        " (SELECT rowid FROM stems WHERE stems MATCH ? ORDER BY rank LIMIT ?) ORDER BY at_us"
    )
    found = connection.execute(sql, (asked, OFTEN)).fetchall()
    if not found or len(found) == OFTEN:
        return None
    days = (_day_of(rows.local_time(at_us, offset_s).date(), text) for at_us, offset_s, text in found)
    day = next(days)
    match told.side:
        case "before":
            return Span(day - AROUND, day - timedelta(days=1))
        case "after":
            return Span(day, day + AROUND)
    return Span(day, day)


def _day_of(said: date, text: str) -> date:
    """The day of which somebody spoke on the day `said`, else that day itself."""
    told = [span for span in times_in(text, said) if said - AROUND <= span.first <= said]
    return told[0].first if len(told) == 1 else said


def turns(connection: Any, numbers: Collection[int]) -> dict[int, Candidate]:
    """Those turns that are there, by number."""
    found = connection.execute(f"SELECT {_SAID} FROM turns WHERE {_THESE}", (_array(numbers),))
    return {
        number: Candidate(number, rows.local_time(at_us, offset_s), who, speaker, text, importance)
        for number, at_us, offset_s, who, speaker, text, importance in found
    }


def ids(connection: Any, numbers: Collection[int]) -> dict[int, float | str]:
    """Of each turn that is there the id that it came with, else its number."""
    found = connection.execute(f"SELECT number, mark FROM turns WHERE {_THESE}", (_array(numbers),))
    return {number: number if mark is None else mark for number, mark in found}


def without_meaning(connection: Any, limit: int) -> list[tuple[int, str]]:
    """The newest turns whose meaning is not known, each with what was said."""
    pending = "SELECT number, text FROM turns WHERE number NOT IN (SELECT number FROM meanings) ORDER BY number DESC"
    return connection.execute(f"{pending} LIMIT ?", (limit,)).fetchall()  # type: ignore[no-any-return]


def add_meanings(connection: Any, numbers: Sequence[int], vectors: Iterable[bytes]) -> int:
    """Keep the meanings of turns that are still there; returns how many are left whose meaning is not known."""
    connection.executemany(
        "INSERT OR IGNORE INTO meanings (number, vector) SELECT number, ? FROM turns WHERE number = ?",
        zip(vectors, numbers, strict=True),
    )
    left = "SELECT (SELECT count(*) FROM turns) - (SELECT count(*) FROM meanings)"
    return int(connection.execute(left).fetchone()[0])


def _array(numbers: Collection[int]) -> str:
    return json.dumps(list(numbers))
