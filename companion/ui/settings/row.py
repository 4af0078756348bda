"""One setting on a page: its title, its sentence of help, its control, and what is wrong with what was asked."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLabel, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from companion.core.settings_fields import SettingField
from companion.ui.settings.controls import Control, control_for
from companion.ui.settings.page import Block
from companion.ui.settings.words import translated
from companion.ui.widgets import Note

SIDE_BY_SIDE_CHARS = 62
"""Narrower than so many letters, the control stands below its words."""

BESIDE_PX = 16
BELOW_PX = 6
"""Between the words of a row and its control."""

_RESET_SHEET = """
QToolButton { background: transparent; border: none; padding: 0 6px; color: palette(link); text-decoration: underline; }
QToolButton:focus { border: 1px solid palette(link); border-radius: 4px; padding: 0 5px; }
"""


class SettingRow(Block):
    """A row for `field`. It writes nothing: whoever made it listens to what is `wanted`."""

    wanted = Signal(str, object)
    """Key and value."""
    reset_wanted = Signal(str)

    def __init__(self, field: SettingField, control: Control | None = None, parent: QWidget | None = None) -> None:
        """`control`: another one than the kind of the field asks for; if it is tall it stands below the words."""
        title, help_ = translated(field.title), translated(field.help)
        labels = " ".join(translated(label) for label in field.labels.values())
        super().__init__(f"{title} {help_} {labels} {field.key}", parent)
        self.field = field
        self.control = control or control_for(field)
        self.control.describe(title, help_)
        self.control.wanted.connect(lambda value: self.wanted.emit(field.key, value))
        self._title = QLabel(title)
        self._help = Note(help_)
        self._trouble = Note()
        self._trouble.hide()
        self._reset = QToolButton()
        self._reset.setText(self.tr("Reset"))
        self._reset.setStyleSheet(_RESET_SHEET)
        self._reset.setCursor(Qt.CursorShape.PointingHandCursor)
        self._reset.setAccessibleName(self.tr("Reset: {title}").format(title=title))
        self._reset.clicked.connect(lambda: self.reset_wanted.emit(field.key))
        self._reset.hide()
        self.value: object = field.default
        """What is set, as far as it was told."""
        self._lay_out()

    def show_value(self, value: object) -> None:
        """Show what is set now; nothing is wrong with it."""
        self.value = value
        self.control.show_value(value)
        changed = value != self.field.default
        if not changed and self._reset.hasFocus():
            self._reset.focusNextPrevChild(False)
        self._reset.setVisible(changed)
        self.tell("")
        self._arrange()

    def tell(self, trouble: str) -> None:
        """Say what is wrong; an empty text takes it back."""
        self._trouble.say(trouble, trouble=True)
        self._trouble.setVisible(bool(trouble))
        self.control.mark_wrong(bool(trouble))

    @property
    def told(self) -> str:
        """What is said to be wrong."""
        return self._trouble.text()

    @property
    def reset_button(self) -> QToolButton:
        return self._reset

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(6)
        top.addWidget(self._title)
        top.addWidget(self._reset)
        top.addStretch()
        self._words = QVBoxLayout()
        self._words.setSpacing(2)
        self._words.addStretch()
        self._words.addLayout(top)
        self._words.addWidget(self._help)
        self._words.addStretch()
        right = QVBoxLayout()
        right.setSpacing(4)
        right.addWidget(self.control)
        right.addWidget(self._trouble)
        self._sides = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._sides.setContentsMargins(18, 12, 18, 12)
        self._sides.setSpacing(BESIDE_PX)
        self._sides.addLayout(self._words, 5)
        self._sides.addLayout(right, 6)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        """Side by side if there is room for that; a row that is wider than its page would cut off what is below it."""
        letters = self.width() / QFontMetrics(self.font()).averageCharWidth()
        wide = letters >= SIDE_BY_SIDE_CHARS and not self.control.tall and self._least_side_by_side() <= self.width()
        direction = QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        if direction is not self._sides.direction():
            self._sides.setDirection(direction)
            self._sides.setSpacing(BESIDE_PX if wide else BELOW_PX)
            self.updateGeometry()

    def _least_side_by_side(self) -> int:
        """Pixels of width."""
        margins = self._sides.contentsMargins()
        sides = self._words.minimumSize().width() + self.control.minimumSizeHint().width()
        return margins.left() + sides + BESIDE_PX + margins.right()
