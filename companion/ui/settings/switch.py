"""A check box that looks like a switch."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRectF, QSize
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QCheckBox

from companion.ui.theme import blend, current_theme

_WIDTH, _HEIGHT, _RING = 42, 24, 3


class Switch(QCheckBox):
    """On or off. Its words stand beside it, so it needs an accessible name."""

    def sizeHint(self) -> QSize:  # noqa: N802
        return QSize(_WIDTH + 2 * _RING, _HEIGHT + 2 * _RING)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        return self.sizeHint()

    def hitButton(self, pos: QPoint) -> bool:  # noqa: N802
        return self.rect().contains(pos)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        theme = current_theme()
        track = QRectF(_RING, (self.height() - _HEIGHT) / 2, _WIDTH, _HEIGHT)
        on = self.isChecked()
        knob_size = _HEIGHT - 8
        left = track.right() - knob_size - 4 if on else track.left() + 4
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            if self.hasFocus():
                painter.setPen(QPen(QColor(theme.accent), 2))
                painter.drawRoundedRect(track.adjusted(-2, -2, 2, 2), _HEIGHT / 2 + 2, _HEIGHT / 2 + 2)
            edge = theme.accent if on else theme.faint
            painter.setPen(QPen(QColor(edge), 1))
            painter.setBrush(QColor(theme.accent if on else blend(theme.raised, theme.line, 0.5)))
            painter.drawRoundedRect(track.adjusted(0.5, 0.5, -0.5, -0.5), _HEIGHT / 2, _HEIGHT / 2)
            painter.setPen(QPen(QColor(theme.on_accent if on else theme.faint), 1))
            painter.setBrush(QColor(theme.on_accent if on else theme.faint))
            painter.drawEllipse(QRectF(left, track.top() + 4, knob_size, knob_size))
