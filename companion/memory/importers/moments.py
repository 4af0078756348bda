"""Times as programs and people write them: "1:56 pm on 8 May, 2023", "2023/05/30 (Tue) 23:40", 1683554160."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone

YEARS = range(1900, 2200)
"""What is not within is no time, but a mistake or a jest."""
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = rf"(?P<name>{'|'.join(_MONTHS)})[a-z]*\.?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>\d{4})"
_DATES = tuple(
    re.compile(rf"(?<![\d.]){pattern}(?![\d.])", re.IGNORECASE)
    for pattern in (
        rf"{_YEAR}(?P<sign>[-/.])(?P<month>\d{{1,2}})(?P=sign){_DAY}",
        rf"(?P<first>\d{{1,2}})(?P<sign>[-/.])(?P<second>\d{{1,2}})(?P=sign){_YEAR}",
        rf"{_DAY}[ -](?:of )?{_MONTH},?[ -]{_YEAR}",
        rf"{_MONTH} {_DAY},? (?:[\d:]+ )?{_YEAR}",
        rf"{_MONTH},? {_YEAR}",
    )
)
_CLOCK = re.compile(
    r"(?<![\d:.+-])(?P<hour>\d{1,2})(?::(?P<minute>\d\d)(?::(?P<second>\d\d)(?P<part>\.\d{1,9})?)?)?"
    r"(?(minute)(?:\s?(?P<half>[ap])\.?m\b\.?)?|\s?(?P<whole_half>[ap])\.?m\b\.?)"
    r"(?:\s?(?P<zone>Z|UTC|GMT|[+-]\d\d:?\d\d))?(?![\d:])",
    re.IGNORECASE,
)


def moment(given: object) -> datetime | None:
    """The time that is told, without a time zone if none is; None if it cannot be read."""
    try:
        at = _read(given)
    except (ValueError, OverflowError, OSError):
        return None
    return at if at and at.year in YEARS else None


def _read(given: object) -> datetime | None:
    """Raises ValueError, OverflowError or OSError if there is no such time."""
    if isinstance(given, bool) or not isinstance(given, int | float | str):
        return None
    if not isinstance(given, str):
        return _since_1970(given)
    text = " ".join(given[:100].split())
    if re.fullmatch(r"\d{9,19}(?:\.\d+)?", text):
        return _since_1970(float(text))
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return _in_words(text)


def _since_1970(count: float) -> datetime:
    """Local time; `count` is of seconds, or of thousandths, millionths or billionths of them."""
    thousandths = next((power for power in range(4) if abs(count) <= 1e11 * 1000**power), 0)
    return datetime.fromtimestamp(count / 1000**thousandths, UTC).astimezone()


def _in_words(text: str) -> datetime | None:
    """Raises ValueError if there is no such day or hour."""
    found = next(filter(None, (pattern.search(text) for pattern in _DATES)), None)
    if found is None:
        return None
    clock = _CLOCK.search(text[: found.start()] + " " + text[found.end() :]) or _CLOCK.search(found[0])
    parts = found.groupdict()
    if "first" in parts:
        first, second = int(parts["first"]), int(parts["second"])
        # With slashes the month stands first where it can, as in the United States; else the day.
        day, month = (second, first) if parts["sign"] == "/" and first <= 12 else (first, second)
    else:
        day = int(parts.get("day") or 1)
        month = int(parts["month"]) if "month" in parts else _MONTHS.index(parts["name"].casefold()) + 1
    at = datetime(int(parts["year"]), month, day)
    return _at_clock(at, clock) if clock else at


def _at_clock(day: datetime, clock: re.Match[str]) -> datetime:
    hour = int(clock["hour"])
    if half := clock["half"] or clock["whole_half"]:
        hour = hour % 12 + 12 * (half.casefold() == "p")
    at = day.replace(
        hour=hour,
        minute=int(clock["minute"] or 0),
        second=int(clock["second"] or 0),
        microsecond=round(float(clock["part"] or 0) * 1e6) % 1_000_000,
    )
    return at.replace(tzinfo=_zone(clock["zone"])) if clock["zone"] else at


def _zone(text: str) -> timezone:
    if text[0] not in "+-":
        return UTC
    ahead = timedelta(hours=int(text[1:3]), minutes=int(text[-2:]))
    return timezone(ahead if text[0] == "+" else -ahead)
