"""What was left open, and how a friend brings it up."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from companion.core.facts import YOU, Fact, Kind
from companion.talk.open_ends import brought_up, worth_bringing_up

NOW = datetime(2026, 3, 5, 20, 0, tzinfo=UTC)
"""A Thursday evening."""
MORNING = NOW.replace(hour=9)
TODAY = NOW.date()
LAST = NOW - timedelta(days=2)


def plan(statement: str, due: date | None = TODAY, kind: Kind = "plan", confidence: float = 0.9) -> Fact:
    return Fact(1, kind, YOU, statement, LAST, due=due, confidence=confidence)


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("You have the dentist tomorrow.", "You had the dentist today. How was it?"),
        ("You have to call the bank on Thursday.", "You had to call the bank today. How did it go?"),
        ("You are meeting Ben tonight.", "You were meeting Ben today. How did it go?"),
        ("You're going to paint the door.", "You were going to paint the door today. How did it go?"),
        ("You will tell your boss today.", "You wanted to tell your boss today. How did it go?"),
        ("You want to bake bread.", "You wanted to bake bread today. How did it go?"),
        ("You plan to run ten miles.", "You planned to run ten miles today. How did it go?"),
        ("Mara is coming on Thursday.", "Mara was coming today. How did it go?"),
        ("Mara has an exam today.", "Mara had an exam today. How was it?"),
        ("You fly to Rome.", "You fly to Rome: that was today. How did it go?"),
    ],
)
def test_what_is_over_is_asked_about(statement: str, said: str) -> None:
    assert brought_up(plan(statement), NOW, "Samantha") == said


def test_what_is_to_come_is_mentioned() -> None:
    said = brought_up(plan("You have the dentist on Thursday."), MORNING, "Samantha")
    assert said == "You have the dentist today, if I remember right."


def test_what_she_promised_she_has_not_forgotten() -> None:
    promise = plan("Samantha promised to tell you a story.", None, "promise")
    assert brought_up(promise, NOW, "Samantha") == "And I haven't forgotten: I promised to tell you a story."


def test_what_is_over_goes_first() -> None:
    over, near = plan("You had guests.", TODAY - timedelta(days=1)), plan("You fly.", TODAY + timedelta(days=1))
    assert worth_bringing_up([near, over], NOW, LAST) == over
    assert worth_bringing_up([near], NOW, LAST) == near


@pytest.mark.parametrize(
    ("fact", "last"),
    [
        (plan("You fly.", TODAY + timedelta(days=1)), NOW - timedelta(hours=2)),
        (plan("You fly.", TODAY + timedelta(days=4)), LAST),
        (plan("You fly.", TODAY, confidence=0.3), LAST),
        (plan("You want a dog.", None), LAST),
        (plan("Samantha promised a story.", None, "promise"), NOW - timedelta(hours=2)),
    ],
)
def test_what_was_just_spoken_of_or_is_far_off_is_not(fact: Fact, last: datetime) -> None:
    assert worth_bringing_up([fact], NOW, last) is None
