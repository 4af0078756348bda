"""The kinds of export that can be read, and which of them a file is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from types import ModuleType

from companion.core.errors import UsageError
from companion.memory.importers import (
    chatgpt,
    diary_text,
    discord,
    mbox,
    neutral,
    signal,
    sillytavern,
    telegram,
    whatsapp,
)
from companion.memory.importers.moments import YEARS
from companion.memory.importers.turn import PastTurn

_BY_LOOKS: dict[str, ModuleType] = {
    "sillytavern": sillytavern,
    "neutral": neutral,
    "chatgpt": chatgpt,
    "discord": discord,
    "signal": signal,
    "telegram": telegram,
    "whatsapp": whatsapp,
    "diary": diary_text,
}
MAIL = "mbox"
FORMATS = (*_BY_LOOKS, MAIL)
LARGEST_FILE = 500_000_000
LARGEST_MAIL = 20_000_000_000
"""Bytes. Mail is read message by message, all else as a whole."""
LONGEST_TEXT = 50_000
"""Characters of one turn; what is beyond is left out."""
LONGEST_NAME = 200
_DAMAGED = (ValueError, KeyError, TypeError, AttributeError, IndexError, OverflowError, RecursionError)


def read_file(file: Path, form: str | None = None) -> list[PastTurn]:
    """All turns of an export; `form` is one of FORMATS, or what it looks like. Raises UsageError: it is none."""
    try:
        with file.open("rb") as opened:
            is_mail = form == MAIL or (form is None and opened.read(5) == b"From ")
        largest = LARGEST_MAIL if is_mail else LARGEST_FILE
        if file.stat().st_size > largest:
            raise UsageError(f"{file} is larger than {largest // 1_000_000} MB.", "Import it in parts.")
        if is_mail:
            return _whole(mbox.read(file), MAIL)
        return read(file.read_text(encoding="utf-8-sig"), form)
    except OSError as error:
        raise UsageError(f"{file} cannot be read: {error.strerror}.", "Name a file of yours.") from error
    except UnicodeDecodeError as error:
        raise UsageError(f"{file} is no text.", "Name an export of a conversation.") from error


def read(text: str, form: str | None = None) -> list[PastTurn]:
    """As `read_file`, of an export that is text."""
    form = form or next((name for name, module in _BY_LOOKS.items() if module.looks_like(text)), None)
    if form is None or form not in _BY_LOOKS:
        raise UsageError("This is no conversation that can be read.", f"Kinds that can: {', '.join(FORMATS)}.")
    try:
        return _whole(_BY_LOOKS[form].read(text), form)
    except _DAMAGED as error:
        raise UsageError(f"This is no whole export of the kind {form}.", "Export it again.") from error


def _whole(turns: Iterable[PastTurn], form: str) -> list[PastTurn]:
    found = list(_bounded(turns))
    if not found:
        raise UsageError(f"Nothing is said in this, read as {form}.", "Name its kind with --format.")
    return found


def _bounded(turns: Iterable[PastTurn]) -> Iterator[PastTurn]:
    """Texts, names and times within what a person could have written."""
    at = datetime.now().astimezone()
    for turn in turns:
        possible = turn.at.year in YEARS
        at = turn.at if possible else at + timedelta(seconds=1)
        dated = turn.dated and possible
        yield replace(turn, at=at, speaker=turn.speaker[:LONGEST_NAME], text=turn.text[:LONGEST_TEXT], dated=dated)
