"""The turns that are shown: pages of the diary, as a model for Qt's views."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from companion.core.diary import Diary, Entry
from companion.ui.conversation.sentences import day_of, entry_words

PAGE = 200
_NOWHERE = QModelIndex()
AnyIndex = QModelIndex | QPersistentModelIndex


class Turns(QAbstractListModel):
    """A row a turn, the newest last. It begins with the newest page; `fetch_older` goes back in time.

    All that reads the diary raises CompanionError.
    """

    def __init__(self, diary: Diary, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._diary = diary
        self._entries: list[Entry] = []
        self._days: dict[int, date] = {}
        self._complete = False
        self.matching = ""
        """What is searched for: only turns that match it are shown."""

    def show_matching(self, words: str) -> None:
        """Show the newest page of what matches `words`; of all, if empty."""
        entries = self._diary.entries(limit=PAGE, matching=words)
        self.matching = words
        self._begin(entries, complete=len(entries) < PAGE)

    def show_from(self, number: int) -> None:
        """Show the turn with that number, the page before it, and all that came after it."""
        older = self._diary.entries(before=number, limit=PAGE)
        self.matching = ""
        self._begin([*older, *self._diary.after(number - 1)], complete=len(older) < PAGE)

    def fetch_older(self) -> int:
        """Show one page more, before the first row; returns how many rows that were."""
        if self._complete:
            return 0
        before = self._entries[0].number if self._entries else None
        page = self._diary.entries(before=before, limit=PAGE, matching=self.matching)
        self._complete = len(page) < PAGE
        if page:
            self.beginInsertRows(_NOWHERE, 0, len(page) - 1)
            self._entries[:0] = page
            self.endInsertRows()
        return len(page)

    def let_go(self) -> int:
        """Show the newest page alone again; returns how many rows went. They are fetched again when looked for."""
        gone = max(0, len(self._entries) - PAGE)
        if gone:
            self.beginRemoveRows(_NOWHERE, 0, gone - 1)
            del self._entries[:gone]
            self._complete = False
            self.endRemoveRows()
        return gone

    def refresh(self) -> bool:
        """Take up what was said or deleted since, at the newest end; whether anything was."""
        newest = self._diary.entries(limit=PAGE, matching=self.matching)
        gone = self._gone(newest)
        for row in reversed(gone):
            self._remove_row(row)
        last = self._entries[-1].number if self._entries else 0
        new = [entry for entry in newest if entry.number > last]
        if new and new[0] is newest[0] and len(newest) == PAGE and self._entries:
            self.show_matching(self.matching)
        elif new:
            self.beginInsertRows(_NOWHERE, len(self._entries), len(self._entries) + len(new) - 1)
            self._entries += new
            self.endInsertRows()
        return bool(gone or new)

    def remove(self, numbers: Iterable[int]) -> int:
        """Show these no more; the diary is left as it is. Returns how many were shown."""
        gone = set(numbers)
        rows = [row for row, entry in enumerate(self._entries) if entry.number in gone]
        for row in reversed(rows):
            self._remove_row(row)
        return len(rows)

    def put_back(self, entries: Iterable[Entry]) -> int:
        """Show restored `entries` in their old places, if they belong to what is shown. Returns how many do."""
        first = self._entries[0].number if self._entries else 0
        oldest = 0 if self._complete else first
        back = [entry for entry in entries if entry.number >= oldest]
        if self.matching and back:
            numbers = {entry.number for entry in back}
            found = self._diary.entries(limit=len(self._entries) + len(back), matching=self.matching)
            back = [entry for entry in found if entry.number in numbers]
        for entry in back:
            row = bisect_left(self._entries, entry.number, key=lambda shown: shown.number)
            self.beginInsertRows(_NOWHERE, row, row)
            self._entries.insert(row, entry)
            self.endInsertRows()
        return len(back)

    def entry(self, index: AnyIndex) -> Entry:
        return self._entries[index.row()]

    def row_of(self, number: int) -> int:
        """The row of the turn with that number, or -1."""
        return next((row for row, entry in enumerate(self._entries) if entry.number == number), -1)

    def day_begun_by(self, index: AnyIndex) -> date | None:
        """The day of the turn if it is the first shown of that day, else None."""
        row = index.row()
        day = self._day(row)
        return None if row and self._day(row - 1) == day else day

    def rowCount(self, parent: AnyIndex = _NOWHERE) -> int:  # noqa: N802
        return 0 if parent.isValid() else len(self._entries)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return entry_words(self._entries[index.row()])
        return None

    def _day(self, row: int) -> date:
        """Asked for each row whenever they are laid out, so it is found out once."""
        entry = self._entries[row]
        if entry.number not in self._days:
            self._days[entry.number] = day_of(entry)
        return self._days[entry.number]

    def _begin(self, entries: Sequence[Entry], complete: bool) -> None:
        self.beginResetModel()
        self._entries = list(entries)
        self._complete = complete
        self.endResetModel()

    def _gone(self, newest: Sequence[Entry]) -> list[int]:
        """Rows that the diary, whose newest page is `newest`, holds no more."""
        there = {entry.number for entry in newest}
        since = newest[0].number if len(newest) == PAGE else 0
        return [row for row, entry in enumerate(self._entries) if entry.number >= since and entry.number not in there]

    def _remove_row(self, row: int) -> None:
        self.beginRemoveRows(_NOWHERE, row, row)
        del self._entries[row]
        self.endRemoveRows()
