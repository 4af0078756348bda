"""How a persona sounds: her voice, its speed and warmth, and a button to hear it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QLabel, QPushButton, QSlider, QWidget

from companion.core.settings import Settings
from companion.ui.commands import Command, Commands
from companion.ui.personas.fields import Field
from companion.ui.settings.asking import Records, follow
from companion.ui.settings.controls import WheelGuard
from companion.ui.settings.services import Hush, Services
from companion.ui.settings.words import number_words
from companion.ui.voice_names import installed_voices, voice_name
from companion.ui.widgets import Note


class OwnNumber(QWidget):
    """A number of her own, or none: then the settings decide."""

    def __init__(self, words: str, least: float, most: float, usual: float, changed: Callable[[], object]) -> None:
        super().__init__()
        self._exact = usual
        """What was set may stand between the slider's steps: it stays until that is moved."""
        self._own = QCheckBox(words)
        self._slider = QSlider(Qt.Orientation.Horizontal)
        self._slider.setRange(self._place(least), self._place(most))
        self._slider.setPageStep(4)
        self._slider.setAccessibleName(words)
        self._slider.installEventFilter(WheelGuard(self))
        self._slider.setValue(self._place(usual))
        self._number = QLabel()
        self._number.setMinimumWidth(self._number.fontMetrics().horizontalAdvance("0.00"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._own, 1)
        row.addWidget(self._slider, 1)
        row.addWidget(self._number)
        self._own.toggled.connect(self._show)
        self._slider.valueChanged.connect(self._show)
        self._own.toggled.connect(lambda _: changed())
        self._slider.valueChanged.connect(lambda _: changed())
        self._show()

    def value(self) -> float | None:
        if not self._own.isChecked():
            return None
        return self._exact if self._place(self._exact) == self._slider.value() else self._slider.value() / 20

    def show_value(self, value: float | None) -> None:
        for widget in (self._own, self._slider):
            widget.blockSignals(True)
        self._own.setChecked(value is not None)
        if value is not None:
            self._exact = value
            self._slider.setValue(self._place(value))
        for widget in (self._own, self._slider):
            widget.blockSignals(False)
        self._show()

    @staticmethod
    def _place(value: float) -> int:
        return round(value * 20)

    def _show(self) -> None:
        own = self._own.isChecked()
        self._slider.setEnabled(own)
        self._number.setText(number_words(self.value() or 0.0) if own else "")


class VoiceField(Field):
    """See PersonaVoice: what is empty here is as in the settings."""

    def __init__(
        self, commands: Commands, services: Services, settings: Callable[[], Settings], words: Callable[[], str]
    ) -> None:
        """`words`: what the preview says, in her voice."""
        super().__init__(
            self.tr("Her voice"),
            self.tr("Taken where your settings leave the voice open. If hers is not installed, yours is used."),
        )
        self._commands = commands
        self._hush = Hush(services)
        self._settings = settings
        self._words = words
        self._command: Command | None = None
        self.box = QComboBox()
        self.box.setAccessibleName(self.title)
        self.box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.box.setMinimumContentsLength(14)
        self.box.installEventFilter(WheelGuard(self))
        self.box.activated.connect(lambda _: self.changed.emit())
        self.box.addItem(self.tr("As in the settings"), "")
        self.play = QPushButton()
        self.play.clicked.connect(self._toggle)
        row = QHBoxLayout()
        row.addWidget(self.box, 1)
        row.addWidget(self.play)
        self.column.addLayout(row)
        self.speed = OwnNumber(self.tr("A speed of her own"), 0.5, 2.0, 1.0, self.changed.emit)
        self.warmth = OwnNumber(self.tr("A warmth of her own"), 0.0, 1.0, 0.5, self.changed.emit)
        self._note = Note()
        self._note.hide()
        self._finish(self.speed, self.warmth, self._note)
        self._show_button()

    def value(self) -> Any:
        return {
            "voice": str(self.box.currentData()),
            "speed": self.speed.value(),
            "expressiveness": self.warmth.value(),
        }

    def show_value(self, value: Any) -> None:
        with QSignalBlocker(self):
            self._choose(value["voice"])
            self.speed.show_value(value["speed"])
            self.warmth.show_value(value["expressiveness"])

    def take_models(self, models: Records, _: str) -> None:
        """The voices that are installed; hers is offered too, where it is not."""
        chosen = str(self.box.currentData())
        names = installed_voices(models)
        while self.box.count() > 1:
            self.box.removeItem(1)
        for name in names:
            self.box.addItem(voice_name(name), name)
        self._choose(chosen)

    def stop(self) -> None:
        """End the preview."""
        if self._command:
            self._command.cancel()

    def _choose(self, name: str) -> None:
        if self.box.findData(name) < 0:
            self.box.addItem(self.tr("{voice} (not installed)").format(voice=voice_name(name)), name)
        self.box.setCurrentIndex(self.box.findData(name))

    def _toggle(self) -> None:
        if self._command:
            self.stop()
            return
        self._note.hide()
        self._hush.begin()
        arguments = ("say", *self._options(), "--", self._words())
        self._command = follow(self._commands, self, arguments, lambda _: None, self._end)
        self._show_button()

    def _options(self) -> list[str]:
        """Hers, and the settings' where she has none."""
        hers, usual = self.value(), self._settings().voice
        given = {
            "voice": hers["voice"] or usual.voice,
            "speed": usual.speed if hers["speed"] is None else hers["speed"],
            "expressiveness": usual.expressiveness if hers["expressiveness"] is None else hers["expressiveness"],
            "volume": usual.volume,
        }
        return [part for name, value in given.items() for part in (f"--{name}", str(value))]

    def _end(self, code: int, trouble: str) -> None:
        self._command = None
        self._hush.end()
        self._note.say("" if code == -1 else trouble, trouble=True)
        self._note.setVisible(bool(self._note.text()))
        self._show_button()

    def _show_button(self) -> None:
        self.play.setText(self.tr("Stop") if self._command else self.tr("Hear her"))
