"""The small signs on buttons, drawn as SVG on a grid of 24, in the colours of the theme."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

_MIC = '<rect x="9" y="3" width="6" height="11" rx="3"/><path d="M5 11a7 7 0 0 0 14 0M12 18v3M9 21h6"/>'

_STAR = "M12 3.6l2.6 5.3 5.8.8-4.2 4.1 1 5.8L12 16.9l-5.2 2.7 1-5.8L3.6 9.7l5.8-.8z"

GLYPHS = {
    "microphone": _MIC,
    "microphone off": f'{_MIC}<path d="M4 3l16 18"/>',
    "stop": '<rect x="7" y="7" width="10" height="10" rx="2" fill="currentColor"/>',
    "send": '<path d="M12 19V6M6 11l6-6 6 6"/>',
    "menu": '<path d="M6 12h.01M12 12h.01M18 12h.01" stroke-width="3"/>',
    "edit": '<path d="M4 20l1-4L16 5l3 3L8 19zM14 7l3 3"/>',
    "shrink": '<path d="M9 4v5H4M15 20v-5h5M20 4l-5 5M4 20l5-5"/>',
    "star": f'<path d="{_STAR}"/>',
    "star filled": f'<path d="{_STAR}" fill="currentColor"/>',
    "close": '<path d="M6 6l12 12M18 6L6 18"/>',
}
SIZES_PX = (16, 20, 24, 32, 48, 64)


def glyph(name: str, colour: str) -> QIcon:
    """The sign called `name` in `colour`, sharp at every size that a button has."""
    icon = QIcon()
    drawing = QByteArray(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="none" stroke="{colour}" stroke-width="1.8"'
        f' stroke-linecap="round" stroke-linejoin="round">{GLYPHS[name].replace("currentColor", colour)}</svg>'.encode()
    )
    renderer = QSvgRenderer(drawing)
    for size in SIZES_PX:
        pixmap = QPixmap(QSize(size, size))
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        renderer.render(painter, QRectF(0, 0, size, size))
        painter.end()
        icon.addPixmap(pixmap)
    return icon
