"""What she would answer, as she is being written."""

from __future__ import annotations

import json
from typing import Any

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from companion.core.persona_draft import Values
from companion.ui.commands import Command, Commands
from companion.ui.settings.page import Card, Panel
from companion.ui.settings.words import plain_words
from companion.ui.widgets import Note

REST_MS = 1_000
"""An answer is asked for when her dials have rested so long."""


class Sampler(QObject):
    """Asks a language model beside the window; the newest question is the one that is answered."""

    answered = Signal(str, bool)
    """Her words so far, and whether they are all."""
    failed = Signal(str)
    """Why there is no answer."""
    written_by = Signal(str)
    """The name of the model."""

    def __init__(self, commands: Commands, parent: QObject) -> None:
        super().__init__(parent)
        self._commands = commands
        self._command: Command | None = None
        self._number = 0
        self._words = ""

    def ask(self, persona: Values, line: str) -> None:
        """Answer `line` as `persona`. The model is loaded at the first time, and stays until `close`."""
        self._number += 1
        self._words = ""
        wish = json.dumps({"persona": persona, "line": line, "number": self._number})
        if self._command is None:
            self._command = self._commands.make(self, "persona", "sample", "-", "--json")
            self._command.line.connect(self._read)
            self._command.finished.connect(self._finish)
            self._command.start()
        self._command.write(wish)

    def forget(self) -> None:
        """What is being answered is wanted no more."""
        self._number += 1

    def close(self) -> None:
        """Let go of the model."""
        command, self._command = self._command, None
        if command:
            command.finished.disconnect(self._finish)
            command.finished.connect(command.deleteLater)
            command.cancel()

    def _read(self, line: str) -> None:
        try:
            record: dict[str, Any] = json.loads(line)
        except ValueError:
            return
        if record.get("number") != self._number:
            return
        if trouble := record.get("trouble"):
            self.failed.emit(str(trouble))
        elif "reply" in record:
            self.answered.emit(str(record["reply"]), True)
            self.written_by.emit(str(record["model"]))
        elif piece := record.get("piece"):
            self._words += str(piece)
            self.answered.emit(self._words, False)

    def _finish(self, code: int, notes: str) -> None:
        command, self._command = self._command, None
        if command:
            command.deleteLater()
        self.failed.emit(plain_words(notes))


class SamplePane(QWidget):
    """A line of yours, and her answer to it, which follows every change."""

    wanted = Signal()
    """An answer is asked for: give it to `ask`."""

    def __init__(self, commands: Commands, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sampler = Sampler(commands, self)
        self.sampler.answered.connect(self._show_answer)
        self.sampler.failed.connect(self._show_trouble)
        self.sampler.written_by.connect(self._show_model)
        self._rest = QTimer(self, interval=REST_MS, singleShot=True)
        self._rest.timeout.connect(self.wanted)
        panel = Panel(self.tr("How she would answer"))
        self.line = QLineEdit(self.tr("I had a long day.", "said to her as she is tried out"))
        self.line.setAccessibleName(self.tr("What you say to her"))
        self.line.setMaxLength(500)
        self.line.returnPressed.connect(self.wanted)
        self._ask = QPushButton(self.tr("Ask"))
        self._ask.setAccessibleName(self.tr("Ask her"))
        self._ask.clicked.connect(self.wanted)
        row = QHBoxLayout()
        row.addWidget(self.line, 1)
        row.addWidget(self._ask)
        self._answer = QLabel()
        self._answer.setTextFormat(Qt.TextFormat.PlainText)
        self._answer.setWordWrap(True)
        self._answer.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        font = self._answer.font()
        font.setPointSizeF(font.pointSizeF() * 1.15)
        self._answer.setFont(font)
        self._note = Note(self.tr("Move a dial or change her words, and she answers anew. Nothing of it is kept."))
        panel.column.addLayout(row)
        panel.column.addWidget(self._answer)
        panel.column.addWidget(self._note)
        card = Card()
        card.add(panel)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(card)
        column.addStretch()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._show_words("")

    def stir(self) -> None:
        """She is being changed: once that rests, she is asked again."""
        self.sampler.forget()
        self._rest.start()

    def ask(self, persona: Values) -> None:
        """Answer the line as `persona`."""
        self._rest.stop()
        line = self.line.text().strip()
        if not line:
            self._note.say(self.tr("Say something to her first."))
            return
        self._note.say(self.tr("She is thinking…"))
        self.sampler.ask(persona, line)

    def cannot(self) -> None:
        """She cannot answer as she is."""
        self._rest.stop()
        self.sampler.forget()
        self._note.say(self.tr("She can answer once what is marked is mended."))

    def close_model(self) -> None:
        """Let go of the language model."""
        self._rest.stop()
        self.sampler.close()

    @property
    def words(self) -> str:
        """Her answer, as far as it is shown."""
        return self._answer.text()

    def _show_answer(self, words: str, whole: bool) -> None:
        self._show_words(words)
        if whole and not words:
            self._note.say(self.tr("She had no answer to that."))

    def _show_words(self, words: str) -> None:
        self._answer.setText(words)
        self._answer.setVisible(bool(words))

    def _show_model(self, model: str) -> None:
        if self.words:
            self._note.say(self.tr("Written by {model}. Nothing of it is kept.").format(model=model))

    def _show_trouble(self, trouble: str) -> None:
        self._note.say(trouble or self.tr("The language model stopped. Ask again."), trouble=True)
