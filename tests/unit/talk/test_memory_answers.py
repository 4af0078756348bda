"""What she says of what she remembers: as much as anybody wants to hear, and nothing that is not known."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from random import Random

import pytest

from companion.core.diary import Entry
from companion.core.facts import YOU, Fact, Forgotten, Kind
from companion.core.memory import Remembered
from companion.talk import memory_answers as answers

NOW = datetime(2026, 3, 5, 20, 0, tzinfo=UTC)
"""A Thursday."""
TODAY = NOW.date()


def fact(statement: str, confidence: float = 0.9, age: int = 0, pinned: bool = False, kind: Kind = "fact") -> Fact:
    return Fact(1, kind, YOU, statement, NOW - timedelta(days=age), (), confidence, pinned=pinned)


def known(*facts: Fact) -> str:
    return answers.known(facts, TODAY, "Samantha", Random(1))


def test_facts_are_told_two_by_two() -> None:
    said = known(fact("You moved to Lyon in March."), fact("Your sister is Mara.", age=1), fact("You like tea.", age=2))
    assert said.startswith("You moved to Lyon in March, and your sister is Mara. You like tea.")


def test_pinned_sure_and_new_ones_go_first_and_the_rest_is_on_the_page() -> None:
    many = [fact(f"You like tea number {age}.", age=age) for age in range(9)]
    said = known(*many, fact("You are a nurse.", age=900, pinned=True), fact("You like jazz.", 0.3))
    assert said.startswith("You're a nurse, and you like tea number 0.")
    assert "memory page" in said
    assert "number 4" not in said
    assert "jazz" not in said


def test_what_is_unsure_is_said_as_unsure() -> None:
    assert known(fact("You like jazz.", 0.3)) == "I think you like jazz, but I'm not sure."


def test_what_is_over_is_not_told_as_to_come() -> None:
    over = Fact(1, "plan", YOU, "You have the dentist tomorrow.", NOW, due=TODAY - timedelta(days=2))
    today = Fact(1, "plan", YOU, "You have the dentist tomorrow.", NOW, due=TODAY)
    assert known(over) == ""
    assert known(today) == "You have the dentist today."


def test_she_speaks_of_herself_as_i() -> None:
    assert known(fact("Samantha promised you a story.")) == "I promised you a story."


def test_names_keep_their_capitals() -> None:
    assert known(fact("You like tea."), fact("Mara likes jazz.")).startswith("You like tea, and Mara likes jazz.")


def test_of_nothing_nothing_is_made() -> None:
    assert known() == ""
    assert answers.quoted([], TODAY) == ""
    assert answers.episodes([], TODAY) == ""
    assert answers.said_then([], TODAY) == ""


def test_words_are_quoted_with_their_day() -> None:
    turns = [
        Remembered(1, 1, NOW - timedelta(days=1), "user", "", "Mara moved to Lyon.", 0.9),
        Remembered(2, 2, NOW - timedelta(days=60), "user", "", " ".join(["word"] * 40), 0.8),
    ]
    said = answers.quoted(turns, TODAY)
    assert said.startswith("Yesterday you said: “Mara moved to Lyon.” On 4 January you also said: “word")
    assert said.count("word") == answers.QUOTE_WORDS


def test_conversations_are_told_by_their_days() -> None:
    told = [fact("You baked bread.", age=2, kind="episode"), fact("You could not sleep.", age=1, kind="episode")]
    assert answers.episodes(told, TODAY) == "On Tuesday: You baked bread. Yesterday: You could not sleep."


def test_of_a_day_the_most_telling_words_are_told_in_their_order() -> None:
    said = ("Hi.", "The boiler broke.", "And the plumber never came.", "I slept at my brother's.", "Night.")
    entries = [Entry(i, NOW, "user", "Samantha", text) for i, text in enumerate(said)]
    assert answers.said_then(entries, TODAY) == (
        "Today you said: “The boiler broke.”, then “And the plumber never came.”, then “I slept at my brother's.”"
    )


@pytest.mark.parametrize(
    ("facts", "entries", "amount"),
    [
        (1, 0, "That is one thing that I know. "),
        (4, 17, "That is four things that I know and 17 things that were said. "),
        (0, 1, "That is one thing that was said. "),
        (0, 0, ""),
    ],
)
def test_she_says_how_much_would_go(facts: int, entries: int, amount: str) -> None:
    entry = Entry(1, NOW, "user", "Samantha", "Mara.")
    would_go = Forgotten((fact("Mara."),) * facts, (entry,) * entries)
    said = answers.asks_whether("my sister", would_go)
    assert said == f"{amount}Shall I forget everything about your sister?"
