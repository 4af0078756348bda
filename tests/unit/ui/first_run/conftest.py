"""The first steps, worked by keyboard and by press, with commands that answer as a file tells them."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
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
