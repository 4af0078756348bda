"""Live levels: yours at the microphone, hers at the speaker; and a test of both."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QPushButton

from companion.core.events import LevelMeasured, VoiceMeasured
from companion.ui.commands import Command, Commands
from companion.ui.settings.asking import follow
from companion.ui.settings.page import Panel, Words
from companion.ui.settings.services import Hush, Services
from companion.ui.widgets import MeterBar, Note

SILENCE_DB = -120.0


class Levels(Panel):
    """How loud it is while she runs, and a recording that is played back."""

    def __init__(self, commands: Commands, services: Services) -> None:
        super().__init__(
            QCoreApplication.translate("Levels", "Hear yourself"),
            QCoreApplication.translate("Levels", "Say a sentence: you see its words, and hear it as she hears it."),
            words=QCoreApplication.translate("SearchedWords", "level meter test record play back microphone speaker"),
        )
        self._commands = commands
        self._hush = Hush(services)
        self._command: Command | None = None
        self._yours, self._hers = MeterBar(), MeterBar()
        meters = QGridLayout()
        meters.setHorizontalSpacing(14)
        for line, (words, meter) in enumerate(((self.tr("You"), self._yours), (self.tr("She"), self._hers))):
            meters.addWidget(QLabel(words), line, 0)
            meters.addWidget(meter, line, 1)
            meter.setAccessibleName(self.tr("Level: {who}").format(who=words))
        meters.setColumnStretch(1, 1)
        self._words = Words()
        self._note = Note()
        self._button = QPushButton(self.tr("Record a sentence"))
        self._button.clicked.connect(lambda: self.stop() if self._command else self.record())
        row = QHBoxLayout()
        row.addWidget(self._button)
        row.addWidget(self._note, 1)
        self.column.addLayout(meters)
        self.column.addLayout(row)
        self.column.addWidget(self._words)
        self._words.hide()
        services.happened.connect(self.take)

    def take(self, event: object) -> None:
        """Follow the engine's levels; while the test runs, its own count."""
        if isinstance(event, LevelMeasured) and not self._command:
            self._yours.set_db(event.db)
        elif isinstance(event, VoiceMeasured):
            self._hers.set_db(event.db)

    def record(self) -> None:
        """Listen to one sentence and play it back."""
        self._hush.begin()
        self._say("")
        self._note.say(self.tr("Getting ready to listen…"))
        self._command = follow(
            self._commands, self, ("listen", "--microphone", "--play-back", "--json"), self._read, self._end
        )
        self._button.setText(self.tr("Stop"))

    def stop(self) -> None:
        if self._command:
            self._command.cancel()

    def _read(self, record: dict[str, Any]) -> None:
        match record:
            case {"level_db": int() | float() as db}:
                self._yours.set_db(db)
                if not self._words.text():
                    self._note.say(self.tr("Speak now."))
            case {"words": str() as words}:
                self._say(words + " …")
            case {"text": str() as text}:
                self._yours.set_db(SILENCE_DB)
                self._say(text or self.tr("No words were heard."))
                self._note.say(self.tr("This is how you sound…") if text else "")
            case {"played": True}:
                self._note.say(self.tr("Did you hear yourself? Then all is well."))

    def _end(self, code: int, trouble: str) -> None:
        self._command = None
        self._hush.end()
        self._yours.set_db(SILENCE_DB)
        self._button.setText(self.tr("Record a sentence"))
        if code:
            self._note.say("" if code == -1 else trouble, trouble=code != -1)

    def _say(self, words: str) -> None:
        self._words.setText(words)
        self._words.setVisible(bool(words))
