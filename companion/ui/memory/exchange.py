"""All that is kept, to a file and back, by the program itself beside the window."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from companion.ui.commands import Commands
from companion.ui.conversation.sentences import count_words as turn_count_words
from companion.ui.memory.sentences import count_words
from companion.ui.settings.words import plain_words


class Exchange(QObject):
    """One file at a time."""

    told = Signal(str)
    """How it goes, or went, in words."""
    done = Signal()

    def __init__(self, commands: Commands, parent: QObject) -> None:
        super().__init__(parent)
        self._commands = commands
        self._busy = False

    @property
    def busy(self) -> bool:
        return self._busy

    def export_to(self, file: Path) -> None:
        """Write all that is kept to `file`, as JSON."""
        self.told.emit(self.tr("Writing all that is kept to {file}…").format(file=file))
        written = self.tr("All that is kept is written to {file}; only you can read it.").format(file=file)
        self._run(lambda _: written, "memory", "export", "--all", str(file))

    def import_from(self, file: Path) -> None:
        """Keep what is in `file` as well: an export of a memory, or of conversations from elsewhere."""
        self.told.emit(self.tr("Reading {file}…").format(file=file))
        self._run(lambda lines: self._imported(file, lines), "memory", "import", "--json", str(file))

    def _imported(self, file: Path, lines: list[str]) -> str:
        new = json.loads(lines[-1]) if lines else {}
        words = self.tr("New from {file}: {turns}, {statements}. What was there already is not doubled.")
        turns, statements = turn_count_words(new.get("new", 0)), count_words(new.get("new_facts", 0))
        return words.format(file=file.name, turns=turns, statements=statements)

    def _run(self, words: Callable[[list[str]], str], *arguments: str) -> None:
        command = self._commands.make(self, *arguments)
        lines: list[str] = []
        command.line.connect(lines.append)

        def finish(code: int, notes: str) -> None:
            command.deleteLater()
            self._busy = False
            failed = plain_words(notes) or self.tr("It could not be done.")
            self.told.emit(failed if code else words(lines))
            self.done.emit()

        command.finished.connect(finish)
        self._busy = True
        command.start()
