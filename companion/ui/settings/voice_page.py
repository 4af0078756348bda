"""The page of her voice: which, how it sounds, and where to get others."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton

from companion.core.settings import Settings
from companion.ui.commands import Command, Commands
from companion.ui.settings.asking import Listing, Records, follow
from companion.ui.settings.controls import ChoiceControl
from companion.ui.settings.form import Form
from companion.ui.settings.offers import MoreModels
from companion.ui.settings.page import Page, Panel
from companion.ui.settings.server_key import ServerKey
from companion.ui.settings.servers import Servers, choices
from companion.ui.settings.services import Hush, Services
from companion.ui.voice_names import installed_voices, voice_name
from companion.ui.widgets import Note


class VoicePage(Page):
    def __init__(self, title: str, form: Form, commands: Commands, models: Listing, services: Services) -> None:
        super().__init__(title)
        self._models = models
        models.listed.connect(self._take)
        self._here = self._labels([])
        self._voices = ChoiceControl(self._here)
        self._servers = Servers(commands)
        self._served: Records = []
        self._servers.found.connect(self._take_servers)
        rows = [form.row("voice.voice", self._voices)]
        rows += [form.row(f"voice.{name}") for name in ("speed", "expressiveness", "volume", "by_language")]
        self._preview = Preview(form, commands, services)
        self._more = MoreModels(commands, "voice", self.tr("More voices"), self.tr("All of the voices known are here."))
        self._more.installed.connect(self.open)
        self.add_card([*rows, self._preview])
        self.add_card([self._servers])
        self.add_card([self._more])
        self.add_card([form.row("elsewhere.voice"), form.row("elsewhere.voice_name"), ServerKey(commands, "voice")])

    def open(self) -> None:
        self._models.ask()

    def leave(self) -> None:
        self._preview.stop()

    def _take(self, models: Records, trouble: str) -> None:
        voices = [model for model in models if model.get("purpose") == "voice"]
        self._here = self._labels(installed_voices(voices))
        self._offer()
        self._more.show_models(voices, trouble)

    def _take_servers(self, offers: Records) -> None:
        self._served = offers
        self._offer()

    def _offer(self) -> None:
        self._voices.offer(self._here | choices(self._served, "voice"))

    def _labels(self, names: list[str]) -> dict[str, str]:
        best = {"auto": self.tr("The best one here")}
        return best | {name: voice_name(name) for name in names}


class Preview(Panel):
    """Says a sentence of the person's own with the voice as it is set."""

    def __init__(self, form: Form, commands: Commands, services: Services) -> None:
        super().__init__(
            QCoreApplication.translate("Preview", "Hear her"),
            words=QCoreApplication.translate("SearchedWords", "preview play listen"),
        )
        self._form = form
        self._commands = commands
        self._hush = Hush(services)
        self._command: Command | None = None
        self._text = QLineEdit(
            self.tr("Hello. It is a lovely evening for a walk, don't you think?", "spoken; her first voice is English")
        )
        self._text.setAccessibleName(self.tr("Sentence to hear"))
        self._text.setMaxLength(500)
        self._text.returnPressed.connect(self.play)
        self._text.textChanged.connect(lambda _: self._show())
        self._button = QPushButton()
        self._button.clicked.connect(lambda: self.stop() if self._command else self.play())
        self._note = Note()
        row = QHBoxLayout()
        row.addWidget(self._text, 1)
        row.addWidget(self._button)
        self.column.addLayout(row)
        self.column.addWidget(self._note)
        self._show()

    def play(self) -> None:
        """Say it, unless she is at it."""
        text = self._text.text().strip()
        if self._command or not text:
            return
        self._note.say("")
        self._hush.begin()
        arguments = ("say", *_as_options(self._form.file.settings), "--", text)
        self._command = follow(self._commands, self, arguments, lambda _: None, self._end)
        self._show()

    def stop(self) -> None:
        if self._command:
            self._command.cancel()

    def _end(self, code: int, trouble: str) -> None:
        self._command = None
        self._hush.end()
        self._note.say("" if code == -1 else trouble, trouble=True)
        self._show()

    def _show(self) -> None:
        self._button.setText(self.tr("Stop") if self._command else self.tr("Play"))
        self._button.setEnabled(bool(self._command or self._text.text().strip()))
        self._note.setVisible(bool(self._note.text()))


def _as_options(settings: Settings) -> list[str]:
    voice = settings.voice
    given = {"voice": voice.voice, "speed": voice.speed, "expressiveness": voice.expressiveness, "volume": voice.volume}
    return [part for name, value in given.items() for part in (f"--{name}", str(value))]
