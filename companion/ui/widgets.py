"""Small things that every page is made of: a heading, a note, a meter. (The look of Qt's own widgets: style.py.)"""

from __future__ import annotations

from time import monotonic

from PySide6.QtCore import QBasicTimer, QRectF, QSize, Qt, QTimerEvent
from PySide6.QtGui import QColor, QFont, QHideEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from companion.ui.motion import SILENCE_DB, follow_level, loudness
from companion.ui.style import dress, stylesheet
from companion.ui.theme import current_theme

__all__ = ["Heading", "MeterBar", "Note", "dress", "stylesheet"]

FRAME_MS = 33


class Heading(QLabel):
    """The name of a page or, if small, of a part of it."""

    def __init__(self, text: str, parent: QWidget | None = None, *, small: bool = False) -> None:
        super().__init__(text, parent)
        font = QFont(self.font())
        font.setPointSizeF(font.pointSizeF() * (1.12 if small else 1.5))
        font.setWeight(QFont.Weight.DemiBold)
        self.setFont(font)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)


class Note(QLabel):
    """A sentence beside something: help, or what is wrong with it. It wraps."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)

    def say(self, text: str, *, trouble: bool = False) -> None:
        """Show `text`; as something that is wrong, if it is."""
        self.setText(text)
        tone = "trouble" if trouble else "faint"
        if self.property("tone") != tone:
            self.setProperty("tone", tone)
            self.style().unpolish(self)
            self.style().polish(self)


class MeterBar(QWidget):
    """How loud it is, as a bar that follows smoothly. It rests (no timer) once it shows the level, and when hidden."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown = 0.0
        self._target = 0.0
        self._drawn_at_s = 0.0
        self._timer = QBasicTimer()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:  # noqa: N802
        return QSize(180, 12)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        return QSize(60, 10)

    @property
    def shown(self) -> float:
        """The length of the bar: 0 to 1."""
        return self._shown

    @property
    def moving(self) -> bool:
        return self._timer.isActive()

    def set_db(self, db: float) -> None:
        """Show `db` of full scale (0 is the loudest; silence is -120)."""
        self._target = loudness(db)
        if self._target != self._shown and self.isVisible() and not self.moving:
            self._drawn_at_s = monotonic()
            self._timer.start(FRAME_MS, Qt.TimerType.PreciseTimer, self)

    def timerEvent(self, event: QTimerEvent) -> None:  # noqa: N802
        now_s = monotonic()
        self._shown = follow_level(self._shown, self._target, now_s - self._drawn_at_s)
        self._drawn_at_s = now_s
        if self._shown == self._target:
            self._timer.stop()
        self.update()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802
        self._timer.stop()
        self._shown = 0.0
        self.set_db(SILENCE_DB)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        theme = current_theme()
        bar = QRectF(self.rect()).adjusted(0, 1, 0, -1)
        radius = bar.height() / 2
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme.line))
            painter.drawRoundedRect(bar, radius, radius)
            if self._shown > 0:
                bar.setWidth(max(bar.height(), bar.width() * self._shown))
                painter.setBrush(QColor(theme.accent))
                painter.drawRoundedRect(bar, radius, radius)
