"""Diaries as plain text or Markdown: a line with a date, and under it what was written that day."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from companion.memory.importers.turn import PastTurn
from companion.memory.times import times_in

NOON = time(12)
_HEADING = re.compile(r"#+\s|\*\*|\d|[A-Z]\w+,? ")
_LONGEST_HEADING = 40
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


def looks_like(text: str) -> bool:
    return any(_day(line) for line in text.splitlines())


def read(text: str) -> Iterator[PastTurn]:
    """A turn of the user for each paragraph, at noon of its day and a minute after each other."""
    at = datetime.combine(date.today(), NOON)
    for paragraph in re.split(r"\n\s*\n", re.sub(r"^(#+ .*)$", r"\n\1\n", text, flags=re.MULTILINE)):
        lines = paragraph.strip().splitlines()
        if lines and (day := _day(lines[0])):
            at = datetime.combine(day, NOON)
            lines = lines[1:]
        if words := " ".join(line.strip() for line in lines if not line.startswith("#")):
            yield PastTurn(at, "", words, "user")
            at += timedelta(minutes=1)


def _day(line: str) -> date | None:
    """The day that `line` is a heading of."""
    if len(line) > _LONGEST_HEADING or not _HEADING.match(line) or not _YEAR.search(line):
        return None
    spans = [span for span in times_in(line, date.today()) if span.first == span.last]
    return spans[0].first if len(spans) == 1 else None
