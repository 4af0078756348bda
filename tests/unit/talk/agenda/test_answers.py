"""How she says times, lengths and what has come due."""

from __future__ import annotations

from datetime import datetime, time, timedelta

import pytest

from companion.core.agenda import Reminder
from companion.talk.agenda.answers import due, in_her_words, timers_left, told_clock
from companion.talk.agenda.lengths import length_of, plain_length, told_length

NOW = datetime(2026, 11, 30, 14, 20).astimezone()


@pytest.mark.parametrize(
    ("clock", "told"),
    [
        (time(0), "midnight"),
        (time(12), "noon"),
        (time(17), "five in the afternoon"),
        (time(18, 30), "half past six in the evening"),
        (time(7, 45), "quarter to eight in the morning"),
        (time(11, 55), "five to twelve in the morning"),
        (time(12, 40), "twenty to one in the afternoon"),
        (time(23, 10), "ten past eleven at night"),
        (time(0, 5), "five past twelve at night"),
        (time(17, 42), "5:42 in the afternoon"),
    ],
)
def test_a_clock_time_is_said_as_people_say_it(clock: time, told: str) -> None:
    assert told_clock(clock) == told


@pytest.mark.parametrize(
    ("said", "seconds"),
    [
        ("ten minutes", 600),
        ("90 seconds", 90),
        ("an hour and a half", 5400),
        ("one and a half hours", 5400),
        ("two hours and ten minutes", 7800),
        ("three quarters of an hour", 2700),
        ("a minute", 60),
        ("twenty-five minutes", 1500),
        ("1.5 hours", 5400),
        ("a hundred and twenty minutes", 7200),
    ],
)
def test_a_length_is_understood_and_told_so_that_it_is_understood_again(said: str, seconds: int) -> None:
    length = length_of(plain_length(said))
    assert length == timedelta(seconds=seconds)
    assert length_of(plain_length(told_length(length))) == length


@pytest.mark.parametrize("said", ["", "long", "ten", "ten minutes ago", "minutes", "zero minutes"])
def test_what_is_no_length_is_none(said: str) -> None:
    assert length_of(plain_length(said)) is None


@pytest.mark.parametrize(
    ("reminder", "told"),
    [
        (Reminder(1, "reminder", "call my sister", NOW), "You asked me to remind you to call your sister."),
        (Reminder(1, "reminder", "water", NOW), "You asked me to remind you to water."),
        (Reminder(1, "reminder", "Mark the dentist", NOW), "You asked me to remind you: Mark the dentist."),
        (Reminder(1, "reminder", "Jonas is coming", NOW), "You asked me to remind you: Jonas is coming."),
        (Reminder(1, "timer", "", NOW, timedelta(minutes=10)), "Your ten minutes are up."),
        (Reminder(1, "timer", "", NOW, timedelta(minutes=1)), "Your minute is up."),
        (Reminder(1, "timer", "pasta", NOW, timedelta(minutes=8)), "Your eight minutes for the pasta are up."),
        (Reminder(1, "alarm", "", NOW.replace(hour=7, minute=0)), "There was an alarm today at seven in the morning."),
        (Reminder(1, "alarm", "", NOW), "It's twenty past two in the afternoon. Time to get up."),
        (
            Reminder(1, "reminder", "the dentist", NOW - timedelta(days=1)),
            "I was to remind you of the dentist, yesterday at twenty past two in the afternoon.",
        ),
    ],
)
def test_what_has_come_due_is_told(reminder: Reminder, told: str) -> None:
    assert due([reminder], NOW) == told


def test_several_timers_are_told_apart() -> None:
    timers = [
        Reminder(1, "timer", "pasta", NOW + timedelta(minutes=3), timedelta(minutes=8)),
        Reminder(2, "timer", "", NOW + timedelta(minutes=30), timedelta(minutes=45)),
    ]
    assert timers_left(timers[:1], NOW) == "Three minutes are left."
    assert (
        timers_left(timers, NOW) == "Three minutes on the pasta timer and half an hour on the forty-five minute timer."
    )


def test_words_of_the_user_are_turned_to_them() -> None:
    assert in_her_words("I owe my brother ten pounds.") == "you owe your brother ten pounds"
