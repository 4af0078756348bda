"""The window of what she remembers, with a real file behind it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QListView, QMenu, QWidget
from pytestqt.qtbot import QtBot

from companion.core.diary import Entry
from companion.core.facts import YOU, Fact, Kind
from companion.memory.facts import SqliteFacts, open_facts
from companion.memory.store import SqliteDiary, open_diary
from companion.memory.told import as_written
from companion.ui.commands import Commands
from companion.ui.conversation.undo_bar import UndoBar
from companion.ui.files import mark_of
from companion.ui.memory.shelf import Shelf
from companion.ui.memory.sources import Sources
from companion.ui.memory.statement_list import StatementList
from companion.ui.memory.topic_list import TopicList
from companion.ui.memory.window import MemoryWindow

Part = TypeVar("Part", bound=QWidget)
NOON = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
PROGRAM = Path(__file__).parents[3] / "fakes" / "companion_commands.py"


@dataclass
class Rig:
    """The window, and what is kept."""

    qtbot: QtBot
    folder: Path
    facts: SqliteFacts
    """What another process has open: the window has its own."""
    diary: SqliteDiary
    window: MemoryWindow = field(init=False)
    opened: list[SqliteFacts] = field(default_factory=list)

    def say(self, text: str) -> int:
        return self.diary.add(Entry(0, NOON, "user", "Samantha", text)).number

    def know(
        self, statement: str, *turns: int, subject: str = YOU, kind: Kind = "fact", days: int = 0, **more: object
    ) -> Fact:
        fact = Fact(0, kind, subject, statement, NOON + timedelta(days=days), turns)
        return self.facts.keep(replace(fact, **more))  # type: ignore[arg-type]

    def open(self) -> MemoryWindow:
        file = self.folder / "conversations.db"
        self.opened.append(open_facts(file))
        shelf = Shelf(self.opened[-1], self.diary, as_written, lambda: mark_of(file))
        commands = Commands([sys.executable, str(PROGRAM), str(self.folder)])
        self.window = MemoryWindow(shelf, commands)
        self.qtbot.addWidget(self.window)
        read: list[object] = []
        shelf.changed.connect(read.append)
        with self.qtbot.waitExposed(self.window):
            self.window.show()
        self.window.activateWindow()
        self.qtbot.waitUntil(lambda: bool(read))
        return self.window

    # --- what is seen

    @property
    def view(self) -> StatementList:
        return self._part(StatementList)

    @property
    def sources(self) -> Sources:
        return self._part(Sources)

    @property
    def shown(self) -> list[str]:
        """The statements, from the top."""
        model = self.view.model()
        rows = range(model.rowCount())
        return [str(model.index(row, 0).data(Qt.ItemDataRole.EditRole)) for row in rows]

    @property
    def read_aloud(self) -> list[str]:
        model = self.view.model()
        rows = range(model.rowCount())
        return [str(model.index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole)) for row in rows]

    @property
    def chosen(self) -> list[str]:
        return [fact.statement for fact in self.view.chosen]

    @property
    def topics(self) -> list[str]:
        model = self._part(TopicList).model()
        rows = range(model.rowCount())
        return [str(model.index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole)) for row in rows]

    @property
    def told(self) -> str:
        bar = self._part(UndoBar)
        return bar.words if bar.isVisible() else ""

    @property
    def labels(self) -> list[str]:
        return [label.text() for label in self.window.findChildren(QLabel) if label.isVisible() and label.text()]

    @property
    def known(self) -> list[str]:
        """What is kept, whatever is shown."""
        return [fact.statement for fact in self.facts.all(past=True)]

    # --- what is done

    def wait_for(self, seen: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(seen)

    def choose(self, *rows: int) -> StatementList:
        view = self.view
        view.setFocus()
        view.setCurrentIndex(view.model().index(rows[0], 0))
        for row in rows[1:]:
            view.selectionModel().select(view.model().index(row, 0), view.selectionModel().SelectionFlag.Select)
        return view

    def choose_topic(self, words: str) -> None:
        view = self._part(TopicList)
        (row,) = (row for row, topic in enumerate(self.topics) if topic.startswith(words))
        QTest.mouseClick(
            view.viewport(),
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
            view.visualRect(view.model().index(row, 0)).center(),
        )

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """While the list has the keyboard."""
        QTest.keyClick(self.view, key, modifiers)

    def rewrite(self, text: str, end: Qt.Key = Qt.Key.Key_Return) -> None:
        """Write `text` into the row that is open."""
        line = next(each for each in self.view.findChildren(QLineEdit) if each.isVisible())
        line.selectAll()
        QTest.keyClicks(line, text)
        QTest.keyClick(line, end)

    def remember(self, text: str) -> None:
        """Write it down, and wait until it is kept."""
        self.button("Remember something…").click()
        QTest.keyClicks(self.line("What she is to remember"), text)
        self.button("Remember").click()
        self.wait_for(lambda: self.told.startswith("She remembers"))

    def search(self, words: str) -> None:
        line = self.line("Search what she knows")
        line.clear()
        QTest.keyClicks(line, words)

    def line(self, name: str, within: QWidget | None = None) -> QLineEdit:
        lines = (within or self.window).findChildren(QLineEdit)
        return next(each for each in lines if each.accessibleName() == name)

    def button(self, words: str, within: QWidget | None = None) -> QAbstractButton:
        buttons = (within or self.window).findChildren(QAbstractButton)
        return next(each for each in buttons if words in (each.text(), each.accessibleName()))

    def menu(self, words: str) -> None:
        """Choose from the menu of the window, or of the list."""
        actions = (action for menu in self.window.findChildren(QMenu) for action in menu.actions())
        next(action for action in actions if action.text() == words).trigger()

    def rows_of(self, name: str, within: QWidget) -> list[str]:
        view = next(each for each in within.findChildren(QListView) if each.accessibleName() == name)
        return [str(view.model().index(row, 0).data()) for row in range(view.model().rowCount())]

    def _part(self, kind: type[Part]) -> Part:
        found = self.window.findChild(kind)
        assert isinstance(found, kind)
        return found


@pytest.fixture
def rig(qtbot: QtBot, tmp_path: Path) -> Iterator[Rig]:
    file = tmp_path / "conversations.db"
    diary, facts = open_diary(file), open_facts(file)
    made = Rig(qtbot, tmp_path, facts, diary)
    yield made
    made.window.close()
    diary.close()
    for opened in (facts, *made.opened):
        opened.close()
