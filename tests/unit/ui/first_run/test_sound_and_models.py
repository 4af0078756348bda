"""The first steps that try microphone and speaker, and fetch models."""

from __future__ import annotations

import json

import pytest
from pytestqt.qtbot import QtBot

from companion.core.settings_file import SettingsFile
from companion.ui.first_run.window import FirstRun
from companion.ui.presence import Presence
from tests.unit.ui.first_run.conftest import MODELS, WAIT_MS, Companion, field, model, press, shown, wait_for


def test_the_microphone_shows_words(qtbot: QtBot, window: FirstRun, companion: Companion, file: SettingsFile) -> None:
    window.show()
    press(window, "Next")
    wait_for(qtbot, window, "“Good morning.”")
    wait_for(qtbot, window, "That is what I heard")
    wanted = field(window, "Microphone")
    qtbot.waitUntil(lambda: wanted.findData("USB") > 0, timeout=WAIT_MS)
    assert wanted.itemText(0) == "The one this computer uses: Built-in"
    assert wanted.findData("Headset") < 0
    with qtbot.waitSignal(window.setting_changed):
        wanted.setCurrentIndex(wanted.findData("USB"))
        wanted.activated.emit(wanted.findData("USB"))
    assert file.settings.hearing.microphone == "USB"
    qtbot.waitUntil(lambda: len(companion.calls("listen")) == 2, timeout=WAIT_MS)
    wait_for(qtbot, window, "That is what I heard")


@pytest.mark.parametrize(
    ("lines", "code", "words", "expected"),
    [
        ([], 6, "companion: There is no microphone.\n           Plug one in.", "There is no microphone. Plug one in."),
        (["no json", "[]"], 1, "", "The microphone cannot be used."),
    ],
)
def test_a_microphone_that_does_not_work_is_told(
    qtbot: QtBot, window: FirstRun, companion: Companion, lines: list[str], code: int, words: str, expected: str
) -> None:
    companion.answer("listen", *lines, code=code, words=words)
    window.show()
    press(window, "Next")
    wait_for(qtbot, window, expected)
    companion.answer("listen", '{"level_db": -20}', '{"text": "Now."}')
    press(window, "Try again")
    wait_for(qtbot, window, "“Now.”")


def test_who_says_nothing_at_first_is_listened_to_again(qtbot: QtBot, window: FirstRun, companion: Companion) -> None:
    companion.answer("listen", '{"text": ""}')
    window.show()
    press(window, "Next")
    qtbot.waitUntil(lambda: len(companion.calls("listen")) >= 2, timeout=WAIT_MS)
    companion.answer("listen", '{"level_db": -20}', '{"text": "Now."}')
    wait_for(qtbot, window, "“Now.”")


def test_leaving_the_step_closes_the_microphone(qtbot: QtBot, window: FirstRun, companion: Companion) -> None:
    companion.answer("listen", '{"level_db": -20}', stays=True)
    window.show()
    press(window, "Next")
    wait_for(qtbot, window, "Speak now.")
    press(window, "Skip")
    assert "Can you hear me?" in shown(window)
    press(window, "Back")
    wait_for(qtbot, window, "Speak now.")
    assert len(companion.calls("listen")) == 2


def test_a_speaker_that_does_not_work_is_told_and_another_is_tried(
    qtbot: QtBot, window: FirstRun, companion: Companion, file: SettingsFile
) -> None:
    companion.answer("say", code=6, words="companion: The speaker has gone.")
    window.show()
    press(window, "Skip")
    press(window, "Skip")
    wait_for(qtbot, window, "The speaker has gone.")
    companion.answer("say")
    speaker = field(window, "Speaker")
    qtbot.waitUntil(lambda: speaker.findData("Headset") > 0, timeout=WAIT_MS)
    speaker.activated.emit(speaker.findData("Headset"))
    assert file.settings.voice.speaker == "Headset"
    wait_for(qtbot, window, "If it was too soft")
    assert "The speaker has gone." not in shown(window)
    press(window, "I hear you")
    assert "What suits" in shown(window)


def test_what_is_recommended_is_fetched_at_a_press(
    qtbot: QtBot, window: FirstRun, companion: Companion, file: SettingsFile
) -> None:
    coming = {"done": 400, "total": 1000, "bytes_per_s": 200, "left_s": 3}
    companion.answer("models install", json.dumps(coming), stays=True)
    window.show()
    for _ in range(3):
        press(window, "Skip")
    mind = field(window, "Mind")
    qtbot.waitUntil(lambda: mind.currentText() == "good (recommended)", timeout=WAIT_MS)
    wait_for(qtbot, window, "16.0 GB of memory, 4 cores, no GPU. With what I recommend you would wait about 1.1 s")
    assert "About good. 1.7 GB, licence MIT." in shown(window)
    press(window, "Fetch")
    wait_for(qtbot, window, "400 bytes of 1.0 kB, 200 bytes a second, 3 s left")
    press(window, "Pause")
    wait_for(qtbot, window, "Paused at 400 bytes of 1.0 kB.")
    assert ["models", "remove", "good"] not in companion.calls("models")
    press(window, "Resume")
    wait_for(qtbot, window, "400 bytes of 1.0 kB, 200 bytes a second, 3 s left")
    press(window, "Cancel")
    wait_for(qtbot, window, "Fetch")
    qtbot.waitUntil(lambda: ["models", "remove", "good"] in companion.calls("models"), timeout=WAIT_MS)
    assert file.settings.mind.model == "auto"
    companion.answer("models install", '{"done": 1000, "total": 1000}')
    with qtbot.waitSignal(window.setting_changed, timeout=WAIT_MS):
        press(window, "Fetch")
    assert file.settings.mind.model == "good"
    assert companion.calls("models")[-1] == ["models", "install", "good", "--progress"]
    assert "About good. It is here." in shown(window)


def test_a_fetch_that_fails_is_told_and_can_be_tried_again(
    qtbot: QtBot, window: FirstRun, companion: Companion
) -> None:
    companion.answer("models install", code=4, words="companion: There is no room on the disk.")
    window.show()
    for _ in range(3):
        press(window, "Skip")
    wait_for(qtbot, window, "Not here yet.")
    press(window, "Fetch")
    wait_for(qtbot, window, "There is no room on the disk.")
    assert "Fetch" in shown(window)


def test_a_voice_is_called_as_people_call_it_and_all_is_in_sight(
    qtbot: QtBot, window: FirstRun, companion: Companion
) -> None:
    alba = model("piper-en_GB-alba-medium", "voice", 180)
    companion.answer("models --json", json.dumps([*MODELS, alba]))
    window.show()
    presence = window.findChild(Presence)
    assert presence
    before = presence.width()
    for _ in range(3):
        press(window, "Skip")
    voice = field(window, "Voice")
    qtbot.waitUntil(lambda: voice.findText("Alba, British English") >= 0, timeout=WAIT_MS)
    assert presence.width() < before / 2


def test_a_model_that_is_here_is_taken_when_it_is_chosen(qtbot: QtBot, window: FirstRun, file: SettingsFile) -> None:
    window.show()
    for _ in range(3):
        press(window, "Skip")
    mind = field(window, "Mind")
    qtbot.waitUntil(lambda: mind.findData("small") >= 0, timeout=WAIT_MS)
    mind.activated.emit(mind.findData("small"))
    assert file.settings.mind.model == "small"


def test_what_she_needs_at_first_is_fetched_on_the_first_step(
    qtbot: QtBot, window: FirstRun, companion: Companion
) -> None:
    lacking = [{**record, "installed": False} for record in MODELS]
    companion.answer("models --json", json.dumps(lacking))
    companion.answer("say", code=4, words="companion: The voice is not installed.")
    window.show()
    wait_for(qtbot, window, "First I need ears, a mind and a voice: 760.0 MB, once.")
    companion.answer("models --json", json.dumps(MODELS))
    companion.answer("say")
    before = len(companion.calls("say"))
    press(window, "Fetch")
    wait_for(qtbot, window, "It is here.")
    assert ["models", "install", "--starter", "--progress"] in companion.calls("models")
    qtbot.waitUntil(lambda: len(companion.calls("say")) > before, timeout=WAIT_MS)


def test_read_silently(qtbot: QtBot, window: FirstRun, companion: Companion) -> None:
    window.show()
    qtbot.waitUntil(lambda: len(companion.calls("say")) == 1, timeout=WAIT_MS)
    press(window, "Read aloud")
    press(window, "Next")
    wait_for(qtbot, window, "“Good morning.”")
    press(window, "Next")
    assert len(companion.calls("say")) == 1
    press(window, "Play it")
    qtbot.waitUntil(lambda: len(companion.calls("say")) == 2, timeout=WAIT_MS)
