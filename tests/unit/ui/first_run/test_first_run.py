"""The first steps, and the ways through them."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QWidget
from pytestqt.qtbot import QtBot

from companion.core.settings_file import SettingsFile
from companion.ui.first_run.window import FirstRun
from tests.unit.ui.first_run.conftest import Companion, field, press, shown, wait_for, wait_until_said


def test_all_steps_by_the_return_key_end_in_her_first_words(
    qtbot: QtBot, window: FirstRun, companion: Companion, file: SettingsFile
) -> None:
    window.show()
    titles = ["Hello, I'm Samantha", "Can I hear you?", "Can you hear me?", "What suits this computer"]
    for title in [*titles, "What shall we call each other?", "We are ready"]:
        wait_for(qtbot, window, title)
        wait_until_said(qtbot, companion, title)
        if title == "We are ready":
            with qtbot.waitSignal(window.finished):
                QTest.keyClick(window, Qt.Key.Key_Return)
        else:
            QTest.keyClick(window, Qt.Key.Key_Return)
    assert not window.isVisible()
    assert file.settings.window.first_run_done
    assert file.settings.model_dump(exclude={"window"}) == type(file.settings)().model_dump(exclude={"window"})


def test_at_the_end_she_may_find_out_who_she_should_be(qtbot: QtBot, window: FirstRun, file: SettingsFile) -> None:
    window.show()
    told: list[str] = []
    window.finished.connect(lambda: told.append("finished"))
    window.interview_wanted.connect(lambda: told.append("interview"))
    for _ in range(5):
        press(window, "Skip")
    press(window, "Let me find out who I should be")
    assert told == ["finished", "interview"] and not window.isVisible()
    assert file.settings.window.first_run_done


def test_escape_leaves_and_says_so_once(qtbot: QtBot, window: FirstRun, file: SettingsFile) -> None:
    window.show()
    ends: list[bool] = []
    window.finished.connect(lambda: ends.append(True))
    QTest.keyClick(window, Qt.Key.Key_Escape)
    window.close()
    assert ends == [True] and file.settings.window.first_run_done
    window.show()
    assert "Hello" in shown(window), "it can be gone through again"
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert ends == [True, True]


def test_when_the_program_ends_the_steps_are_still_to_be_done(
    qtbot: QtBot, window: FirstRun, file: SettingsFile
) -> None:
    window.show()
    ends: list[bool] = []
    window.finished.connect(lambda: ends.append(True))
    window.close()
    assert ends == [] and not file.settings.window.first_run_done


def test_back_and_skip(qtbot: QtBot, window: FirstRun) -> None:
    window.show()
    assert "Back" not in shown(window)
    for title in ("Can I hear you?", "Can you hear me?", "What suits", "What shall we", "We are ready"):
        press(window, "Skip")
        assert title in shown(window)
    assert "Skip" not in shown(window)
    press(window, "Back")
    assert "What shall we" in shown(window)


def test_return_presses_the_button_that_has_the_focus(qtbot: QtBot, window: FirstRun) -> None:
    window.show()
    press(window, "Skip")
    back = next(b for b in window.findChildren(QAbstractButton) if b.text() == "Back")
    back.setFocus()
    QTest.keyClick(back, Qt.Key.Key_Return)
    assert "Hello" in shown(window)


def test_names(qtbot: QtBot, window: FirstRun, companion: Companion, file: SettingsFile) -> None:
    window.show()
    for _ in range(4):
        press(window, "Skip")
    hers, yours = field(window, "Her name"), field(window, "Your name")
    assert hers.text() == "Samantha"
    press(window, "You choose")
    chosen = hers.text()
    assert chosen and chosen != "Samantha"
    wait_until_said(qtbot, companion, chosen)
    yours.setText("  Sam   Doe ")
    press(window, "Next")
    assert (file.settings.her_name, file.settings.user_name) == (chosen, "Sam Doe")
    press(window, "Back")
    hers.setText("Samantha")
    press(window, "Next")
    assert file.settings.her_name == "", "her own name is no other name"


def test_skipping_keeps_no_name(qtbot: QtBot, window: FirstRun, file: SettingsFile) -> None:
    window.show()
    for _ in range(4):
        press(window, "Skip")
    field(window, "Her name").setText("Ada")
    press(window, "Skip")
    assert file.settings.her_name == ""


def test_a_setting_that_cannot_be_written_is_told(
    qtbot: QtBot, window: FirstRun, file: SettingsFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    window.show()
    for _ in range(4):
        press(window, "Skip")
    field(window, "Your name").setText("Sam")
    file.path.mkdir()
    press(window, "Next")
    assert "cannot be read" in shown(window)
    assert "What shall we call" in shown(window)


def test_everything_that_can_be_used_has_a_name_and_can_be_reached(qtbot: QtBot, window: FirstRun) -> None:
    window.show()
    for _ in range(6):
        usable = [
            widget
            for widget in window.findChildren(QWidget)
            if widget.isVisible() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isEnabled()
        ]
        assert all(widget.accessibleName() or getattr(widget, "text", str)() for widget in usable)
        reached = set()
        for _ in range(40):
            reached.add(window.focusWidget())
            window.focusNextChild()
        assert set(usable) <= reached
        window.focusWidget()
        skips = [b for b in window.findChildren(QAbstractButton) if b.isVisible() and b.text() == "Skip"]
        if skips:
            skips[0].click()
