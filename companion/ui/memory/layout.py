"""Where things are in the window of what she remembers."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLineEdit,
    QMenu,
    QPushButton,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from companion.ui.conversation.hairline import Hairline
from companion.ui.conversation.undo_bar import UndoBar
from companion.ui.glyphs import glyph
from companion.ui.memory.private_bar import PrivateBar
from companion.ui.memory.remember_bar import RememberBar
from companion.ui.memory.sources import Sources
from companion.ui.memory.statement_list import StatementList
from companion.ui.memory.statements import Statements
from companion.ui.memory.topic_list import TopicList
from companion.ui.theme import current_theme
from companion.ui.widgets import Note

TOPICS_EM = 15
"""The width of the left side, in heights of a line."""


class MemoryLayout(QObject):
    """The widgets of `window`, laid out; who connects them is the window."""

    def __init__(self, window: QWidget, statements: Statements) -> None:
        super().__init__(window)
        self._window = window
        window.setWindowTitle(self.tr("What she remembers"))
        room = window.screen().availableSize()
        window.resize(min(940, room.width() - 40), min(680, room.height() - 60))
        window.setMinimumSize(480, 340)
        self.topics = TopicList(window)
        self.list = StatementList(statements, window)
        self.search = QLineEdit(window)
        self.search.setPlaceholderText(self.tr("Search what she knows"))
        self.search.setAccessibleName(self.tr("Search what she knows"))
        self.search.setClearButtonEnabled(True)
        self.remember = QPushButton(self.tr("Remember something…"), window)
        self.more = QToolButton(window)
        self.more.setAccessibleName(self.tr("More"))
        self.more.setToolTip(self.tr("More"))
        self.more.setIconSize(QSize(20, 20))
        self.more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.more.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.more_menu = QMenu(self.more)
        self.more.setMenu(self.more_menu)
        self.past = QCheckBox(self.tr("Also what was true before"), window)
        self.remember_bar = RememberBar(window)
        self.private_bar = PrivateBar(window)
        self.private_bar.hide()
        self.sources = Sources(window)
        self.undo_bar = UndoBar(window)
        self._count = Note("", window)
        self._empty = Note("", window)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setContentsMargins(48, 0, 48, 48)
        self._pages = QStackedWidget(window)
        for page in (self.list, self._empty):
            self._pages.addWidget(page)
        self._lay_out()
        self._dress()
        window.installEventFilter(self)

    def begin_search(self) -> None:
        self.search.setFocus()
        self.search.selectAll()

    def leave(self) -> None:
        """Leave what was begun last: writing, else the search."""
        if self.remember_bar.isVisible():
            self.remember_bar.leave()
        else:
            self.search.clear()

    def tell_count(self, count: str, why_empty: str) -> None:
        """How much is shown; or, if nothing is, why."""
        self._count.setText(count)
        self._empty.setText(why_empty)
        self._pages.setCurrentWidget(self._empty if why_empty else self.list)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.StyleChange):
            self._dress()
        if event.type() is QEvent.Type.Resize:
            self.topics.setFixedWidth(min(self._window.fontMetrics().height() * TOPICS_EM, self._window.width() // 3))
        return super().eventFilter(watched, event)

    def _dress(self) -> None:
        self.more.setIcon(glyph("menu", current_theme().text))

    def _lay_out(self) -> None:
        top, below, columns = QHBoxLayout(), QHBoxLayout(), QHBoxLayout()
        top.setContentsMargins(18, 14, 18, 8)
        top.setSpacing(8)
        top.addWidget(self.search, 1)
        top.addWidget(self.remember)
        top.addWidget(self.more)
        below.setContentsMargins(22, 0, 18, 8)
        below.addWidget(self._count, 1)
        below.addWidget(self.past)
        right = QVBoxLayout()
        right.setSpacing(0)
        for row in (top, self.remember_bar, below, Hairline(self._window), self._pages, self.sources):
            if isinstance(row, QHBoxLayout):
                right.addLayout(row)
            else:
                right.addWidget(row, 1 if row is self._pages else 0)
        columns.setSpacing(0)
        columns.addWidget(self.topics)
        columns.addWidget(Hairline(self._window, Qt.Orientation.Vertical))
        columns.addLayout(right, 1)
        layout = QVBoxLayout(self._window)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.private_bar)
        layout.addLayout(columns, 1)
        layout.addWidget(self.undo_bar)
        order = (self.search, self.remember, self.more, self.past, self.topics, self.list)
        for first, then in pairwise(order):
            QWidget.setTabOrder(first, then)
