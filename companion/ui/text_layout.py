"""Text that is laid out once, and drawn often."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QSize
from PySide6.QtGui import QFont, QTextCharFormat, QTextLayout

LEADING = 1.2


def scaled(font: QFont, by: float) -> QFont:
    """`font`, larger or smaller."""
    made = QFont(font)
    if font.pointSizeF() > 0:
        made.setPointSizeF(font.pointSizeF() * by)
    else:
        made.setPixelSize(round(font.pixelSize() * by))
    return made


def format_range(words: str, start: int, length: int, look: QTextCharFormat) -> QTextLayout.FormatRange:
    """`look` for `length` characters of `words` from `start`: Qt counts in UTF-16, Python in characters."""
    made = QTextLayout.FormatRange()
    made.start = start if words.isascii() else _utf16_length(words[:start])
    made.length = length if words.isascii() else _utf16_length(words[start : start + length])
    made.format = look
    return made


def break_lines(text: QTextLayout, width: float) -> QSize:
    """Lay the lines of `text` below each other; returns the size that they take, rounded up."""
    widest = top = bottom = 0.0
    text.beginLayout()
    while (line := text.createLine()).isValid():
        line.setLineWidth(width)
        line.setPosition(QPointF(0, top))
        bottom = top + line.height()
        top += line.height() * LEADING
        widest = max(widest, line.naturalTextWidth())
    text.endLayout()
    return QSize(int(widest) + 1, int(bottom) + 1)


def _utf16_length(words: str) -> int:
    return len(words.encode("utf-16-le")) // 2
