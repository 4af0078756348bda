"""A model that is being fetched: bytes, speed and time left; it can be paused, gone on with, and cancelled."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QVBoxLayout, QWidget

from companion.ui.commands import Command, Commands
from companion.ui.settings.asking import follow
from companion.ui.settings.words import number_words, size_words
from companion.ui.widgets import Note


class Fetching(QWidget):
    """How far it has come, and what can be done about it. It goes on while another page is shown."""

    fetched = Signal()
    began = Signal()

    def __init__(self, commands: Commands, models: tuple[str, ...], start: str, idle: str = "") -> None:
        """`models` are names, or the option --starter; `start` is what its button says; `idle` what it says at rest."""
        super().__init__()
        self._commands, self._models, self._start_words, self._idle = commands, models, start, idle
        self._command: Command | None = None
        self._then = ""
        """What was asked for while it ran: "pause", "cancel", or nothing."""
        self._paused = False
        self._last = ""
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(self.tr("Progress of {name}").format(name=self._named))
        self._note = Note()
        self.button = QPushButton()
        self.button.clicked.connect(self._press)
        self._cancel = QPushButton()
        self._cancel.clicked.connect(self.cancel)
        words = QVBoxLayout()
        words.setSpacing(3)
        words.addWidget(self._note)
        words.addWidget(self._bar)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addLayout(words, 1)
        row.addWidget(self.button)
        row.addWidget(self._cancel)
        self._show(idle)

    @property
    def busy(self) -> bool:
        """It runs, or waits to be gone on with."""
        return self._command is not None or self._paused

    @property
    def _named(self) -> str:
        return self._idle or ", ".join(self._models)

    def start(self) -> None:
        """Begin, or go on where it stopped."""
        if self._command is None:
            self._then, self._paused = "", False
            self._bar.setRange(0, 0)
            arguments = ("models", "install", *self._models, "--progress")
            self._command = follow(self._commands, self, arguments, self._take, self._end)
            self._show(self.tr("Beginning…"))
            self.began.emit()

    def pause(self) -> None:
        """What has come stays."""
        self._stop("pause")

    def cancel(self) -> None:
        """What has come is deleted; of several models at once it stays, as some of them may be whole."""
        if self._command is not None:
            self._stop("cancel")
        elif self._paused:
            self._drop()

    def _press(self) -> None:
        if self._command is None:
            self.start()
        else:
            self.pause()

    def _stop(self, then: str) -> None:
        if self._command is not None:
            self._then = then
            self._command.cancel()

    def _take(self, record: dict[str, Any]) -> None:
        match record:
            case {"done": int() as done, "total": int() as total} if total > 0:
                self._bar.setRange(0, 1000)
                self._bar.setValue(min(1000, 1000 * done // total))
                self._last = self.tr("{done} of {total}").format(done=size_words(done), total=size_words(total))
                self._note.say(f"{self._last}{_pace_words(record)}")

    def _end(self, code: int, trouble: str) -> None:
        self._command = None
        if code == 0:
            self._show(self.tr("It is here."))
            self.button.hide()
            self.fetched.emit()
        elif self._then == "pause":
            self._paused = True
            self._show(self.tr("Paused at {done}.").format(done=self._last) if self._last else self.tr("Paused."))
        elif self._then == "cancel":
            self._drop()
        else:
            self._show(trouble or self.tr("It could not be fetched."), trouble=True)

    def _drop(self) -> None:
        self._paused, self._last = False, ""
        if not self._models[0].startswith("-"):
            self._commands.make(self, "models", "remove", *self._models).start()
        self._show(self._idle)

    def _show(self, words: str, trouble: bool = False) -> None:
        self._note.say(words, trouble=trouble)
        self._note.setVisible(bool(words))
        running = self._command is not None
        self._bar.setVisible(self.busy)
        self._cancel.setVisible(self.busy)
        action = self.tr("Pause") if running else self.tr("Resume") if self._paused else self._start_words
        for button, says in ((self.button, action), (self._cancel, self.tr("Cancel"))):
            button.setText(says)
            button.setAccessibleName(f"{says}: {self._named}")


def _pace_words(record: dict[str, Any]) -> str:
    """Such as ", 3.1 MB a second, 40 s left"; empty while it is not known."""
    translate = QCoreApplication.translate
    match record:
        case {"bytes_per_s": int() as speed, "left_s": int() as left_s} if speed > 0:
            minutes = translate("Fetching", "{minutes} min").format(minutes=number_words(round(left_s / 60)))
            seconds = translate("Fetching", "{seconds} s").format(seconds=number_words(left_s))
            words = translate("Fetching", ", {speed} a second, {time} left")
            return words.format(speed=size_words(speed), time=minutes if left_s >= 100 else seconds)
    return ""
