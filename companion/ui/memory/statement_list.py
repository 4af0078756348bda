"""The list of statements: it keeps what is selected and looked at, whatever comes or goes."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QItemSelection, QItemSelectionModel, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QFocusEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemDelegate, QAbstractItemView, QFrame, QListView, QWidget

from companion.core.facts import Fact
from companion.ui.memory.statement_rows import StatementRows
from companion.ui.memory.statements import Statements


class StatementList(QListView):
    """Shows `Statements`."""

    chosen_changed = Signal()
    written = Signal()
    """No row is being rewritten any more."""

    def __init__(self, statements: Statements, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._statements = statements
        self.rows = StatementRows(self, statements)
        self.setModel(statements)
        self.setItemDelegate(self.rows)
        self.setAccessibleName(self.tr("What she knows"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        # Focus shows at the statement that has it.
        self.setStyleSheet("QListView, QListView:focus { background: transparent; border: none; padding: 0; }")
        self.verticalScrollBar().setSingleStep(30)

    @property
    def chosen(self) -> Sequence[Fact]:
        """The selected statements, from the top."""
        return [self._statements.fact(index) for index in sorted(self.selectedIndexes(), key=lambda index: index.row())]

    @property
    def writing(self) -> bool:
        """Whether a row is being rewritten."""
        return self.state() is QAbstractItemView.State.EditingState

    def change(self, work: Callable[[], object]) -> None:
        """Do `work`, which changes the statements; what is selected and looked at stays so, as far as it is there."""
        chosen = {fact.number for fact in self.chosen}
        current, row = self.currentIndex(), self.currentIndex().row()
        number = self._statements.fact(current).number if current.isValid() else 0
        first = self.indexAt(QPoint(self.viewport().width() // 2, 1))
        at_top = self.verticalScrollBar().value() == 0
        seen = (self._statements.fact(first).number, self.visualRect(first).top()) if first.isValid() else (0, 0)
        work()
        self._select(chosen, number, row)
        if not at_top:
            self._look_at(*seen)

    def show_number(self, number: int) -> None:
        """Select the statement with that number, if it is shown."""
        index = self._statements.index(self._statements.row_of(number))
        if index.isValid():
            self.setCurrentIndex(index)
            self.scrollTo(index)

    def look_again(self, matching: str | None = None) -> None:
        """Lay everything out anew: the theme or the words to be found (`matching`) have changed."""
        self.rows.matching = self.rows.matching if matching is None else matching
        self.rows.forget()
        self.scheduleDelayedItemsLayout()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        current = self.currentIndex()
        was_seen = QRect(QPoint(), event.oldSize()).intersects(self.visualRect(current))
        super().resizeEvent(event)
        self.doItemsLayout()
        if current.isValid() and was_seen:
            self.scrollTo(current)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        super().changeEvent(event)
        is_look = event.type() in (QEvent.Type.FontChange, QEvent.Type.PaletteChange, QEvent.Type.StyleChange)
        if is_look:
            self.look_again()

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        if not self.currentIndex().isValid() and event.reason() is not Qt.FocusReason.MouseFocusReason:
            self.selectionModel().setCurrentIndex(self._statements.index(0), QItemSelectionModel.SelectionFlag.NoUpdate)
        super().focusInEvent(event)

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:  # noqa: N802
        super().selectionChanged(selected, deselected)
        self.chosen_changed.emit()

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:  # noqa: N802
        # What is next is not to be rewritten too.
        super().closeEditor(editor, QAbstractItemDelegate.EndEditHint.NoHint)
        self.setFocus()
        self.written.emit()

    def _select(self, chosen: set[int], current: int, row: int) -> None:
        """Select these again; where all of them are gone, what has taken their place at `row`."""
        flags, selection = QItemSelectionModel.SelectionFlag, self.selectionModel()
        at = self._statements.row_of(current)
        if at < 0:
            at = min(row, self._statements.rowCount() - 1)
        there = sorted({self._statements.row_of(number) for number in chosen} - {-1})
        if chosen and not there and at >= 0:
            there = [at]
        selection.setCurrentIndex(self._statements.index(at), flags.NoUpdate)
        if there != sorted(index.row() for index in self.selectedIndexes()):
            selected = QItemSelection()
            for each in there:
                selected.select(self._statements.index(each), self._statements.index(each))
            selection.select(selected, flags.ClearAndSelect)
        self.chosen_changed.emit()

    def _look_at(self, number: int, top: int) -> None:
        """Have the statement with that number where it was."""
        row = self._statements.row_of(number)
        if row >= 0:
            self.doItemsLayout()
            bar = self.verticalScrollBar()
            bar.setValue(bar.value() + self.visualRect(self._statements.index(row)).top() - top)
