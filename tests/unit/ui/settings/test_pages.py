"""What stands beside the fields: previews, levels, tests, downloads, deletion, restarts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLineEdit, QProgressBar, QRadioButton

from companion.core.diary import Entry
from companion.core.engines import EngineInfo
from companion.core.events import EchoStateChanged, LevelMeasured, StateChanged, VoiceMeasured
from companion.core.intents import Mute, Unmute
from companion.core.settings import load_settings
from companion.ui.settings import tools_panel
from companion.ui.settings.controls import PressedKeys
from companion.ui.settings.server_key import ServerKey
from companion.ui.widgets import MeterBar
from tests.fakes.list_diary import ListDiary
from tests.unit.ui.settings.conftest import Rig

VOICE, PERSONALITY, HEARING, MIND, PRIVACY, SHORTCUTS, GENERAL = range(7)


def press(rig: Rig, name: str) -> None:
    button = rig.named(name)
    assert isinstance(button, QAbstractButton) and button.isEnabled()
    button.click()


def choices(rig: Rig, key: str) -> Sequence[str]:
    box = rig.window.form.rows[key].control.findChild(QComboBox)
    assert box is not None
    return [box.itemText(index) for index in range(box.count())]


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


# --- voice


def test_the_voices_that_are_here_can_be_chosen(rig: Rig) -> None:
    rig.open()
    rig.until(lambda: len(choices(rig, "voice.voice")) == 2)
    assert choices(rig, "voice.voice") == ["The best one here", "Joe, American English"]


def test_the_preview_says_a_sentence_with_the_voice_as_set_while_she_does_not_listen(rig: Rig) -> None:
    (rig.folder / "hangs").touch()
    rig.open()
    rig.window.form.set("voice.speed", 1.5)
    text = rig.named("Sentence to hear")
    assert isinstance(text, QLineEdit)
    text.setText("-v Good evening.")
    rig.key(text, Qt.Key.Key_Return)
    rig.until(lambda: bool(rig.asked()))
    options = ["--voice", "auto", "--speed", "1.5", "--expressiveness", "0.5", "--volume", "1.0"]
    assert rig.asked() == [["say", *options, "--", "-v Good evening."]]
    assert rig.intents == [Mute()]
    press(rig, "Stop")
    rig.until(lambda: rig.intents == [Mute(), Unmute()])
    assert rig.shows("Play")


def test_closing_the_window_ends_a_preview(rig: Rig) -> None:
    (rig.folder / "hangs").touch()
    rig.open()
    press(rig, "Play")
    rig.until(lambda: bool(rig.asked()))
    rig.window.close()
    rig.until(lambda: rig.intents == [Mute(), Unmute()])


def test_a_microphone_that_was_muted_stays_so(rig: Rig) -> None:
    rig.view.state = "muted"
    rig.open()
    press(rig, "Play")
    rig.until(lambda: bool(rig.asked()) and rig.shows("Play"))
    assert rig.intents == []


def test_a_preview_that_fails_says_why(rig: Rig) -> None:
    (rig.folder / "fails").touch()
    rig.open()
    press(rig, "Play")
    rig.until(lambda: rig.shows("It cannot be done. Do something else."))
    assert rig.intents == [Mute(), Unmute()]


def test_a_voice_is_installed_and_can_then_be_chosen(rig: Rig) -> None:
    rig.open()
    rig.until(lambda: rig.shows("Alba, British English"))
    assert rig.shows("About piper-en_GB-alba-medium. 63.0 MB, licence MIT.")
    press(rig, "Install: piper-en_GB-alba-medium")
    rig.until(lambda: "Alba, British English" in choices(rig, "voice.voice"))
    rig.until(lambda: rig.shows("All of the voices known are here."))
    assert rig.asked() == [["models", "install", "piper-en_GB-alba-medium", "--progress"]]


def test_an_installation_shows_its_progress_and_can_be_cancelled(rig: Rig) -> None:
    (rig.folder / "hangs").touch()
    rig.open()
    rig.until(lambda: rig.shows("Alba, British English"))
    press(rig, "Install: piper-en_GB-alba-medium")
    bar = rig.named("Progress of piper-en_GB-alba-medium")
    assert isinstance(bar, QProgressBar)
    rig.until(lambda: bar.value() == 250 and bar.maximum() == 1000)
    press(rig, "Pause: piper-en_GB-alba-medium")
    rig.until(lambda: rig.shows("Paused at 25 bytes of 100 bytes."))
    press(rig, "Resume: piper-en_GB-alba-medium")
    rig.until(lambda: bar.value() == 250 and bar.maximum() == 1000)
    press(rig, "Cancel: piper-en_GB-alba-medium")
    rig.until(lambda: ["models", "remove", "piper-en_GB-alba-medium"] in rig.asked())
    press(rig, "Install: piper-en_GB-alba-medium")


def test_an_installation_that_fails_says_why(rig: Rig) -> None:
    (rig.folder / "fails").touch()
    rig.open()
    rig.until(lambda: rig.shows("Alba, British English"))
    press(rig, "Install: piper-en_GB-alba-medium")
    rig.until(lambda: rig.shows("It cannot be done. Do something else."))


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


# --- hearing


def test_devices_are_those_there_are_and_looked_for_again(rig: Rig) -> None:
    rig.open().show_page(HEARING)
    rig.until(lambda: choices(rig, "hearing.microphone") == ["As the system", "Desk microphone"])
    assert choices(rig, "voice.speaker") == ["As the system", "Headset"]
    button = rig.named("Look for devices again")
    rig.until(button.isEnabled)
    press(rig, "Look for devices again")
    assert not button.isEnabled()
    rig.until(button.isEnabled)


def test_the_meters_follow_both_voices(rig: Rig) -> None:
    rig.open().show_page(HEARING)
    yours, hers = rig.named("Level: You"), rig.named("Level: She")
    assert isinstance(yours, MeterBar) and isinstance(hers, MeterBar)
    rig.engine.happened.emit(LevelMeasured(1.0, -20.0))
    assert yours.moving
    rig.engine.happened.emit(VoiceMeasured(1.0, -20.0))
    assert hers.moving
    rig.until(lambda: yours.shown > 0 and hers.shown > 0)


def test_a_sentence_is_recorded_and_played_back(rig: Rig) -> None:
    rig.open().show_page(HEARING)
    press(rig, "Record a sentence")
    rig.until(lambda: rig.shows("Did you hear yourself? Then all is well."))
    assert rig.shows("Hello there.")
    assert rig.asked() == [["listen", "--microphone", "--play-back", "--json"]]
    rig.until(lambda: rig.intents == [Mute(), Unmute()])


def test_the_recording_stops_when_another_page_is_opened(rig: Rig) -> None:
    (rig.folder / "hangs").touch()
    rig.open().show_page(HEARING)
    press(rig, "Record a sentence")
    rig.until(lambda: rig.shows("Speak now."))
    rig.window.show_page(VOICE)
    rig.until(lambda: rig.intents == [Mute(), Unmute()])


def test_what_is_done_about_echo_is_said(rig: Rig) -> None:
    rig.echo = "You wear headphones."
    rig.open().show_page(HEARING)
    assert rig.shows("You wear headphones.")
    rig.engine.happened.emit(EchoStateChanged(1.0, "cancelling", "Her voice is taken out."))
    assert rig.shows("Her voice is taken out.") and not rig.shows("You wear headphones.")


# --- servers


@pytest.mark.parametrize(("page", "part"), [(VOICE, "voice"), (HEARING, "hearing"), (MIND, "mind")])
def test_the_key_of_a_server_is_handed_on_and_is_not_shown_again(rig: Rig, page: int, part: str) -> None:
    rig.open_all()
    rig.window.show_page(page)
    (panel,) = rig.window.pages[page].findChildren(ServerKey)
    line = panel.findChild(QLineEdit)
    assert line is not None and line.echoMode() is QLineEdit.EchoMode.Password
    rig.type(line, "very secret")
    rig.key(line, Qt.Key.Key_Return)
    assert line.text() == ""
    rig.until(lambda: rig.shows(f"The key for {part} is in the keyring of your system."))
    assert (rig.folder / f"key-{part}").read_text() == "very secret"
    assert "secret" not in (rig.folder / "asked").read_text()


# --- mind


def test_where_her_mind_runs_is_on_every_page(rig: Rig) -> None:
    rig.open()
    assert rig.shows("All of her runs on this computer.")
    rig.view.engines = (EngineInfo("language model", "Ollama", "qwen2.5:3b", "http://10.0.0.5:11434"),)
    rig.engine.happened.emit(StateChanged(0.0, "listening"))
    for number in range(7):
        rig.window.show_page(number)
        assert rig.shows("Words go to http://10.0.0.5:11434.")
    rig.window.show_page(MIND)
    assert rig.shows("qwen2.5:3b by Ollama, at http://10.0.0.5:11434: what is said is sent there.")
    rig.window.show_page(PRIVACY)
    assert rig.shows("the words of the conversation are sent there")


def test_models_found_can_be_chosen(rig: Rig) -> None:
    rig.open().show_page(MIND)
    rig.until(lambda: choices(rig, "mind.model")[1:] == ["qwen2.5:3b · Ollama · 1.9 GB"])
    rig.until(lambda: rig.shows("About qwen2.5-3b-instruct."))


def test_a_model_that_is_chosen_may_run_where_it_is(rig: Rig) -> None:
    rig.open().show_page(MIND)
    rig.window.form.set("mind.engine", "embedded")
    rig.until(lambda: len(choices(rig, "mind.model")) == 2)
    rig.window.form.set("mind.model", "qwen2.5:3b")
    assert load_settings(rig.file.path).mind.engine == "auto"


def test_a_test_sentence_shows_the_answer_and_its_speed(rig: Rig) -> None:
    rig.open().show_page(MIND)
    text = rig.named("Sentence to try")
    assert isinstance(text, QLineEdit)
    text.setText("What now?")
    press(rig, "Ask")
    rig.until(lambda: rig.shows("first word after 0.41 s, then 18.2 tokens a second"))
    assert rig.shows("A walk.") and rig.shows("qwen2.5:3b, on this computer")
    assert rig.asked() == [["ask", "--json", "--", "What now?"]]
    rig.until(lambda: rig.shows("Ask"))


def test_a_test_sentence_can_be_stopped(rig: Rig) -> None:
    (rig.folder / "hangs").touch()
    rig.open().show_page(MIND)
    press(rig, "Ask")
    rig.until(lambda: rig.shows("Well"))
    press(rig, "Stop")
    rig.until(lambda: rig.shows("Ask"))


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


# --- tools


def test_what_she_may_do_with_a_tool_is_chosen(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    servers = rig.folder / "mcp.json"
    servers.write_text("{}")
    monkeypatch.setattr(tools_panel, "tool_servers_file", lambda: servers)
    rig.open().show_page(PRIVACY)
    rig.qtbot.waitUntil(lambda: rig.shows("home.lights (home.example)"))
    box = rig.named("What she may do with home.lights")
    assert isinstance(box, QComboBox)
    assert (box.currentText(), [box.itemText(place) for place in range(3)]) == ("Ask", ["Ask", "Always", "Never"])
    box.setCurrentIndex(2)
    box.activated.emit(2)
    rig.qtbot.waitUntil(lambda: ["tools", "deny", "home.lights"] in rig.asked())


def test_without_servers_none_is_started(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tools_panel, "tool_servers_file", lambda: rig.folder / "mcp.json")
    rig.open().show_page(PRIVACY)
    assert rig.shows("There are no servers.")
    assert not [command for command in rig.asked() if command[0] == "tools"]
