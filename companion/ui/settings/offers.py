"""Models that are not here yet: what they are, how large, under which licence; fetched at a press."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QLocale, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from companion.ui.commands import Commands
from companion.ui.engine_words import in_your_language
from companion.ui.fetching import Fetching
from companion.ui.model_words import licence_words
from companion.ui.settings.asking import Records
from companion.ui.settings.page import Panel
from companion.ui.settings.words import size_words
from companion.ui.voice_names import voice_name
from companion.ui.widgets import Note

SHOWN = 5
"""Offers that are shown unasked: there are dozens."""


class MoreModels(Panel):
    """The models of one purpose that are not installed, those for the person's language first."""

    installed = Signal()
    """One more is here."""

    def __init__(self, commands: Commands, purpose: str, title: str, none_left: str) -> None:
        super().__init__(title, words=f"install download get more licence size {purpose}")
        self._commands = commands
        self._none_left = none_left
        self._offers: dict[str, Offer] = {}
        self._all = False
        self._note = Note(self.tr("Looking…"))
        self._more = QPushButton()
        self._more.clicked.connect(self._show_all)
        self._list = QVBoxLayout()
        self.column.addWidget(self._note)
        self.column.addLayout(self._list)
        self.column.addWidget(self._more)
        self._more.hide()

    def show_models(self, models: Records, trouble: str) -> None:
        """`models` as `companion models --json` lists them, those of this purpose; an offer under way stays."""
        missing = [model for model in models if not model.get("installed") and not model.get("only_ollama")]
        lacking = {str(model["name"]): model for model in sorted(missing, key=_is_foreign)}
        for name in list(self._offers):
            if name not in lacking and not self._offers[name].busy:
                offer = self._offers.pop(name)
                offer.hide()
                offer.deleteLater()
        for name, model in lacking.items():
            if name not in self._offers:
                self._offers[name] = offer = Offer(self._commands, model)
                offer.installed.connect(self.installed)
                self._list.addWidget(offer)
        self._note.say(trouble or ("" if self._offers else self._none_left), trouble=bool(trouble))
        self._note.setVisible(bool(self._note.text()))
        self._show_some()

    def _show_all(self) -> None:
        self._all = True
        self._show_some()

    def _show_some(self) -> None:
        for number, offer in enumerate(self._offers.values()):
            offer.setVisible(self._all or offer.busy or number < SHOWN)
        self._more.setText(self.tr("Show all {count}").format(count=len(self._offers)))
        self._more.setVisible(not self._all and len(self._offers) > SHOWN)


class Offer(QWidget):
    """One model that can be fetched."""

    installed = Signal()

    def __init__(self, commands: Commands, model: dict[str, Any], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        name = str(model["name"])
        title = QLabel(voice_name(name))
        facts = self.tr("{description} {size}, licence {licence}.").format(
            description=in_your_language(str(model.get("description", ""))),
            size=size_words(int(model.get("size_bytes", 0))),
            licence=licence_words(str(model.get("licence", ""))),
        )
        about = Note(facts)
        about.setToolTip(str(model.get("licence_note", "")))
        self._fetching = Fetching(commands, (name,), self.tr("Install"))
        self._fetching.fetched.connect(self.installed)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 4)
        column.setSpacing(3)
        for widget in (title, about, self._fetching):
            column.addWidget(widget)

    @property
    def busy(self) -> bool:
        return self._fetching.busy


def _is_foreign(model: dict[str, Any]) -> bool:
    """Whether it does not know the language of the app."""
    languages = model.get("languages") or ["many"]
    return not {"many", "en", QLocale().name()[:2]} & set(map(str, languages))
