"""Where a statement comes from: the turns that it was drawn from, and the way to them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QListView, QPushButton, QVBoxLayout, QWidget

from companion.core.diary import Diary, Entry
from companion.core.facts import Fact
from companion.ui.conversation.hairline import Hairline
from companion.ui.memory.sentences import source_words
from companion.ui.memory.wrapped_rows import WrappedRows
from companion.ui.widgets import Note

_NOWHERE = QModelIndex()


def turns_of(fact: Fact, diary: Diary) -> Sequence[Entry]:
    """The turns that `fact` was drawn from, as far as the diary has them. Blocking. Raises CompanionError."""
    return [
        entry for number in fact.turns for entry in diary.entries(before=number + 1, limit=1) if entry.number == number
    ]


class Turns(QAbstractListModel):
    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.entries: Sequence[Entry] = []

    def begin(self, entries: Iterable[Entry]) -> None:
        self.beginResetModel()
        self.entries = list(entries)
        self.endResetModel()

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _NOWHERE) -> int:  # noqa: N802
        return 0 if parent.isValid() else len(self.entries)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return source_words(self.entries[index.row()])
        return None


class Sources(QFrame):
    """Hidden while there is no one statement to tell of."""

    turn_wanted = Signal(int)
    """The number of a diary entry that the person wants to see among the others."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._turns = Turns(self)
        self._title = Note(self.tr("Where it comes from"), self)
        self._list = QListView(self)
        self._list.setModel(self._turns)
        self._list.setAccessibleName(self.tr("Where it comes from"))
        self._list.setItemDelegate(WrappedRows(self._list))
        self._list.setStyleSheet("QListView { background: transparent; border: none; padding: 0; }")
        self._list.activated.connect(self._go)
        self._show = QPushButton(self.tr("Show in the conversation"), self)
        self._show.clicked.connect(self._go)
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self._show)
        inner = QVBoxLayout()
        inner.setContentsMargins(18, 8, 18, 10)
        inner.setSpacing(4)
        inner.addLayout(head)
        inner.addWidget(self._list)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(Hairline(self))
        layout.addLayout(inner)
        self.setMaximumHeight(self.fontMetrics().height() * 11)
        self.hide()

    def tell(self, fact: Fact, entries: Sequence[Entry]) -> None:
        """Tell of `fact`, and of the turns of it that are still there."""
        self._turns.begin(entries)
        if entries:
            self._title.setText(self.tr("Where it comes from"))
            self._list.setCurrentIndex(self._turns.index(0))
        elif fact.turns:
            self._title.setText(self.tr("What it comes from is no longer kept."))
        else:
            self._title.setText(self.tr("You asked for it to be remembered."))
        self._list.setVisible(bool(entries))
        self._show.setVisible(bool(entries))
        self.show()

    def _go(self) -> None:
        if (index := self._list.currentIndex()).isValid():
            self.turn_wanted.emit(self._turns.entries[index.row()].number)
