"""The report in its window: gathered by a real command, copied and kept at a press."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from companion.ui.commands import Commands
from companion.ui.report import ReportDialog
from companion.ui.widgets import Note

FAKE = """
import json, sys
assert sys.argv[1:5] == ["report", "--json", "--keep", "--death"], sys.argv
print(json.dumps({"text": f"{sys.argv[5]} {sys.argv[6:]}\\nall about it\\n", "file": "/logs/companion-report-1.txt"}))
"""
BROKEN = "import sys; sys.exit('companion: There is no room.')"


def shown(qtbot: QtBot, code: str) -> ReportDialog:
    dialog = ReportDialog(Commands([sys.executable, "-c", code]), "It was ended by signal 9.", ["one", "--two"])
    qtbot.addWidget(dialog)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    dialog.show()
    assert "Looking" in dialog.report
    qtbot.waitUntil(lambda: "Looking" not in dialog.report, timeout=20_000)
    return dialog


def button(dialog: ReportDialog, words: str) -> QPushButton:
    return next(button for button in dialog.findChildren(QPushButton) if button.text() == words)


def test_it_is_shown_copied_and_kept(qtbot: QtBot, tmp_path: Path) -> None:
    dialog = shown(qtbot, FAKE)
    assert dialog.report == "It was ended by signal 9. ['--note=one', '--note=--two']\nall about it\n"
    assert button(dialog, "Open folder").isEnabled()
    button(dialog, "Copy").click()
    assert QGuiApplication.clipboard().text() == dialog.report
    dialog.save(tmp_path / "report.txt")
    assert (tmp_path / "report.txt").read_text() == dialog.report


def test_where_it_cannot_be_made_there_is_what_is_known(qtbot: QtBot) -> None:
    dialog = shown(qtbot, BROKEN)
    assert "signal 9" in dialog.report and "There is no room." in dialog.report
    assert not button(dialog, "Open folder").isVisible()
    assert button(dialog, "Copy").isEnabled()


@pytest.mark.parametrize("key", [Qt.Key.Key_Escape, Qt.Key.Key_Return])
def test_a_key_closes_it(qtbot: QtBot, key: Qt.Key) -> None:
    dialog = shown(qtbot, FAKE)
    QTest.keyClick(dialog, key)
    assert not dialog.isVisible()


def test_a_place_that_cannot_be_written_is_told(qtbot: QtBot, tmp_path: Path) -> None:
    dialog = shown(qtbot, FAKE)
    dialog.save(tmp_path / "none" / "report.txt")
    assert any("cannot be saved" in label.text() for label in dialog.findChildren(Note))
