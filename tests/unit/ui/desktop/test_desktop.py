"""Window, tray, menu and engine together."""

from __future__ import annotations

import os
import signal
from functools import partial

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from companion.core.events import (
    Configured,
    DeviceLost,
    Event,
    Faulted,
    PersonaChosen,
    ReminderDue,
    StateChanged,
    ToolUsed,
    UserSpoke,
)
from companion.core.intents import INTERVIEW_ME
from companion.core.settings_file import SettingsFile
from tests.unit.ui.desktop.conftest import Start, entry, has_died


def test_a_typed_line_is_answered_aloud_or_in_writing(qtbot: QtBot, start: Start, settings: SettingsFile) -> None:
    desktop = start()
    desktop.window.said.emit("Hello")
    qtbot.waitUntil(lambda: "Aloud." in desktop.window.captions.accessibleName())
    settings.set("window.speak_answers_to_typed", False)
    desktop.window.said.emit("And now?")
    qtbot.waitUntil(lambda: "In writing." in desktop.window.captions.accessibleName())
    assert [turn.text for turn in desktop.view.turns] == ["Hello", "Aloud.", "And now?", "In writing."]


def test_the_button_and_the_menu_mute_her(qtbot: QtBot, start: Start) -> None:
    desktop = start()
    desktop.window.mute_button.click()
    qtbot.waitUntil(lambda: desktop.view.state == "muted")
    menu = desktop.actions.make_menu()
    entry(menu, "Listen again")()
    qtbot.waitUntil(lambda: desktop.view.state == "listening")


def test_another_persona_is_there_at_once_with_nothing_of_what_was_said(
    qtbot: QtBot, start: Start, settings: SettingsFile
) -> None:
    desktop = start()
    desktop.window.said.emit("Hello")
    qtbot.waitUntil(lambda: len(desktop.view.turns) == 2)
    pid = desktop.engine.pid
    desktop.actions.persona_chosen.emit("juno")
    qtbot.waitUntil(lambda: desktop.view.name == "Juno")
    qtbot.waitUntil(lambda: desktop.view.turns == [])
    assert desktop.engine.pid == pid and settings.settings.persona == "juno"


def test_another_persona_is_not_told_what_was_said_before_a_death(
    qtbot: QtBot, start: Start, settings: SettingsFile
) -> None:
    desktop = start()
    desktop.window.said.emit("Hello")
    qtbot.waitUntil(lambda: len(desktop.view.turns) == 2)
    desktop.engine.kill()
    qtbot.waitUntil(lambda: desktop.engine.status == "ended")
    desktop.actions.persona_chosen.emit("juno")
    desktop.engine.start()
    qtbot.waitUntil(lambda: desktop.view.state == "listening")
    assert desktop.view.turns == []


def test_an_interview_is_asked_for_and_whom_it_finds_is_in_the_settings(
    qtbot: QtBot, start: Start, settings: SettingsFile
) -> None:
    settings.set("window.speak_answers_to_typed", False)
    settings.set("her_name", "Mo")
    desktop = start()
    desktop.others.interview_wanted.emit()
    qtbot.waitUntil(lambda: [turn.text for turn in desktop.view.turns] == [INTERVIEW_ME, "Aloud."])
    desktop.engine.happened.emit(PersonaChosen(0.0, "wren", "Wren"))
    assert (settings.settings.persona, settings.settings.her_name) == ("wren", "")


def test_an_interview_that_is_wanted_before_she_is_there_begins_once_she_is(qtbot: QtBot, start: Start) -> None:
    desktop = start(wait=False)
    desktop.begin_interview()
    qtbot.waitUntil(lambda: [turn.text for turn in desktop.view.turns] == [INTERVIEW_ME, "Aloud."])


def test_killed_she_is_back_with_the_conversation_and_as_muted_as_before(qtbot: QtBot, start: Start) -> None:
    desktop = start()
    desktop.window.said.emit("Hello")
    qtbot.waitUntil(lambda: len(desktop.view.turns) == 2)
    desktop.window.mute_button.click()
    qtbot.waitUntil(lambda: desktop.view.state == "muted")
    os.kill(desktop.engine.pid, signal.SIGKILL)
    qtbot.waitUntil(lambda: desktop.engine.status == "died" or desktop.view.state == "starting")
    assert desktop.view.mood == "trouble"
    qtbot.waitUntil(lambda: desktop.view.state == "muted")
    assert [turn.text for turn in desktop.view.turns] == ["Hello", "Aloud."]
    assert desktop.view.notice is None


def test_do_not_disturb_outlives_the_engine(qtbot: QtBot, start: Start) -> None:
    desktop = start()
    entry(desktop.actions.make_menu(), "Do not disturb for an hour")()
    qtbot.waitUntil(lambda: desktop.view.state == "quiet")
    os.kill(desktop.engine.pid, signal.SIGKILL)
    qtbot.waitUntil(lambda: desktop.engine.status == "starting")
    qtbot.waitUntil(lambda: desktop.view.state == "quiet")


def test_given_up_she_says_what_can_be_done_and_can_be_tried_again(qtbot: QtBot, start: Start) -> None:
    desktop = start()
    told: list[str] = []
    desktop.engine.changed.connect(lambda status: told.append(status) if status in ("died", "given up") else None)
    for deaths in (1, 2, 3):
        desktop.window.said.emit("die")
        wanted = "given up" if deaths == 3 else "listening"
        qtbot.waitUntil(partial(has_died, desktop, told, deaths, wanted))
    assert desktop.engine.status == "given up"
    buttons = {button.text(): button for button in desktop.window.notice.findChildren(QPushButton, "choice")}
    assert set(buttons) == {"Try again", "Settings", "Report"}
    buttons["Try again"].click()
    qtbot.waitUntil(lambda: desktop.view.state == "listening")
    assert desktop.view.notice is None


def test_a_live_setting_is_told_to_the_engine(qtbot: QtBot, start: Start) -> None:
    desktop = start()
    told: list[Event] = []
    desktop.engine.happened.connect(told.append)
    desktop.settings_changed("voice.volume", 0.5, True)
    qtbot.waitUntil(lambda: told == [Configured(0.0, ("voice.volume=0.5",), ())])


def test_a_voice_from_the_menu_is_kept_and_she_comes_back_with_it(
    qtbot: QtBot, start: Start, settings: SettingsFile
) -> None:
    desktop = start()
    before = desktop.engine.pid
    desktop.actions.voice_chosen.emit("piper-en_US-joe-medium")
    qtbot.waitUntil(lambda: desktop.engine.pid not in (0, before) and desktop.view.state == "listening")
    assert SettingsFile(settings.path).settings.voice.voice == "piper-en_US-joe-medium"


def test_a_setting_that_cannot_be_written_is_told(qtbot: QtBot, start: Start, settings: SettingsFile) -> None:
    desktop = start()
    settings.path.unlink()
    settings.path.mkdir()
    desktop.actions.voice_chosen.emit("piper-en_US-joe-medium")
    assert desktop.view.notice
    assert str(settings.path) in desktop.view.notice.message
    assert desktop.window.notice.isVisible()


def test_a_new_conversation_begins_empty(qtbot: QtBot, start: Start) -> None:
    desktop = start()
    desktop.window.said.emit("Hello")
    qtbot.waitUntil(lambda: len(desktop.view.turns) == 2)
    entry(desktop.actions.make_menu(), "New conversation")()
    qtbot.waitUntil(lambda: desktop.view.turns == [])


def test_at_the_first_start_there_are_first_steps_and_then_she_comes(
    qtbot: QtBot, start: Start, settings: SettingsFile
) -> None:
    settings.reset("window.first_run_done")
    desktop = start(wait=False)
    assert not desktop.window.isVisible()
    assert desktop.engine.status == "ended"
    settings.set("her_name", "Mira")
    desktop.others.first_steps_done.emit()
    qtbot.waitUntil(lambda: desktop.view.state == "listening")
    assert desktop.window.isVisible()
    assert desktop.window.windowTitle() == "Mira"


def test_a_settings_file_that_was_kept_aside_is_told_of(qtbot: QtBot, start: Start, settings: SettingsFile) -> None:
    settings.path.write_text("[window]\nfirst_run_done = true\n[future]\nwings = 2\n")
    settings.__init__(settings.path)  # type: ignore[misc]
    desktop = start()
    assert desktop.view.notice
    assert "kept as" in desktop.view.notice.message


def test_a_reminder_is_shown_until_it_is_read(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    desktop = start()
    notified: list[tuple[str, str]] = []
    monkeypatch.setattr(desktop.tray, "notify", lambda title, text: notified.append((title, text)))
    desktop.engine.happened.emit(ReminderDue(0.0, "reminder", "call mum", "2026-03-01T17:00:00+00:00", True))
    assert desktop.view.notice and desktop.view.notice.message == "Reminder: call mum"
    assert notified == [("Reminder: call mum", desktop.view.notice.hint)]
    assert "it was due at" in desktop.view.notice.hint
    desktop.engine.happened.emit(StateChanged(0.0, "listening"))
    assert desktop.view.notice.message == "Reminder: call mum"
    [read] = desktop.window.notice.findChildren(QPushButton)
    read.click()
    assert desktop.view.notice is None


def test_no_reminder_is_lost_behind_another_or_behind_trouble(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    desktop = start()
    monkeypatch.setattr(desktop.tray, "notify", lambda title, text: None)
    for text in ("call mum", "water the plants"):
        desktop.engine.happened.emit(ReminderDue(0.0, "reminder", text, "2026-03-01T17:00:00+00:00", False))
    desktop.engine.happened.emit(Faulted(0.0, "Your microphone hears nothing at all.", "Look for a switch."))
    desktop.engine.happened.emit(DeviceLost(0.0, "speaker", "The speaker is gone.", "Plug it in."))
    read: list[str] = []
    while desktop.view.notice and len(read) < 3:
        read.append(desktop.view.notice.message)
        desktop.window.notice.findChildren(QPushButton)[-1].click()  # those before it are being deleted
    assert read == ["Your microphone hears nothing at all.", "Reminder: call mum", "Reminder: water the plants"]
    assert desktop.view.notice and desktop.view.notice.message == "The speaker is gone."


def test_where_no_key_to_talk_is_set_it_says_so(start: Start, settings: SettingsFile) -> None:
    settings.set("talking.way_to_talk", "tap-to-talk")
    desktop = start()
    desktop.engine.happened.emit(StateChanged(0.0, "waiting"))
    assert desktop.window.state.text() == "no key to talk is set"
    settings.set("shortcuts.toggle_talk", "Ctrl+Alt+T")
    desktop.engine.happened.emit(StateChanged(0.0, "waiting"))
    assert desktop.window.state.text() == "press the key to talk"


def test_whether_a_tool_may_be_used_can_be_pressed(qtbot: QtBot, start: Start) -> None:
    desktop = start()
    happened: list[Event] = []
    desktop.engine.happened.connect(happened.append)
    desktop.engine.happened.emit(ToolUsed(0.0, "time", "now", "asked", "May I use time's now?"))
    assert desktop.view.notice and desktop.view.notice.message == "May I use time's now?"
    buttons = {button.text(): button for button in desktop.window.notice.findChildren(QPushButton)}
    assert [*buttons] == ["Yes", "Always", "No", "Never"]
    buttons["Always"].click()
    qtbot.waitUntil(lambda: any(isinstance(event, UserSpoke) and event.text == "Yes, always." for event in happened))
    assert desktop.view.notice is None
