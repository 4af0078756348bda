"""The conversations as a file that other programs read."""

from __future__ import annotations

import json
import os
import re
import tempfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from PySide6.QtCore import QCoreApplication

from companion.core.diary import Entry
from companion.core.errors import CompanionError
from companion.ui.conversation.sentences import day_of, who_words


def to_markdown(entries: Sequence[Entry]) -> str:
    """A heading a day, a paragraph a turn; what was not heard is struck through."""
    parts = ["# " + QCoreApplication.translate("Conversation", "Conversations")]
    day: date | None = None
    for entry in entries:
        if day_of(entry) != day:
            day = day_of(entry)
            parts.append(f"## {day.isoformat()}")
        words = _literal(entry.text)
        if entry.unheard:
            words = f"{words} ~~{_literal(entry.unheard)}~~".strip()
        parts.append(f"**{_literal(who_words(entry))}** {entry.at.astimezone():%H:%M}  \n{words}")
    return "\n\n".join(parts) + "\n"


def to_json(entries: Sequence[Entry]) -> str:
    """One object a turn, oldest first: who ("user", "companion"), at (ISO 8601), name, text, unheard, interrupted."""
    turns = [
        {
            "at": entry.at.isoformat(),
            "who": entry.who,
            "name": entry.name,
            "text": entry.text,
            "unheard": entry.unheard,
            "interrupted": entry.interrupted,
        }
        for entry in entries
    ]
    return json.dumps({"turns": turns}, ensure_ascii=False, indent=1) + "\n"


def write_export(entries: Sequence[Entry], path: Path) -> None:
    """Write as JSON if `path` ends so, else as Markdown: all of it, or the file stays as it was.

    Only its owner may read the file. Raises CompanionError if the disk says no.
    """
    text = to_json(entries) if path.suffix.lower() == ".json" else to_markdown(entries)
    try:
        _replace(path, text)
    except OSError as error:
        translate = QCoreApplication.translate
        raise CompanionError(
            translate("Conversation", "The conversations could not be written to {file} ({reason}).").format(
                file=path, reason=error.strerror or error
            ),
            translate("Conversation", "Make room there, or choose another place."),
        ) from error


def _replace(path: Path, text: str) -> None:
    number, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    new = Path(name)
    try:
        with os.fdopen(number, "w", encoding="utf-8") as file:
            file.write(text)
        new.replace(path)
    finally:
        new.unlink(missing_ok=True)


def _literal(text: str) -> str:
    """`text` so that Markdown shows it as it is, in one paragraph."""
    escaped = re.sub(r"([\\`*_\[\]<>~])", r"\\\1", text.strip())
    lines = [
        re.sub(r"^(\s*)([#+-]|\d+(?=[.)]))", _without_meaning, line) for line in escaped.splitlines() if line.strip()
    ]
    return "  \n".join(lines)


def _without_meaning(found: re.Match[str]) -> str:
    """The start of a line that Markdown would take for a heading or a list."""
    space, mark = found.groups()
    return f"{space}{mark}\\" if mark.isdigit() else f"{space}\\{mark}"
