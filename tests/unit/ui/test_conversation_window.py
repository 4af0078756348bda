"""The conversation view, worked as a person works it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtGui import QAccessible, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLabel, QLineEdit, QListView, QMenu, QPushButton
from pytestqt.qtbot import QtBot

from companion.core.diary import Entry
from companion.core.errors import CompanionError
from companion.ui.conversation.turns import PAGE
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


def test_it_opens_at_the_newest_turns_and_fetches_older_as_one_scrolls(make_window: MakeWindow) -> None:
    window = make_window(many(3 * PAGE + 10))
    assert at_end(window)
    assert len(shown(window)) == PAGE
    bar = turn_list(window).verticalScrollBar()
    while bar.value() > 0:
        bar.setValue(bar.value() - 500)
    assert shown(window) == [f"turn {number}" for number in range(3 * PAGE + 10)]


def test_what_one_reads_stays_in_place_while_older_turns_are_fetched(make_window: MakeWindow) -> None:
    window = make_window(many(3 * PAGE))
    bar = turn_list(window).verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    words, top = first_seen(window)
    turn_list(window).verticalScrollBar().setValue(bar.value() - top)
    before = first_seen(window)
    assert before[0] == words
    window.refresh()
    turn_list(window).change(turn_list(window).model().fetch_older)  # type: ignore[attr-defined]
    assert first_seen(window) == before
    assert len(shown(window)) == 2 * PAGE


def test_nothing_said_yet_is_told(make_window: MakeWindow) -> None:
    diary = ListDiary()
    window = make_window(diary)
    assert "Nothing has been said yet. Say hello, and you will find it here." in labels(window)
    diary.add(entries("Hello.")[0])
    window.refresh()
    assert shown(window) == ["Hello."]
    assert not any("Nothing" in label for label in labels(window))


def test_new_turns_come_into_sight_if_one_is_at_the_end(make_window: MakeWindow) -> None:
    diary = many(100)
    window = make_window(diary)
    diary.add(entries("Something new.")[0])
    window.refresh()
    assert shown(window)[-1] == "Something new."
    assert at_end(window)


def test_new_turns_do_not_move_what_one_reads(make_window: MakeWindow) -> None:
    diary = many(100)
    window = make_window(diary)
    turn_list(window).verticalScrollBar().setValue(700)
    before = first_seen(window)
    diary.add(entries("Something new.")[0])
    window.refresh()
    assert first_seen(window) == before
    assert shown(window)[-1] == "Something new."


def test_at_the_end_what_is_far_away_is_let_go_and_comes_back(make_window: MakeWindow) -> None:
    diary = many(7 * PAGE)
    window = make_window(diary)
    bar = turn_list(window).verticalScrollBar()
    while bar.value() > 0:
        bar.setValue(0)
    window.refresh()
    assert len(shown(window)) == 7 * PAGE, "not while one reads it"
    bar.setValue(bar.maximum())
    diary.add(entries("Something new.")[0])
    window.refresh()
    assert len(shown(window)) == PAGE + 1
    assert shown(window)[-1] == "Something new."
    assert at_end(window)
    while bar.value() > 0:
        bar.setValue(0)
    assert shown(window) == [*(f"turn {number}" for number in range(7 * PAGE)), "Something new."]


def test_what_reaches_the_diary_a_little_later_is_shown_too(make_window: MakeWindow, qtbot: QtBot) -> None:
    diary = many(3)
    window = make_window(diary)
    window.refresh()
    diary.add(entries("late")[0])
    qtbot.waitUntil(lambda: shown(window)[-1] == "late")


def test_what_another_process_deleted_goes_away(make_window: MakeWindow) -> None:
    diary = many(5)
    window = make_window(diary)
    diary.delete([5])
    diary.add(entries("again")[0])
    window.refresh()
    assert shown(window) == ["turn 0", "turn 1", "turn 2", "turn 3", "again"]
    diary.delete_all()
    window.refresh()
    assert shown(window) == []


def test_more_new_turns_than_a_page_are_no_gap(make_window: MakeWindow) -> None:
    diary = many(5)
    window = make_window(diary)
    for entry in entries(*(f"new {number}" for number in range(PAGE + 5))):
        diary.add(entry)
    window.refresh()
    assert shown(window)[0] == "new 5"
    assert shown(window)[-1] == f"new {PAGE + 4}"


def test_the_search_finds_as_one_types_and_escape_ends_it(make_window: MakeWindow, qtbot: QtBot) -> None:
    window = make_window(ListDiary(entries("the cat", "a dog", "two cats", "one bird")))
    field = window.findChild(QLineEdit)
    assert isinstance(field, QLineEdit)
    turn_list(window).setFocus()
    QTest.keyClick(turn_list(window), Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert field.hasFocus()
    QTest.keyClicks(field, "cat")
    qtbot.waitUntil(lambda: shown(window) == ["the cat", "two cats"])
    assert "2 turns" in labels(window)
    QTest.keyClick(field, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: len(shown(window)) == 4)
    assert "2 turns" not in labels(window)


def test_a_search_without_a_find_says_so(make_window: MakeWindow, qtbot: QtBot) -> None:
    window = make_window(ListDiary(entries("the cat")))
    search(qtbot, window, "zebra")
    assert "Nothing was said with “zebra”." in labels(window)


def test_enter_shows_a_find_among_the_others(make_window: MakeWindow, qtbot: QtBot) -> None:
    diary = many(4 * PAGE)
    window = make_window(diary)
    search(qtbot, window, f"{PAGE + 50}")
    assert shown(window) == [f"turn {PAGE + 50}"]
    view = choose(window, 0)
    QTest.keyClick(view, Qt.Key.Key_Return)
    assert shown(window)[0] == "turn 50"
    assert shown(window)[-1] == f"turn {4 * PAGE - 1}"
    assert str(view.currentIndex().data()).endswith(f"turn {PAGE + 50}")
    assert view.viewport().rect().contains(view.visualRect(view.currentIndex()))


def test_turns_are_copied(make_window: MakeWindow, qtbot: QtBot) -> None:
    window = make_window(ListDiary(entries("the cat", "a dog")))
    view = choose(window, 1)
    QTest.keyClick(view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "a dog"
    QTest.keyClick(view, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert len(QGuiApplication.clipboard().text().splitlines()) == 3


def test_turns_are_deleted_told_and_brought_back(make_window: MakeWindow, qtbot: QtBot) -> None:
    diary = ListDiary(entries("one", "two", "three", "four"))
    window = make_window(diary)
    told: list[list[str]] = []
    window.deleted.connect(told.append)
    view = choose(window, 1, 2)
    QTest.keyClick(view, Qt.Key.Key_Delete)
    assert shown(window) == [entry.text for entry in diary.entries()] == ["one", "four"]
    assert told == [["two", "three"]]
    assert said(window) == "Deleted: 2 turns."
    assert str(view.currentIndex().data()).endswith("four"), "one goes on with what came next"
    QTest.mouseClick(button(window, "Undo"), Qt.MouseButton.LeftButton)
    assert shown(window) == [entry.text for entry in diary.entries()] == ["one", "two", "three", "four"]
    assert said(window) == ""


def test_the_keyboard_undoes_deletions_the_last_first(make_window: MakeWindow, qtbot: QtBot) -> None:
    window = make_window(ListDiary(entries("one", "two", "three")))
    for _ in range(2):
        QTest.keyClick(choose(window, 0), Qt.Key.Key_Delete)
    assert shown(window) == ["three"]
    undo = (Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(turn_list(window), *undo)
    assert shown(window) == ["two", "three"]
    QTest.keyClick(turn_list(window), *undo)
    QTest.keyClick(turn_list(window), *undo)
    assert shown(window) == ["one", "two", "three"]


def test_what_comes_back_during_a_search_is_shown_if_it_matches(make_window: MakeWindow, qtbot: QtBot) -> None:
    window = make_window(ListDiary(entries("a cat", "a dog", "cats")))
    view = choose(window, 0, 1, 2)
    QTest.keyClick(view, Qt.Key.Key_Delete)
    search(qtbot, window, "cat")
    assert shown(window) == []
    QTest.mouseClick(button(window, "Undo"), Qt.MouseButton.LeftButton)
    assert shown(window) == ["a cat", "cats"]


def chosen_from_menu(window: ConversationWindow, qtbot: QtBot, at: QPoint, words: str) -> None:
    turn_list(window).customContextMenuRequested.emit(at)
    (menu,) = (menu for menu in window.findChildren(QMenu) if menu.isVisible())
    (action,) = (action for action in menu.actions() if action.text().startswith(words))
    action.trigger()
    menu.close()


def test_a_day_is_deleted_by_the_menu(make_window: MakeWindow, qtbot: QtBot) -> None:
    diary = ListDiary(entries("day one", "day two", "day three", apart=timedelta(days=1)))
    diary.add(Entry(0, START + timedelta(days=2, minutes=1), "user", "Samantha", "day three still"))
    window = make_window(diary)
    view = choose(window, 2)
    chosen_from_menu(window, qtbot, view.visualRect(view.currentIndex()).center(), "Delete all of this day")
    assert shown(window) == ["day one", "day two"]
    QTest.mouseClick(button(window, "Undo"), Qt.MouseButton.LeftButton)
    assert shown(window)[2:] == ["day three", "day three still"]


def test_the_first_turn_of_each_day_stands_below_its_date(make_window: MakeWindow) -> None:
    diary = ListDiary(entries("one", "two", apart=timedelta(days=1)))
    diary.add(Entry(0, START + timedelta(days=1, minutes=1), "companion", "Samantha", "two"))
    window = make_window(diary)
    view = turn_list(window)
    heights = [view.visualRect(view.model().index(row, 0)).height() for row in range(3)]
    assert heights[0] == heights[1] > heights[2]


@pytest.mark.parametrize(("name", "kind"), [("all.md", "Markdown (*.md)"), ("all.md", "JSON (*.json)")])
def test_all_is_exported(
    make_window: MakeWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, kind: str
) -> None:
    window = make_window(many(PAGE + 3))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / name), kind))
    QTest.mouseClick(button(window, "Export…"), Qt.MouseButton.LeftButton)
    (file,) = tmp_path.iterdir()
    text = file.read_text(encoding="utf-8")
    if kind.startswith("JSON"):
        assert len(json.loads(text)["turns"]) == PAGE + 3
    else:
        assert text.count("\nturn ") == PAGE + 3
    assert str(file) in said(window)


def test_an_export_that_fails_is_told(make_window: MakeWindow, tmp_path: Path) -> None:
    window = make_window(many(3))
    window.export_to(tmp_path / "none" / "file.md")
    assert "could not be written" in said(window)


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


def test_a_diary_that_cannot_be_read_is_told(make_window: MakeWindow) -> None:
    window = make_window(BrokenDiary([], {"entries"}))
    assert said(window) == "The disk is full. Make room."


def test_a_deletion_or_its_undo_that_fails_changes_nothing(make_window: MakeWindow, qtbot: QtBot) -> None:
    refused = {"delete"}
    window = make_window(BrokenDiary(entries("one", "two"), refused))
    QTest.keyClick(choose(window, 0), Qt.Key.Key_Delete)
    assert shown(window) == ["one", "two"]
    assert said(window) == "The disk is full. Make room."
    refused.clear()
    QTest.keyClick(choose(window, 0), Qt.Key.Key_Delete)
    refused.add("restore")
    undo = (Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(turn_list(window), *undo)
    assert said(window) == "The disk is full. Make room."
    refused.clear()
    QTest.keyClick(turn_list(window), *undo)
    assert shown(window) == ["one", "two"]


def test_a_new_conversation_is_asked_for(make_window: MakeWindow, qtbot: QtBot) -> None:
    window = make_window(many(1))
    with qtbot.waitSignal(window.new_conversation):
        QTest.keyClick(button(window, "New conversation"), Qt.Key.Key_Space)


def test_the_tab_key_reaches_everything_and_begins_at_the_newest_turn(make_window: MakeWindow, qtbot: QtBot) -> None:
    window = make_window(many(30))
    field = window.findChild(QLineEdit)
    assert isinstance(field, QLineEdit)
    field.setFocus()
    reached = []
    for _ in range(4):
        focused = window.focusWidget()
        reached.append(focused)
        QTest.keyClick(focused, Qt.Key.Key_Tab)
    view = turn_list(window)
    assert reached == [field, button(window, "Export…"), button(window, "New conversation"), view]
    assert str(view.currentIndex().data()).endswith("turn 29")


def test_a_screen_reader_can_name_everything(make_window: MakeWindow, qtbot: QtBot) -> None:
    window = make_window(many(3))
    QTest.keyClick(choose(window, 0), Qt.Key.Key_Delete)
    for widget in (turn_list(window), window.findChild(QLineEdit), *window.findChildren(QPushButton)):
        assert widget is not None
        read = QAccessible.queryAccessibleInterface(widget)
        assert read.text(QAccessible.Text.Name)
    row = QAccessible.queryAccessibleInterface(turn_list(window)).child(0)
    assert row.text(QAccessible.Text.Name).startswith("Samantha, ")
    assert row.text(QAccessible.Text.Name).endswith(": turn 1")


def test_rows_are_as_wide_as_the_window_and_high_enough_for_their_words(make_window: MakeWindow, qtbot: QtBot) -> None:
    window = make_window(ListDiary(entries("short", "word " * 200)))
    view = turn_list(window)

    def height(index: QModelIndex) -> int:
        return view.visualRect(index).height()

    short, long = (view.model().index(row, 0) for row in range(2))
    wide = height(long)
    assert wide > 2 * height(short)
    window.resize(400, 600)
    qtbot.waitUntil(lambda: height(long) > wide)
    assert view.visualRect(long).width() == view.viewport().width()
