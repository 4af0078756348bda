"""What a newer fact is to one that was known."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from companion.core.facts import YOU, Fact, Kind
from companion.memory.superseding import Verdict, compare

NOON = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


def fact(statement: str, kind: Kind = "fact", due: date | None = None) -> Fact:
    return Fact(0, kind, YOU, statement, NOON, due=due)


@pytest.mark.parametrize(
    ("known", "new", "verdict"),
    [
        ("You live in Paris.", "You moved to Lyon.", "NEWER"),
        ("You moved to Lyon.", "You live in Lyon.", "SAME"),
        ("You live in Lyon.", "You live with your cat.", "APART"),
        ("You lived in Rome.", "You live in Lyon.", "APART"),
        ("You work as a nurse.", "You work as a teacher.", "NEWER"),
        ("You work for Siemens.", "You quit your job.", "NEWER"),
        ("Your name is Tom.", "Your name is Thomas.", "NEWER"),
        ("You are 34 years old.", "You are 35 years old.", "NEWER"),
        ("You are single.", "You got engaged.", "NEWER"),
        ("Your favourite food is risotto.", "Your favourite food is soup.", "NEWER"),
        ("Your favourite food is risotto.", "Your favourite film is Her.", "APART"),
        ("You like coffee.", "You love coffee.", "SAME"),
        ("You like coffee.", "You don't like coffee any more.", "NEWER"),
        ("You play tennis.", "You stopped playing tennis.", "NEWER"),
        ("You like coffee.", "You like tea.", "APART"),
        ("You have two dogs.", "You have three dogs.", "NEWER"),
        ("You have a dog.", "Your dog is ill.", "APART"),
        ("You sing in a choir.", "You sing in a choir in Ghent.", "NEWER"),
        ("You sing in a choir in Ghent.", "You sing in a choir.", "SAME"),
        ("You met Anna in the choir.", "You met Paul in the choir.", "APART"),
    ],
)
def test_facts(known: str, new: str, verdict: str) -> None:
    assert compare(fact(new), fact(known)).name == verdict


def test_what_says_less_of_the_same_turn_is_the_same() -> None:
    whole, part = fact("Your father died, and you found his recipes."), fact("Your father died.")
    assert compare(part, whole) is Verdict.APART
    assert compare(replace(part, turns=(7,)), replace(whole, turns=(6, 7))) is Verdict.SAME


def test_what_is_older_does_not_take_the_place_of_what_is_newer() -> None:
    paris, lyon = fact("You live in Paris."), fact("You moved to Lyon.")
    assert compare(paris, replace(lyon, said_at=NOON + timedelta(days=1))) is Verdict.OLDER


@pytest.mark.parametrize(
    ("known", "new", "verdict"),
    [
        (
            fact("You have an interview on Tuesday.", "plan", date(2026, 3, 3)),
            fact("Your interview was moved."),
            "NEWER",
        ),
        (
            fact("You have a big test on Tuesday.", "plan", date(2026, 3, 3)),
            fact("You have a big test on Friday.", "plan", date(2026, 3, 6)),
            "NEWER",
        ),
        (fact("You have a big test.", "plan"), fact("You have a big test.", "plan", date(2026, 3, 6)), "SAME"),
        (fact("You will move to Lyon.", "plan"), fact("You moved to Lyon last week."), "NEWER"),
        (fact("You want to learn Dutch.", "plan"), fact("You keep bees."), "APART"),
        (fact("You live in Paris."), fact("You will move to Lyon.", "plan"), "APART"),
        (fact("Eve said: “I love the sea.”", "thought"), fact("Eve said: “I love the sea.”", "thought"), "SAME"),
        (fact("Eve said: “I love the sea.”", "thought"), fact("Eve said: “I love rain.”", "thought"), "APART"),
    ],
)
def test_plans_and_thoughts(known: Fact, new: Fact, verdict: str) -> None:
    assert compare(new, known).name == verdict
