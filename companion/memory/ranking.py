"""How likely each of many turns is what a question means: a few figures of each, weighed."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, NamedTuple

from companion.memory.question import YOU, Question
from companion.memory.times import Span, tells_a_time

TOLD_WITHIN_DAYS = 10
"""Things are told after they happened: so long after a time that is asked for, turns still count half."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A turn that may be what is meant."""

    number: int
    at: datetime
    who: Literal["user", "companion", "other"]
    speaker: str
    text: str
    importance: int = 0
    """See `Figures.importance`."""


@dataclass(frozen=True, slots=True)
class Closeness:
    """How near a turn is to the question: 0 not at all, 1 as near as can be."""

    meaning: float = 0.0
    """Cosine of the meanings."""
    words: float = 0.0
    """BM25 over what a turn of middling length with all words would get; rare words weigh more."""


class Figures(NamedTuple):
    """What is known of one candidate; or the weights of that."""

    meaning: float
    """`Closeness.meaning`."""
    words: float
    """`Closeness.words`."""
    words_before: float
    """`Closeness.words` of what was said just before: an answer does not repeat the question."""
    meaning_before: float
    """`Closeness.meaning` of that."""
    by_whom: float
    """1: said by one whom the question is about; -1: by another; 0: it names nobody."""
    asks: float
    """1: it is a question and tells nothing."""
    short: float
    """0.5 for 5 words, 0.2 for 20: what is soon said seldom matters, and looks like everything."""
    in_time: float
    """1: said in the time that the question speaks of, or less for a while after."""
    tells_time: float
    """1: the question asks when, and the turn says it."""
    recent: float
    """1: said now; 0.5 for half a year ago."""
    importance: float
    """1: what is known from it is still so; 2: and the user pinned it; -1: it is so no more; 0: nothing is."""


def figures(question: Question, candidate: Candidate, here: Closeness, before: Closeness, now: datetime) -> Figures:
    """`before` is the closeness of what was said just before, in the same conversation."""
    age = max(timedelta(), now - candidate.at)
    return Figures(
        meaning=here.meaning,
        words=here.words,
        words_before=before.words,
        meaning_before=before.meaning,
        by_whom=_by_whom(question, candidate),
        asks=float(_only_asks(candidate.text)),
        short=1 / (1 + len(candidate.text.split()) / 5),
        in_time=max((_in_time(span, candidate.at) for span in question.spans), default=0.0),
        tells_time=float(question.asks_when and tells_a_time(candidate.text)),
        recent=1 / (1 + age / timedelta(days=182)),
        importance=candidate.importance,
    )


def score(of: Figures, by_meaning: bool) -> float:
    """0 to 1. `by_meaning`: there is an embedder; else words have to do."""
    weights, bias = _BY_MEANING if by_meaning else _BY_WORDS_ALONE
    weighed = sum(weight * figure for weight, figure in zip(weights, of, strict=True))
    return 1 / (1 + math.exp(-(weighed + bias)))


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


_BY_MEANING = (Figures(12.0, 4.0, 2.0, 3.0, 0.5, -2.0, -9.5, 2.0, 2.0, 0.2, 0.5), -3.5)
_BY_WORDS_ALONE = (Figures(0.0, 8.4, 3.0, 0.0, 0.5, -2.0, -8.4, 2.0, 1.8, 0.3, 0.5), -1.5)
"""Weights and bias, near those that tests/bench/recall/fit.py finds, and rounder: its questions are of one hand.

Words weigh more than it finds, as its questions avoid those of the answers, and by whom a turn was said weighs less:
who asks about others mixes them up. Importance is not fitted: of those conversations nothing is known but the words.
"""
