"""What is kept is opened once, and where the settings say."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from companion.core.diary import Entry
from companion.core.settings import Settings
from companion.diaries import open_diary
from companion.past import OpenedPast

NOON = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


@pytest.fixture
def settings() -> Settings:
    return Settings()


def test_it_reads_what_her_diary_keeps(settings: Settings) -> None:
    diary = open_diary(settings)
    kept = diary.add(Entry(0, NOON, "user", "Samantha", "My sister is Mara."))
    past = OpenedPast(settings, lambda: None)
    try:
        assert past().diary.entries(limit=1) == [kept]
        assert past().diary is past().diary
        assert past().facts.mentioning("Mara").entries == (kept,)
    finally:
        past.close()
        diary.delete_all()
        diary.close()


def test_what_the_user_tells_becomes_a_fact(settings: Settings) -> None:
    past = OpenedPast(settings, lambda: None)
    try:
        plan = past().as_fact("I have the dentist tomorrow", NOON)
        assert (plan.kind, plan.due, plan.subject) == ("plan", NOON.date().replace(day=2), "you")
        assert past().as_fact("my sister is called Mara", NOON).subject == "Mara"
        hers = past().as_fact("you promised me a story", NOON)
        assert hers.statement == "You told me: “you promised me a story.”"
        assert past().days("yesterday", NOON.date()) == (NOON.date().replace(month=2, day=28),) * 2
        assert past().days("the garden", NOON.date()) is None
    finally:
        past.close()
