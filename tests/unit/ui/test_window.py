"""The floating window: what it shows of a view, and what it tells of the person."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu, QPushButton, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from companion.core import events as ev
from companion.core.engines import EngineInfo
from companion.ui.placement import Places
from companion.ui.theme import DAY, NIGHT
from companion.ui.view import Notice, View
from companion.ui.window import FloatingWindow

MakeWindow = Callable[[View], FloatingWindow]


@pytest.fixture
def make_window(qtbot: QtBot, tmp_path: Path) -> MakeWindow:
    def make(view: View) -> FloatingWindow:
        window = FloatingWindow(DAY, Places.load(tmp_path / "window.json"), True, view, lambda: 100.0)
        menu = QMenu(window)
        window.set_menu(menu)
        qtbot.addWidget(window)
        window.show()
        return window

    return make


def test_a_typed_line_is_said_and_the_field_is_empty_again(make_window: MakeWindow, qtbot: QtBot) -> None:
    window = make_window(View("Samantha"))
    said: list[str] = []
    window.said.connect(said.append)
    QTest.keyClicks(window.entry, "  How are you?  ")
    QTest.keyClick(window.entry, Qt.Key.Key_Return)
    QTest.keyClick(window.entry, Qt.Key.Key_Return)
    assert said == ["How are you?"]
    assert window.entry.text() == ""


def test_escape_and_a_click_on_her_stop_her(make_window: MakeWindow, qtbot: QtBot) -> None:
    window = make_window(View("Samantha"))
    with qtbot.waitSignal(window.stopped):
        QTest.keyClick(window, Qt.Key.Key_Escape)
    with qtbot.waitSignal(window.stopped):
        QTest.mouseClick(window, Qt.MouseButton.LeftButton, pos=window.presence.geometry().center())


def test_a_click_beside_her_and_a_drag_of_her_do_not(make_window: MakeWindow, qtbot: QtBot) -> None:
    window = make_window(View("Samantha"))
    stopped: list[bool] = []
    window.stopped.connect(lambda: stopped.append(True))
    QTest.mouseClick(window, Qt.MouseButton.LeftButton, pos=QPoint(window.width() // 2, window.height() - 3))
    start = window.presence.geometry().center()
    before = window.pos()
    QTest.mousePress(window, Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(window, start - QPoint(120, 90))
    QTest.mouseRelease(window, Qt.MouseButton.LeftButton, pos=start)
    assert window.pos() != before
    assert stopped == []


def test_it_shows_her_words_yours_and_how_she_is(make_window: MakeWindow) -> None:
    view = View("Samantha")
    window = make_window(view)
    view.take(ev.UserSpoke(0, "Hello"), 0)
    view.take(ev.ClauseStarted(0, "Hi there.", 1.0, (0.4, 0.8)), 0)
    view.take(ev.StateChanged(0, "speaking"), 0)
    window.take_view()
    assert window.captions.accessibleName() == "You: Hello\nSamantha: Hi there."
    assert window.state.accessibleName() == "Samantha is speaking"
    assert window.stop_button.isEnabled()


def test_what_was_not_heard_is_told_to_screen_readers_too(make_window: MakeWindow) -> None:
    view = View("Samantha")
    window = make_window(view)
    view.take(ev.ReplyInterrupted(0, "Hi", "there."), 0)
    window.take_view()
    assert window.captions.accessibleName() == "Samantha: Hi\nNot heard: there."


def test_muting_is_shown_on_the_button(make_window: MakeWindow, qtbot: QtBot) -> None:
    view = View("Samantha")
    window = make_window(view)
    with qtbot.waitSignal(window.mute_pressed):
        window.mute_button.click()
    view.take(ev.StateChanged(0, "muted"), 0)
    window.take_view()
    assert window.mute_button.isChecked()
    assert window.mute_button.accessibleName() == "Listen again"


def test_a_notice_is_shown_with_what_can_be_pressed(make_window: MakeWindow, qtbot: QtBot) -> None:
    view = View("Samantha", lasting={"engine": Notice("She stopped.", "Why is not known.")})
    window = make_window(view)
    pressed: list[str] = []
    window.tell([("Try again", lambda: pressed.append("again"))])
    assert window.notice.accessibleName() == "She stopped. Why is not known."
    choice = window.notice.findChild(QPushButton, "choice")
    assert choice
    choice.click()
    assert pressed == ["again"]
    view.lasting.clear()
    window.tell([])
    assert not window.notice.isVisible()


def test_words_that_leave_the_machine_are_told_of(make_window: MakeWindow) -> None:
    view = View("Samantha")
    window = make_window(view)
    assert not window.elsewhere.isVisible()
    there = EngineInfo("language model", "Ollama", "x", where="http://attic:11434")
    view.take(ev.ConversationStarted(0, (there,), "", ""), 0)
    window.take_view()
    assert window.elsewhere.isVisible()
    assert "http://attic:11434" in window.elsewhere.text()


def test_closing_hides_it_until_the_program_ends(make_window: MakeWindow, qtbot: QtBot) -> None:
    window = make_window(View("Samantha"))
    with qtbot.waitSignal(window.hidden_by_person):
        window.close()
    window.close_for_good()
    assert not window.isVisible()


def test_it_shrinks_to_her_and_back(make_window: MakeWindow) -> None:
    window = make_window(View("Samantha"))
    size = window.size()
    window.set_shrunk(True)
    assert window.presence.isVisible()
    assert not window.entry.isVisible()
    assert window.width() < size.width() / 2
    QTest.mouseDClick(window, Qt.MouseButton.LeftButton, pos=window.rect().center())
    assert window.entry.isVisible()
    assert window.size() == size


def test_everything_that_can_be_pressed_has_a_name_and_is_reached_by_tab(make_window: MakeWindow) -> None:
    view = View("Samantha")
    view.take(ev.StateChanged(0, "speaking"), 0)
    window = make_window(view)
    window.take_view()
    wanted = {window.entry, *window.findChildren(QToolButton)}
    assert all(widget.accessibleName() for widget in wanted)
    reached: set[QWidget] = set()
    for _ in range(20):
        QTest.keyClick(window, Qt.Key.Key_Tab)
        if focus := window.focusWidget():
            reached.add(focus)
    assert wanted <= reached


def test_it_changes_its_colours_while_it_runs(make_window: MakeWindow) -> None:
    window = make_window(View("Samantha"))
    bright = window.grab().toImage().pixelColor(window.width() // 2, window.height() - 8).lightness()
    window.set_theme(NIGHT)
    dark = window.grab().toImage().pixelColor(window.width() // 2, window.height() - 8).lightness()
    assert bright > 200 > 60 > dark


def test_a_hint_is_not_something_that_she_said(make_window: MakeWindow) -> None:
    view = View("Samantha")
    view.take(ev.StateChanged(0, "listening"), 0)
    window = make_window(view)
    assert window.captions.accessibleName() == "Just talk, or type below."
    window.set_theme(NIGHT)
    assert window.captions.accessibleName() == "Just talk, or type below."


def test_of_long_unheard_words_only_the_beginning_is_shown(make_window: MakeWindow) -> None:
    view = View("Samantha")
    window = make_window(view)
    view.take(ev.ReplyInterrupted(0, "Once upon a time", " ".join(f"word{n}" for n in range(80))), 0)
    window.take_view()
    long = window.captions.needed_height
    view.take(ev.ReplyInterrupted(0, "Once upon a time", " ".join(f"word{n}" for n in range(9))), 0)
    window.take_view()
    assert window.captions.needed_height == long


def test_what_she_waits_for_depends_on_the_way_to_talk(make_window: MakeWindow) -> None:
    view = View("Samantha", way_to_talk="push-to-talk")
    window = make_window(view)
    view.take(ev.StateChanged(0, "waiting"), 0)
    window.take_view()
    assert window.state.text() == "hold the key to talk"
    view.way_to_talk = "by-name"
    window.take_view()
    assert window.state.text() == "waiting to be called"
