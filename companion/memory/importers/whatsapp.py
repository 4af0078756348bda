"""WhatsApp's "Export chat": a text file whose lines begin with a date in the manner of the phone that wrote it."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from datetime import datetime, timedelta

from companion.memory.importers.turn import PastTurn

_MARKS = str.maketrans({"\u200e": None, "\u200f": None, "\u202a": None, "\u202c": None, "\u202f": " ", "\u00a0": " "})
_LINE = re.compile(
    r"\[?(?P<date>\d{1,4}[./-]\d{1,2}[./-]\d{1,4})\.?,? (?P<hour>\d{1,2})[:.](?P<minute>\d\d)(?:[:.](?P<second>\d\d))?"
    r"(?: ?(?P<half>[ap])\.? ?m\.?)?(?:\] | - )(?P<rest>.*)",
    re.IGNORECASE,
)
_NO_WORDS = re.compile(r"<[^<>]*>$|(?:image|video|audio|sticker|GIF|document|Contact card) omitted$|null$")
_ORDERS = {"day first": (2, 1, 0), "month first": (2, 0, 1), "year first": (0, 1, 2)}
"""Where year, month and day stand."""


def looks_like(text: str) -> bool:
    return any(map(_match, text[:2000].splitlines()))


def read(text: str) -> Iterator[PastTurn]:
    """Turns in their order, without what the app itself says and without pictures."""
    said: list[tuple[re.Match[str], list[str]]] = []
    for line in text.splitlines():
        if begun := _match(line):
            said.append((begun, [begun["rest"]]))
        elif said:
            said[-1][1].append(line)
    order = _order([match for match, _ in said])
    for match, lines in said:
        speaker, colon, words = "\n".join(lines).strip().partition(": ")
        if colon and "\n" not in speaker and not _NO_WORDS.search(words):
            yield PastTurn(_time(match, order), speaker.strip(), words.strip())


def _match(line: str) -> re.Match[str] | None:
    return _LINE.match(line.translate(_MARKS))


def _order(lines: list[re.Match[str]]) -> tuple[int, int, int]:
    """The order of the dates: one in which all are dates, and in which time does not run backwards."""
    possible = [order for order in _ORDERS.values() if _rises(lines, order)]
    if possible:
        return possible[0]
    return next((order for order in _ORDERS.values() if _are_dates(lines, order)), _ORDERS["day first"])


def _rises(lines: list[re.Match[str]], order: tuple[int, int, int]) -> bool:
    if not _are_dates(lines, order):
        return False
    times = [_time(line, order) for line in lines]
    # Messages may arrive a little out of order.
    return all(later >= earlier - timedelta(hours=12) for earlier, later in itertools.pairwise(times))


def _are_dates(lines: list[re.Match[str]], order: tuple[int, int, int]) -> bool:
    try:
        for line in lines:
            _time(line, order)
    except ValueError:
        return False
    return True


def _time(line: re.Match[str], order: tuple[int, int, int]) -> datetime:
    """Raises ValueError if there is no such day."""
    parts = [int(part) for part in re.split("[./-]", line["date"])]
    year, month, day = (parts[place] for place in order)
    hour = int(line["hour"])
    if line["half"]:
        hour = hour % 12 + 12 * (line["half"].casefold() == "p")
    return datetime(year + 2000 * (year < 100), month, day, hour, int(line["minute"]), int(line["second"] or 0))
