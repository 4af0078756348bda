"""The pages on which both find out whether they hear each other."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from companion.ui.commands import Command
from companion.ui.first_run.step import Means, Step
from companion.ui.motion import SILENCE_DB
from companion.ui.settings.asking import Records, follow
from companion.ui.settings.controls import ChoiceControl
from companion.ui.widgets import MeterBar, Note

QUIET_DB = -60.0
"""A microphone in which nothing is louder is muted, or the wrong one."""
QUIET_MS = 8000


class DeviceStep(Step):
    """A step with a microphone or a speaker to choose."""

    def __init__(self, means: Means, kind: str, key: str, title: str, words: str) -> None:
        """`kind` as in `companion devices`, `key` the setting."""
        super().__init__(title, words)
        self._means, self._kind, self._key = means, kind, key
        self._choice = ChoiceControl({"": self.tr("The one this computer uses")})
        self._choice.show_value(self._chosen())
        self._choice.wanted.connect(self._choose)
        self.note = Note()
        self.note.setAlignment(Qt.AlignmentFlag.AlignHCenter)

    def take_devices(self, devices: Records) -> None:
        """`devices` as `companion devices --json` lists them."""
        mine = [device for device in devices if device.get("kind") == self._kind]
        labels = {"": self.tr("The one this computer uses")}
        for device in mine:
            name = str(device.get("name", ""))
            if device.get("default"):
                labels[""] = self.tr("The one this computer uses: {name}").format(name=name)
        labels |= {str(device.get("name", "")): str(device.get("name", "")) for device in mine}
        self._choice.offer(labels)

    def _chosen(self) -> str:
        settings = self._means.file.settings
        return settings.hearing.microphone if self._kind == "microphone" else settings.voice.speaker

    def _choose(self, name: str) -> None:
        if self._means.keep(self._key, name):
            self.try_again()

    def try_again(self) -> None:
        raise NotImplementedError

    def _row(self, label: str, *widgets: QWidget) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(12)
        words = QLabel(label)
        row.addWidget(words)
        for widget in widgets:
            row.addWidget(widget, 1)
        return row


class MicrophoneStep(DeviceStep):
    """Say a sentence, and see its words appear."""

    def __init__(self, means: Means) -> None:
        super().__init__(
            means,
            "microphone",
            "hearing.microphone",
            self.tr("Can I hear you?"),
            self.tr("Say something when the bar moves, and watch your words appear."),
        )
        self._choice.describe(self.tr("Microphone"), self.tr("What she hears you with."))
        self._command: Command | None = None
        self._attempt = 0
        self._loudest_db = SILENCE_DB
        self._meter = MeterBar()
        self._meter.setAccessibleName(self.tr("How loud you are"))
        self._heard = QLabel()
        self._heard.setWordWrap(True)
        self._heard.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._heard.setMinimumHeight(self.fontMetrics().height() * 3)
        font = QFont(self._heard.font())
        font.setPointSizeF(font.pointSizeF() * 1.35)
        self._heard.setFont(font)
        self._again = QPushButton(self.tr("Try again"))
        self._again.clicked.connect(self.try_again)
        self._quiet = QTimer(self, interval=QUIET_MS, singleShot=True)
        self._quiet.timeout.connect(self._tell_if_quiet)
        self.column.addWidget(self._meter)
        self.column.addWidget(self._heard)
        self.column.addWidget(self.note)
        self.column.addWidget(self._again, 0, Qt.AlignmentFlag.AlignHCenter)
        self.column.addSpacing(6)
        self.column.addLayout(self._row(self.tr("Microphone"), self._choice))

    def enter(self) -> None:
        self._heard.clear()
        self.note.say(self.tr("In a moment I listen."))
        self._again.setEnabled(False)

    def begin(self) -> None:
        self.try_again()

    def fail_to_speak(self, reason: str) -> None:
        """The next step is about that."""

    def leave(self) -> None:
        self._stop()

    def try_again(self) -> None:
        """Listen to one sentence."""
        self._heard.clear()
        self.note.say(self.tr("Getting ready to listen…"))
        self._listen()

    def _listen(self) -> None:
        self._stop()
        self._loudest_db = SILENCE_DB
        self._attempt += 1
        self._command = follow(
            self._means.commands,
            self,
            ("listen", "--microphone", "--json"),
            partial(self._read, self._attempt),
            partial(self._end, self._attempt),
        )
        self._again.setEnabled(False)

    def _stop(self) -> None:
        self._quiet.stop()
        self._meter.set_db(SILENCE_DB)
        self.heard_db.emit(SILENCE_DB)
        command, self._command = self._command, None
        if command:
            command.cancel()

    def _read(self, attempt: int, record: dict[str, Any]) -> None:
        if attempt != self._attempt or self._command is None:
            return
        match record:
            case {"level_db": int() | float() as db}:
                if not self._quiet.isActive() and self._loudest_db == SILENCE_DB:
                    self.note.say(self.tr("Speak now. Anything will do: “Good morning, how are you?”"))
                    self.set_mood("listening")
                    self._quiet.start()
                self._loudest_db = max(self._loudest_db, db)
                self._meter.set_db(db)
                self.heard_db.emit(db)
            case {"words": str() as words}:
                self._heard.setText(f"{words} …" if words else "")
            case {"text": str() as text}:
                self._take_sentence(text)

    def _take_sentence(self, text: str) -> None:
        self._heard.setText(self.tr("“{words}”").format(words=text) if text else "")
        if text:
            self.note.say(self.tr("That is what I heard. If it is about right, go on."))
            self._rest()
        else:
            self.note.say(self.tr("I heard no words in that, and go on listening."))
            self._listen()

    def _rest(self) -> None:
        self._stop()
        self._again.setEnabled(True)

    def _tell_if_quiet(self) -> None:
        if self._loudest_db < QUIET_DB:
            self.note.say(self.tr("I hear nothing at all. Is the microphone muted? Else choose another."), trouble=True)

    def _end(self, attempt: int, code: int, trouble: str) -> None:
        if attempt == self._attempt and self._command:
            self._command = None
            if code:
                self.note.say(trouble or self.tr("The microphone cannot be used."), trouble=True)
            self._rest()


class SpeakerStep(DeviceStep):
    """Hear a sentence of hers."""

    def __init__(self, means: Means) -> None:
        super().__init__(
            means,
            "speaker",
            "voice.speaker",
            self.tr("Can you hear me?"),
            self.tr("This is my voice. If you hear it well, we can talk."),
        )
        self._choice.describe(self.tr("Speaker"), self.tr("Where you hear her."))
        self.next_words = self.tr("I hear you")
        again = QPushButton(self.tr("Play it"))
        again.clicked.connect(self.try_again)
        self.column.addWidget(again, 0, Qt.AlignmentFlag.AlignHCenter)
        self.column.addWidget(self.note)
        self.column.addSpacing(6)
        self.column.addLayout(self._row(self.tr("Speaker"), self._choice))

    def enter(self) -> None:
        self.note.say("")

    def begin(self) -> None:
        if not self.note.text():
            self.note.say(self.tr("If it was too soft, turn this computer up; or choose another speaker."))

    def fail_to_speak(self, reason: str) -> None:
        self.note.say(reason or self.tr("The speaker cannot be used; choose another."), trouble=True)

    def try_again(self) -> None:
        self.note.say("")
        self.to_say.emit(
            self.tr("This is my voice. If you hear it well, we can talk.", "spoken; her first voice is English")
        )
