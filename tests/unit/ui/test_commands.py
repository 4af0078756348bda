"""Commands beside the window, as real processes."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from companion.ui.commands import Command, Commands


class Witness:
    def __init__(self, command: Command) -> None:
        self.lines: list[str] = []
        self.notes: list[str] = []
        self.ends: list[tuple[int, str]] = []
        command.line.connect(self.lines.append)
        command.noted.connect(self.notes.append)
        command.finished.connect(lambda code, words: self.ends.append((code, words)))


@pytest.fixture
def owner(qtbot: QtBot) -> QObject:
    return QObject()


def run(qtbot: QtBot, owner: QObject, program: str) -> Witness:
    command = Commands([sys.executable, "-c"]).make(owner, program)
    witness = Witness(command)
    command.start()
    qtbot.waitUntil(lambda: bool(witness.ends))
    return witness


def test_its_lines_its_notes_and_its_end_are_told(qtbot: QtBot, owner: QObject) -> None:
    witness = run(
        qtbot, owner, "import sys; print('one'); print('zwölf'); print('no room', file=sys.stderr); sys.exit(6)"
    )
    assert witness.lines == ["one", "zwölf"]
    assert witness.notes == ["no room"]
    assert witness.ends == [(6, "no room")]


def test_only_its_last_words_are_kept(qtbot: QtBot, owner: QObject) -> None:
    witness = run(qtbot, owner, "import sys; [print(n, file=sys.stderr) for n in range(500)]")
    assert len(witness.notes) == 500
    assert witness.ends == [(0, "\n".join(map(str, range(480, 500))))]


def test_it_can_be_told_a_line(qtbot: QtBot, owner: QObject) -> None:
    command = Commands([sys.executable, "-c"]).make(owner, "print(input())")
    witness = Witness(command)
    command.start()
    command.write("hello")
    qtbot.waitUntil(lambda: bool(witness.ends))
    assert witness.lines == ["hello"]


@pytest.mark.parametrize("program", ["", "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); "])
def test_cancelled_it_ends_whether_it_listens_or_not(qtbot: QtBot, owner: QObject, program: str) -> None:
    command = Commands([sys.executable, "-c"]).make(
        owner, program + "import time; print('there', flush=True); time.sleep(1000)"
    )
    witness = Witness(command)
    command.start()
    qtbot.waitUntil(lambda: witness.lines == ["there"])
    command.cancel()
    qtbot.waitUntil(lambda: bool(witness.ends))
    assert witness.ends[0][0] == -1
    assert not command.running


def test_what_is_not_there_ends_too(qtbot: QtBot, owner: QObject, tmp_path: Path) -> None:
    command = Commands([str(tmp_path / "nothing")]).make(owner)
    witness = Witness(command)
    command.start()
    qtbot.waitUntil(lambda: bool(witness.ends))
    assert witness.ends == [(-1, "")]
