"""Says sentences with her voice, one at a time, beside the window."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QAccessible

from companion.ui.commands import Command, Commands
from companion.ui.settings.words import plain_words


class ReadAloud(QObject):
    """A new sentence ends the one before."""

    began = Signal()
    ended = Signal()
    """It was said, or there was nothing to say, or it could not be said."""
    failed = Signal(str)
    """Why it could not be said, in words for a person; `ended` follows."""

    def __init__(self, commands: Commands, parent: QObject) -> None:
        super().__init__(parent)
        self._commands = commands
        self._command: Command | None = None
        self.on = not QAccessible.isActive()
        """Off at first where a screen reader speaks already."""

    def say(self, text: str, *, asked_for: bool = False) -> None:
        """Say `text` if reading is on, or in any case if the person asked for it."""
        self.hush()
        if not (self.on or asked_for):
            QTimer.singleShot(0, self, self.ended.emit)
            return
        command = self._command = self._commands.make(self, "say", text)
        command.finished.connect(lambda code, notes: self._end(command, code, notes))
        self.began.emit()
        command.start()

    def hush(self) -> None:
        """Say no more; nothing is told of it."""
        command, self._command = self._command, None
        if command:
            command.cancel()

    def _end(self, command: Command, code: int, notes: str) -> None:
        command.deleteLater()
        if command is not self._command:
            return
        self._command = None
        if code:
            self.failed.emit(plain_words(notes))
        self.ended.emit()
