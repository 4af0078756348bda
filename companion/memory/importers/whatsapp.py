"""WhatsApp's "Export chat": a text file whose lines begin with a date in the manner of the phone that wrote it."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from datetime import datetime, timedelta

from companion.memory.importers.turn import PastTurn

_SPACES = str.maketrans({"\u202f": " ", "\u00a0": " "})
_MARKS = str.maketrans(dict.fromkeys("\u200e\u200f\u202a\u202b\u202c\u2068\u2069\ufeff"))
"""They tell in which direction a text runs, and are not seen."""
_APP = "\u200e"
"""On an iPhone, what the app itself says for somebody ("image omitted") begins with this mark, in every language."""
_LINE = re.compile(
    r"[\u200e\u200f\u202a\u202b\ufeff]*\[?[\u200e\u200f]*(?P<date>\d{1,4}[./-]\d{1,2}[./-]\d{1,4})\.?"
    r"[,،]?(?: (?:à|um|a las|às|alle|at|kl\.))? ?(?P<hour>\d{1,2})[:.h](?P<minute>\d\d)(?:[:.](?P<second>\d\d))?"
    r"(?: ?(?P<half>[ap])\.? ?m\.?)?(?:\] | [-\u2013] )(?P<rest>.*)",
    re.IGNORECASE,
)
_NO_WORDS = re.compile(
    r"<[^<>]*>$|null$|.+\.\w{2,5} \([^()]+\)$"
    r"|(?:image|video|audio|sticker|GIF|document|Contact card) omitted$"
    r"|(?:This message was deleted|You deleted this message|Diese Nachricht wurde gelöscht"
    r"|Du hast diese Nachricht gelöscht|Ce message a été supprimé|Vous avez supprimé ce message|Se eliminó este mensaje"
    r"|Eliminaste este mensaje"
    r"|Mensagem apagada|Esta mensagem foi apagada|Você apagou esta mensagem|Questo messaggio è stato eliminato"
    r"|Hai eliminato questo messaggio)\.?$"
)
_EDITED = re.compile(r"\s*\u200e?<[^<>\n]{8,60}>$")
"""A note of the app behind words that were changed."""
_AMERICAN = re.compile(r"\W*\d+/\d+/\d+,? \d+:\d\d(?::\d\d)? [AP]M\b")
_ORDERS = {"day first": (2, 1, 0), "month first": (2, 0, 1), "year first": (0, 1, 2)}
"""Where year, month and day stand."""


def looks_like(text: str) -> bool:
    return any(map(_match, text[:2000].splitlines()))


def read(text: str) -> Iterator[PastTurn]:
    """Turns in their order, without what the app itself says and without pictures."""
    said: list[tuple[re.Match[str], list[str]]] = []
    for line in text.split("\n"):
        if begun := _match(line):
            said.append((begun, [begun["rest"]]))
        elif said:
            said[-1][1].append(line)
    order = _order([match for match, _ in said])
    for match, lines in said:
        speaker, colon, words = "\n".join(lines).strip().partition(": ")
        if not colon or "\n" in speaker or words.startswith(_APP):
            continue
        words = words.strip()
        if not _NO_WORDS.match(words):
            words = _EDITED.sub("", words).translate(_MARKS)
            yield PastTurn(_time(match, order), speaker.translate(_MARKS).lstrip("~ ").strip(), words)


def _match(line: str) -> re.Match[str] | None:
    return _LINE.match(line.translate(_SPACES).rstrip("\r"))


def _order(lines: list[re.Match[str]]) -> tuple[int, int, int]:
    """The order of the dates: one in which all are dates, and in which time does not run backwards."""
    possible = [order for order in _ORDERS.values() if _rises(lines, order)]
    if len(possible) > 1 and all(map(_AMERICAN.match, (line[0] for line in lines))):
        return _ORDERS["month first"]
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
