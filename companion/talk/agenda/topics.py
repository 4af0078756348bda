"""Which of several reminders, timers or notes is meant. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from typing import TypeVar

from companion.core.agenda import Note, Reminder
from companion.talk.agenda.answers import told_when
from companion.talk.agenda.lengths import length_of, plain_length
from companion.talk.agenda.moments import When
from companion.talk.agenda.numerals import in_words

T = TypeVar("T", Reminder, Note)

_WORD = re.compile(r"[\w']+")
_EMPTY = frozenset(
    [
        *("the", "my", "a", "an", "one", "that", "this", "to", "of", "about", "for", "at", "on", "in", "it", "is"),
        *("and", "i", "with", "please", "reminder", "alarm", "note", "timer", "o'clock", "oclock", "am", "pm"),
        *("your", "you"),
    ]
)
_STEM_LETTERS = 4
"""Words that begin with as many same letters are taken for forms of one: "dentist" and "dentist's"."""


def about(topic: str, among: Sequence[T], now: datetime) -> list[T]:
    """Those that hold all words of `topic`, or whose time does; a topic of empty words: none."""
    wanted = _words(topic)
    return [one for one in among if wanted and all(_holds(_text(one, now), word) for word in wanted)]


def named_timer(which: str, timers: Sequence[Reminder]) -> list[Reminder]:
    """The timers of that name or length; empty names the one that there is, or all."""
    wanted = _words(which)
    if not wanted:
        return [*timers]
    plain = plain_length(which)
    length = length_of(plain) or length_of(f"{plain}s")
    if length:
        return [timer for timer in timers if timer.length == length]
    return [timer for timer in timers if all(_holds(_words(timer.text), word) for word in wanted)]


def _text(one: Reminder | Note, now: datetime) -> set[str]:
    when = told_when(When(one.due_at, one.repeats), now) if isinstance(one, Reminder) else ""
    return _words(f"{one.text} {when}")


def _words(text: str) -> set[str]:
    words = (word.removesuffix("'s") for word in _WORD.findall(text.casefold().replace("’", "'")))
    return {in_words(int(word)) if word.isdecimal() and len(word) < 3 else word for word in words} - _EMPTY


def _holds(words: set[str], wanted: str) -> bool:
    stem = wanted[:_STEM_LETTERS]
    return wanted in words or (len(stem) == _STEM_LETTERS and any(word.startswith(stem) for word in words))
