"""Commands run beside the window, and what they print read as JSON."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QObject, Signal

from companion.ui.commands import Command, Commands
from companion.ui.settings.words import plain_words

Records = list[dict[str, Any]]


def ask_list(
    commands: Commands, parent: QObject, arguments: Sequence[str], take: Callable[[Records, str], None]
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


class Listing(QObject):
    """What a command prints as one list of objects; asked for as often as one likes, one run at a time."""

    listed = Signal(list, str)
    """The objects, and what went wrong in words, or nothing."""

    def __init__(self, commands: Commands, arguments: Sequence[str], parent: QObject) -> None:
        super().__init__(parent)
        self._commands = commands
        self._arguments = arguments
        self._asking = False

    def ask(self) -> None:
        """Run it, unless it runs."""
        if not self._asking:
            self._asking = True
            ask_list(self._commands, self, self._arguments, self._take)

    def _take(self, records: Records, trouble: str) -> None:
        self._asking = False
        self.listed.emit(records, trouble)


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
