"""What stands beside the fields of the other pages: restarts, personas, deletion, shortcuts, the start at login."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QRadioButton

from companion.core.diary import Entry
from companion.core.settings import load_settings
from companion.ui.settings.controls import PressedKeys
from tests.fakes.list_diary import ListDiary
from tests.unit.ui.settings.conftest import Rig
from tests.unit.ui.settings.pages import GENERAL, PERSONALITY, PRIVACY, SHORTCUTS, VOICE, press

# --- starting her again


def test_the_bar_says_what_waits_for_a_restart_and_restarts(rig: Rig) -> None:
    rig.open_all()
    rig.window.form.set("voice.speed", 1.2)
    assert not rig.shows("Restart her now")
    rig.window.form.set("mind.engine", "embedded")
    rig.window.form.set("voice.voice", "piper-en_US-joe-medium")
    assert rig.shows("Taken when she is started again: Where her mind runs, Voice. The conversation is kept.")
    press(rig, "Restart her now")
    assert rig.calls == ["restart"]
    assert not rig.shows("Restart her now")


def test_a_change_taken_back_waits_for_nothing(rig: Rig) -> None:
    rig.open_all()
    rig.window.form.set("mind.engine", "embedded")
    rig.window.form.reset("mind.engine")
    assert not rig.shows("Restart her now")


def test_an_engine_that_starts_for_another_reason_has_taken_it(rig: Rig) -> None:
    rig.open_all()
    rig.window.form.set("mind.engine", "embedded")
    rig.engine.status.emit("died")
    assert rig.shows("Restart her now")
    rig.engine.status.emit("starting")
    assert not rig.shows("Restart her now")


# --- personality


def test_a_persona_is_chosen_from_those_there_are(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(rig.folder))
    folder = rig.folder / "companion" / "personas"
    folder.mkdir(parents=True)
    (folder / "juno.toml").write_text('version = 1\nname = "Juno"\ncharacter = "Dry and kind."\n')
    rig.open().show_page(PERSONALITY)
    rig.until(lambda: rig.shows("Warm, quick and curious.") and rig.shows("Dry and kind."))
    press(rig, "Persona: Juno")
    assert load_settings(rig.file.path).persona == "juno"
    rig.window.form.reset("persona")
    samantha = rig.named("Persona: Samantha")
    assert isinstance(samantha, QRadioButton) and samantha.isChecked()


def test_a_persona_that_is_gone_is_shown_with_what_is_wrong(rig: Rig) -> None:
    rig.file.set("persona", "gone")
    rig.open().show_page(PERSONALITY)
    rig.until(lambda: rig.shows("There is no persona called 'gone'."))


# --- memory and privacy


def entry(text: str) -> Entry:
    return Entry(0, datetime(2026, 1, 1, tzinfo=UTC), "user", "Samantha", text)


def test_all_is_deleted_only_by_a_second_press(rig: Rig) -> None:
    rig.diary = ListDiary([entry("one"), entry("two")])
    rig.open().show_page(PRIVACY)
    assert rig.shows("2 turns, 6 bytes on disk, encrypted.")
    assert rig.shows("conversations.db; its key is in the keyring of your system.")
    press(rig, "Delete all…")
    assert rig.diary.count() == 2 and rig.shows("This cannot be undone.")
    press(rig, "Keep it")
    assert rig.diary.count() == 2 and not rig.shows("This cannot be undone.")
    press(rig, "Delete all…")
    press(rig, "Delete all for good")
    assert rig.diary.count() == 0
    assert rig.shows("2 turns are deleted.") and rig.shows("Nothing yet.")
    assert not rig.named("Delete all…").isEnabled()


def test_the_question_is_forgotten_when_another_page_is_opened(rig: Rig) -> None:
    rig.diary = ListDiary([entry("one")])
    rig.open().show_page(PRIVACY)
    press(rig, "Delete all…")
    rig.window.show_page(VOICE)
    rig.window.show_page(PRIVACY)
    assert not rig.shows("This cannot be undone.") and rig.shows("Delete all…")


def test_a_disk_that_says_no_is_told(rig: Rig) -> None:
    rig.trouble = "The disk is full."
    rig.open().show_page(PRIVACY)
    assert rig.shows("The disk is full.")


# --- shortcuts


def keys_of(rig: Rig, key: str) -> PressedKeys:
    found = rig.window.form.rows[key].control.findChild(PressedKeys)
    assert found is not None
    return found


def test_keys_that_others_need_are_refused(rig: Rig) -> None:
    rig.open().show_page(SHORTCUTS)
    keys = keys_of(rig, "shortcuts.push_to_talk")
    rig.key(keys, Qt.Key.Key_A)
    rig.until(lambda: "Other programs need this key" in rig.window.form.rows["shortcuts.push_to_talk"].told)
    assert not rig.file.path.exists()
    rig.key(keys, Qt.Key.Key_F9)
    rig.until(lambda: rig.file.settings.shortcuts.push_to_talk == "F9")
    assert rig.window.form.rows["shortcuts.push_to_talk"].told == ""


def test_the_same_keys_twice_are_refused(rig: Rig) -> None:
    rig.file.set("shortcuts.toggle_talk", "Ctrl+Alt+K")
    rig.open().show_page(SHORTCUTS)
    control = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
    rig.key(keys_of(rig, "shortcuts.push_to_talk"), Qt.Key.Key_K, control)
    rig.until(lambda: "already do the other thing" in rig.window.form.rows["shortcuts.push_to_talk"].told)


def test_backspace_clears_keys(rig: Rig) -> None:
    rig.file.set("shortcuts.push_to_talk", "Ctrl+Alt+K")
    rig.open().show_page(SHORTCUTS)
    rig.key(keys_of(rig, "shortcuts.push_to_talk"), Qt.Key.Key_Backspace)
    assert rig.file.settings.shortcuts.push_to_talk == ""


def test_what_is_impossible_is_said(rig: Rig) -> None:
    rig.shortcuts_note = "There are no global keys here."
    rig.open().show_page(SHORTCUTS)
    assert rig.shows("There are no global keys here.")


# --- general


def test_start_at_login_is_done_before_it_is_noted(rig: Rig) -> None:
    rig.open().show_page(GENERAL)
    press(rig, "Start at login")
    assert rig.calls == [("start at login", True)]
    assert rig.file.settings.window.start_at_login


def test_start_at_login_that_cannot_be_says_why(rig: Rig) -> None:
    rig.trouble = "The folder cannot be written."
    rig.open().show_page(GENERAL)
    press(rig, "Start at login")
    assert rig.shows("The folder cannot be written.")
    assert not rig.file.settings.window.start_at_login
    switch = rig.named("Start at login")
    assert isinstance(switch, QAbstractButton) and not switch.isChecked()


def test_the_first_steps_are_run_again(rig: Rig) -> None:
    rig.open().show_page(GENERAL)
    press(rig, "Run the first steps again")
    assert rig.calls == ["first steps"]
