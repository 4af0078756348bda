"""The day that a sentence looks forward to."""

from __future__ import annotations

from datetime import date

import pytest

from companion.memory.coming import coming_day

TUESDAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("I have a test tomorrow", "2026-11-25"),
        ("the day after tomorrow, I think", "2026-11-26"),
        ("see you tonight", "2026-11-24"),
        ("on Friday", "2026-11-27"),
        ("Tuesday is fine", "2026-12-01"),
        ("next Wednesday", "2026-12-02"),
        ("this weekend", "2026-11-29"),
        ("next week", "2026-12-06"),
        ("next month", "2026-12-31"),
        ("next year", "2027-12-31"),
        ("in three weeks", "2026-12-15"),
        ("on 7 May", "2027-05-07"),
        ("on the 3rd of December", "2026-12-03"),
        ("May 3rd, 2028", "2028-05-03"),
        ("in March", "2027-03-31"),
        ("on the 5th", "2026-12-05"),
        ("2026-12-24", "2026-12-24"),
    ],
)
def test_days_ahead(text: str, day: str) -> None:
    assert coming_day(text, TUESDAY) == date.fromisoformat(day)


@pytest.mark.parametrize(
    "text", ["yesterday", "last Friday", "two weeks ago", "on 31 February", "2026-11-01", "I may go", "on Fridays", ""]
)
def test_no_day_ahead(text: str) -> None:
    assert coming_day(text, TUESDAY) is None
