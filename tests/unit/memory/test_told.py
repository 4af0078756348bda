"""What the user asks to be remembered, as a fact."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from companion.core.facts import Kind
from companion.memory.told import as_fact, as_written, days_of

NOON = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "statement", "subject", "kind", "due"),
    [
        ("I'm allergic to nuts", "You are allergic to nuts.", "you", "fact", None),
        ("my sister is called Mara", "Your sister is called Mara.", "Mara", "fact", None),
        ("Mara hates coriander", "Mara hates coriander.", "Mara", "fact", None),
        ("I have the dentist tomorrow", "You have the dentist tomorrow.", "you", "plan", date(2026, 3, 2)),
        ("you promised me a story", "You told me: “you promised me a story.”", "you", "fact", None),
    ],
)
def test_what_the_user_tells_becomes_a_fact(
    text: str, statement: str, subject: str, kind: Kind, due: date | None
) -> None:
    fact = as_fact(text, NOON)
    assert (fact.statement, fact.subject, fact.kind, fact.due) == (statement, subject, kind, due)
    assert (fact.confidence, fact.said_at) == (1.0, NOON)


@pytest.mark.parametrize(
    ("text", "statement"),
    [
        ("I like tea", "You like tea."),
        ("you like tea", "You like tea."),
        ("Mara is your sister", "Mara is your sister."),
    ],
)
def test_in_what_the_user_writes_among_what_is_known_you_is_the_user(text: str, statement: str) -> None:
    assert as_written(text, NOON).statement == statement


def test_the_days_of_a_question() -> None:
    assert days_of("yesterday", NOON.date()) == (date(2026, 2, 28), date(2026, 2, 28))
    assert days_of("the garden", NOON.date()) is None
