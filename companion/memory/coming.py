"""The day that a sentence looks forward to, in English: "tomorrow", "next Tuesday", "in three weeks", "on 7 May"."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

from companion.memory.times import (
    ANY_COUNT,
    COUNT,
    COUNTS,
    DAY,
    MONTH,
    UNIT,
    WEEKDAY,
    WEEKDAYS,
    YEAR,
    expression,
    month_named,
    months,
)


def coming_day(text: str, today: date) -> date | None:
    """The first day ahead, or today, of which `text` speaks; the last one of a longer time. None: it speaks of none."""
    if _PAST.search(text):
        return None
    for pattern, read in _EXPRESSIONS:
        match = pattern.search(text)
        if match and (day := read(match, today)) and day >= today:
            return day
    return None


def _iso(match: re.Match[str], today: date) -> date | None:
    try:
        return date.fromisoformat(match[0])
    except ValueError:
        return None


def _day_of_month(match: re.Match[str], today: date) -> date | None:
    month, day = month_named(match["month"]), int(match["day"])
    years = [int(match["year"])] if match["year"] else range(today.year, today.year + 9)
    return next((found for year in years if (found := _valid(year, month, day)) and found >= today), None)


def _day(match: re.Match[str], today: date) -> date | None:
    day = int(match["day"])
    ahead = (_valid(today.year + month // 12, month % 12 + 1, day) for month in range(today.month - 1, today.month + 2))
    return next((found for found in ahead if found and found >= today), None)


def _near_day(match: re.Match[str], today: date) -> date:
    words = match[0].casefold()
    return today + timedelta(days=2 if "after" in words else 1 if "tomorrow" in words else 0)


def _weekday(match: re.Match[str], today: date) -> date:
    weekday = WEEKDAYS.index(match["weekday"].casefold())
    if (match["which"] or "").casefold() == "next":
        return today + timedelta(days=7 - today.weekday() + weekday)
    return today + timedelta(days=(weekday - today.weekday()) % 7 or 7)


def _unit(match: re.Match[str], today: date) -> date:
    ahead = int(match["which"].casefold() in ("next", "coming"))
    sunday = today + timedelta(days=6 - today.weekday())
    match match["unit"].casefold():
        case "week" | "weekend":
            return sunday + timedelta(days=7 * ahead)
        case "month":
            return months(today.year, today.month + ahead, today.month + ahead).last
    return date(today.year + ahead, 12, 31)


def _in_some(match: re.Match[str], today: date) -> date:
    word = match["count"].casefold()
    count = COUNTS[word] if word in COUNTS else int(word)
    return today + timedelta(days=count * {"day": 1, "week": 7, "month": 30, "year": 365}[match["unit"].casefold()])


def _month(match: re.Match[str], today: date) -> date:
    month = month_named(match["month"])
    year = int(match["year"]) if match["year"] else today.year + (month < today.month)
    return months(year, month, month).last


def _valid(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


_PAST = expression(
    rf"yesterday|ago|(?:{ANY_COUNT}|\d+) (?:day|week|month|year)s? (?:before|earlier)|last (?!of\b|one\b|time\b)\w+"
)
_EXPRESSIONS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], date], date | None]], ...] = (
    (expression(r"\d{4}-\d\d-\d\d"), _iso),
    (expression(rf"(?:the )?{DAY} (?:of )?{MONTH}(?:,? {YEAR})?"), _day_of_month),
    (expression(rf"{MONTH} (?:the )?{DAY}(?:,? {YEAR})?"), _day_of_month),
    (expression(r"the day after tomorrow|tomorrow|tonight|today|this (?:morning|afternoon|evening)"), _near_day),
    (expression(rf"(?:(?:on|by|until|before|from) )?(?:(?P<which>next|this|coming) )?{WEEKDAY}"), _weekday),
    (expression(r"(?P<which>next|this|coming|the) (?P<unit>weekend)"), _unit),
    (expression(r"(?P<which>next|this|coming) (?P<unit>week|month|year)"), _unit),
    (expression(rf"in (?:about |some )?{COUNT} {UNIT}"), _in_some),
    (expression(rf"(?:in|by|until|early|late|next) {MONTH}(?:,? {YEAR})?"), _month),
    (expression(r"(?:on |by )?the (?P<day>\d{1,2})(?:st|nd|rd|th)"), _day),
)
