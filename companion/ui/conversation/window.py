"""All that was said: by day, searched as one types, copied, deleted and exported."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QMenu,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from companion.core.diary import Diary, Entry
from companion.core.errors import CompanionError
from companion.ui.conversation.export import write_export
from companion.ui.conversation.hairline import Hairline
from companion.ui.conversation.sentences import copied_words, count_words, day_of, day_words
from companion.ui.conversation.turn_list import TurnList
from companion.ui.conversation.turns import PAGE, Turns
from companion.ui.conversation.undo_bar import UndoBar
from companion.ui.widgets import Note

TYPING_MS = 120
"""So long after the last key the search begins."""
SETTLED_MS = 400
"""So long after a turn was told it is surely in the diary: who writes it is another process."""
MOST_AT_END = 5 * PAGE
"""Rows that stay while one reads the newest: each costs a little whenever a turn is added."""
ALL = 2**31


class ConversationWindow(QWidget):
    """A window of its own. Call `refresh` when a turn has ended."""

    new_conversation = Signal()
    """The person wants to begin anew."""
    deleted = Signal(list)
    """The texts of turns that were deleted (str), to be forgotten."""

    def __init__(self, diary: Diary, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self._diary = diary
        self._deletions: list[Sequence[Entry]] = []
        self._turns = Turns(diary, self)
        self._list = TurnList(self._turns, self)
        self._search = QLineEdit(self)
        self._found = Note("", self)
        self._empty = Note("", self)
        self._undo_bar = UndoBar(self)
        self._pages = QStackedWidget(self)
        self.setWindowTitle(self.tr("Conversation"))
        room = self.screen().availableSize()
        self.resize(min(760, room.width() - 40), min(680, room.height() - 60))
        self.setMinimumSize(360, 320)
        self._menu = QMenu(self)
        self._menu_day = date.today()
        keys, key = QKeySequence.StandardKey, Qt.Key
        self._action(self.tr("Copy"), self._copy, keys.Copy)
        self._show_action = self._action(
            self.tr("Show among the others"), self._show_among_others, key.Key_Return, key.Key_Enter
        )
        self._menu.addSeparator()
        self._delete_action = self._action(self.tr("Delete"), self._delete, keys.Delete)
        self._delete_day_action = self._action(self.tr("Delete all of this day"), self._delete_day)
        self._lay_out()
        self._typing = self._timer(TYPING_MS, self._search_now)
        self._settling = self._timer(SETTLED_MS, self._look)
        self._connect()
        self._do(lambda: self._turns.show_matching(""))
        self._show_state()

    def refresh(self) -> None:
        """Take up what was said since; what one reads stays where it is, unless one reads the newest."""
        self._look()
        self._settling.start()

    def show_turn(self, number: int) -> None:
        """Leave the search, and show the turn with that number with what was said before and after."""
        if self._do(lambda: self._turns.show_from(number)):
            self._search.clear()
            self._list.look_again()
            self._show_state()
            self._list.show_row(self._turns.row_of(number))

    def export_to(self, path: Path) -> None:
        """Write all that was said to `path`: JSON if it ends so, else Markdown. Tells how it went."""
        try:
            entries = self._diary.entries(limit=ALL)
            write_export(entries, path)
        except CompanionError as error:
            self._tell_fault(error.message, error.hint)
        else:
            words = self.tr("What was said is written to {file}: {turns}.")
            self._undo_bar.tell(words.format(file=path, turns=count_words(len(entries))))

    # --- how it is made

    def _lay_out(self) -> None:
        self._search.setPlaceholderText(self.tr("Search what was said"))
        self._search.setAccessibleName(self.tr("Search what was said"))
        self._search.setClearButtonEnabled(True)
        self._found.setWordWrap(False)
        self._empty.setWordWrap(True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setContentsMargins(48, 0, 48, 48)
        export = QPushButton(self.tr("Export…"), self)
        export.clicked.connect(self._choose_file)
        begin = QPushButton(self.tr("New conversation"), self)
        begin.clicked.connect(self.new_conversation)
        for button in (export, begin):
            button.setAutoDefault(False)
        top = QHBoxLayout()
        top.setContentsMargins(18, 14, 18, 12)
        top.setSpacing(8)
        top.addWidget(self._search, 1)
        top.addWidget(self._found)
        top.addWidget(export)
        top.addWidget(begin)
        self._pages.addWidget(self._list)
        self._pages.addWidget(self._empty)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(top)
        layout.addWidget(Hairline(self))
        layout.addWidget(self._pages, 1)
        layout.addWidget(self._undo_bar)
        for first, then in ((self._search, export), (export, begin), (begin, self._list)):
            QWidget.setTabOrder(first, then)

    def _timer(self, milliseconds: int, act: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(milliseconds)
        timer.timeout.connect(act)
        return timer

    def _connect(self) -> None:
        self._search.textChanged.connect(self._await_more)
        self._search.returnPressed.connect(self._search_now)
        self._list.failed.connect(self._tell_fault)
        self._list.doubleClicked.connect(self._show_among_others)
        self._list.customContextMenuRequested.connect(self._show_menu)
        self._undo_bar.undo.connect(self._undo)
        keys = QKeySequence.StandardKey
        self._on_key(keys.Find, self._begin_search)
        self._on_key(Qt.Key.Key_Escape, self._search.clear)
        self._on_key(keys.Undo, self._undo)

    def _on_key(self, key: QKeySequence.StandardKey | Qt.Key, act: Callable[[], object]) -> None:
        QShortcut(QKeySequence(key), self).activated.connect(act)

    def _action(self, words: str, act: Callable[[], object], *keys: QKeySequence.StandardKey | Qt.Key) -> QAction:
        """In the menu of the list, and on `keys` while the list has the focus."""
        action = QAction(words, self._list)
        action.setShortcuts([QKeySequence(key) for key in keys])
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        action.triggered.connect(act)
        self._list.addAction(action)
        self._menu.addAction(action)
        return action

    # --- what is shown

    def _do(self, work: Callable[[], object]) -> bool:
        """Whether it could be done; else it is told why not."""
        try:
            work()
        except CompanionError as error:
            self._tell_fault(error.message, error.hint)
            return False
        return True

    def _tell_fault(self, message: str, hint: str) -> None:
        self._undo_bar.tell(f"{message} {hint}".strip())

    def _look(self) -> None:
        if self._list.at_end and not self._list.chosen and self._turns.rowCount() > MOST_AT_END:
            self._list.change(self._turns.let_go)
        self._list.change(self._turns.refresh)
        self._show_state()

    def _begin_search(self) -> None:
        self._search.setFocus()
        self._search.selectAll()

    def _await_more(self) -> None:
        self._typing.start()

    def _search_now(self) -> None:
        self._typing.stop()
        words = self._search.text().strip()
        if words == self._turns.matching:
            return
        self._list.look_again()
        if self._do(lambda: self._turns.show_matching(words)):
            self._show_state()
            self._list.show_newest()

    def _show_state(self) -> None:
        words, there = self._turns.matching, self._turns.rowCount() > 0
        self._pages.setCurrentWidget(self._list if there else self._empty)
        if not words:
            self._found.hide()
            self._empty.setText(self.tr("Nothing has been said yet. Say hello, and you will find it here."))
            return
        self._empty.setText(self.tr("Nothing was said with “{words}”.").format(words=words))
        self._do(self._show_count)

    def _show_count(self) -> None:
        count = self._diary.count(self._turns.matching)
        self._found.setText(count_words(count))
        self._found.show()

    def _show_among_others(self) -> None:
        """Leave the search, and show the turn that was found with what was said before and after."""
        index = self._list.currentIndex()
        if not self._turns.matching or not index.isValid():
            return
        self.show_turn(self._turns.entry(index).number)

    # --- what is done with it

    def _show_menu(self, at: QPoint) -> None:
        index = self._list.indexAt(at)
        if not index.isValid():
            index = self._list.currentIndex()
        if not index.isValid():
            return
        day = day_of(self._turns.entry(index))
        self._menu_day = day
        self._show_action.setVisible(bool(self._turns.matching))
        self._delete_action.setText(self.tr("Delete {turns}").format(turns=count_words(len(self._list.chosen))))
        self._delete_day_action.setText(self.tr("Delete all of this day ({day})").format(day=day_words(day)))
        self._menu.popup(self._list.viewport().mapToGlobal(at))

    def _copy(self) -> None:
        if chosen := self._list.chosen:
            QGuiApplication.clipboard().setText(copied_words(chosen))

    def _delete(self) -> None:
        numbers = [entry.number for entry in self._list.chosen]
        if numbers:
            self._delete_by(lambda: self._diary.delete(numbers))

    def _delete_day(self) -> None:
        self._delete_by(lambda: self._diary.delete_day(self._menu_day))

    def _delete_by(self, delete: Callable[[], Sequence[Entry]]) -> None:
        gone: list[Entry] = []
        if not self._do(lambda: gone.extend(delete())) or not gone:
            return
        self._deletions.append(gone)
        row = self._list.currentIndex().row()
        self._list.change(lambda: self._turns.remove(entry.number for entry in gone))
        self._list.select_near(row)
        self._show_state()
        self._undo_bar.offer(self.tr("Deleted: {turns}.").format(turns=count_words(len(gone))))
        self.deleted.emit([entry.text for entry in gone])

    def _undo(self) -> None:
        if not self._deletions:
            return
        entries = self._deletions[-1]
        if self._do(lambda: self._diary.restore(entries)):
            self._deletions.pop()
            self._undo_bar.hide()
            self._list.change(lambda: self._turns.put_back(entries))
            self._show_state()

    def _choose_file(self) -> None:
        markdown, json = self.tr("Markdown (*.md)"), self.tr("JSON (*.json)")
        suggested = str(Path.home() / self.tr("conversations.md"))
        name, kind = QFileDialog.getSaveFileName(self, self.tr("Export"), suggested, f"{markdown};;{json}")
        if name:
            path = Path(name)
            if kind == json and path.suffix.lower() != ".json":
                path = path.with_suffix(".json")
            self.export_to(path)
