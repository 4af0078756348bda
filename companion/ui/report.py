"""The report on an engine that died, shown before it goes anywhere; it goes nowhere by itself."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QFontDatabase, QGuiApplication, QTextOption
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from companion.ui.commands import Commands
from companion.ui.widgets import Heading, Note

WIDTH, HEIGHT = 680, 560


class ReportDialog(QDialog):
    """Gathers the report beside the window, shows it, and lets the person copy or keep it."""

    def __init__(self, commands: Commands, death: str, notes: Sequence[str], parent: QWidget | None = None) -> None:
        """`death`: how the engine ended, in words; empty if it did not. `notes`: its last lines for people."""
        super().__init__(parent)
        self._death, self._notes = death, list(notes)
        self._file: Path | None = None
        self._lines: list[str] = []
        self.setWindowTitle(self.tr("Report"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._build()
        self._fit()
        self._show_text(self.tr("Looking at this computer…"))
        arguments = ["report", "--json", "--keep", "--death", death]
        arguments += [f"--note={note}" for note in self._notes]
        self._command = commands.make(self, *arguments)
        self._command.line.connect(self._lines.append)
        self._command.finished.connect(self._take)
        self._command.start()

    @property
    def report(self) -> str:
        """What is shown."""
        return self._text.toPlainText()

    def _build(self) -> None:
        self._note = Note(
            self.tr(
                "This is what helps to find out what happened. It holds no words of your conversations, and it goes"
                " nowhere unless you send it."
            )
        )
        self._text = QPlainTextEdit(self, readOnly=True)
        self._text.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self._text.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self._text.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self._text.setTabChangesFocus(True)
        self._text.setAccessibleName(self.tr("The report"))
        self._told = Note()
        self._copy = QPushButton(self.tr("Copy"))
        self._save = QPushButton(self.tr("Save as…"))
        self._folder = QPushButton(self.tr("Open folder"))
        close = QPushButton(self.tr("Close"))
        close.setProperty("primary", True)
        close.setDefault(True)
        self._copy.clicked.connect(self._copy_text)
        self._save.clicked.connect(self._ask_where)
        self._folder.clicked.connect(self._open_folder)
        close.clicked.connect(self.close)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for button in (self._copy, self._save, self._folder):
            buttons.addWidget(button)
        buttons.addStretch(1)
        buttons.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(10)
        column.addWidget(Heading(self.tr("What happened")))
        column.addWidget(self._note)
        column.addWidget(self._text, 1)
        column.addWidget(self._told)
        column.addLayout(buttons)
        close.setFocus()

    def _fit(self) -> None:
        room = self.screen().availableGeometry()
        self.resize(min(WIDTH, room.width() - 40), min(HEIGHT, room.height() - 60))

    def _take(self, code: int, words: str) -> None:
        """The report is there, or could not be made: then what is known without it."""
        try:
            record = json.loads("".join(self._lines))
            text, file = str(record["text"]), str(record["file"])
        except (ValueError, KeyError, TypeError):
            known = [self._death, words, self.tr("More could not be found out.")]
            self._show_text("\n\n".join(filter(None, known)), ready=True)
            return
        self._file = Path(file) if file else None
        self._show_text(text, ready=True)
        if self._file:
            self._told.say(self.tr("Kept as {file}").format(file=_shortened(self._file)))

    def _show_text(self, text: str, ready: bool = False) -> None:
        self._text.setPlainText(text)
        self._copy.setEnabled(ready)
        self._save.setEnabled(ready)
        self._folder.setEnabled(self._file is not None)
        self._folder.setVisible(self._file is not None or not ready)

    def _copy_text(self) -> None:
        QGuiApplication.clipboard().setText(self.report)
        self._told.say(self.tr("It is on the clipboard."))

    def _ask_where(self) -> None:
        name = self._file.name if self._file else "companion-report.txt"
        chosen, _ = QFileDialog.getSaveFileName(self, self.tr("Save the report"), str(Path.home() / name))
        if chosen:
            self.save(Path(chosen))

    def save(self, file: Path) -> None:
        """Write the report to `file`; says how it went."""
        try:
            file.write_text(self.report, encoding="utf-8")
        except OSError as error:
            self._told.say(self.tr("It cannot be saved there: {reason}.").format(reason=error.strerror), trouble=True)
            return
        self._told.say(self.tr("Saved as {file}").format(file=_shortened(file)))

    def _open_folder(self) -> None:
        if self._file:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._file.parent)))


def _shortened(file: Path) -> str:
    try:
        return str(Path("~") / file.relative_to(Path.home()))
    except ValueError:
        return str(file)
