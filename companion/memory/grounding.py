"""Whether something was really said: a statement is held against the turns it was drawn from."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from companion.core.diary import Entry
from companion.memory.content_words import content_words, plain_words, stem
from companion.memory.sentences import FEWEST_WORDS

MOST_WORDS = 30
_SHORT_ANSWER = 4
"""Words that say something in an answer which needs its question to be understood."""
_CLAUSE_END = re.compile(r"[.!?;,]+|\b(?:but|because|though|although|while)\b")
_GLUE = frozenset(map(stem, ("name", "called", "plan", "planning", "want", "promise")))
"""Words that a statement may add to what was said."""
_NEGATION = re.compile(
    r"\b(?:not|no|never|cannot|neither|nor|without|stopped|quit)\b|n['’]t\b|\b(?:any|no) ?(?:more|longer)\b",
    re.IGNORECASE,
)
_HEDGE = re.compile(
    r"\b(?:if|wish|would|wouldn['’]t|imagine|maybe|perhaps|might|could|dream(?:ed|t)?|almost|suppose|pretend)\b",
    re.IGNORECASE,
)
_SELF = re.compile(r"\b(?:I|me|we|us|myself|ourselves)\b|\bI['’]\w+", re.IGNORECASE)
_MINE = re.compile(r"\b(?:my|our|mine|ours)\b", re.IGNORECASE)
_THEY = re.compile(r"\b(?:he|she|it|they|his|her|their|him|them)\b|\b(?:he|she|it|they)['’]\w+", re.IGNORECASE)
_THEY_ACT = re.compile(r"\b(?:he|she|it|they)\b", re.IGNORECASE)
_YES = re.compile(r"^\W*(?:yes|yeah|yep|exactly|right|correct|true|indeed|of course|sure)\b", re.IGNORECASE)
_NO = re.compile(r"^\W*(?:no|nope|not really|never)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Ground:
    """What a statement stands on."""

    turns: tuple[int, ...]
    """The numbers of the entries in which its words are, in their order."""
    confidence: float
    """0.5 to 0.9, the more of its words are in the turn it cites."""


def ground(statement: str, sentence: str, cited: Entry, before: Sequence[Entry]) -> Ground | None:
    """What `statement`, to the user, stands on; None if it was not said.

    `sentence` is one of `cited`, which is the user's; `before` was said just before it, the newest last. What is before
    it may lend names and, to a short answer, its question.
    """
    words = content_words(statement) - _GLUE
    if not words or not FEWEST_WORDS <= len(statement.split()) <= MOST_WORDS or "?" in statement:
        return None
    said = content_words(sentence)
    question = _question(sentence, cited, before) if len(said) <= _SHORT_ANSWER else ""
    found = words & said
    lent = _lent(words - found - content_words(cited.text), before)
    if lent is None or not (found or (question and _YES.match(sentence))):
        return None
    if not question and 2 * len(found) < len(words):
        return None
    if not _same_sense(statement, sentence, words, question):
        return None
    return Ground((*lent, cited.number), round(0.5 + 0.4 * len(found) / len(words), 2))


def _question(sentence: str, cited: Entry, before: Sequence[Entry]) -> str:
    """Hers, if the sentence is the first of the answer to it; else empty."""
    asked = before and before[-1].who == "companion" and before[-1].text.rstrip().endswith("?")
    return before[-1].text if asked and cited.text.strip().startswith(sentence.strip()) else ""


def _lent(missing: frozenset[str], before: Sequence[Entry]) -> tuple[int, ...] | None:
    """The turns that have the missing words, in their order; None if there is one that none has."""
    turns = set[int]()
    for entry in reversed(before):
        if here := missing & content_words(entry.text):
            turns.add(entry.number)
            missing -= here
    return None if missing else tuple(sorted(turns))


def _same_sense(statement: str, sentence: str, words: frozenset[str], question: str) -> bool:
    """Whether the sentence says it of the same, as a fact, and does not deny it."""
    if question and _NO.match(sentence):
        return _denies(statement)
    clause = max(_CLAUSE_END.split(sentence), key=lambda part: len(words & content_words(part)))
    told = sentence if content_words(sentence) <= words else clause
    if sentence.rstrip().endswith("?") or _denies(statement) != _denies(told):
        return False
    if _HEDGE.search(clause):
        return False
    return _same_subject(statement, sentence, question)


def _same_subject(statement: str, sentence: str, question: str) -> bool:
    first = plain_words(statement)[0]
    if first == "you":
        return bool(_SELF.search(sentence)) or not (_names_a_subject(sentence) or _THEY.search(question))
    if first in ("your", "the"):
        return bool(
            _MINE.search(sentence) or _THEY.search(sentence) or content_words(statement) <= content_words(sentence)
        )
    return stem(first) in content_words(sentence) or bool(_THEY.search(sentence) or question)


def _names_a_subject(sentence: str) -> bool:
    """False for such as "Born in Rome, long ago", which leaves out who."""
    others = _THEY_ACT.search(sentence) or _MINE.search(sentence)
    return bool(others or re.match(r"\W*[A-Z]\w+ (?:is|has|was|\w+s)\b", sentence))


def _denies(text: str) -> bool:
    return _NEGATION.search(text) is not None
