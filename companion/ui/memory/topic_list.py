"""The left side: the kinds of what is known, and the people and things that it is about."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from companion.core.facts import Fact
from companion.ui.memory.sentences import count_words
from companion.ui.memory.topics import EVERYTHING, Topic, kinds_of, subjects_of
from companion.ui.theme import current_theme

EDGE_PX = 14
_NOWHERE = QModelIndex()
AnyIndex = QModelIndex | QPersistentModelIndex


class Topics(QAbstractListModel):
    """A row a topic; one without, which cannot be chosen, is the heading of those below."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[Topic | None] = [EVERYTHING]

    def begin(self, rows: Sequence[Topic | None]) -> None:
        self.beginResetModel()
        self._rows = list(rows)
        self.endResetModel()

    @property
    def rows(self) -> Sequence[Topic | None]:
        return self._rows

    def row_of(self, topic: Topic) -> int:
        """Its row, whatever its count; -1 if it is not there."""
        return next((row for row, other in enumerate(self._rows) if other and other.is_as(topic)), -1)

    def topic(self, index: AnyIndex) -> Topic | None:
        return self._rows[index.row()] if index.isValid() else None

    def rowCount(self, parent: AnyIndex = _NOWHERE) -> int:  # noqa: N802
        return 0 if parent.isValid() else len(self._rows)

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        return super().flags(index) if self.topic(index) else Qt.ItemFlag.NoItemFlags

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        topic = self.topic(index)
        if role == Qt.ItemDataRole.AccessibleTextRole and topic:
            return f"{topic.words}, {count_words(topic.count)}"
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return topic.words if topic else self.tr("People and things")
        return None


class TopicList(QListView):
    """One topic is always chosen."""

    chosen_changed = Signal(object)
    """A `Topic`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._topics = Topics(self)
        self._chosen = EVERYTHING
        self.setModel(self._topics)
        self.setItemDelegate(_TopicRows(self, self._topics))
        self.setAccessibleName(self.tr("What it is about"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setUniformItemSizes(True)
        self.setStyleSheet("QListView { background: transparent; border: none; padding: 6px; }")
        self.setCurrentIndex(self._topics.index(0))
        self.selectionModel().currentChanged.connect(self._choose)

    @property
    def chosen(self) -> Topic:
        return self._chosen

    def follow(self, facts: Sequence[Fact]) -> None:
        """Show the topics of `facts`; the one that is chosen stays so if it is still there."""
        rows = [*kinds_of(facts), None, *subjects_of(facts)]
        if rows == self._topics.rows:
            return
        place = self.verticalScrollBar().value()
        self.selectionModel().blockSignals(True)
        self._topics.begin(rows)
        row = self._topics.row_of(self._chosen)
        self.setCurrentIndex(self._topics.index(max(row, 0)))
        self.selectionModel().blockSignals(False)
        self.doItemsLayout()
        self.verticalScrollBar().setValue(place)
        if row < 0:
            self._choose(self.currentIndex())

    def choose(self, topic: Topic) -> None:
        self.setCurrentIndex(self._topics.index(max(0, self._topics.row_of(topic))))

    def _choose(self, index: QModelIndex) -> None:
        if topic := self._topics.topic(index):
            self._chosen = topic
            self.chosen_changed.emit(topic)


class _TopicRows(QStyledItemDelegate):
    """A topic with its count at the right."""

    def __init__(self, view: QListView, topics: Topics) -> None:
        super().__init__(view)
        self._topics = topics

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        topic = self._topics.topic(index)
        if topic is None:
            self._draw_heading(painter, option, str(index.data()))
            return
        super().paint(painter, option, index)
        painter.save()
        painter.setPen(QColor(current_theme().faint))
        painter.setFont(option.font)
        place = option.rect.adjusted(0, 0, -EDGE_PX, 0)
        painter.drawText(place, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, _count_of(topic))
        painter.restore()

    def initStyleOption(self, option: QStyleOptionViewItem, index: AnyIndex) -> None:  # noqa: N802
        super().initStyleOption(option, index)
        if topic := self._topics.topic(index):
            metrics = QFontMetrics(option.font)
            room = option.rect.width() - 2 * EDGE_PX - metrics.horizontalAdvance(f"  {_count_of(topic)}")
            option.text = metrics.elidedText(topic.words, Qt.TextElideMode.ElideRight, max(room, 20))

    def _draw_heading(self, painter: QPainter, option: QStyleOptionViewItem, words: str) -> None:
        painter.save()
        font = QFont(option.font)
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(QColor(current_theme().faint))
        place = option.rect.adjusted(8, 0, 0, -5)
        painter.drawText(place, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom, words)
        painter.restore()


def _count_of(topic: Topic) -> str:
    return str(topic.count) if topic.count else ""
