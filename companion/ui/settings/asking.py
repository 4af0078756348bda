"""Commands run beside the window, and what they print read as JSON."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QObject, Signal

from companion.ui.commands import Command, Commands
from companion.ui.settings.words import plain_words

Records = list[dict[str, Any]]


class Listing(QObject):
    """What a command prints as one list of objects; asked for as often as one likes, one run at a time."""

    listed = Signal(list, str)
    """The objects, and what went wrong in words, or nothing."""

    def __init__(self, commands: Commands, arguments: Sequence[str], parent: QObject) -> None:
        super().__init__(parent)
        self._commands = commands
        self._arguments = arguments
        self._command: Command | None = None

    @property
    def asking(self) -> bool:
        return self._command is not None

    def ask(self) -> None:
        """Run it, unless it runs."""
        if self._command:
            return
        lines: list[str] = []
        self._command = command = self._commands.make(self, *self._arguments)
        command.line.connect(lines.append)
        command.finished.connect(lambda code, notes: self._take(lines, plain_words(notes) if code else ""))
        command.start()

    def _take(self, lines: list[str], trouble: str) -> None:
        if self._command:
            self._command.deleteLater()
        self._command = None
        try:
            records = [record for record in json.loads("\n".join(lines)) if isinstance(record, dict)]
        except (ValueError, TypeError):
            records = []
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
