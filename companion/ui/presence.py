"""She, as one sees her: a small sun whose petals open with her voice, in a ring that your voice widens."""

from __future__ import annotations

from time import monotonic

from PySide6.QtCore import QBasicTimer, QEvent, QPointF, QSize, Qt, QTimerEvent, Signal
from PySide6.QtGui import QColor, QHideEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from companion.ui.breath import Breath
from companion.ui.figure import Figure
from companion.ui.mood import Mood
from companion.ui.theme import current_theme

LONGEST_STEP_S = 0.1
"""After a pause she goes on from where she was, rather than leap."""


class Presence(QWidget):
    """Paints nothing but herself. It costs nothing while it is hidden, minimised, or still."""

    clicked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._breath = Breath()
        self._mood: Mood = "asleep"
        self._name = self.tr("She")
        self._timer = QBasicTimer()
        self._pace = 0
        self._seen = False
        self._drawn_at_s = 0.0
        self._figure = Figure()
        self._theme = current_theme()
        self.setMinimumSize(48, 48)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._say_mood()

    def sizeHint(self) -> QSize:  # noqa: N802
        return QSize(240, 240)

    def set_name(self, name: str) -> None:
        """What she is called, for who hears the screen."""
        self._name = name
        self._say_mood()

    def set_mood(self, mood: Mood) -> None:
        if mood != self._mood:
            self._mood = mood
            self._breath.set_mood(mood)
            self._say_mood()
            self._wake()

    def set_levels(self, yours_db: float, hers_db: float) -> None:
        """How loud you and she are now, in dB of full scale (silence is -120)."""
        self._breath.set_levels(yours_db, hers_db)
        if self._breath.pace > self._pace:
            self._wake()

    def set_still(self, still: bool) -> None:
        """Without motion: moods are still told apart, by their shapes."""
        self._breath.set_still(still)
        self._wake()

    @property
    def frames_per_s(self) -> int:
        """How often she is drawn at present; 0 while nothing moves, or nobody can see it."""
        return self._pace

    # --- time

    def _wake(self) -> None:
        """Something changed: paint it, and painting keeps time."""
        self.update()
        if self.isVisible() and not self.window().isMinimized():
            self._keep_time()

    def _keep_time(self) -> None:
        pace = self._breath.pace
        if pace == self._pace:
            return
        if not self._pace:
            self._drawn_at_s = monotonic()
        self._pace = pace
        if pace:
            self._timer.start(round(1000 / pace), self)
        else:
            self._timer.stop()

    def _rest(self) -> None:
        self._timer.stop()
        self._pace = 0

    def timerEvent(self, event: QTimerEvent) -> None:  # noqa: N802
        if not self._seen:  # the last frame was never painted: the window is minimised or elsewhere
            self._rest()
            return
        self._seen = False
        now_s = monotonic()
        self._breath.advance(min(now_s - self._drawn_at_s, LONGEST_STEP_S if self._pace > 10 else 1.0))
        self._drawn_at_s = now_s
        self._keep_time()
        self.update()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802
        self._rest()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        if event.type() is QEvent.Type.PaletteChange:
            self._theme = current_theme()
        super().changeEvent(event)

    # --- the person

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        if event.button() is Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.clicked.emit()

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        if event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.clicked.emit()
        else:
            super().keyPressEvent(event)

    def _say_mood(self) -> None:
        sentences: dict[Mood, str] = {
            "asleep": self.tr("{name} is asleep"),
            "listening": self.tr("{name} is listening"),
            "thinking": self.tr("{name} is thinking"),
            "speaking": self.tr("{name} is speaking"),
            "muted": self.tr("{name} does not listen"),
            "trouble": self.tr("{name} needs your help"),
        }
        self.setAccessibleName(sentences[self._mood].format(name=self._name))

    # --- paint

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        self._seen = True
        self._keep_time()
        side = min(self.width(), self.height())
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.translate(self.width() / 2, self.height() / 2)
            self._figure.paint(painter, self._breath, side, self._theme)
            if self.hasFocus() and self.window().isActiveWindow():
                painter.setPen(QPen(QColor(self._theme.faint), 1.5, Qt.PenStyle.DotLine))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawEllipse(QPointF(), side / 2 - 1.5, side / 2 - 1.5)
