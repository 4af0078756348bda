"""A settings window with the rest of the app played by fakes."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from companion.core.errors import CompanionError
from companion.core.intents import Intent
from companion.core.paths import personas_folder
from companion.core.settings_file import SettingsFile
from companion.ui.commands import Commands
from companion.ui.settings.personality_page import PersonalityPage
from companion.ui.settings.services import Services
from companion.ui.settings.window import SettingsWindow
from companion.ui.view import View
from tests.fakes.list_diary import ListDiary

PERSONALITY = 1
PROGRAM = Path(__file__).parents[3] / "fakes" / "companion_commands.py"


class FakeEngine(QObject):
    happened = Signal(object)
    status = Signal(str)


@dataclass
class Rig:
    """The window, and what it asked of the app."""

    qtbot: QtBot
    file: SettingsFile
    folder: Path
    window: SettingsWindow = field(init=False)
    engine: FakeEngine = field(default_factory=FakeEngine)
    view: View = field(default_factory=lambda: View("Samantha", state="listening"))
    diary: ListDiary = field(default_factory=ListDiary)
    intents: list[Intent] = field(default_factory=list)
    calls: list[object] = field(default_factory=list)
    changes: list[tuple[str, object, bool]] = field(default_factory=list)
    echo: str = ""
    shortcuts_note: str = ""
    trouble: str = ""
    """What the disk says."""

    def open(self) -> SettingsWindow:
        services = Services(
            view=self.view,
            ask=self.intents.append,
            restart=lambda: self.calls.append("restart"),
            happened=self.engine.happened,
            engine_status=self.engine.status,
            echo=lambda: self.echo,
            diary=self._diary,
            diary_file=lambda: self.folder / "conversations.db",
            key_place=lambda: "in the keyring of your system",
            delete_all=self._delete_all,
            memory=lambda: self.calls.append("memory"),
            first_steps=lambda: self.calls.append("first steps"),
            interview=lambda: self.calls.append("interview"),
            shortcuts_note=lambda: self.shortcuts_note,
            set_start_at_login=self._start_at_login,
        )
        commands = Commands([sys.executable, str(PROGRAM), str(self.folder)])
        self.window = SettingsWindow(self.file, commands, services)
        self.window.changed.connect(lambda key, value, live: self.changes.append((key, value, live)))
        self.qtbot.addWidget(self.window)
        self.window.resize(900, 600)
        self.window.show()
        self.qtbot.waitExposed(self.window)
        return self.window

    def open_all(self) -> SettingsWindow:
        """Open it with all pages made."""
        window = self.open()
        assert len(window.pages) == 7
        return window

    def asked(self) -> list[list[str]]:
        """The commands that were run, but those that list things."""
        if not (self.folder / "asked").exists():
            return []
        commands = [json.loads(line) for line in (self.folder / "asked").read_text().splitlines()]
        return [command for command in commands if command[-1] != "--json" or command[0] == "listen"]

    def key(self, widget: QWidget, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press a key in `widget`."""
        QTest.keyClick(widget, key, held)

    def type(self, widget: QWidget, text: str) -> None:
        """Press the keys of `text`, which is ASCII."""
        QTest.keyClicks(widget, text)

    def until(self, holds: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(holds, timeout=20_000)

    def named(self, name: str) -> QWidget:
        """The one widget with that accessible name or text."""
        found = [
            widget
            for widget in self.window.findChildren(QWidget)
            if name in (widget.accessibleName(), getattr(widget, "text", str)())
            and not widget.isHidden()
            and not isinstance(widget, QLabel)
        ]
        assert len(found) == 1, (name, found)
        return found[0]

    def shows(self, words: str) -> bool:
        """Whether a visible widget says these words."""
        texts = (
            str(getattr(widget, "text", str)()) for widget in self.window.findChildren(QWidget) if widget.isVisible()
        )
        return any(words in text for text in texts)

    def _diary(self) -> ListDiary:
        if self.trouble:
            raise CompanionError(self.trouble)
        return self.diary

    def _delete_all(self) -> int:
        return self._diary().delete_all()

    def _start_at_login(self, wanted: bool) -> None:
        if self.trouble:
            raise CompanionError(self.trouble)
        self.calls.append(("start at login", wanted))


@pytest.fixture
def rig(qtbot: QtBot, tmp_path: Path) -> Iterator[Rig]:
    made = Rig(qtbot, SettingsFile(tmp_path / "settings.toml"), tmp_path)
    yield made
    made.window.close()


@pytest.fixture
def folder(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The user's personas, none yet."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(rig.folder))
    return personas_folder()


@pytest.fixture
def page(rig: Rig, folder: Path) -> PersonalityPage:
    rig.open().show_page(PERSONALITY)
    page = rig.window.pages[PERSONALITY]
    assert isinstance(page, PersonalityPage)
    return page
