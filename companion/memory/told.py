"""What the user asks to be remembered, as a fact; and the days that they ask about."""

from __future__ import annotations

import re
from datetime import date, datetime

from companion.core.facts import YOU, Fact
from companion.core.second_person import to_you
from companion.memory.coming import coming_day
from companion.memory.subjects import subject_of
from companion.memory.times import times_in

_TO_HER = re.compile(r"\b(?:you|your|yours|yourself)\b", re.IGNORECASE)


def as_fact(text: str, at: datetime) -> Fact:
    """`text`, which the user told at `at`, in words to them; a plan where it speaks of a day to come.

    What they said of her ("you promised me a story") stays in their own words: turned around, it would be of them.
    """
    if _TO_HER.search(text):
        return Fact(0, "fact", YOU, f"You told me: “{text}.”", at)
    return as_written(text, at)


def as_written(text: str, at: datetime) -> Fact:
    """`text`, which the user wrote down at `at` among what is known of them, so that "you" is the user; else alike."""
    statement, due = to_you(text), coming_day(text, at.date())
    return Fact(0, "plan" if due else "fact", subject_of(statement, {}), statement, at, due=due)


def days_of(text: str, today: date) -> tuple[date, date] | None:
    """The first and the last day that `text` speaks of, as seen from `today`; None: it speaks of no time."""
    spans = times_in(text, today)
    return (spans[0].first, spans[0].last) if spans else None
