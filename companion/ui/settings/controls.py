"""The widget for each kind of field. All tell what is wanted of them; none writes anything."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QT_TRANSLATE_NOOP, QEvent, QObject, QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QComboBox,
    QDoubleSpinBox,
    QHBoxLayout,
    QKeySequenceEdit,
    QLineEdit,
    QSlider,
    QToolButton,
    QWidget,
)

from companion.core.settings_fields import SettingField
from companion.ui.settings.switch import Switch
from companion.ui.settings.words import translated, unit_words

TYPING_PAUSE_MS = 800
"""A text is taken when its typing rests so long, or when the field is left."""

LONGEST_SLIDE = 10
"""Ranges wider than this are not set by hand on a slider, for want of precision."""


class Control(QWidget):
    """Shows one value, and lets it be changed."""

    wanted = Signal(object)
    """A value that the person asks for; it may not be allowed."""

    tall = False
    """It wants the whole width of its row."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(10)

    def show_value(self, value: object) -> None:
        """Show what is set, without asking for it."""
        raise NotImplementedError

    def describe(self, name: str, help_: str) -> None:
        """Tell a screen reader what this is."""
        for widget in self.findChildren(QWidget):
            if widget.focusPolicy() is not Qt.FocusPolicy.NoFocus:
                widget.setAccessibleName(name)
                widget.setAccessibleDescription(help_)

    def mark_wrong(self, wrong: bool) -> None:
        """Colour the edge of what was typed."""
        for widget in self.findChildren(QWidget):
            if isinstance(widget, (QLineEdit, QDoubleSpinBox)):
                widget.setProperty("wrong", wrong)
                widget.style().unpolish(widget)
                widget.style().polish(widget)

    def _add(self, widget: QWidget, stretch: int = 0) -> None:
        self._row.addWidget(widget, stretch)


class SwitchControl(Control):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._switch = Switch()
        self._row.addStretch()
        self._add(self._switch)
        self._switch.clicked.connect(lambda: self.wanted.emit(self._switch.isChecked()))

    def show_value(self, value: object) -> None:
        self._switch.setChecked(bool(value))


class ChoiceControl(Control):
    """One of several. A value that is not among them is shown too: a microphone that is unplugged, say."""

    def __init__(self, labels: Mapping[str, str], parent: QWidget | None = None) -> None:
        """`labels`: what each choice is called, by value."""
        super().__init__(parent)
        self._value: str | None = None
        self._box = QComboBox()
        self._box.setMinimumContentsLength(14)
        self._box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._box.installEventFilter(WheelGuard(self))
        self._add(self._box, 1)
        self._box.activated.connect(lambda index: self.wanted.emit(self._box.itemData(index)))
        self.offer(labels)

    def offer(self, labels: Mapping[str, str]) -> None:
        """Put other choices in place of those there are."""
        if self._box.view().isVisible():
            return
        self._box.clear()
        for value, label in labels.items():
            self._box.addItem(label, value)
            self._box.setItemData(self._box.count() - 1, label, Qt.ItemDataRole.ToolTipRole)
        if self._value is not None:
            self.show_value(self._value)

    def show_value(self, value: object) -> None:
        self._value = str(value)
        if self._box.findData(self._value) < 0:
            self._box.addItem(self._value, self._value)
        self._box.setCurrentIndex(self._box.findData(self._value))


class NumberControl(Control):
    """A number with its unit; with a slider, if the range is one that a hand can feel."""

    def __init__(self, field: SettingField, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        assert field.minimum is not None and field.maximum is not None
        self._whole = field.kind == "whole"
        span = field.maximum - field.minimum
        self._step = 1.0 if self._whole else next(step for most, step in _STEPS if span <= most)
        self._box = NumberBox(field.minimum, field.maximum, self._step)
        self._box.setDecimals(0 if self._whole else max(_decimals(self._step), _decimals(field.default)))
        self._box.setSuffix(unit_words(field.unit))
        longest = self._box.textFromValue(field.maximum) + self._box.suffix()
        self._box.setFixedWidth(max(_BOX_PX, self._box.fontMetrics().horizontalAdvance(longest) + 50))
        self._box.installEventFilter(WheelGuard(self))
        self._box.valueChanged.connect(self._want)
        self._slider: QSlider | None = None
        if not self._whole and span <= LONGEST_SLIDE:
            self._slider = QSlider(Qt.Orientation.Horizontal)
            self._slider.setRange(round(field.minimum / self._step), round(field.maximum / self._step))
            self._slider.setPageStep(max(1, round(span / self._step / 10)))
            self._slider.setMinimumWidth(60)
            self._slider.installEventFilter(WheelGuard(self))
            self._slider.valueChanged.connect(lambda place: self._want(round(place * self._step, 6)))
            self._add(self._slider, 1)
        else:
            self._row.addStretch()
        self._add(self._box)

    def show_value(self, value: object) -> None:
        assert isinstance(value, (int, float))
        with QSignalBlocker(self._box):
            self._box.setValue(value)
        self._slide(value)

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802
        self._box.interpretText()
        super().hideEvent(event)

    def _slide(self, number: float) -> None:
        if self._slider:
            with QSignalBlocker(self._slider):
                self._slider.setValue(round(number / self._step))

    def _want(self, number: float) -> None:
        with QSignalBlocker(self._box):
            self._box.setValue(number)
        self._slide(number)
        self.wanted.emit(round(number) if self._whole else number)


_BOX_PX = 104
"""So that most boxes have one width."""

_STEPS = ((1.0, 0.01), (3.0, 0.05), (10.0, 0.1), (200.0, 1.0), (10_000.0, 5.0))
"""The step of a slider or an arrow, by the width of the range."""


def _decimals(number: object) -> int:
    return len(str(number).rpartition(".")[2]) if "." in str(number) and not str(number).endswith(".0") else 0


class NumberBox(QDoubleSpinBox):
    """A number that may be typed freely, so that one can be told why it will not do; its arrows keep within."""

    def __init__(self, minimum: float, maximum: float, step: float) -> None:
        super().__init__()
        self._least, self._most = minimum, maximum
        self.setRange(-1e7, 1e7)
        self.setSingleStep(step)
        self.setKeyboardTracking(False)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def stepBy(self, steps: int) -> None:  # noqa: N802
        self.setValue(min(self._most, max(self._least, self.value() + steps * self.singleStep())))


class TextControl(Control):
    """A line of text; `example` stands in it while it is empty."""

    def __init__(self, example: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown = ""
        self._line = QLineEdit()
        self._line.setPlaceholderText(example)
        self._add(self._line, 1)
        self._pause = QTimer(self, interval=TYPING_PAUSE_MS, singleShot=True)
        self._pause.timeout.connect(self._want)
        self._line.textEdited.connect(lambda _: self._pause.start())
        self._line.editingFinished.connect(self._want)

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802
        self._want()
        super().hideEvent(event)

    def show_value(self, value: object) -> None:
        self._shown = str(value)
        if self._line.text().strip() != self._shown:
            self._line.setText(self._shown)

    def _want(self) -> None:
        self._pause.stop()
        text = self._line.text().strip()
        if text != self._shown:
            self._shown = text
            self.wanted.emit(text)


class KeysControl(Control):
    """Keys, recorded by pressing them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._edit = PressedKeys()
        self._add(self._edit, 1)
        self._edit.editingFinished.connect(self._want)
        self._edit.keySequenceChanged.connect(lambda keys: self._want() if keys.isEmpty() else None)

    def show_value(self, value: object) -> None:
        with QSignalBlocker(self._edit):
            self._edit.setKeySequence(QKeySequence.fromString(str(value), QKeySequence.SequenceFormat.PortableText))

    def _want(self) -> None:
        self.wanted.emit(self._edit.keySequence().toString(QKeySequence.SequenceFormat.PortableText))


QT_TRANSLATE_NOOP("QKeySequenceEdit", "Press shortcut")
"""Qt's own words in an empty field of keys: ours, where a translation of ours has them, go before."""


class PressedKeys(QKeySequenceEdit):
    """Tab and Escape leave it, as they leave every field."""

    def __init__(self) -> None:
        super().__init__()
        self.setMaximumSequenceLength(1)
        self.setClearButtonEnabled(True)
        for button in self.findChildren(QToolButton):
            button.setAccessibleName(self.tr("No keys"))
        self.setFinishingKeyCombinations([])

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier)
        if plain and event.key() in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete):
            self.clear()
        elif plain and event.key() in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Escape):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            forward = event.key() == Qt.Key.Key_Tab and not event.modifiers()
            if forward or event.key() == Qt.Key.Key_Backtab:
                return self.focusNextPrevChild(forward)
        return super().event(event)


class WheelGuard(QObject):
    """The wheel scrolls the page; it does not change what it happens to pass over.

    Nor does it where the keys go: Qt gives the focus to whatever the wheel comes upon, before it tells of the wheel.
    """

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        if event.type() is not QEvent.Type.Wheel:
            return False
        event.ignore()
        return True


def control_for(field: SettingField) -> Control:
    """What suits the field by its kind."""
    match field.kind:
        case "switch":
            return SwitchControl()
        case "choice":
            return ChoiceControl({value: translated(label) for value, label in field.labels.items()})
        case "number" | "whole":
            return NumberControl(field)
        case "text":
            return KeysControl() if field.section == "shortcuts" else TextControl(field.example)
