"""What is done to her memory on request: each can be taken back, but for the one that says so before."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from companion.core.diary import Diary, Entry
from companion.core.facts import Fact, Facts, Forgotten
from companion.core.memory import Memory
from companion.talk.memory_words import ForgetThat, asked_of_memory

NEWEST = 40
"""Among so many entries of the diary is what was said just now."""
_OWNED = re.compile(r"^(?:my|our|your|the) (?=\w)", re.IGNORECASE)
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Past:
    """All that is kept, and how to read it. Its methods block; used by one thread at a time."""

    diary: Diary
    facts: Facts
    memory: Memory | None
    as_fact: Callable[[str, datetime], Fact]
    """What the user told, in their words, and when: as a fact."""
    days: Callable[[str, date], tuple[date, date] | None]
    """The first and last day that "last Tuesday" means, as seen from a day; None: no time is meant."""
    take_in: Callable[[], object] = lambda: None
    """Know what was plainly said a moment ago, before it is thought over."""


class Deed(ABC):
    """Something done. Both methods block, and raise CompanionError when the disk or the file says no."""

    can_be_undone = True
    forgotten: Sequence[Entry] = ()
    """What went of the diary."""

    @abstractmethod
    def do(self, past: Past) -> None:
        """Do it."""

    @abstractmethod
    def undo(self, past: Past) -> None:
        """Make it as if it had not been done; nothing if it was not."""


class RememberingFact(Deed):
    """A fact is kept."""

    def __init__(self, text: str, at: datetime) -> None:
        self._text = text
        self._at = at
        self._kept: Fact | None = None
        self.known_before = False

    def do(self, past: Past) -> None:
        fact = past.as_fact(self._text, self._at)
        known = {fact.number for fact in past.facts.all()}
        self._kept = past.facts.keep(fact)
        self.known_before = self._kept.number in known

    def undo(self, past: Past) -> None:
        if self._kept and not self.known_before:
            past.facts.delete([self._kept.number])


class ForgettingTurns(Deed):
    """Turns of the diary go, and with them what is known from them alone."""

    def __init__(self, said: Sequence[str], remembered: Deed | None) -> None:
        """`said`: what the user said, and what she answered. `remembered`: what was kept at their word then."""
        self._said = said
        self._remembered = remembered

    def do(self, past: Past) -> None:
        if self._remembered:
            self._remembered.undo(past)
        self.forgotten = past.diary.delete([entry.number for entry in _saying(past.diary, self._said)])

    def undo(self, past: Past) -> None:
        past.diary.restore(self.forgotten)
        if self._remembered:
            self._remembered.do(past)


class ForgettingAbout(Deed):
    """Everything about a topic goes."""

    def __init__(self, topic: str) -> None:
        self._topic = topic
        self._gone = Forgotten()

    def do(self, past: Past) -> None:
        self._gone = past.facts.forget_about(self._topic)
        self.forgotten = self._gone.entries

    def undo(self, past: Past) -> None:
        past.facts.remember_again(self._gone)


class ForgettingEverything(Deed):
    """All goes, beyond recovery."""

    can_be_undone = False

    def do(self, past: Past) -> None:
        past.diary.delete_all()

    def undo(self, past: Past) -> None:
        """Nothing is left to bring back."""


def would_forget(past: Past, topic: str) -> Forgotten:
    """What is kept about `topic`, less what was said to have it forgotten."""
    past.take_in()
    found = past.facts.mentioning(topic)
    told = tuple(entry for entry in found.entries if asked_of_memory(entry.text) is None)
    return Forgotten(found.facts, told, found.imported)


def bare_topic(topic: str) -> str:
    """ "my sister" is "sister", however it is told of."""
    return _OWNED.sub("", topic)


def holds_topic(text: str, topic: str) -> bool:
    """Whether `text` holds all words of `topic`."""
    words = set(_plain(bare_topic(topic)).split())
    return bool(words) and words.issubset(_plain(text).split())


def _saying(diary: Diary, said: Collection[str]) -> list[Entry]:
    """The newest entries that say one of `said`, with or without her name; each is found once."""
    left, found = {_plain(text) for text in said}, []
    for entry in reversed(diary.entries(limit=NEWEST)):
        text = _plain(f"{entry.text} {entry.unheard}" if entry.who == "companion" else entry.text)
        same = next((one for one in left if one and one in text), None)
        if same is not None and not isinstance(asked_of_memory(entry.text), ForgetThat):
            left.discard(same)
            found.append(entry)
    return found


def _plain(text: str) -> str:
    return " ".join(_WORD.findall(text.casefold()))
