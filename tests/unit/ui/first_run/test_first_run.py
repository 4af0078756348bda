"""The first steps, worked by keyboard and by press, with commands that answer as a file tells them."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from companion.core.settings_file import SettingsFile
from companion.ui.commands import Commands
from companion.ui.first_run.window import FirstRun
from tests.fakes import first_run_commands

WAIT_MS = 20_000
DEVICES = [
    {"kind": "microphone", "name": "Built-in", "default": True},
    {"kind": "microphone", "name": "USB", "default": False},
    {"kind": "speaker", "name": "Loudspeaker", "default": True},
    {"kind": "speaker", "name": "Headset", "default": False},
]


def model(name: str, purpose: str, memory_mb: int, installed: bool = True, starter: bool = True) -> dict[str, Any]:
    return {
        "name": name,
        "purpose": purpose,
        "description": f"About {name}.",
        "languages": ["en"],
        "size_bytes": memory_mb * 1_000_000,
        "memory_mb": memory_mb,
        "licence": "MIT",
        "starter": starter,
        "installed": installed,
    }


MODELS = [
    model("tiny", "transcriber", 260),
    model("joe", "voice", 180),
    model("small", "language-model", 320),
    model("good", "language-model", 1700, installed=False, starter=False),
]
PROPOSAL = {
    "machine": {"memory_mb": 16000, "cores": 4, "gpu": ""},
    "advised": {"transcriber": "tiny", "language-model": "good", "voice": "joe"},
    "response_ms": 1150,
}


class Companion:
    """The commands, and what they were asked."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._answers: dict[str, Any] = {}
        program = str(Path(first_run_commands.__file__))
        self.commands = Commands([sys.executable, program, str(folder)])
        self.answer("devices", json.dumps(DEVICES))
        self.answer("models --json", json.dumps(MODELS))
        self.answer("models recommend", json.dumps(PROPOSAL))
        self.answer("listen", '{"level_db": -20}', '{"words": "good"}', '{"text": "Good morning."}', stays=True)

    def answer(self, name: str, *lines: str, code: int = 0, words: str = "", stays: bool = False) -> None:
        self._answers[name] = [lines, code, words, stays]
        (self._folder / "answers.json").write_text(json.dumps(self._answers))

    def calls(self, name: str) -> list[list[str]]:
        file = self._folder / "calls.jsonl"
        lines = file.read_text().splitlines() if file.exists() else []
        return [call for call in map(json.loads, lines) if call[0] == name]


@pytest.fixture
def companion(tmp_path: Path) -> Companion:
    return Companion(tmp_path)


@pytest.fixture
def file(tmp_path: Path) -> SettingsFile:
    return SettingsFile(tmp_path / "settings.toml")


@pytest.fixture
def window(qtbot: QtBot, companion: Companion, file: SettingsFile) -> Iterator[FirstRun]:
    window = FirstRun(file, companion.commands)
    qtbot.addWidget(window)
    yield window
    window.close()


def shown(window: QWidget) -> str:
    """All that can be read now."""
    texts = [label.text() for label in window.findChildren(QLabel) if label.isVisible()]
    return "\n".join([*texts, *(b.text() for b in window.findChildren(QAbstractButton) if b.isVisible())])


def press(window: QWidget, words: str) -> None:
    buttons = [b for b in window.findChildren(QAbstractButton) if b.isVisible() and b.text() == words]
    assert len(buttons) == 1, (words, shown(window))
    buttons[0].click()


def field(window: QWidget, name: str) -> Any:
    return next(
        widget
        for kind in (QLineEdit, QComboBox)
        for widget in window.findChildren(kind)
        if widget.accessibleName() == name
    )


def wait_for(qtbot: QtBot, window: QWidget, words: str) -> None:
    qtbot.waitUntil(lambda: words in shown(window), timeout=WAIT_MS)


def wait_until_said(qtbot: QtBot, companion: Companion, words: str) -> None:
    qtbot.waitUntil(lambda: any(words in call[1] for call in companion.calls("say")), timeout=WAIT_MS)


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
