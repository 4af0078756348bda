"""The conversation view, worked as a person works it."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QAccessible, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from companion.core.diary import Entry
from companion.ui.conversation.turns import PAGE
from tests.fakes.list_diary import ListDiary
from tests.unit.ui.conversation.conftest import (
    START,
    MakeWindow,
    at_end,
    button,
    choose,
    entries,
    first_seen,
    labels,
    many,
    search,
    shown,
    turn_list,
)


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


def test_the_first_turn_of_each_day_stands_below_its_date(make_window: MakeWindow) -> None:
    diary = ListDiary(entries("one", "two", apart=timedelta(days=1)))
    diary.add(Entry(0, START + timedelta(days=1, minutes=1), "companion", "Samantha", "two"))
    window = make_window(diary)
    view = turn_list(window)
    heights = [view.visualRect(view.model().index(row, 0)).height() for row in range(3)]
    assert heights[0] == heights[1] > heights[2]


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
