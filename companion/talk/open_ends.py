"""What was left open, brought up as a friend would: "You had the dentist today. How was it?". Pure, in English."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from companion.core.facts import Fact
from companion.talk.memory_answers import SURE_FROM
from companion.talk.spoken_days import named_day, without_day

OVER_BY = 17
"""The hour from which what was due today is spoken of as past."""
SAME_TALK = timedelta(hours=12)

_TENSES = (
    (re.compile(r"^(\w[\w' ]*?) (?:have|has) to\b"), r"\1 had to"),
    (re.compile(r"^(You) have\b"), r"\1 had"),
    (re.compile(r"^([\w' ]+?) has\b"), r"\1 had"),
    (re.compile(r"^(?:You are|You're) going to (?=[a-z]+ )(?!the\b|a\b|an\b|my\b|your\b)"), "You were going to "),
    (re.compile(r"^(?:You are|You're)\b"), "You were"),
    (re.compile(r"^([\w' ]+?) is\b"), r"\1 was"),
    (re.compile(r"^([\w' ]+?) are\b"), r"\1 were"),
    (re.compile(r"^([\w']+)(?:'ll| will)\b"), r"\1 wanted to"),
    (re.compile(r"^([\w' ]+?) (want|need|plan|hope|intend)s?\b(?! \w*ed\b)"), r"\1 \2ed"),
    (re.compile(r"^([\w' ]+?) must\b"), r"\1 had to"),
    (re.compile(r"^([\w' ]+?) (?:meet|meets)\b"), r"\1 met"),
)
_DOUBLED = (("planed", "planned"),)


def worth_bringing_up(open_ends: Iterable[Fact], now: datetime, last_said: datetime) -> Fact | None:
    """The one of the `open_ends` to begin with, if any; `last_said`: when they last talked.

    What is over goes first, then what is today or tomorrow if they have not talked today, then what was promised when
    they last talked.
    """
    today, sure = now.date(), [fact for fact in open_ends if fact.confidence >= SURE_FROM]
    talked_today = last_said.astimezone(now.tzinfo).date() == today
    over = [fact for fact in sure if fact.due and is_over(fact.due, now)]
    near = [fact for fact in sure if fact.due and not talked_today and 0 <= (fact.due - today).days <= 1]
    promised = [
        fact
        for fact in sure
        if fact.due is None and fact.kind == "promise" and not talked_today and last_said - fact.said_at <= SAME_TALK
    ]
    return next(iter((*sorted(over, key=lambda fact: fact.due or today, reverse=True), *near, *promised)), None)


def is_over(due: date, now: datetime) -> bool:
    """Whether what was due then is past, as far as a day tells."""
    return due < now.date() or (due == now.date() and now.hour >= OVER_BY)


def brought_up(fact: Fact, now: datetime, her_name: str) -> str:
    """A sentence or two about `fact`, which is open."""
    if fact.due is None:
        return f"And I haven't forgotten: {_hers(without_day(fact.statement), her_name)}."
    statement, day = _hers(without_day(fact.statement), her_name), named_day(fact.due, now.date())
    if not is_over(fact.due, now):
        return f"{statement} {day}, if I remember right."
    past = _past(statement)
    if past is None:
        return f"{statement}: that was {day.removeprefix('on ')}. How did it go?"
    return f"{past} {day}. {'How was it?' if re.search(' had (?!to )', past) else 'How did it go?'}"


def _past(statement: str) -> str | None:
    """What was to come, now that it is over; None if its verb is not known."""
    for pattern, replacement in _TENSES:
        turned, count = pattern.subn(replacement, statement)
        if count:
            for wrong, right in _DOUBLED:
                turned = turned.replace(wrong, right)
            return turned
    return None


def _hers(statement: str, her_name: str) -> str:
    return re.sub(rf"^{re.escape(her_name)}\b", "I", statement) if her_name else statement
