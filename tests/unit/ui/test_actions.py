"""The menu of tray and window."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from companion.core import events as ev
from companion.ui.actions import Actions
from companion.ui.commands import Commands
from companion.ui.view import View

MODELS = [
    {"name": "piper-joe", "purpose": "voice", "installed": True},
    {"name": "piper-amy", "purpose": "voice", "installed": False},
    {"name": "whisper-base", "purpose": "transcriber", "installed": True},
]


@pytest.fixture
def owner(qtbot: QtBot) -> QObject:
    return QObject()


def actions_of(owner: QObject, view: View | None = None, prints: str = "[]") -> Actions:
    actions = Actions(view or View("Samantha"), Commands([sys.executable, "-c", f"print({prints!r})"]), owner)
    actions.choose("samantha", "auto")
    return actions


def words(menu: QMenu) -> list[str]:
    return [action.text() for action in menu.actions() if not action.isSeparator()]


def submenu(menu: QMenu, title: str) -> QMenu:
    return next(each for each in menu.findChildren(QMenu) if each.title() == title)


def test_the_menu_has_all_that_can_be_done(owner: QObject) -> None:
    assert words(actions_of(owner).make_menu()) == [
        "Show the window",
        "Mute the microphone",
        "A key to talk: set it under Settings, Shortcuts",
        "Do not disturb for an hour",
        "Private: keep nothing",
        "Shrink to her alone",
        "Persona",
        "Voice",
        "New conversation",
        "All that was said…",
        "What she remembers…",
        "Settings…",
        "Quit",
    ]


def test_it_says_what_each_entry_does_next(owner: QObject) -> None:
    view = View("Samantha")
    actions = actions_of(owner, view)
    view.take(ev.StateChanged(0, "muted"), 0)
    actions.take_view(window_visible=True, shrunk=True)
    assert (actions.visibility.text(), actions.mute.text()) == ("Hide the window", "Listen again")
    assert actions.shrink.text() == "Show all of the window"
    assert not actions.quiet.isChecked()
    view.take(ev.StateChanged(0, "quiet"), 0)
    actions.take_view(window_visible=False, shrunk=False)
    assert actions.visibility.text() == "Show the window"
    assert actions.quiet.isChecked()


def test_the_hint_names_the_key_or_says_that_it_does_not_work(owner: QObject) -> None:
    actions = actions_of(owner)
    actions.say_how_to_talk("Ctrl+Alt+Space")
    assert actions.hint.text() == "Hold Ctrl+Alt+Space to talk"
    actions.say_how_to_talk("Ctrl+Alt+Space", "Another program has it.")
    assert actions.hint.text() == "Ctrl+Alt+Space does not work here: see Settings, Shortcuts"


def test_personas_are_those_shipped_and_ones_own(
    owner: QObject, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    folder = tmp_path / "companion" / "personas"
    folder.mkdir(parents=True)
    (folder / "zoe.toml").write_text('name = "Zoe"\ncharacter = "Calm."\n')
    (folder / "broken.toml").write_text("name = ")
    actions = actions_of(owner)
    menu = actions.make_menu()
    personas = submenu(menu, "Persona")
    personas.aboutToShow.emit()
    assert {"Samantha", "Zoe"} <= set(words(personas))
    assert [action.text() for action in personas.actions() if action.isChecked()] == ["Samantha"]
    with qtbot.waitSignal(actions.persona_chosen) as chosen:
        next(action for action in personas.actions() if action.text() == "Zoe").trigger()
    assert chosen.args == ["zoe"]


def test_voices_are_those_that_are_installed(owner: QObject, qtbot: QtBot) -> None:
    actions = actions_of(owner, prints=json.dumps(MODELS))
    menu = actions.make_menu()
    voices = submenu(menu, "Voice")
    voices.aboutToShow.emit()
    qtbot.waitUntil(lambda: words(voices) == ["The best one here", "piper-joe"])
    with qtbot.waitSignal(actions.voice_chosen) as chosen:
        voices.actions()[1].trigger()
    assert chosen.args == ["piper-joe"]
