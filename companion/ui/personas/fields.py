"""The fields of a persona that are one text, one number or one choice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QCoreApplication, QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QLineEdit, QSlider, QVBoxLayout, QWidget

from companion.core.persona_draft import Problem
from companion.core.persona_words import dial_sentence
from companion.ui.personas.growing_text import GrowingText
from companion.ui.settings.controls import WheelGuard
from companion.ui.settings.page import Block
from companion.ui.widgets import Note


class Field(Block):
    """A title, a sentence of help, whatever shows the value, and below it what is wrong with that."""

    changed = Signal()
    """By the person; `value` tells what it is now."""

    def __init__(self, title: str, help_: str = "", parent: QWidget | None = None) -> None:
        super().__init__(f"{title} {help_}", parent)
        self.title = title
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(18, 12, 18, 12)
        self.column.setSpacing(6)
        self._top = QHBoxLayout()
        self._top.addWidget(QLabel(title))
        self._top.addStretch()
        self.column.addLayout(self._top)
        if help_:
            self.column.addWidget(Note(help_))
        self._trouble = Note()
        self._trouble.hide()

    def value(self) -> Any:
        """As it would stand in the file."""
        raise NotImplementedError

    def show_value(self, value: Any) -> None:
        """Show `value`, without a signal."""
        raise NotImplementedError

    def tell(self, problems: Sequence[Problem]) -> None:
        """Say what is wrong; nothing if there is nothing."""
        words = " ".join(dict.fromkeys(map(problem_words, problems)))
        self._trouble.say(words, trouble=True)
        self._trouble.setVisible(bool(words))

    @property
    def told(self) -> str:
        """What is said to be wrong."""
        return self._trouble.text()

    @property
    def troubled(self) -> bool:
        return bool(self.told)

    def _finish(self, *widgets: QWidget) -> None:
        """Lay out what shows the value; the first takes the focus for all."""
        if widgets:
            self.setFocusProxy(widgets[0])
        for widget in widgets:
            self.column.addWidget(widget)
        self.column.addWidget(self._trouble)


class LineField(Field):
    """A text of one line."""

    left = Signal()
    """The person has finished with it."""

    def __init__(self, title: str, help_: str = "", parent: QWidget | None = None) -> None:
        super().__init__(title, help_, parent)
        self.line = QLineEdit()
        self.line.setAccessibleName(title)
        self.line.setAccessibleDescription(help_)
        self.line.textEdited.connect(lambda _: self.changed.emit())
        self.line.editingFinished.connect(self.left)
        self._finish(self.line)

    def value(self) -> str:
        return self.line.text()

    def show_value(self, value: Any) -> None:
        if self.line.text() != value:
            self.line.setText(value)
            self.line.setCursorPosition(0)


class TextField(Field):
    """A text of several lines."""

    def __init__(self, title: str, help_: str = "", least: int = 3, most: int = 16) -> None:
        super().__init__(title, help_)
        self.text = GrowingText(least, most)
        self.text.setAccessibleName(title)
        self.text.setAccessibleDescription(help_)
        self.text.textChanged.connect(self.changed)
        self._finish(self.text)

    def value(self) -> str:
        return self.text.words()

    def show_value(self, value: Any) -> None:
        with QSignalBlocker(self):
            self.text.set_words(value)


class ChoiceField(Field):
    """One of several values, in words."""

    def __init__(self, title: str, help_: str, labels: Mapping[str, str]) -> None:
        super().__init__(title, help_)
        self.box = QComboBox()
        self.box.setAccessibleName(title)
        self.box.setAccessibleDescription(help_)
        self.box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.box.setMinimumContentsLength(14)
        self.box.installEventFilter(WheelGuard(self))
        self.box.activated.connect(lambda _: self.changed.emit())
        self._finish(self.box)
        self.offer(labels)

    def offer(self, labels: Mapping[str, str]) -> None:
        """Put other choices in place of those there are; what is chosen stays."""
        value = self.box.currentData()
        self.box.clear()
        for each, label in labels.items():
            self.box.addItem(label, each)
        if value is not None:
            self.show_value(value)

    def value(self) -> str:
        return str(self.box.currentData())

    def show_value(self, value: Any) -> None:
        if self.box.findData(value) < 0:
            self.box.addItem(value, value)
        self.box.setCurrentIndex(self.box.findData(value))


class DialField(Field):
    """A dial from 0 to 10: words at both ends, and below them what it says to the model."""

    def __init__(self, name: str, title: str, least: str, most: str) -> None:
        super().__init__(title)
        self._name = name
        self._number = QLabel()
        self._top.addWidget(self._number)
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setRange(0, 10)
        self.slider.setPageStep(2)
        self.slider.setAccessibleName(title)
        self.slider.installEventFilter(WheelGuard(self))
        self.slider.valueChanged.connect(self._take)
        right = Note(most)
        right.setAlignment(Qt.AlignmentFlag.AlignRight)
        ends = QHBoxLayout()
        ends.addWidget(Note(least), 1)
        ends.addWidget(right, 1)
        self._says = QLabel()
        self._says.setWordWrap(True)
        self._says.setTextFormat(Qt.TextFormat.PlainText)
        self.column.addWidget(self.slider)
        self.column.addLayout(ends)
        self._finish(self._says)
        self._describe(0)

    def value(self) -> int:
        return self.slider.value()

    def show_value(self, value: Any) -> None:
        with QSignalBlocker(self):
            self.slider.setValue(int(value))

    def _take(self, value: int) -> None:
        self._describe(value)
        self.changed.emit()

    def _describe(self, value: int) -> None:
        self._number.setText(str(value))
        sentence = dial_sentence(self._name, value)
        said = self.tr("She is told: “{sentence}”").format(sentence=sentence)
        self._says.setText(said if sentence else self.tr("The middle: she is told nothing about it."))
        self.slider.setAccessibleDescription(self._says.text())


def problem_words(problem: Problem) -> str:
    """What is wrong, as a sentence."""
    translate = QCoreApplication.translate
    match problem.kind:
        case "empty":
            return translate("PersonaFields", "This must not be empty.")
        case "too long":
            return translate("PersonaFields", "It may have {most} letters.").format(most=problem.most)
        case "too many":
            return translate("PersonaFields", "There may be {most} of them.").format(most=problem.most)
        case "not allowed":
            return translate("PersonaFields", "This cannot be used here.")
