"""Window, tray, menu and engine together; the engine is a small program that speaks its lines."""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QListView, QMenu
from pytestqt.qtbot import QtBot

from companion.core.settings import Settings
from companion.core.settings_file import SettingsFile
from companion.memory.facts import open_facts
from companion.memory.told import as_written
from companion.ui.conversation.window import ConversationWindow
from companion.ui.desktop import Desktop
from companion.ui.files import Files
from companion.ui.memory.window import MemoryWindow
from companion.ui.options import Options
from companion.ui.theme import DAY
from tests.fakes.list_diary import ListDiary

ENGINE = """
import sys
from companion.core import events as ev, intents
from companion.core.wire import event_line, read_intent, read_turns
if "--headless" not in sys.argv:
    sys.exit(0)
turns = read_turns(sys.stdin.readline())
tell = lambda event: print(event_line(event), flush=True)
tell(ev.ConversationStarted(0.0, (), "microphone", "speaker"))
tell(ev.StateChanged(float(len(turns)), "listening"))
for line in sys.stdin:
    match read_intent(line):
        case intents.Quit():
            break
        case intents.Say("die"):
            sys.exit(5)
        case intents.Say(text, silently):
            tell(ev.UserSpoke(0.0, text, True))
            tell(ev.ReplyFinished(0.0, "In writing." if silently else "Aloud."))
        case intents.Mute():
            tell(ev.StateChanged(0.0, "muted"))
        case intents.Unmute():
            tell(ev.StateChanged(0.0, "listening"))
        case intents.DoNotDisturb(minutes):
            tell(ev.QuietBegan(0.0, 60 * minutes) if minutes else ev.QuietEnded(0.0))
            tell(ev.StateChanged(0.0, "quiet" if minutes else "listening"))
        case intents.Configure({"persona": key}):
            tell(ev.PersonaChanged(0.0, key.title(), True))
            tell(ev.ConversationBegun(0.0))
        case intents.Configure(changes):
            tell(ev.Configured(0.0, tuple(f"{key}={value}" for key, value in changes.items()), ()))
        case intents.BeginAnew():
            tell(ev.ConversationBegun(0.0))
"""

Start = Callable[..., Desktop]


@pytest.fixture
def settings(tmp_path: Path) -> SettingsFile:
    file = SettingsFile(tmp_path / "settings.toml")
    file.set("window.first_run_done", True)
    return file


@pytest.fixture
def start(qtbot: QtBot, tmp_path: Path, settings: SettingsFile, monkeypatch: pytest.MonkeyPatch) -> Iterator[Start]:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    made: list[Desktop] = []
    diaries = defaultdict[str, ListDiary](ListDiary)

    def open_diary(chosen: Settings) -> ListDiary:
        return diaries["" if chosen.memory.shared else chosen.persona]

    def start(wait: bool = True) -> Desktop:
        options = Options((sys.executable, "-c", ENGINE), settings.path)
        files = Files(open_diary, lambda _: open_facts(tmp_path / "facts.db"), as_written)
        desktop = Desktop(settings, lambda: settings.settings.her_name or "Samantha", options, files, DAY, None)
        made.append(desktop)
        desktop.start(hidden=False)
        if wait:
            qtbot.waitUntil(lambda: desktop.view.state == "listening")
        return desktop

    yield start
    for desktop in made:
        desktop.quit()
    qtbot.waitUntil(lambda: all(desktop.engine.status == "ended" for desktop in made))


def entry(menu: QMenu, words: str) -> Callable[[], None]:
    return next(action for action in menu.actions() if action.text() == words).trigger


def has_died(desktop: Desktop, deaths: list[str], times: int, wanted: str) -> bool:
    """Whether she is `wanted` (a state, or given up) after so many deaths."""
    there = desktop.engine.status if wanted == "given up" else desktop.view.state
    return there == wanted and len(deaths) == times


def shown(desktop: Desktop) -> ConversationWindow | None:
    """The window of the conversations that is open."""
    windows = [window for window in QApplication.topLevelWidgets() if isinstance(window, ConversationWindow)]
    return next((window for window in windows if window.isVisible()), None)


def memory_window(desktop: Desktop) -> MemoryWindow | None:
    """The window of what she remembers that is open."""
    windows = [window for window in QApplication.topLevelWidgets() if isinstance(window, MemoryWindow)]
    return next((window for window in windows if window.isVisible()), None)


def chosen_in(conversation: ConversationWindow) -> list[str]:
    view = conversation.findChild(QListView)
    assert isinstance(view, QListView)
    return [str(index.data()) for index in view.selectedIndexes()]
