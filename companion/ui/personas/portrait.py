"""Her picture, round and small; without one, the first letter of her name."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QRectF, QSize, Qt, QThreadPool, Signal, SignalInstance
from PySide6.QtGui import QColor, QFont, QImage, QImageReader, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from companion.ui.theme import blend, current_theme

SIDE_PX = 44
LARGEST_PX = 8192
"""A picture that is wider or higher is not read."""


class Portrait(QWidget):
    """Decoration: a screen reader is told her name beside it."""

    _decoded = Signal(QImage)

    def __init__(self, name: str, file: Path | None, parent: QWidget | None = None) -> None:
        """`file` may be missing, or no picture. Drawn by the scale of the screen that is there now."""
        super().__init__(parent)
        self._letter = name.strip()[:1].upper()
        self._shade = sum(map(ord, name)) % 3
        self._image = QImage()
        self._decoded.connect(self._show)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        if file and file.is_file():
            side = round(SIDE_PX * self.devicePixelRatioF())
            told = self._decoded
            QThreadPool.globalInstance().start(lambda: _decode(file, side, told))

    def sizeHint(self) -> QSize:  # noqa: N802
        return QSize(SIDE_PX, SIDE_PX)

    @property
    def has_picture(self) -> bool:
        return not self._image.isNull()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        theme = current_theme()
        round_ = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        with QPainter(self) as painter:
            painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
            path = QPainterPath()
            path.addEllipse(round_)
            painter.setClipPath(path)
            if self.has_picture:
                painter.drawImage(round_, self._image)
                return
            painter.fillPath(path, QColor(blend(theme.raised, theme.petals[self._shade], 0.35)))
            font = QFont(self.font())
            font.setPixelSize(round(SIDE_PX * 0.42))
            font.setWeight(QFont.Weight.DemiBold)
            painter.setFont(font)
            painter.setPen(QColor(theme.text))
            painter.drawText(round_, Qt.AlignmentFlag.AlignCenter, self._letter)

    def _show(self, image: QImage) -> None:
        self._image = image
        self.update()


def _decode(file: Path, side: int, told: SignalInstance) -> None:
    """The middle of a picture, `side` pixels square; run on a thread, as a large one takes long."""
    reader = QImageReader(str(file))
    reader.setAutoTransform(True)
    size = reader.size()
    if not size.isValid() or max(size.width(), size.height()) > LARGEST_PX:
        return
    image = reader.read()
    if image.isNull():
        return
    least = min(image.width(), image.height())
    left, top = (image.width() - least) // 2, (image.height() - least) // 4
    square = image.copy(left, top, least, least)
    scaled = square.scaled(side, side, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation)
    try:
        told.emit(scaled)
    except RuntimeError:
        return  # the portrait is gone by now
