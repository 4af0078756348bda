"""Commands run beside the window, and what they print read as JSON."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject

from companion.ui.commands import Command, Commands
from companion.ui.settings.words import plain_words

Records = list[dict[str, Any]]


def ask_list(
    commands: Commands, parent: QObject, arguments: tuple[str, ...], take: Callable[[Records, str], None]
) -> Command:
    """Run a command that prints one list of objects. `take` gets it, and what went wrong in words, or empty."""
    command = commands.make(parent, *arguments)
    lines: list[str] = []
    command.line.connect(lines.append)

    def finish(code: int, notes: str) -> None:
        command.deleteLater()
        try:
            records = [record for record in json.loads("\n".join(lines)) if isinstance(record, dict)]
        except (ValueError, TypeError):
            records = []
        take(records, plain_words(notes) if code else "")

    command.finished.connect(finish)
    command.start()
    return command


def follow(
    commands: Commands,
    parent: QObject,
    arguments: tuple[str, ...],
    take: Callable[[dict[str, Any]], None],
    end: Callable[[int, str], None],
) -> Command:
    """Run a command that prints an object a line. `end` gets its exit code (-1: cancelled), and its last words."""
    command = commands.make(parent, *arguments)

    def read(line: str) -> None:
        try:
            record = json.loads(line)
        except ValueError:
            return
        if isinstance(record, dict):
            take(record)

    def finish(code: int, notes: str) -> None:
        command.deleteLater()
        end(code, plain_words(notes) if code else "")

    command.line.connect(read)
    command.finished.connect(finish)
    command.start()
    return command
