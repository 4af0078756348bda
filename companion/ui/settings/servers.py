"""Servers in the network that hear or speak for her: looked for at a press, and only then."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from PySide6.QtCore import QCoreApplication, QLocale, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton

from companion.ui.commands import Commands
from companion.ui.settings.asking import Records, ask_list
from companion.ui.settings.page import Panel
from companion.ui.voice_names import voice_name
from companion.ui.widgets import Note

MOST_CHOICES = 60
"""A server may have 200 voices; those for other languages are named in the settings file."""


class Servers(Panel):
    """Looks for servers in the network, or at a host that is named; whoever knows what they offer offers it."""

    found = Signal(list)
    """What they offer, as `companion engines --json` tells it."""

    def __init__(self, commands: Commands) -> None:
        super().__init__(
            QCoreApplication.translate("Servers", "On other computers"),
            QCoreApplication.translate(
                "Servers", "Wyoming servers, as Home Assistant has, hear and speak for her there."
            ),
            QCoreApplication.translate("SearchedWords", "server network Wyoming Home Assistant address find"),
        )
        self._commands = commands
        self._looking = False
        self._host = QLineEdit()
        self._host.setPlaceholderText("homeassistant.local")
        self._host.setAccessibleName(self.tr("Host to ask; empty: the whole network"))
        self._host.setMaxLength(250)
        self._host.returnPressed.connect(self.look)
        self._button = QPushButton(self.tr("Look for servers"))
        self._button.clicked.connect(self.look)
        self._note = Note()
        self._note.hide()
        row = QHBoxLayout()
        row.addWidget(self._host, 1)
        row.addWidget(self._button)
        self.column.addLayout(row)
        self.column.addWidget(self._note)

    def look(self) -> None:
        """Ask the network, or the host that was typed."""
        if self._looking:
            return
        self._looking = True
        self._button.setEnabled(False)
        self._say(self.tr("Looking…"))
        host = self._host.text().strip()
        ask_list(self._commands, self, ("engines", "--json", *(["--", host] if host else [])), self._take)

    def _take(self, offers: Records, trouble: str) -> None:
        self._looking = False
        self._button.setEnabled(True)
        if offers:
            names = ", ".join(sorted({f"{offer.get('program')} ({host_of(offer)})" for offer in offers}))
            self._say(self.tr("Found: {names}. Choose them above.").format(names=names))
            self.found.emit(offers)
        else:
            self._say(trouble or self.tr("Nothing was found."), bool(trouble))

    def _say(self, words: str, trouble: bool = False) -> None:
        self._note.say(words, trouble=trouble)
        self._note.show()


def host_of(offer: Mapping[str, Any]) -> str:
    """Such as "homeassistant.local:10300"."""
    return str(offer.get("address", "")).partition("://")[2]


def choices(offers: Iterable[Mapping[str, Any]], part: str) -> dict[str, str]:
    """What the person may choose of them for `part`, by address: what is called how."""
    labels: dict[str, str] = {}
    for offer in offers:
        if offer.get("part") != part:
            continue
        server, host, program = str(offer.get("address", "")), host_of(offer), str(offer.get("program", ""))
        models = [model for model in offer.get("models") or [] if isinstance(model, dict)]
        labels[server] = f"{program} · {host}"
        if len(models) > 1:
            for model in [each for each in models if _is_known_here(each)][:MOST_CHOICES]:
                name = str(model.get("name", ""))
                labels[f"{server}#{name}"] = f"{voice_name('piper-' + name).removeprefix('piper-')} · {host}"
    return labels


def _is_known_here(model: Mapping[str, Any]) -> bool:
    """Whether it is for the language of the app, or for English, or for any."""
    languages = {str(language)[:2].lower() for language in model.get("languages") or []}
    return not languages or bool(languages & {"en", QLocale().name()[:2]})
