"""The times that a sentence speaks of, seen from Thursday, 14 September 2023."""

from __future__ import annotations

from datetime import date

import pytest

from companion.memory.times import Span, tells_a_time, times_in

TODAY = date(2023, 9, 14)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("What did I do yesterday?", "2023-09-13", "2023-09-13"),
        ("the day before yesterday", "2023-09-12", "2023-09-12"),
        ("What did we say last Tuesday?", "2023-09-12", "2023-09-12"),
        ("on Thursday", "2023-09-07", "2023-09-07"),
        ("last week", "2023-09-04", "2023-09-10"),
        ("last weekend", "2023-09-09", "2023-09-10"),
        ("this month", "2023-09-01", "2023-09-30"),
        ("last month", "2023-08-01", "2023-08-31"),
        ("last year", "2022-01-01", "2022-12-31"),
        ("in May", "2023-05-01", "2023-05-31"),
        ("in November", "2022-11-01", "2022-11-30"),
        ("in December 2021", "2021-12-01", "2021-12-31"),
        ("on 7 May 2023", "2023-05-07", "2023-05-07"),
        ("on the 7th of May", "2023-05-07", "2023-05-07"),
        ("December 24th", "2022-12-24", "2022-12-24"),
        ("2022-02-28", "2022-02-28", "2022-02-28"),
        ("three days ago", "2023-09-11", "2023-09-11"),
        ("a couple of weeks ago", "2023-08-28", "2023-09-03"),
        ("in the summer of 2022", "2022-06-01", "2022-08-31"),
        ("last winter", "2022-12-01", "2023-02-28"),
        ("in 2019", "2019-01-01", "2019-12-31"),
    ],
)
def test_a_time_is_resolved_against_today(text: str, first: str, last: str) -> None:
    assert times_in(text, TODAY) == (Span(date.fromisoformat(first), date.fromisoformat(last)),)


@pytest.mark.parametrize("text", ["What may I do?", "Let's march on", "2023-99-99", "Who is June?"])
def test_what_is_no_time_is_none(text: str) -> None:
    assert times_in(text, TODAY) == ()


@pytest.mark.parametrize("text", ["I moved last week", "on Friday", "three years ago", "I've just started"])
def test_a_turn_that_tells_when(text: str) -> None:
    assert tells_a_time(text)


@pytest.mark.parametrize("text", ["I like it", "You may be right", "The march was long"])
def test_a_turn_that_does_not_tell_when(text: str) -> None:
    assert not tells_a_time(text)
