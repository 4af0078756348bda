"""The times that a sentence speaks of, in English: "last Tuesday", "in May", "three weeks ago", "7 May 2023".

A month without a year is the latest one that has come; a weekday without a word before it is the last one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_SEASONS = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "fall": (9, 11), "winter": (12, 14)}
"""First and last month; 13 and 14 are in the year after."""
_NUMERALS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
COUNTS = {word: count for count, word in enumerate(_NUMERALS)} | {
    "a": 1,
    "an": 1,
    "a couple": 2,
    "couple": 2,
    "few": 3,
}
ANY_COUNT = "|".join(sorted(COUNTS, key=len, reverse=True))
_ANY_SEASON = "|".join(_SEASONS)
ANY_WEEKDAY = "|".join(WEEKDAYS)
MONTH = rf"(?P<month>{'|'.join(f'{name[:3]}(?:{name[3:]})?' for name in MONTHS)})\.?"
YEAR = r"(?P<year>(?:19|20)\d\d)"
DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
WEEKDAY = rf"(?P<weekday>{ANY_WEEKDAY})"
COUNT = rf"(?P<count>\d{{1,3}}|{ANY_COUNT})(?: of)?"
UNIT = r"(?P<unit>day|week|month|year)s?"


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
    month = month_named(match["month"])
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
    month = month_named(match["month"])
    year = int(match["year"]) if match["year"] else today.year - (month > today.month)
    return months(year, month, month)


def _season(match: re.Match[str], today: date) -> Span | None:
    first, last = _SEASONS[match["season"].casefold()]
    year = int(match["year"]) if match["year"] else today.year - (first > today.month)
    if match["which"] and months(year, first, last).last >= today:
        year -= 1
    return months(year, first, last)


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
    back = (today.weekday() - WEEKDAYS.index(match["weekday"].casefold())) % 7 or 7
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
            return months(today.year, today.month - back, today.month - back)
    return Span(date(today.year - back, 1, 1), date(today.year - back, 12, 31))


def _ago(match: re.Match[str], today: date) -> Span | None:
    word = match["count"].casefold()
    count = COUNTS[word] if word in COUNTS else int(word)
    days = {"day": 1, "week": 7, "month": 30, "year": 365}[match["unit"].casefold()]
    slack = {1: 0, 7: 3, 30: 16, 365: 183}[days]
    middle = today - timedelta(days=count * days)
    return Span(middle - timedelta(days=slack), middle + timedelta(days=slack))


def _year(match: re.Match[str], today: date) -> Span | None:
    year = int(match["year"])
    return Span(date(year, 1, 1), date(year, 12, 31)) if year <= today.year + 1 else None


def months(year: int, first: int, last: int) -> Span:
    """From the first day of one month to the last of another; months may run beyond a year at both ends."""
    begin = date(year + (first - 1) // 12, (first - 1) % 12 + 1, 1)
    after = date(year + last // 12, last % 12 + 1, 1)
    return Span(begin, after - timedelta(days=1))


def month_named(name: str) -> int:
    return next(index for index, month in enumerate(MONTHS, 1) if month.startswith(name.casefold()[:3]))


def _years_back(today: date) -> Iterator[int]:
    return iter(range(today.year, today.year - 9, -1))


def expression(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{pattern})\b", re.IGNORECASE)


_EXPRESSIONS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], date], Span | None]], ...] = (
    (expression(r"\d{4}-\d\d-\d\d"), _iso),
    (expression(rf"(?:on )?(?:the )?{DAY} (?:of )?{MONTH}(?:,? {YEAR})?"), _day_of_month),
    (expression(rf"(?:on )?{MONTH} {DAY}(?:,? {YEAR})?"), _day_of_month),
    (expression(rf"(?:in |during |of |since |early |late |last )+{MONTH}(?:,? {YEAR})?"), _whole_month),
    (expression(rf"{MONTH},? {YEAR}"), _whole_month),
    (expression(rf"(?P<which>last )?(?P<season>{_ANY_SEASON})(?: of)?(?: {YEAR})?"), _season),
    (expression(r"the day before yesterday|yesterday|last night|today|tonight"), _near_day),
    (expression(rf"(?:on |last )+{WEEKDAY}"), _weekday),
    (expression(r"(?P<which>last|this|past) (?P<unit>week|weekend|month|year)"), _last_unit),
    (expression(rf"(?:about |some )?{COUNT} {UNIT} ago"), _ago),
    (expression(rf"(?:in |during |of |since ){YEAR}"), _year),
)

_NAMED = f"night|week|weekend|month|year|morning|afternoon|evening|{ANY_WEEKDAY}|{_ANY_SEASON}"
_TELLING = expression(
    rf"yesterday|today|tonight|tomorrow|ago|(?:last|this|next|past) (?:{_NAMED})|(?:{ANY_WEEKDAY})s?"
    rf"|{'|'.join(name for name in MONTHS if name not in ('may', 'march'))}|(?:in|on|since|by) (?:may|march)"
    rf"|(?:19|20)\d\d|\d{{1,2}}(?:st|nd|rd|th)|since|(?:\d+|{ANY_COUNT}) (?:day|week|month|year)s?"
    r"|recently|soon|just (?:got|had|came|went|started|finished)"
)
