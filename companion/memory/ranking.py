"""How likely each of many turns is what a question means: a few figures of each, weighed."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass, fields
from datetime import datetime, timedelta

from companion.memory.question import YOU, Question
from companion.memory.times import Span, tells_a_time

TOLD_WITHIN_DAYS = 10
"""Things are told after they happened: so long after a time that is asked for, turns still count half."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A turn that may be what is meant."""

    number: int
    at: datetime
    who: str
    speaker: str
    text: str


@dataclass(frozen=True, slots=True)
class Closeness:
    """How near a turn is to the question: 0 not at all, 1 as near as can be."""

    meaning: float = 0.0
    """Cosine of the meanings."""
    words: float = 0.0
    """BM25 over what a turn of middling length with all words would get; rare words weigh more."""


@dataclass(frozen=True, slots=True)
class Figures:
    """What is known of one candidate; most from 0 to 1."""

    meaning: float
    words: float
    both: float
    meaning_before: float
    words_before: float
    meaning_after: float
    words_after: float
    by_whom: float
    """1: said by one whom the question is about; -1: by another."""
    asks: float
    """It is a question and nothing else."""
    short: float
    in_time: float
    tells_time: float
    """The question asks when, and the turn says it."""
    recent: float


NAMES = tuple(field.name for field in fields(Figures))


def figures(
    question: Question,
    candidate: Candidate,
    neighbours: tuple[Candidate | None, Candidate | None],
    close: Mapping[int, Closeness],
    now: datetime,
) -> Figures:
    """`neighbours`: what was said just before and after, in the same conversation."""
    here = close.get(candidate.number, Closeness())
    before, after = (close.get(turn.number, Closeness()) if turn else Closeness() for turn in neighbours)
    return Figures(
        meaning=here.meaning,
        words=here.words,
        both=math.sqrt(max(0.0, here.meaning) * here.words),
        meaning_before=before.meaning,
        words_before=before.words,
        meaning_after=after.meaning,
        words_after=after.words,
        by_whom=_by_whom(question, candidate),
        asks=float(_only_asks(candidate.text)),
        short=1 / (1 + len(candidate.text.split()) / 5),
        in_time=max((_in_time(span, candidate.at) for span in question.spans), default=0.0),
        tells_time=float(question.asks_when and tells_a_time(candidate.text)),
        recent=math.exp(-max(0.0, (now - candidate.at) / timedelta(days=365))),
    )


def score(of: Figures) -> float:
    """0 to 1."""
    weighed = sum(weight * figure for weight, figure in zip(_WEIGHTS, astuple(of), strict=True))
    return 1 / (1 + math.exp(-(weighed + _BIAS)))


def _by_whom(question: Question, candidate: Candidate) -> float:
    if not question.about:
        return 0.0
    names = {candidate.speaker, YOU} if candidate.who == "user" else {candidate.speaker}
    return 1.0 if names & question.about else -1.0


def _only_asks(text: str) -> bool:
    sentences = [part for part in text.replace("!", ".").replace("?", "?.").split(".") if part.strip()]
    return bool(sentences) and sentences[-1].rstrip().endswith("?") and len(sentences) <= 2


def _in_time(span: Span, at: datetime) -> float:
    day = at.date()
    if day < span.first:
        return 0.0
    return math.pow(0.5, max(0, (day - span.last).days) / TOLD_WITHIN_DAYS)


_BIAS = -4.0
_WEIGHTS: Sequence[float] = (6.0, 3.0, 2.0, 1.0, 0.5, 0.5, 0.3, 0.6, -1.0, -0.5, 1.5, 0.7, 0.1)
"""In the order of `NAMES`; fitted by tests/bench/recall."""
