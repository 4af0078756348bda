"""The times that a sentence speaks of, in English: "last Tuesday", "in May", "three weeks ago", "7 May 2023".

A month without a year is the latest one that has come; a weekday without a word before it is the last one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_SEASONS = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "fall": (9, 11), "winter": (12, 14)}
"""First and last month; 13 and 14 are in the year after."""
_NUMERALS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_COUNTS = {word: count for count, word in enumerate(_NUMERALS)} | {
    "a": 1,
    "an": 1,
    "a couple": 2,
    "couple": 2,
    "few": 3,
}
_ANY_COUNT = "|".join(sorted(_COUNTS, key=len, reverse=True))
_ANY_SEASON = "|".join(_SEASONS)
_ANY_WEEKDAY = "|".join(_WEEKDAYS)
_MONTH = rf"(?P<month>{'|'.join(f'{name[:3]}(?:{name[3:]})?' for name in _MONTHS)})\.?"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_WEEKDAY = rf"(?P<weekday>{_ANY_WEEKDAY})"
_COUNT = rf"(?P<count>\d{{1,3}}|{_ANY_COUNT})(?: of)?"
_UNIT = r"(?P<unit>day|week|month|year)s?"


@dataclass(frozen=True, slots=True)
class Span:
    """Days from `first` to `last`, both included."""

    first: date
    last: date


def times_in(text: str, today: date) -> tuple[Span, ...]:
    """Every time that `text` speaks of, as seen from `today`."""
    spans: list[Span] = []
    for pattern, read in _EXPRESSIONS:
        for match in pattern.finditer(text):
            if span := read(match, today):
                spans.append(span)
                # So that a shorter expression does not find a part of it.
                text = text[: match.start()] + "_" * len(match[0]) + text[match.end() :]
    return tuple(spans)


def tells_a_time(text: str) -> bool:
    """Whether `text` says when something was or will be."""
    return _TELLING.search(text) is not None


def _day_of_month(match: re.Match[str], today: date) -> Span | None:
    month = _month(match["month"])
    years = [int(match["year"])] if match["year"] else _years_back(today)
    for year in years:
        try:
            day = date(year, month, int(match["day"]))
        except ValueError:
            continue
        if match["year"] or day <= today:
            return Span(day, day)
    return None


def _whole_month(match: re.Match[str], today: date) -> Span | None:
    month = _month(match["month"])
    year = int(match["year"]) if match["year"] else today.year - (month > today.month)
    return _months(year, month, month)


def _season(match: re.Match[str], today: date) -> Span | None:
    first, last = _SEASONS[match["season"].casefold()]
    year = int(match["year"]) if match["year"] else today.year - (first > today.month)
    if match["which"] and _months(year, first, last).last >= today:
        year -= 1
    return _months(year, first, last)


def _iso(match: re.Match[str], today: date) -> Span | None:
    try:
        day = date.fromisoformat(match[0])
    except ValueError:
        return None
    return Span(day, day)


def _near_day(match: re.Match[str], today: date) -> Span | None:
    back = {"today": 0, "tonight": 0, "last night": 1, "yesterday": 1, "the day before yesterday": 2}
    day = today - timedelta(days=back[" ".join(match[0].casefold().split())])
    return Span(day, day)


def _weekday(match: re.Match[str], today: date) -> Span | None:
    back = (today.weekday() - _WEEKDAYS.index(match["weekday"].casefold())) % 7 or 7
    day = today - timedelta(days=back)
    return Span(day, day)


def _last_unit(match: re.Match[str], today: date) -> Span | None:
    back = 0 if match["which"].casefold() == "this" else 1
    match match["unit"].casefold():
        case "week":
            monday = today - timedelta(days=today.weekday() + 7 * back)
            return Span(monday, monday + timedelta(days=6))
        case "weekend":
            saturday = today - timedelta(days=(today.weekday() - 5) % 7)
            return Span(saturday, saturday + timedelta(days=1))
        case "month":
            return _months(today.year, today.month - back, today.month - back)
    return Span(date(today.year - back, 1, 1), date(today.year - back, 12, 31))


def _ago(match: re.Match[str], today: date) -> Span | None:
    word = match["count"].casefold()
    count = _COUNTS[word] if word in _COUNTS else int(word)
    days = {"day": 1, "week": 7, "month": 30, "year": 365}[match["unit"].casefold()]
    slack = {1: 0, 7: 3, 30: 16, 365: 183}[days]
    middle = today - timedelta(days=count * days)
    return Span(middle - timedelta(days=slack), middle + timedelta(days=slack))


def _year(match: re.Match[str], today: date) -> Span | None:
    year = int(match["year"])
    return Span(date(year, 1, 1), date(year, 12, 31)) if year <= today.year + 1 else None


def _months(year: int, first: int, last: int) -> Span:
    """From the first day of one month to the last of another; months may run beyond a year at both ends."""
    begin = date(year + (first - 1) // 12, (first - 1) % 12 + 1, 1)
    after = date(year + last // 12, last % 12 + 1, 1)
    return Span(begin, after - timedelta(days=1))


def _month(name: str) -> int:
    return next(index for index, month in enumerate(_MONTHS, 1) if month.startswith(name.casefold()[:3]))


def _years_back(today: date) -> Iterator[int]:
    return iter(range(today.year, today.year - 9, -1))


def _expression(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{pattern})\b", re.IGNORECASE)


_EXPRESSIONS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], date], Span | None]], ...] = (
    (_expression(r"\d{4}-\d\d-\d\d"), _iso),
    (_expression(rf"(?:on )?(?:the )?{_DAY} (?:of )?{_MONTH}(?:,? {_YEAR})?"), _day_of_month),
    (_expression(rf"(?:on )?{_MONTH} {_DAY}(?:,? {_YEAR})?"), _day_of_month),
    (_expression(rf"(?:in |during |of |since |early |late |last )+{_MONTH}(?:,? {_YEAR})?"), _whole_month),
    (_expression(rf"{_MONTH},? {_YEAR}"), _whole_month),
    (_expression(rf"(?P<which>last )?(?P<season>{_ANY_SEASON})(?: of)?(?: {_YEAR})?"), _season),
    (_expression(r"the day before yesterday|yesterday|last night|today|tonight"), _near_day),
    (_expression(rf"(?:on |last )+{_WEEKDAY}"), _weekday),
    (_expression(r"(?P<which>last|this|past) (?P<unit>week|weekend|month|year)"), _last_unit),
    (_expression(rf"(?:about |some )?{_COUNT} {_UNIT} ago"), _ago),
    (_expression(rf"(?:in |during |of |since ){_YEAR}"), _year),
)

_NAMED = f"night|week|weekend|month|year|morning|afternoon|evening|{_ANY_WEEKDAY}|{_ANY_SEASON}"
_TELLING = _expression(
    rf"yesterday|today|tonight|tomorrow|ago|(?:last|this|next|past) (?:{_NAMED})|(?:{_ANY_WEEKDAY})s?"
    rf"|{'|'.join(name for name in _MONTHS if name not in ('may', 'march'))}|(?:in|on|since|by) (?:may|march)"
    rf"|(?:19|20)\d\d|\d{{1,2}}(?:st|nd|rd|th)|since|(?:\d+|{_ANY_COUNT}) (?:day|week|month|year)s?"
    r"|recently|soon|just (?:got|had|came|went|started|finished)"
)
