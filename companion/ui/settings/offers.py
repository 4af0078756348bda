"""Models that are not here yet: what they are, how large, under which licence; fetched at a press."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from companion.ui.commands import Command, Commands
from companion.ui.engine_words import in_your_language
from companion.ui.settings.asking import Records, follow
from companion.ui.settings.page import Panel
from companion.ui.settings.words import size_words, voice_name
from companion.ui.widgets import Note


class MoreModels(Panel):
    """All models of one purpose that are not installed."""

    installed = Signal()
    """One more is here."""

    def __init__(self, commands: Commands, purpose: str, title: str, none_left: str) -> None:
        super().__init__(title, words=f"install download get more licence size {purpose}")
        self._commands = commands
        self._none_left = none_left
        self._offers: dict[str, Offer] = {}
        self._note = Note(self.tr("Looking…"))
        self.column.addWidget(self._note)

    def show_models(self, models: Records, trouble: str) -> None:
        """`models` as `companion models --json` lists them, those of this purpose; an offer under way stays."""
        lacking = {str(model["name"]): model for model in models if not model.get("installed")}
        for name in list(self._offers):
            if name not in lacking and not self._offers[name].busy:
                offer = self._offers.pop(name)
                offer.hide()
                offer.deleteLater()
        for name, model in lacking.items():
            if name not in self._offers:
                self._offers[name] = offer = Offer(self._commands, model)
                offer.installed.connect(self.installed)
                self.column.addWidget(offer)
        self._note.say(trouble or ("" if self._offers else self._none_left), trouble=bool(trouble))
        self._note.setVisible(bool(self._note.text()))


class Offer(QWidget):
    """One model that can be fetched."""

    installed = Signal()

    def __init__(self, commands: Commands, model: dict[str, Any], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._commands = commands
        self._name = str(model["name"])
        self._command: Command | None = None
        title = QLabel(voice_name(self._name))
        facts = self.tr("{description} {size}, licence {licence}.").format(
            description=in_your_language(str(model.get("description", ""))),
            size=size_words(int(model.get("size_bytes", 0))),
            licence=model.get("licence", ""),
        )
        about = Note(facts)
        about.setToolTip(str(model.get("licence_note", "")))
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(self.tr("Progress of {name}").format(name=self._name))
        self._note = Note()
        self._button = QPushButton()
        self._button.clicked.connect(lambda: self.cancel() if self._command else self.install())
        words = QVBoxLayout()
        words.setSpacing(3)
        for widget in (title, about, self._bar, self._note):
            words.addWidget(widget)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 4, 0, 4)
        row.setSpacing(14)
        row.addLayout(words, 1)
        row.addWidget(self._button, 0, Qt.AlignmentFlag.AlignTop)
        self._show("")

    @property
    def busy(self) -> bool:
        return self._command is not None

    def install(self) -> None:
        self._bar.setRange(0, 0)
        arguments = ("models", "install", self._name, "--progress")
        self._command = follow(self._commands, self, arguments, self._take, self._end)
        self._show(self.tr("Beginning…"))

    def cancel(self) -> None:
        """What is here of it stays, and is gone on from the next time."""
        if self._command:
            self._command.cancel()

    def _take(self, record: dict[str, Any]) -> None:
        done, total = record.get("done"), record.get("total")
        if isinstance(done, int) and isinstance(total, int) and total > 0:
            self._bar.setRange(0, 1000)
            self._bar.setValue(min(1000, 1000 * done // total))
            self._note.say(self.tr("{done} of {total}").format(done=size_words(done), total=size_words(total)))

    def _end(self, code: int, trouble: str) -> None:
        cancelled = self._command is None or code == -1
        self._command = None
        if code == 0:
            self._show(self.tr("It is here."))
            self._button.hide()
            self.installed.emit()
            return
        words = self.tr("Cancelled; it goes on from there the next time.") if cancelled else trouble
        self._show(words, trouble=not cancelled)

    def _show(self, words: str, trouble: bool = False) -> None:
        self._note.say(words, trouble=trouble)
        self._note.setVisible(bool(words))
        self._bar.setVisible(self.busy)
        action = self.tr("Cancel") if self.busy else self.tr("Install")
        self._button.setText(action)
        self._button.setAccessibleName(f"{action}: {self._name}")
