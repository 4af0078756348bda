"""The window of the first steps."""

from __future__ import annotations

import json

from PySide6.QtCore import QLocale, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QColor, QKeyEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from companion.core.errors import SettingsError
from companion.core.persona import load_persona
from companion.core.settings_file import SettingsFile
from companion.ui.commands import Commands
from companion.ui.first_run.aloud import ReadAloud
from companion.ui.first_run.devices import MicrophoneStep, SpeakerStep
from companion.ui.first_run.greeting import Done, Hello
from companion.ui.first_run.models import ModelsStep
from companion.ui.first_run.names import Names
from companion.ui.first_run.step import Means, Step
from companion.ui.presence import Presence
from companion.ui.settings.asking import Listing, Records
from companion.ui.theme import current_theme
from companion.ui.widgets import Note
from companion.ui.words import voice_language, window_language

WIDTH, HEIGHT = 560, 660


class FirstRun(QWidget):
    """Leads through the steps. She may not listen or speak elsewhere meanwhile."""

    interview_wanted = Signal()
    """She is to find out who she should be; `finished` was told before."""
    finished = Signal()
    """The steps are done, or were left; told once each time that they are shown."""
    setting_changed = Signal(str, object, bool)
    """Key, value, and whether the engine can take it at once: as in the settings."""

    def __init__(self, file: SettingsFile, commands: Commands, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self._file, self._commands = file, commands
        self._over = True
        self._asked = False
        self._aloud = ReadAloud(commands, self)
        self._devices_here = Listing(commands, ("devices", "--json"), self)
        self._models_here = Listing(commands, ("models", "--json"), self)
        means = Means(file, commands, self._keep)
        name = _her_name(file)
        done = Done()
        done.interview_wanted.connect(self._leave_for_interview)
        self._hello, self._models = Hello(means, file.settings.her_name or name), ModelsStep(means)
        self._microphone, self._speaker = MicrophoneStep(means), SpeakerStep(means)
        self._steps: list[Step] = [
            self._hello,
            self._microphone,
            self._speaker,
            self._models,
            Names(means, name),
            done,
        ]
        self.setWindowTitle(self.tr("First steps"))
        self._build()
        self._aloud.began.connect(lambda: self._presence.set_mood("speaking"))
        self._aloud.ended.connect(self._begin_step)
        self._aloud.failed.connect(self._tell_silence)
        self._hello.ready.connect(self._greet_anew)
        self._devices_here.listed.connect(self._take_devices)
        self._models_here.listed.connect(self._take_models)
        self._fit()

    # --- what is shown

    def _build(self) -> None:
        self._presence = Presence(self)
        self._presence.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._presence.set_still(self._file.settings.window.reduce_motion)
        self._read = QCheckBox(self.tr("Read aloud"))
        self._aloud.on &= window_language() == voice_language(self._file.settings.voice.voice)
        self._read.setChecked(self._aloud.on)
        self._read.toggled.connect(self._set_aloud)
        self._dots = Dots(len(self._steps))
        self._pages = QStackedWidget()
        for step in self._steps:
            self._pages.addWidget(_scrolling(step))
            step.turned.connect(self._dress_next)
            step.to_say.connect(lambda words: self._aloud.say(words, asked_for=True))
            step.mood_changed.connect(self._presence.set_mood)
            step.heard_db.connect(lambda db: self._presence.set_levels(db, -120.0))
        self._note = Note()
        self._back = QPushButton(self.tr("Back"))
        self._skip = QPushButton(self.tr("Skip"))
        self._next = QPushButton()
        for button in (self._back, self._skip):
            button.setProperty("plain", True)
        self._back.clicked.connect(lambda: self._go(self._pages.currentIndex() - 1))
        self._skip.clicked.connect(lambda: self._go(self._pages.currentIndex() + 1))
        self._next.clicked.connect(self._go_on)
        self._arrange()

    def _arrange(self) -> None:
        top, bottom = QHBoxLayout(), QHBoxLayout()
        top.addWidget(self._dots)
        top.addStretch(1)
        top.addWidget(self._read)
        bottom.setSpacing(8)
        bottom.addWidget(self._back)
        bottom.addStretch(1)
        bottom.addWidget(self._skip)
        bottom.addWidget(self._next)
        column = QVBoxLayout(self)
        column.setContentsMargins(28, 18, 28, 22)
        column.setSpacing(10)
        column.addLayout(top)
        column.addWidget(self._presence, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(4)
        column.addWidget(self._pages, 1)
        column.addWidget(self._note)
        column.addLayout(bottom)
        self._note.hide()
        for before, after in zip(
            (self._read, self._next, self._skip), (self._next, self._skip, self._back), strict=True
        ):
            QWidget.setTabOrder(before, after)

    def _fit(self) -> None:
        room = self.screen().availableGeometry()
        self.resize(min(WIDTH, room.width()), min(HEIGHT, room.height() - 30))
        self._presence.setVisible(room.height() > 560)

    @property
    def _step(self) -> Step:
        return self._steps[self._pages.currentIndex()]

    # --- through the steps

    def start(self) -> None:
        """From the first step."""
        self._over = False
        self._ask()
        self._go(0)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        super().showEvent(event)
        if self._over:
            self.start()

    def _go_on(self) -> None:
        if self._step.take():
            self._go(self._pages.currentIndex() + 1)

    def _go(self, index: int) -> None:
        self._step.leave()
        self._aloud.hush()
        if index >= len(self._steps):
            self._leave()
            return
        self._note.hide()
        self._pages.setCurrentIndex(max(0, index))
        self._dots.show_step(self._pages.currentIndex())
        step = self._step
        last = step is self._steps[-1]
        self._back.setVisible(index > 0)
        self._skip.setVisible(not last)
        self._presence.setFixedSize(step.presence_px, step.presence_px)
        self._next.setText(step.next_words)
        self._dress_next()
        self._next.setAccessibleDescription(f"{step.title}. {step.words}")
        self._next.setFocus()
        self._presence.set_mood("listening")
        step.enter()
        self._aloud.say(f"{step.title}. {step.words}" if step.title[-1].isalnum() else f"{step.title} {step.words}")

    def _dress_next(self) -> None:
        self._next.setProperty("primary", self._step.next_is_main)
        self._next.style().unpolish(self._next)
        self._next.style().polish(self._next)

    def _begin_step(self) -> None:
        self._presence.set_mood("listening")
        self._step.begin()

    def _greet_anew(self) -> None:
        """Her voice is here now."""
        self._ask()
        if self._step is self._hello:
            self._aloud.say(f"{self._hello.title}. {self._hello.words}")

    def _tell_silence(self, reason: str) -> None:
        self._step.fail_to_speak(reason)

    def _set_aloud(self, on: bool) -> None:
        self._aloud.on = on
        if not on:
            self._aloud.hush()
            self._begin_step()

    # --- its end

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        match event.key():
            case Qt.Key.Key_Escape:
                self._leave()
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                focused = self.focusWidget()
                (focused if isinstance(focused, QPushButton) else self._next).click()
            case _:
                super().keyPressEvent(event)

    def _leave(self) -> None:
        """The person has had enough, or all."""
        self._finish()
        self.close()

    def _leave_for_interview(self) -> None:
        self._leave()
        self.interview_wanted.emit()

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802
        """If not the person but the program closes it, the steps are still to be gone through."""
        self._step.leave()
        self._aloud.hush()
        if event.spontaneous():
            self._finish()
        self._over = True
        super().closeEvent(event)

    def _finish(self) -> None:
        if not self._over:
            self._over = True
            self._step.leave()
            self._aloud.hush()
            self._keep("window.first_run_done", True)
            self.finished.emit()

    # --- what it works with

    def _keep(self, key: str, value: object) -> bool:
        try:
            self._file.set(key, value)
        except SettingsError as error:
            self._note.say(f"{error.message} {error.hint}", trouble=True)
            self._note.show()
            return False
        self.setting_changed.emit(key, value, False)
        return True

    def _ask(self) -> None:
        """Look for devices and models, and then at the machine, which takes longer."""
        self._devices_here.ask()
        self._models_here.ask()
        if not self._asked:
            self._asked = True
            lines: list[str] = []
            command = self._commands.make(self, "models", "recommend", "--json", "--language", QLocale().name()[:2])
            command.line.connect(lines.append)
            command.finished.connect(lambda *_: self._take_proposal("".join(lines)))
            command.start()

    def _take_devices(self, devices: Records, trouble: str) -> None:
        for step in (self._microphone, self._speaker):
            step.take_devices(devices)

    def _take_models(self, models: Records, trouble: str) -> None:
        self._hello.take_models(models)
        self._models.take_models(models)

    def _take_proposal(self, text: str) -> None:
        try:
            self._models.take_proposal(json.loads(text))
        except ValueError:
            self._models.take_proposal({})


class Dots(QWidget):
    """Which of the steps this is."""

    def __init__(self, count: int) -> None:
        super().__init__()
        self._count, self._now = count, 0
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.show_step(0)

    def show_step(self, index: int) -> None:
        self._now = index
        self.setAccessibleName(self.tr("Step {number} of {count}").format(number=index + 1, count=self._count))
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802
        return QSize(self._count * 14 + 10, 12)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        theme = current_theme()
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            left = 0.0
            for index in range(self._count):
                width = 18.0 if index == self._now else 8.0
                painter.setBrush(QColor(theme.accent if index <= self._now else theme.line))
                painter.drawRoundedRect(QRectF(left, 2, width, 8), 4, 4)
                left += width + 6


def _scrolling(step: Step) -> QScrollArea:
    """On a small screen, or with large letters, a step is longer than the window."""
    step.column.addStretch(1)
    area = QScrollArea()
    area.setWidget(step)
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return area


def _her_name(file: SettingsFile) -> str:
    """The name that her persona gives her."""
    try:
        return load_persona(file.settings.persona).name
    except SettingsError:
        return load_persona("samantha").name
