"""By what one looks at what is known: its kind, or whom or what it is about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from companion.core.facts import YOU, Fact, Kind

OF_CONVERSATIONS: frozenset[Kind] = frozenset({"episode", "thought"})
"""Kinds that say nothing of their subject."""


@dataclass(frozen=True, slots=True)
class Topic:
    """What is shown together. Without kinds and subject: everything."""

    kinds: frozenset[Kind] = frozenset()
    subject: str = ""
    count: int = 0
    """Of the statements that still hold."""

    def holds(self, fact: Fact) -> bool:
        if self.kinds:
            return fact.kind in self.kinds
        if self.subject:
            return fact.kind not in OF_CONVERSATIONS and fact.subject.casefold() == self.subject.casefold()
        return True

    def is_as(self, other: Topic) -> bool:
        """Whatever their counts."""
        return self.kinds == other.kinds and self.subject.casefold() == other.subject.casefold()

    @property
    def words(self) -> str:
        translate = QCoreApplication.translate
        if self.subject:
            return subject_words(self.subject)
        return {
            frozenset[Kind](): translate("Memory", "Everything"),
            FACTS: translate("Memory", "Facts"),
            PLANS: translate("Memory", "Plans and promises"),
            EPISODES: translate("Memory", "How conversations went"),
            THOUGHTS: translate("Memory", "Her own thoughts"),
        }[self.kinds]


FACTS: frozenset[Kind] = frozenset({"fact"})
PLANS: frozenset[Kind] = frozenset({"plan", "promise"})
EPISODES: frozenset[Kind] = frozenset({"episode"})
THOUGHTS: frozenset[Kind] = frozenset({"thought"})
EVERYTHING = Topic()


def subject_words(subject: str) -> str:
    """ "You", or the name."""
    return QCoreApplication.translate("Memory", "You") if subject == YOU else subject


def kinds_of(facts: Sequence[Fact]) -> list[Topic]:
    """Everything, and each kind; her thoughts only if she has any."""
    kinds = Counter(fact.kind for fact in facts if fact.valid_until is None)
    counted = [Topic(these, count=sum(kinds[kind] for kind in these)) for these in (FACTS, PLANS, EPISODES, THOUGHTS)]
    return [Topic(count=kinds.total()), *(topic for topic in counted if topic.count or topic.kinds != THOUGHTS)]


def subjects_of(facts: Iterable[Fact]) -> list[Topic]:
    """The user first, then the people and things of whom most is known; those of whom something still holds."""
    called: dict[str, str] = {}
    counts = Counter[str]()
    for fact in facts:
        if fact.valid_until is None and fact.kind not in OF_CONVERSATIONS:
            folded = fact.subject.casefold()
            called.setdefault(folded, fact.subject)
            counts[folded] += 1
    first = [Topic(subject=YOU, count=counts.pop(YOU, 0))]
    return [*first, *(Topic(subject=called[folded], count=count) for folded, count in counts.most_common())]
