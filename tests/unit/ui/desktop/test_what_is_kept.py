"""What is kept of what was said, and what is shown of it, as personas and private mode come and go."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from companion.core.events import (
    Configured,
    Event,
    KeepingChosen,
)
from companion.core.settings_file import SettingsFile
from companion.core.transcript import Turn
from tests.unit.ui.desktop.conftest import Start, chosen_in, entry, memory_window, shown


def test_private_mode_is_chosen_from_the_menu_and_seen(qtbot: QtBot, start: Start, settings: SettingsFile) -> None:
    desktop = start()
    assert not desktop.window.elsewhere.isVisible()
    configured: list[Event] = []
    desktop.engine.happened.connect(configured.append)
    menu = desktop.actions.make_menu()
    entry(menu, "Private: keep nothing")()
    assert "keep = false" in settings.path.read_text()
    assert desktop.window.elsewhere.text() == "Private: nothing is kept"
    assert desktop.window.elsewhere.isVisible() and desktop.actions.private.isChecked()
    qtbot.waitUntil(lambda: Configured(0.0, ("memory.keep=False",), ()) in configured)
    entry(menu, "Private: keep nothing")()
    assert SettingsFile(settings.path).settings.memory.keep
    assert not desktop.window.elsewhere.isVisible() and not desktop.actions.private.isChecked()


def test_asked_to_keep_nothing_she_does_and_it_is_seen(qtbot: QtBot, start: Start, settings: SettingsFile) -> None:
    desktop = start()
    desktop.engine.happened.emit(KeepingChosen(0.0, False))
    assert "keep = false" in settings.path.read_text()
    assert desktop.window.elsewhere.text() == "Private: nothing is kept"
    desktop.engine.happened.emit(KeepingChosen(0.0, True))
    assert settings.settings.memory.keep
    assert not desktop.window.elsewhere.isVisible()


def test_each_persona_has_her_own_conversations(
    qtbot: QtBot, start: Start, settings: SettingsFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("COMPANION_DIARY")
    desktop = start()
    desktop.window.said.emit("Hello, Samantha")
    qtbot.waitUntil(lambda: len(desktop.view.turns) == 2)
    desktop.others.show_conversation()
    before = shown(desktop)
    settings.set("persona", "juno")
    desktop.engine.restart()
    qtbot.waitUntil(lambda: desktop.engine.status == "running")
    assert desktop.view.turns == []
    assert shown(desktop) not in (before, None)


def test_a_memory_that_is_shared_goes_along(
    qtbot: QtBot, start: Start, settings: SettingsFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("COMPANION_DIARY")
    settings.set("memory.shared", True)
    desktop = start()
    desktop.window.said.emit("Hello, both of you")
    qtbot.waitUntil(lambda: len(desktop.view.turns) == 2)
    desktop.others.show_conversation()
    before = shown(desktop)
    settings.set("persona", "juno")
    desktop.engine.restart()
    qtbot.waitUntil(lambda: desktop.engine.status == "running")
    assert len(desktop.view.turns) == 2
    assert shown(desktop) is before


def test_what_she_remembers_leads_to_the_conversation_and_goes_with_the_persona(
    qtbot: QtBot, start: Start, settings: SettingsFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("COMPANION_DIARY")
    desktop = start()
    desktop.others.keep(Turn("user", "I like tea."))
    entry(desktop.actions.make_menu(), "What she remembers…")()
    window = memory_window(desktop)
    assert window
    window.turn_wanted.emit(1)
    conversation = shown(desktop)
    assert conversation
    (words,) = chosen_in(conversation)
    assert words.endswith("I like tea.")
    settings.set("persona", "juno")
    desktop.engine.restart()
    qtbot.waitUntil(lambda: desktop.engine.status == "running")
    assert memory_window(desktop) not in (window, None)
    desktop.others.close()
    assert memory_window(desktop) is None


def test_private_mode_is_told_and_left_where_she_remembers(qtbot: QtBot, start: Start, settings: SettingsFile) -> None:
    desktop = start()
    desktop.others.show_memory()
    window = memory_window(desktop)
    assert window
    (keep,) = (button for button in window.findChildren(QPushButton) if button.text() == "Keep conversations")
    assert not keep.isVisible()
    entry(desktop.actions.make_menu(), "Private: keep nothing")()
    assert keep.isVisible()
    keep.click()
    assert not keep.isVisible()
    assert settings.settings.memory.keep


def test_what_she_knows_that_cannot_be_opened_is_told(
    start: Start, settings: SettingsFile, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "facts.db").mkdir()
    desktop = start()
    desktop.others.show_memory()
    assert memory_window(desktop) is None
    assert desktop.view.notice
