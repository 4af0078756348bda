"""The key of a server elsewhere: it can be given, and is never shown again."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton

from companion.ui.commands import Command, Commands
from companion.ui.settings.page import Panel
from companion.ui.settings.words import plain_words
from companion.ui.widgets import Note


class ServerKey(Panel):
    """Hands what is typed to `companion key set`, by its standard input, and forgets it."""

    def __init__(self, commands: Commands, part: str) -> None:
        """`part`: mind, hearing or voice."""
        super().__init__(
            QCoreApplication.translate("ServerKey", "Key of that server"),
            words=QCoreApplication.translate("SearchedWords", "key password token api server"),
        )
        self._commands = commands
        self._part = part
        self._command: Command | None = None
        self._said: list[str] = []
        self._key = QLineEdit()
        self._key.setEchoMode(QLineEdit.EchoMode.Password)
        self._key.setPlaceholderText(self.tr("Only if the server wants one; it is not shown again"))
        self._key.setAccessibleName(self.tr("Key of that server"))
        self._key.setMaxLength(4096)
        self._key.returnPressed.connect(self.keep)
        self._button = QPushButton(self.tr("Keep"))
        self._button.clicked.connect(self.keep)
        self._note = Note()
        self._note.hide()
        row = QHBoxLayout()
        row.addWidget(self._key, 1)
        row.addWidget(self._button)
        self.column.addLayout(row)
        self.column.addWidget(self._note)

    def keep(self) -> None:
        """Keep the key; an empty one forgets what is kept."""
        if self._command:
            return
        self._said = []
        self._command = self._commands.make(self, "key", "set", self._part)
        self._command.line.connect(self._said.append)
        self._command.finished.connect(self._end)
        self._command.start()
        self._command.write(self._key.text())
        self._key.clear()

    def _end(self, code: int, notes: str) -> None:
        command, self._command = self._command, None
        if command:
            command.deleteLater()
        self._note.say(plain_words(notes) if code else " ".join(self._said), trouble=bool(code))
        self._note.show()
