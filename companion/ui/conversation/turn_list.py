"""The list of turns: opens at the newest, keeps its place whatever comes or goes, fetches what is older in time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QItemSelectionModel, QPersistentModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QFocusEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QWidget

from companion.core.diary import Entry
from companion.core.errors import CompanionError
from companion.ui.conversation.bubbles import Bubbles
from companion.ui.conversation.turns import Turns

NEAR_END_PX = 8
"""So near to the end one reads the newest, and wants to see what comes."""


@dataclass(slots=True)
class _Place:
    """What is looked at: the end, or the turn at the top."""

    at_end: bool
    first_seen: QPersistentModelIndex
    moved: bool = False


class TurnList(QListView):
    """Shows `Turns`. Failures of the diary are told by `failed`."""

    failed = Signal(str, str)
    """Message and hint."""

    def __init__(self, turns: Turns, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._turns = turns
        self._bubbles: Bubbles | None = None
        self._fetching = False
        self.setModel(turns)
        self._bubbles = Bubbles(self, turns)
        self.setItemDelegate(self._bubbles)
        self.setAccessibleName(self.tr("What was said"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        # Focus shows at the turn that has it.
        self.setStyleSheet("QListView, QListView:focus { background: transparent; border: none; padding: 0; }")
        self.verticalScrollBar().setSingleStep(36)
        self.verticalScrollBar().valueChanged.connect(self._fetch_in_time)

    @property
    def chosen(self) -> Sequence[Entry]:
        """The selected turns, the newest last."""
        return [self._turns.entry(index) for index in sorted(self.selectedIndexes(), key=lambda index: index.row())]

    @property
    def at_end(self) -> bool:
        """Whether the newest turn is in sight."""
        bar = self.verticalScrollBar()
        return bar.value() >= bar.maximum() - NEAR_END_PX

    def show_newest(self) -> None:
        self.doItemsLayout()
        self.scrollToBottom()
        self._fetch_in_time()

    def show_row(self, row: int) -> None:
        """Select the turn in that row, in the middle of what is seen."""
        index = self._turns.index(row)
        self.doItemsLayout()
        self.setCurrentIndex(index)
        self.scrollTo(index, QAbstractItemView.ScrollHint.PositionAtCenter)

    def select_near(self, row: int) -> None:
        """Select the turn in that row, or the last: after a deletion one goes on with what came next."""
        if self._turns.rowCount():
            self.setCurrentIndex(self._turns.index(min(row, self._turns.rowCount() - 1)))

    def change(self, work: Callable[[], object]) -> None:
        """Do `work`, which changes the turns if it returns something true; what is looked at stays where it is."""
        try:
            with self._keeping_place() as place:
                place.moved = bool(work())
        except CompanionError as error:
            self.failed.emit(error.message, error.hint)

    def look_again(self) -> None:
        """Lay everything out anew: the theme or the words to be found have changed."""
        if self._bubbles:
            self._bubbles.forget()
            self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        with self._keeping_place() as place:
            super().resizeEvent(event)
            place.moved = True

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        super().showEvent(event)
        self.show_newest()

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        newest = self._turns.rowCount() - 1
        if newest >= 0 and not self.currentIndex().isValid() and event.reason() is not Qt.FocusReason.MouseFocusReason:
            # Left to itself, Qt begins at the oldest.
            self.selectionModel().setCurrentIndex(self._turns.index(newest), QItemSelectionModel.SelectionFlag.NoUpdate)
        super().focusInEvent(event)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.PaletteChange, QEvent.Type.StyleChange):
            self.look_again()

    @contextmanager
    def _keeping_place(self) -> Iterator[_Place]:
        place = _Place(self.at_end, QPersistentModelIndex(self.indexAt(QPoint(self.viewport().width() // 2, 1))))
        top = self.visualRect(place.first_seen).top()
        yield place
        if not place.moved:
            return
        self.doItemsLayout()
        if place.at_end:
            self.scrollToBottom()
        elif place.first_seen.isValid():
            bar = self.verticalScrollBar()
            bar.setValue(bar.value() + self.visualRect(place.first_seen).top() - top)

    def _fetch_in_time(self) -> None:
        """Fetch older turns before one has scrolled to the first that is shown."""
        if self._fetching or not self.isVisible():
            return
        self._fetching = True
        try:
            while self.verticalScrollBar().value() < 2 * self.viewport().height() and self._fetched():
                pass
        finally:
            self._fetching = False

    def _fetched(self) -> bool:
        before = self._turns.rowCount()
        self.change(self._turns.fetch_older)
        return self._turns.rowCount() > before
