"""Models that are fetched at a press, with progress, and can be cancelled."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QVBoxLayout, QWidget

from companion.ui.commands import Command, Commands
from companion.ui.settings.asking import follow
from companion.ui.settings.words import size_words
from companion.ui.widgets import Note


class Fetch(QWidget):
    """What it is about, a button, and how far it has come. It goes on while another step is shown."""

    fetched = Signal()

    def __init__(self, commands: Commands, words: str, *models: str) -> None:
        """`models` are names, or the option --starter."""
        super().__init__()
        self._commands, self._words, self._models = commands, words, models
        self._command: Command | None = None
        self._note = Note(words)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(self.tr("Progress"))
        self.button = QPushButton()
        self.button.clicked.connect(lambda: self.cancel() if self._command else self.start())
        column = QVBoxLayout()
        column.setSpacing(6)
        column.addWidget(self._note)
        column.addWidget(self._bar)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addLayout(column, 1)
        row.addWidget(self.button)
        self._show(words)

    @property
    def busy(self) -> bool:
        return self._command is not None

    def start(self) -> None:
        self._bar.setRange(0, 0)
        arguments = ("models", "install", *self._models, "--progress")
        self._command = follow(self._commands, self, arguments, self._take, self._end)
        self._show(self.tr("Beginning…"))

    def cancel(self) -> None:
        """What is here of it stays, and is gone on from the next time."""
        if self._command:
            self._command.cancel()

    def _take(self, record: dict[str, Any]) -> None:
        match record:
            case {"done": int() as done, "total": int() as total} if total > 0:
                self._bar.setRange(0, 1000)
                self._bar.setValue(min(1000, 1000 * done // total))
                self._note.say(self.tr("{done} of {total}").format(done=size_words(done), total=size_words(total)))

    def _end(self, code: int, trouble: str) -> None:
        self._command = None
        if code == 0:
            self._show(self.tr("It is here."))
            self.button.hide()
            self.fetched.emit()
        elif code == -1 and not trouble.strip():
            self._show(self._words)
        else:
            self._show(trouble or self._words, trouble=code != -1)

    def _show(self, words: str, trouble: bool = False) -> None:
        self._note.say(words, trouble=trouble)
        self._bar.setVisible(self.busy)
        self.button.setText(self.tr("Cancel") if self.busy else self.tr("Fetch"))
        self.button.setAccessibleName(f"{self.button.text()}: {self._words}")
