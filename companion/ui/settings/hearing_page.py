"""The page of hearing and talking: devices, levels, when she listens, how patient she is."""

from __future__ import annotations

from collections import Counter

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QPushButton

from companion.core.events import EchoStateChanged
from companion.ui.commands import Commands
from companion.ui.engine_words import in_your_language
from companion.ui.settings.asking import Listing, Records
from companion.ui.settings.controls import ChoiceControl
from companion.ui.settings.form import Form
from companion.ui.settings.levels import Levels
from companion.ui.settings.page import Page, Panel
from companion.ui.settings.server_key import ServerKey
from companion.ui.settings.servers import Servers, choices
from companion.ui.settings.services import Services
from companion.ui.settings.words import language_names
from companion.ui.widgets import Note


class HearingPage(Page):
    def __init__(self, title: str, form: Form, commands: Commands, models: Listing, services: Services) -> None:
        super().__init__(title)
        self._models = models
        self._found = Listing(commands, ("devices", "--json"), self)
        self._found.listed.connect(self._take_devices)
        models.listed.connect(self._take_models)
        self._microphone = ChoiceControl(self._with_default([]))
        self._speaker = ChoiceControl(self._with_default([]))
        self._transcribers = {"auto": self.tr("The best one here")}
        self._served: Records = []
        self._transcriber = ChoiceControl(self._transcribers)
        self._wake_words = {"none": self.tr("None")} | WAKE_WORDS
        self._wake_word = ChoiceControl(self._wake_words)
        self._servers = Servers(commands)
        self._servers.found.connect(self._take_servers)
        self._devices = Devices(services)
        self._devices.refresh_wanted.clicked.connect(self.open)
        self._levels = Levels(commands, services)
        self.add_card(
            [
                form.row("hearing.microphone", self._microphone),
                form.row("voice.speaker", self._speaker),
                form.row("hearing.echo"),
                self._devices,
                self._levels,
            ]
        )
        self.add_card(
            [
                form.row("talking.way_to_talk"),
                form.row("talking.follow_up_s"),
                form.row("talking.sleep_after_minutes"),
                form.row("talking.asleep_microphone"),
                form.row("talking.sounds"),
            ],
            self.tr("When she listens"),
        )
        self.add_card(
            [form.row("turn_taking.silence_s"), form.row("turn_taking.max_silence_s")], self.tr("How patient she is")
        )
        self.add_card(
            [
                form.row("hearing.language", ChoiceControl(self._languages())),
                form.row("hearing.transcriber", self._transcriber),
            ],
            self.tr("Speech to text"),
        )
        self.add_card([self._servers, form.row("elsewhere.hearing"), ServerKey(commands, "hearing")])
        self.add_finer([*(form.row(key) for key in FINER), form.row(WAKE_WORD, self._wake_word)])

    def open(self) -> None:
        self._devices.show_echo()
        self._models.ask()
        self._found.ask()
        self._devices.refresh_wanted.setEnabled(False)

    def leave(self) -> None:
        self._levels.stop()

    def _take_devices(self, devices: Records, trouble: str) -> None:
        self._microphone.offer(self._with_default([each for each in devices if each.get("kind") == "microphone"]))
        self._speaker.offer(self._with_default([each for each in devices if each.get("kind") == "speaker"]))
        self._devices.tell(trouble)
        self._devices.refresh_wanted.setEnabled(True)

    def _take_models(self, models: Records, _: str) -> None:
        labels = {"auto": self.tr("The best one here")}
        for model in models:
            if model.get("purpose") == "transcriber" and model.get("installed"):
                labels[str(model["name"])] = str(model["name"])
        self._transcribers = labels
        self._offer()

    def _take_servers(self, offers: Records) -> None:
        self._served = offers
        self._offer()

    def _offer(self) -> None:
        self._transcriber.offer(self._transcribers | choices(self._served, "speech to text"))
        self._wake_word.offer(self._wake_words | choices(self._served, "wake word"))

    def _with_default(self, devices: Records) -> dict[str, str]:
        described = Counter(str(device.get("description")) for device in devices)
        labels = {"": self.tr("As the system")}
        for device in devices:
            name, description = str(device.get("name")), str(device.get("description") or "")
            plain = description and description not in name and described[description] == 1
            labels[name] = description if plain else name
        return labels

    def _languages(self) -> dict[str, str]:
        return {"auto": self.tr("Whatever you speak")} | language_names()


FINER = (
    "hearing.device",
    "hearing.threads",
    "hearing.compute",
    "hearing.context_s",
    "hearing.speech_threshold",
    "turn_taking.turn_detector",
    "turn_taking.pause_s",
    "turn_taking.complete_probability",
    "turn_taking.min_silence_s",
    "turn_taking.max_turn_s",
    "turn_taking.barge_in_s",
    "turn_taking.ducked_gain",
)

WAKE_WORD = "talking.wake_word"
WAKE_WORDS = {"okay_nabu": "Okay Nabu", "hey_jarvis": "Hey Jarvis", "hey_mycroft": "Hey Mycroft", "alexa": "Alexa"}
"""Those that this computer can listen for, as they are said."""


class Devices(Panel):
    """What is known of the devices, and a button to look again."""

    def __init__(self, services: Services) -> None:
        super().__init__(
            "",
            words=QCoreApplication.translate(
                "SearchedWords", "echo cancellation state microphone speaker devices refresh look again"
            ),
        )
        self._services = services
        self._echo = Note()
        self._trouble = Note()
        self.refresh_wanted = QPushButton(self.tr("Look for devices again"))
        for widget in (self._echo, self._trouble):
            self.column.addWidget(widget)
            widget.hide()
        self.column.addWidget(self.refresh_wanted, 0, Qt.AlignmentFlag.AlignLeft)
        services.happened.connect(self._take)
        self.show_echo()

    def show_echo(self) -> None:
        self._say_echo(self._services.echo())

    def tell(self, trouble: str) -> None:
        self._trouble.say(trouble, trouble=True)
        self._trouble.setVisible(bool(trouble))

    def _take(self, event: object) -> None:
        if isinstance(event, EchoStateChanged):
            self._say_echo(event.message)

    def _say_echo(self, message: str) -> None:
        self._echo.say(in_your_language(message))
        self._echo.setVisible(bool(message))
