"""The statements that are shown, as a model for Qt's views: a page of them, and more as one scrolls."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from companion.core.facts import Fact
from companion.ui.memory.sentences import spoken_words

PAGE = 200
_NOWHERE = QModelIndex()
AnyIndex = QModelIndex | QPersistentModelIndex


class Statements(QAbstractListModel):
    """A row a fact. What a person writes into a row is told by `rewritten`, and is the owner's to keep."""

    rewritten = Signal(object, str)
    """A fact, and what it is to say."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._chosen: Sequence[Fact] = []
        self._shown: list[Fact] = []

    @property
    def count(self) -> int:
        """Of all, shown or still to be fetched."""
        return len(self._chosen)

    def begin(self, facts: Sequence[Fact]) -> None:
        """Show others: a page of them."""
        self.beginResetModel()
        self._chosen = facts
        self._shown = list(facts[:PAGE])
        self.endResetModel()

    def follow(self, facts: Sequence[Fact]) -> None:
        """Show what has become of those that were shown; rows that are the same stay."""
        old, new = self._shown, list(facts[: max(PAGE, len(self._shown))])
        self._chosen = facts
        start = _common(old, new)
        end = _common(old[start:][::-1], new[start:][::-1])
        self._replace(start, len(old) - end, new[start : len(new) - end])
        for row, fact in enumerate(new):
            if self._shown[row] != fact:
                self._shown[row] = fact
                self.dataChanged.emit(self.index(row), self.index(row))

    def fact(self, index: AnyIndex) -> Fact:
        return self._shown[index.row()]

    def row_of(self, number: int) -> int:
        """The row of the fact with that number, or -1."""
        return next((row for row, fact in enumerate(self._shown) if fact.number == number), -1)

    def begins_the_past(self, index: AnyIndex) -> bool:
        """Whether it is the first that is true no more."""
        row = index.row()
        return self._shown[row].valid_until is not None and (row == 0 or self._shown[row - 1].valid_until is None)

    def rowCount(self, parent: AnyIndex = _NOWHERE) -> int:  # noqa: N802
        return 0 if parent.isValid() else len(self._shown)

    def canFetchMore(self, parent: AnyIndex) -> bool:  # noqa: N802
        return len(self._shown) < len(self._chosen)

    def fetchMore(self, parent: AnyIndex) -> None:  # noqa: N802
        there = len(self._shown)
        self._replace(there, there, list(self._chosen[there : there + PAGE]))

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.EditRole:
            return self.fact(index).statement
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return spoken_words(self.fact(index))
        return None

    def setData(self, index: AnyIndex, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:  # noqa: N802
        statement = " ".join(str(value).split())
        if role != Qt.ItemDataRole.EditRole or not statement or statement == self.fact(index).statement:
            return False
        self.rewritten.emit(self.fact(index), statement)
        return True

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        return super().flags(index) | Qt.ItemFlag.ItemIsEditable

    def _replace(self, start: int, end: int, new: list[Fact]) -> None:
        if end > start:
            self.beginRemoveRows(_NOWHERE, start, end - 1)
            del self._shown[start:end]
            self.endRemoveRows()
        if new:
            self.beginInsertRows(_NOWHERE, start, start + len(new) - 1)
            self._shown[start:start] = new
            self.endInsertRows()


def _common(old: Sequence[Fact], new: Sequence[Fact]) -> int:
    """How many at the beginning of both are the same, whatever they say by now."""
    same = 0
    for before, now in zip(old, new, strict=False):
        if before.number != now.number:
            break
        same += 1
    return same
