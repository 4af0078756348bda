"""Which of all that is known are shown."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable

from companion.core.facts import Fact
from companion.ui.memory.topics import EVERYTHING, Topic, subject_words

_WORDS = re.compile(r"\w+")
_BETWEEN_WORDS = re.compile(r"\W+")
_MARKS = re.compile("[\u0300-\u036f]+")


class Choice:
    """What is looked for: set its parts, then ask for the facts."""

    def __init__(self) -> None:
        self.topic: Topic = EVERYTHING
        self.words = ""
        self.found: Collection[int] = ()
        """Numbers of those that hold the words in another form, as the store has found them."""
        self.past = False
        """Whether what is true no more is shown too."""
        self._folded: dict[tuple[str, str], str] = {}

    def of(self, facts: Iterable[Fact]) -> list[Fact]:
        """In their order, but what is true no more comes last."""
        words = _WORDS.findall(fold(self.words))
        chosen = [
            fact
            for fact in facts
            if self.topic.holds(fact)
            and (self.past or fact.valid_until is None)
            and (not words or fact.number in self.found or self._matches(fact, words))
        ]
        return sorted(chosen, key=lambda fact: fact.valid_until is not None)

    def _matches(self, fact: Fact, words: list[str]) -> bool:
        """Whether each word begins one of the fact's."""
        key = (fact.subject, fact.statement)
        if key not in self._folded:
            searched = fold(f" {fact.statement} {subject_words(fact.subject)}")
            self._folded[key] = _BETWEEN_WORDS.sub(" ", searched)
        return all(f" {word}" in self._folded[key] for word in words)


def fold(text: str) -> str:
    """Without case and accents."""
    if text.isascii():
        return text.casefold()
    return _MARKS.sub("", unicodedata.normalize("NFKD", text)).casefold()
