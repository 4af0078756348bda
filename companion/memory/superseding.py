"""Whether two facts about the same say the same, or one has taken the place of the other."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

from companion.core.facts import Fact
from companion.memory.content_words import content_words, names_in, plain_words, stem

NEARLY = 0.8
"""Words that two statements share, of all their words, from which on they say the same."""
_OPEN = ("plan", "promise")


class Verdict(Enum):
    """What a fact is to one that was known before."""

    SAME = "says the same"
    NEWER = "takes its place"
    OLDER = "was true before it"
    APART = "stands beside it"


def compare(new: Fact, known: Fact) -> Verdict:
    """Both are about the same subject, and `known` stands."""
    takes_place = Verdict.NEWER if new.said_at >= known.said_at else Verdict.OLDER
    this, that = _gist(new.statement), _gist(known.statement)
    if {new.kind, known.kind} & {"thought", "episode"}:
        return Verdict.SAME if new.kind == known.kind and this == that else Verdict.APART
    if known.kind in _OPEN:
        return _of_plans(new, this, that, known) or takes_place
    if new.kind in _OPEN:
        return Verdict.APART
    same_turn = not set(new.turns).isdisjoint(known.turns) and this.negated == that.negated
    if same_turn and (this.words <= that.words or that.words <= this.words):
        return Verdict.SAME
    if this.attribute and this.attribute == that.attribute:
        return Verdict.SAME if this.value and this.value <= that.value else takes_place
    if this.negated != that.negated:
        return takes_place if this.words and _share(this, that) >= NEARLY else Verdict.APART
    return _of_words(this, that) or takes_place


@dataclass(frozen=True, slots=True)
class _Gist:
    """What a statement comes down to."""

    words: frozenset[str]
    names: frozenset[str]
    negated: bool
    attribute: str
    """Of which there is one at a time, such as where someone lives; empty if it is none."""
    value: frozenset[str]


def _set_of(words: str) -> frozenset[str]:
    return frozenset(re.findall(r"\S+", words))


def _stems_of(words: str) -> frozenset[str]:
    return frozenset(map(stem, _set_of(words)))


_ATTRIBUTES = tuple(
    (name, re.compile(pattern))
    for name, pattern in (
        ("home", r"\b(?:lives?|living|moved)(?: back)? (?:in|to|near|at)(?: the)? (?=[A-Z])"),
        ("home", r"\b(?:home|hometown) is (?:now )?(?:in )?"),
        ("name", r"\bname is (?:now )?|\b(?:am|are|is) (?:now )?(?:called|named) "),
        ("age", r"\b(?=\d+ years old|\w+ years old)|\bturned (?=\d)"),
        (
            "love",
            r"\b(?:am|are|is|got) (?:now )?(?=married|single|divorced|engaged|separated|widowed|dating)|\bbroke up",
        ),
        ("profession", r"\bworks? as (?:an? )?"),
        ("employer", r"\bworks? (?:at|for) |\b(?:new )?job (?:at|with) "),
        ("employer", r"\b(?:quit|left|lost) (?:your|his|her|their|the) job|\bretired\b|\bfired\b|\blaid off"),
        ("birthday", r"\bbirthday is (?:on )?"),
        ("car", r"\bdrives? an? |\bcar is an? "),
    )
)
_OF_ONE = re.compile(r"\b(?P<what>favou?rite \w+(?: \w+)?|job|address|nickname|phone number|star sign) (?:is|are) ")
_NEGATIONS = _set_of(
    "not no never cannot neither stop stopped quit gave given longer anymore hate hates dislike dislikes used"
    " don't doesn't didn't isn't aren't wasn't weren't can't couldn't won't wouldn't haven't hasn't hadn't"
)
_FEELINGS = _stems_of("like love enjoy prefer adore hate dislike really much")
_TIMES = _stems_of(
    "today tomorrow yesterday tonight week weekend month year day morning afternoon evening night monday tuesday"
    " wednesday thursday friday saturday sunday next last this coming now currently recently soon new any more up"
)
_CHANGES = _stems_of("moved postponed rescheduled cancelled canceled changed called off shifted")
_IGNORED = _FEELINGS | _TIMES | frozenset(map(stem, _NEGATIONS))


@lru_cache(maxsize=8192)
def _gist(statement: str) -> _Gist:
    """Kept at hand, as every new fact is held against all that are known of its subject."""
    attribute, value = _attribute(statement)
    said = re.findall(r"[\w'’]+", statement.casefold().replace("’", "'"))
    words = content_words(statement) - _IGNORED
    return _Gist(words, frozenset(map(stem, names_in(statement))), not _NEGATIONS.isdisjoint(said), attribute, value)


def _attribute(statement: str) -> tuple[str, frozenset[str]]:
    """What of which there is one at a time the statement tells, and the words of its value."""
    if match := _OF_ONE.search(statement):
        return " ".join(map(stem, plain_words(match["what"]))), content_words(statement[match.end() :]) - _IGNORED
    for name, pattern in _ATTRIBUTES:
        if match := pattern.search(statement):
            return name, content_words(statement[match.end() :]) - _IGNORED
    return "", frozenset()


def _share(this: _Gist, that: _Gist) -> float:
    union = this.words | that.words
    return len(this.words & that.words) / len(union) if union else 1.0


def _of_plans(new: Fact, this: _Gist, that: _Gist, known: Fact) -> Verdict | None:
    """None: the newer takes the place of the plan that was known."""
    shared = this.words & that.words
    if shared and this.words & _CHANGES:
        return None
    if new.kind not in _OPEN:
        return None if that.words and that.words <= this.words else Verdict.APART
    if _share(this, that) < NEARLY:
        return Verdict.APART
    if this.negated != that.negated or (new.due and known.due and new.due != known.due):
        return None
    return Verdict.SAME


def _of_words(this: _Gist, that: _Gist) -> Verdict | None:
    """None: the newer takes the place of the other."""
    if this.words == that.words:
        return Verdict.SAME if this.words else Verdict.APART
    apart = this.words ^ that.words
    if _share(this, that) > 0 and all(word.isdigit() for word in apart):
        return None
    if this.words < that.words and len(this.words) > 1 and len(apart) == 1:
        return Verdict.SAME
    if that.words < this.words and len(that.words) > 1 and len(apart) == 1:
        return None
    different_names = apart & (this.names | that.names)
    return Verdict.SAME if _share(this, that) >= NEARLY and not different_names else Verdict.APART
