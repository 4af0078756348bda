"""The bar above the settings that tells when she must be started again."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from companion.ui.settings.page import Words
from companion.ui.theme import blend, current_theme


class RestartBar(QWidget):
    """What waits for her to be started again, and a button that does it."""

    pressed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = Words()
        button = QPushButton(self.tr("Restart her now"))
        button.setProperty("primary", True)
        button.clicked.connect(self.pressed)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 10, 10, 10)
        row.setSpacing(14)
        row.addWidget(self._words, 1)
        row.addWidget(button)
        self.hide()

    def tell(self, waiting: list[str]) -> None:
        """The titles of what waits; the bar is not there if nothing does."""
        self._words.setText(
            self.tr("Taken when she is started again: {settings}. The conversation is kept.").format(
                settings=", ".join(waiting)
            )
        )
        self.setVisible(bool(waiting))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        theme = current_theme()
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(blend(theme.ground, theme.accent, 0.15)))
            painter.drawRoundedRect(self.rect(), 12, 12)
