"""The conversation view, worked as a person works it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QListView, QMenu, QPushButton
from pytestqt.qtbot import QtBot

from companion.core.diary import Entry
from companion.core.errors import CompanionError
from companion.ui.conversation.undo_bar import UndoBar
from companion.ui.conversation.window import ConversationWindow
from tests.fakes.list_diary import ListDiary

START = datetime(2026, 3, 1, 12, 0).astimezone()
MakeWindow = Callable[..., ConversationWindow]


def entries(*texts: str, apart: timedelta = timedelta(minutes=1)) -> list[Entry]:
    return [
        Entry(0, START + number * apart, "companion" if number % 2 else "user", "Samantha", text)
        for number, text in enumerate(texts)
    ]


def many(count: int) -> ListDiary:
    return ListDiary(entries(*(f"turn {number}" for number in range(count))))


@pytest.fixture
def make_window(qtbot: QtBot) -> MakeWindow:
    def make(diary: ListDiary) -> ConversationWindow:
        window = ConversationWindow(diary)
        qtbot.addWidget(window)
        with qtbot.waitExposed(window):
            window.show()
        window.activateWindow()
        return window

    return make


def turn_list(window: ConversationWindow) -> QListView:
    found = window.findChild(QListView)
    assert isinstance(found, QListView)
    return found


def shown(window: ConversationWindow) -> list[str]:
    """Each row as it is read aloud, without who and when."""
    model = turn_list(window).model()
    rows = [model.index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole) for row in range(model.rowCount())]
    return [str(words).split(": ", 1)[1] for words in rows]


def said(window: ConversationWindow) -> str:
    bar = window.findChild(UndoBar)
    assert isinstance(bar, UndoBar)
    return bar.words if bar.isVisible() else ""


def labels(window: ConversationWindow) -> list[str]:
    return [label.text() for label in window.findChildren(QLabel) if label.isVisible() and label.text()]


def button(window: ConversationWindow, words: str) -> QPushButton:
    (found,) = (each for each in window.findChildren(QPushButton) if each.text() == words)
    return found


def search(qtbot: QtBot, window: ConversationWindow, words: str) -> None:
    field = window.findChild(QLineEdit)
    assert isinstance(field, QLineEdit)
    field.clear()
    QTest.keyClicks(field, words)
    QTest.keyClick(field, Qt.Key.Key_Return)


def choose(window: ConversationWindow, *rows: int) -> QListView:
    view = turn_list(window)
    view.setFocus()
    view.setCurrentIndex(view.model().index(rows[0], 0))
    for row in rows[1:]:
        view.selectionModel().select(view.model().index(row, 0), view.selectionModel().SelectionFlag.Select)
    return view


def at_end(window: ConversationWindow) -> bool:
    bar = turn_list(window).verticalScrollBar()
    return bar.maximum() > 0 and bar.value() == bar.maximum()


def first_seen(window: ConversationWindow) -> tuple[str, int]:
    """The turn at the top, and where it is."""
    view = turn_list(window)
    index = view.indexAt(QPoint(view.width() // 2, 1))
    return str(index.data()), view.visualRect(index).top()


def chosen_from_menu(window: ConversationWindow, qtbot: QtBot, at: QPoint, words: str) -> None:
    turn_list(window).customContextMenuRequested.emit(at)
    (menu,) = (menu for menu in window.findChildren(QMenu) if menu.isVisible())
    (action,) = (action for action in menu.actions() if action.text().startswith(words))
    action.trigger()
    menu.close()


class BrokenDiary(ListDiary):
    """Says no to what is listed in `refused`."""

    def __init__(self, entries: Iterable[Entry], refused: set[str]) -> None:
        super().__init__(entries)
        self._refused = refused

    def _check(self, what: str) -> None:
        if what in self._refused:
            raise CompanionError("The disk is full.", "Make room.")

    def entries(self, before: int | None = None, limit: int = 200, matching: str = "") -> Sequence[Entry]:
        self._check("entries")
        return super().entries(before, limit, matching)

    def delete(self, numbers: Iterable[int]) -> Sequence[Entry]:
        self._check("delete")
        return super().delete(numbers)

    def restore(self, entries: Iterable[Entry]) -> None:
        self._check("restore")
        super().restore(entries)
