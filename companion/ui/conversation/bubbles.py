"""How a turn is drawn: her words on the left, yours on the right, a line with the day above the first of each."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QTextCharFormat, QTextLayout, QTextOption
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from companion.core.diary import Entry
from companion.ui.conversation.highlights import highlights
from companion.ui.conversation.sentences import day_words, time_words, who_words
from companion.ui.conversation.turns import Turns
from companion.ui.text_layout import break_lines, format_range, scaled
from companion.ui.theme import Theme, blend, current_theme

COLUMN_PX = 760
"""Lines longer than this are hard to read."""
BUBBLE_SHARE = 0.8
"""The widest bubble, of the column."""
EDGE_PX = 18
ROUND_PX = 14
PADDING_PX = QSize(14, 9)
GAP_PX = 12
"""Between a turn and the next."""
KEPT_SHAPES = 400
"""Layouts of text that are kept: some screens full. Heights are kept for all."""


@dataclass(frozen=True, slots=True)
class Shape:
    """Where the parts of a turn are, from the top left of its row."""

    day_height: float
    """Of the line with the day; 0 if there is none."""
    caption: QRectF
    """Who and when."""
    bubble: QRectF
    text: QTextLayout


class Bubbles(QStyledItemDelegate):
    """Draws the rows of `Turns`. All it draws is laid out once for each width."""

    def __init__(self, view: QListView, turns: Turns) -> None:
        super().__init__(view)
        self._view = view
        self._turns = turns
        self._width = 0
        self._heights: dict[tuple[int, bool], int] = {}
        self._shapes: OrderedDict[tuple[int, bool], Shape] = OrderedDict()
        self._theme = current_theme()
        self._words_font = self._small_font = self._day_font = QFont()
        self.forget()

    def forget(self) -> None:
        """Lay out anew: theme, font or the words to be found have changed."""
        self._heights.clear()
        self._shapes.clear()
        self._theme = current_theme()
        self._words_font = QFont(self._view.font())
        self._small_font = scaled(self._words_font, 0.85)
        self._day_font = scaled(self._words_font, 0.9)
        self._day_font.setWeight(QFont.Weight.DemiBold)

    def sizeHint(  # noqa: N802
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        self._fit(self._view.viewport().width())
        entry, first = self._turns.entry(index), self._turns.day_begun_by(index) is not None
        height = self._heights.get((entry.number, first))
        if height is None:
            shape = self._shape(entry, first)
            height = self._heights[entry.number, first] = round(shape.bubble.bottom() + GAP_PX)
        return QSize(self._width, height)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        rect, state = option.rect, option.state
        self._fit(rect.width())
        entry, day = self._turns.entry(index), self._turns.day_begun_by(index)
        shape = self._shape(entry, day is not None)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(rect.topLeft())
        if day is not None:
            self._draw_day(painter, shape.day_height, day_words(day))
        self._draw_caption(painter, shape.caption, entry)
        selected = bool(state & QStyle.StateFlag.State_Selected)
        current = bool(state & QStyle.StateFlag.State_HasFocus)
        self._draw_bubble(painter, shape, entry, selected, current)
        painter.restore()

    def _fit(self, width: int) -> None:
        if width != self._width:
            self._width = width
            self._heights.clear()
            self._shapes.clear()

    def _shape(self, entry: Entry, first: bool) -> Shape:
        key = (entry.number, first)
        shape = self._shapes.pop(key, None) or self._laid_out(entry, first)
        self._shapes[key] = shape
        if len(self._shapes) > KEPT_SHAPES:
            self._shapes.popitem(last=False)
        return shape

    def _laid_out(self, entry: Entry, first: bool) -> Shape:
        column = min(self._width - 2 * EDGE_PX, COLUMN_PX)
        left = (self._width - column) / 2
        text = self._text(entry)
        size = break_lines(text, column * BUBBLE_SHARE - 2 * PADDING_PX.width())
        if text.lineCount() and text.lineAt(0).naturalTextRect().left() > 1:
            # Written from right to left, it begins where the bubble ends.
            size = break_lines(text, size.width())
        day_height = QFontMetricsF(self._day_font).height() * 2.4 if first else 0.0
        caption = QRectF(left, day_height, column, QFontMetricsF(self._small_font).height() + 3)
        width = size.width() + 2 * PADDING_PX.width()
        at = left + column - width if entry.who == "user" else left
        return Shape(
            day_height,
            caption,
            QRectF(at, caption.bottom(), width, size.height() + 2 * PADDING_PX.height()),
            text,
        )

    def _text(self, entry: Entry) -> QTextLayout:
        heard, unheard = (words.strip().replace("\n", "\u2028") for words in (entry.text, entry.unheard))
        words = f"{heard} {unheard}".strip()
        layout = QTextLayout(words, self._words_font)
        layout.setCacheEnabled(True)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        layout.setFormats(self._formats(words, len(words) - len(unheard) if unheard else len(words)))
        return layout

    def _formats(self, words: str, heard: int) -> list[QTextLayout.FormatRange]:
        struck, found = QTextCharFormat(), QTextCharFormat()
        struck.setFontStrikeOut(True)
        struck.setForeground(QColor(self._theme.faint))
        found.setBackground(QColor(blend(self._theme.raised, self._theme.accent, 0.38)))
        found.setForeground(QColor(self._theme.text))
        spans = [(heard, len(words) - heard, struck)] if heard < len(words) else []
        spans += [(start, length, found) for start, length in highlights(words, self._turns.matching)]
        return [format_range(words, *span) for span in spans]

    def _draw_day(self, painter: QPainter, height: float, words: str) -> None:
        theme = self._theme
        metrics = QFontMetricsF(self._day_font)
        middle = self._width / 2
        half = metrics.horizontalAdvance(words) / 2 + 14
        column = min(self._width - 2 * EDGE_PX, COLUMN_PX) / 2
        painter.setPen(QPen(QColor(theme.line), 1))
        painter.drawLine(QPointF(middle - column, height / 2), QPointF(middle - half, height / 2))
        painter.drawLine(QPointF(middle + half, height / 2), QPointF(middle + column, height / 2))
        painter.setPen(QColor(theme.faint))
        painter.setFont(self._day_font)
        painter.drawText(QRectF(0, 0, self._width, height), Qt.AlignmentFlag.AlignCenter, words)

    def _draw_caption(self, painter: QPainter, place: QRectF, entry: Entry) -> None:
        side = Qt.AlignmentFlag.AlignRight if entry.who == "user" else Qt.AlignmentFlag.AlignLeft
        painter.setPen(QColor(self._theme.faint))
        painter.setFont(self._small_font)
        painter.drawText(place.adjusted(4, 0, -4, -3), side, f"{who_words(entry)}  ·  {time_words(entry)}")

    def _draw_bubble(self, painter: QPainter, shape: Shape, entry: Entry, selected: bool, current: bool) -> None:
        fill, edge = _colours(self._theme, entry, selected)
        painter.setPen(QPen(QColor(self._theme.accent), 2) if current else QPen(QColor(edge), 1))
        painter.setBrush(QColor(fill))
        inset = 1.0 if current else 0.5
        painter.drawRoundedRect(shape.bubble.adjusted(inset, inset, -inset, -inset), ROUND_PX, ROUND_PX)
        painter.setPen(QColor(self._theme.text))
        shape.text.draw(painter, shape.bubble.topLeft() + QPointF(PADDING_PX.width(), PADDING_PX.height()))


def _colours(theme: Theme, entry: Entry, selected: bool) -> tuple[str, str]:
    """Of a bubble: its ground and its edge."""
    if selected:
        return blend(theme.raised, theme.accent, 0.18), theme.accent
    if entry.who == "user":
        return blend(theme.raised, theme.you, 0.14), blend(theme.raised, theme.you, 0.26)
    return theme.raised, theme.line
