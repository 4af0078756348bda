"""A day as people name it from today: "yesterday", "on Tuesday", "on 12 May"."""

from __future__ import annotations

import re
from datetime import date

NEAR_DAYS = 6
"""Within so many days the weekday says enough."""

_DAY = "(?:mon|tues|wednes|thurs|fri|satur|sun)day"
_MONTH = "(?:january|february|march|april|may|june|july|august|september|october|november|december)"
_NTH = r"\d\d?(?:st|nd|rd|th)?"
_RELATIVE = re.compile(
    rf",? (?:(?:on |next |this |on the |by |for )?(?:{_DAY}|{_NTH}(?: of)? {_MONTH}|{_MONTH} {_NTH})(?:,? \d{{4}})?"
    r"|(?:the day after )?tomorrow|today|tonight|(?:next|this) (?:week|weekend|month|year)|in [\w-]+ (?:day|week)s?)"
    r"(?: (?:morning|afternoon|evening|night))?(?=[.!?]*$)",
    re.IGNORECASE,
)


def named_day(day: date, today: date) -> str:
    """As it stands behind a verb: "today", "tomorrow", "on Tuesday", "on 12 May", "on 12 May 2024"."""
    away = (day - today).days
    near = {0: "today", 1: "tomorrow", -1: "yesterday"}
    if away in near:
        return near[away]
    if abs(away) <= NEAR_DAYS:
        return f"{'last' if away < -3 else 'on'} {day:%A}"
    year = "" if day.year == today.year else f" {day.year}"
    return f"on {day.day} {day:%B}{year}"


def without_day(statement: str) -> str:
    """`statement` without the day that it ends in, nor its full stop: what "tomorrow" was is another day today."""
    return _RELATIVE.sub("", statement.strip()).rstrip(".!")


def dated(statement: str, due: date, today: date) -> str:
    """`statement` with the day that it is about, as it is named today."""
    return f"{without_day(statement)} {named_day(due, today)}."
