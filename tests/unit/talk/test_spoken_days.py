"""Days as people name them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from companion.talk.spoken_days import dated, named_day, without_day

TODAY = date(2026, 3, 5)
"""A Thursday."""


@pytest.mark.parametrize(
    ("away", "named"),
    [
        (0, "today"),
        (1, "tomorrow"),
        (-1, "yesterday"),
        (-2, "on Tuesday"),
        (-5, "last Saturday"),
        (3, "on Sunday"),
        (-7, "on 26 February"),
        (20, "on 25 March"),
        (-365, "on 5 March 2025"),
    ],
)
def test_a_day_is_named_from_today(away: int, named: str) -> None:
    assert named_day(TODAY + timedelta(days=away), TODAY) == named


@pytest.mark.parametrize(
    ("statement", "bare"),
    [
        ("You have the dentist tomorrow.", "You have the dentist"),
        ("You have the dentist on Friday morning.", "You have the dentist"),
        ("You fly to Rome on 12 May 2026.", "You fly to Rome"),
        ("You start your new job next week.", "You start your new job"),
        ("Mara comes in two weeks.", "Mara comes"),
        ("You like Fridays.", "You like Fridays"),
        ("Tomorrow never dies is your film.", "Tomorrow never dies is your film"),
    ],
)
def test_the_day_is_taken_off(statement: str, bare: str) -> None:
    assert without_day(statement) == bare


def test_what_was_tomorrow_is_today() -> None:
    assert dated("You have the dentist tomorrow.", TODAY, TODAY) == "You have the dentist today."
