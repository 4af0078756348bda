"""A screen that goes away, a computer without letters, an engine that says nothing."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from companion.core.errors import NoDesktopError
from companion.memory.facts import open_facts
from companion.memory.told import as_written
from companion.ui import application, engine, frameless
from companion.ui.engine import Engine
from companion.ui.files import Files
from companion.ui.options import Options
from companion.ui.placement import Box, Places
from companion.ui.theme import DAY
from companion.ui.view import View
from companion.ui.window import FloatingWindow
from tests.fakes.list_diary import ListDiary

LEFT, RIGHT = Box(0, 0, 1000, 800), Box(1000, 0, 1000, 800)


def test_a_window_whose_screen_is_unplugged_comes_to_the_one_that_is_left(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(frameless, "screens_now", lambda: {"left": LEFT, "right": RIGHT})
    places = Places(tmp_path / "window.json", {"right": Box(1500, 100, 340, 500)}, "right")
    window = FloatingWindow(DAY, places, True, View("Samantha"), lambda: 0.0)
    window.set_menu(QMenu(window))
    qtbot.addWidget(window)
    window.show()
    assert window.x() == 1500
    monkeypatch.setattr(frameless, "screens_now", lambda: {"left": LEFT})
    app = QGuiApplication.instance()
    assert isinstance(app, QGuiApplication)
    app.screenRemoved.emit(QGuiApplication.primaryScreen())
    assert window.x() + window.width() <= 1000
    assert window.y() == 100


def test_without_a_font_there_is_no_window_and_a_remedy(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFontDatabase, "families", lambda: [])
    monkeypatch.setattr(application, "QApplication", lambda arguments: QGuiApplication.instance())
    files = Files(lambda _: ListDiary(), lambda _: open_facts(tmp_path / "facts.db"), as_written)
    with pytest.raises(NoDesktopError) as told:
        application.run_app(Options((sys.executable,), tmp_path / "settings.toml"), files)
    assert "font" in told.value.message
    assert "fonts-dejavu-core" in told.value.hint


def test_an_engine_that_hangs_at_its_start_is_told_of(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "SLOW_START_MS", 50)
    owner = QObject()
    hanging = Engine([sys.executable, "-c", "import time; time.sleep(1000)"], list, owner)
    with qtbot.waitSignal(hanging.is_slow):
        hanging.start()
    hanging.kill()
