"""How a statement is drawn: a star, its words, and below them whom it is about, and when it was said."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QMouseEvent,
    QPainter,
    QPen,
    QTextCharFormat,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QLineEdit, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from companion.core.facts import Fact
from companion.ui.conversation.highlights import highlights
from companion.ui.glyphs import glyph
from companion.ui.memory.sentences import caption_words, is_unsure
from companion.ui.memory.statements import Statements
from companion.ui.text_layout import break_lines, format_range, scaled
from companion.ui.theme import blend, current_theme

EDGE_PX = 12
STAR_PX = 18
INDENT_PX = EDGE_PX + STAR_PX + 10
PAD_PX = 8
ROUND_PX = 9
KEPT_SHAPES = 400
"""Layouts of text that are kept: some screens full. Heights are kept for all."""

AnyIndex = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Shape:
    """Where the parts of a row are, from its top left."""

    heading_height: float
    """Of the line above the first that is true no more; 0 if there is none."""
    text: QTextLayout
    text_top: float
    caption: QRectF


class StatementRows(QStyledItemDelegate):
    """Draws the rows of `Statements`, and takes what is written into them."""

    pin_wanted = Signal(object)
    """The star of a fact was clicked."""

    def __init__(self, view: QListView, statements: Statements) -> None:
        super().__init__(view)
        self.matching = ""
        """The words that are searched for."""
        self._view = view
        self._statements = statements
        self._width = 0
        self._heights: dict[tuple[Fact, bool], int] = {}
        self._shapes: OrderedDict[tuple[Fact, bool], Shape] = OrderedDict()
        self.forget()

    def forget(self) -> None:
        """Lay out anew: theme, font or the words to be found have changed."""
        self._heights.clear()
        self._shapes.clear()
        self._theme = current_theme()
        self._font = QFont(self._view.font())
        self._small_font = scaled(self._font, 0.85)
        self._heading_font = scaled(self._font, 0.9)
        self._heading_font.setWeight(QFont.Weight.DemiBold)
        self._star = glyph("star", self._theme.faint)
        self._pinned = glyph("star filled", self._theme.accent)

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:  # noqa: N802
        self._fit(self._view.viewport().width())
        key = (self._statements.fact(index), self._statements.begins_the_past(index))
        if key not in self._heights:
            self._heights[key] = round(self._shape(*key).caption.bottom() + PAD_PX)
        return QSize(self._width, self._heights[key])

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        self._fit(option.rect.width())
        fact, past = self._statements.fact(index), self._statements.begins_the_past(index)
        shape = self._shape(fact, past)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(option.rect.topLeft())
        if past:
            self._draw_heading(painter, shape.heading_height)
        self._draw_ground(painter, option, shape)
        star = self._star_place(shape)
        if fact.pinned or option.state & (QStyle.StateFlag.State_MouseOver | QStyle.StateFlag.State_Selected):
            (self._pinned if fact.pinned else self._star).paint(painter, star)
        painter.setPen(QColor(self._theme.faint if fact.valid_until else self._theme.text))
        shape.text.draw(painter, QPointF(INDENT_PX, shape.text_top))
        painter.setPen(QColor(self._theme.faint))
        painter.setFont(self._small_font)
        painter.drawText(shape.caption, Qt.AlignmentFlag.AlignLeft, caption_words(fact))
        painter.restore()

    # --- worked

    def editorEvent(  # noqa: N802
        self, event: QEvent, model: QAbstractItemModel, option: QStyleOptionViewItem, index: AnyIndex
    ) -> bool:
        if isinstance(event, QMouseEvent) and event.button() is Qt.MouseButton.LeftButton:
            on_star = self.star_place(option.rect, index).contains(event.position().toPoint())
            if on_star and event.type() is QEvent.Type.MouseButtonRelease:
                self.pin_wanted.emit(self._statements.fact(index))
            if on_star:
                return True
        return super().editorEvent(event, model, option, index)

    def star_place(self, row: QRect, index: AnyIndex) -> QRect:
        """Where the star can be hit in the row that is there."""
        shape = self._shape(self._statements.fact(index), self._statements.begins_the_past(index))
        return self._star_place(shape).adjusted(-EDGE_PX, -PAD_PX, 5, 12).translated(row.topLeft())

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: AnyIndex) -> QWidget:  # noqa: N802
        editor = QLineEdit(parent)
        editor.setAccessibleName(self.tr("What she is to know"))
        editor.setMaxLength(1000)
        return editor

    def updateEditorGeometry(  # noqa: N802
        self, editor: QWidget, option: QStyleOptionViewItem, index: AnyIndex
    ) -> None:
        row: QRect = option.rect
        shape = self._shape(self._statements.fact(index), self._statements.begins_the_past(index))
        middle = (shape.text_top + shape.caption.bottom()) / 2 + row.top()
        height = editor.sizeHint().height()
        editor.setGeometry(row.left() + INDENT_PX - 10, round(middle - height / 2), row.width() - INDENT_PX, height)

    # --- how it is laid out

    def _fit(self, width: int) -> None:
        if width != self._width:
            self._width = width
            self._heights.clear()
            self._shapes.clear()

    def _shape(self, fact: Fact, past: bool) -> Shape:
        key = (fact, past)
        shape = self._shapes.pop(key, None) or self._laid_out(fact, past)
        self._shapes[key] = shape
        if len(self._shapes) > KEPT_SHAPES:
            self._shapes.popitem(last=False)
        return shape

    def _laid_out(self, fact: Fact, past: bool) -> Shape:
        heading = QFontMetricsF(self._heading_font).height() * 2.6 if past else 0.0
        text = QTextLayout(fact.statement, self._font)
        text.setCacheEnabled(True)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        text.setTextOption(option)
        text.setFormats(self._formats(fact))
        width = self._width - INDENT_PX - EDGE_PX
        height = break_lines(text, width).height()
        top = heading + PAD_PX
        caption = QRectF(INDENT_PX, top + height + 2, width, QFontMetricsF(self._small_font).height() + 1)
        return Shape(heading, text, top, caption)

    def _formats(self, fact: Fact) -> list[QTextLayout.FormatRange]:
        words, all_of_it, found = fact.statement, QTextCharFormat(), QTextCharFormat()
        all_of_it.setFontStrikeOut(fact.valid_until is not None)
        all_of_it.setFontItalic(is_unsure(fact))
        found.setBackground(QColor(blend(self._theme.raised, self._theme.accent, 0.38)))
        found.setForeground(QColor(self._theme.text))
        spans = [(start, length, found) for start, length in highlights(words, self.matching)]
        return [format_range(words, *span) for span in [(0, len(words), all_of_it), *spans]]

    def _star_place(self, shape: Shape) -> QRect:
        line = QFontMetricsF(self._font).height()
        return QRect(EDGE_PX, round(shape.text_top + (line - STAR_PX) / 2), STAR_PX, STAR_PX)

    def _draw_heading(self, painter: QPainter, height: float) -> None:
        painter.setPen(QColor(self._theme.faint))
        painter.setFont(self._heading_font)
        place = QRectF(EDGE_PX, 0, self._width - 2 * EDGE_PX, height - 6)
        painter.drawText(place, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom, self.tr("Was true before"))

    def _draw_ground(self, painter: QPainter, option: QStyleOptionViewItem, shape: Shape) -> None:
        theme, state = self._theme, option.state
        selected = bool(state & QStyle.StateFlag.State_Selected)
        current = bool(state & QStyle.StateFlag.State_HasFocus)
        top = shape.heading_height + 1
        row = QRectF(EDGE_PX / 2, top, self._width - EDGE_PX, shape.caption.bottom() + PAD_PX - 1 - top)
        if selected:
            painter.setBrush(QColor(blend(theme.raised, theme.accent, 0.18)))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.setBrush(QColor(blend(theme.raised, theme.accent, 0.07)))
        else:
            painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(theme.accent), 1.5) if current else Qt.PenStyle.NoPen)
        painter.drawRoundedRect(row, ROUND_PX, ROUND_PX)
