"""What she is to remind of, and what she wrote down: to be seen and deleted."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import Any

from PySide6.QtCore import QCoreApplication, QDate, QLocale, QTime
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from companion.ui.commands import Commands
from companion.ui.settings.asking import Records, follow
from companion.ui.settings.page import Panel
from companion.ui.widgets import Note


class AgendaPanel(Panel):
    """It is looked up whenever the panel comes in sight: she may have been asked for more meanwhile."""

    def __init__(self, commands: Commands) -> None:
        super().__init__(
            self.tr("Reminders and notes"),
            self.tr("What you asked her to remind you of, and to write down."),
            words=QCoreApplication.translate("SearchedWords", "reminder timer alarm note agenda delete cancel"),
        )
        self._commands = commands
        self._looking = False
        self._reminders: Records = []
        self._notes: Records = []
        self._rows: list[QWidget] = []
        self._state = QLabel()
        self._state.setWordWrap(True)
        self.column.addWidget(self._state)

    def look(self) -> None:
        """Ask what there is."""
        if self._looking:
            return
        self._looking, self._reminders, self._notes = True, [], []
        follow(self._commands, self, ("reminders", "list", "--json"), self._reminders.append, self._look_at_notes)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        super().showEvent(event)
        self.look()

    def _look_at_notes(self, code: int, trouble: str) -> None:
        if trouble:
            self._show(code, trouble)
        else:
            follow(self._commands, self, ("notes", "list", "--json"), self._notes.append, self._show)

    def _show(self, code: int, trouble: str) -> None:
        self._looking = False
        for row in self._rows:
            row.deleteLater()
        self._rows = [
            *(self._row(self._told(one), one.get("due_at"), ("reminders", "cancel")) for one in self._reminders),
            *(self._row(str(one.get("text")), one.get("at"), ("notes", "delete")) for one in self._notes),
        ]
        for row, record in zip(self._rows, (*self._reminders, *self._notes), strict=True):
            row.setProperty("number", record.get("number"))
            self.column.addWidget(row)
        none = "" if self._rows else self.tr("There are none.")
        self._state.setText(trouble or none)
        self._state.setVisible(bool(trouble or none))

    def _told(self, reminder: dict[str, Any]) -> str:
        text = str(reminder.get("text") or "")
        if reminder.get("kind") == "alarm":
            return self.tr("Alarm")
        if reminder.get("kind") == "timer":
            return self.tr("Timer: {name}").format(name=text) if text else self.tr("Timer")
        return text

    def _row(self, words: str, at: object, action: tuple[str, str]) -> QWidget:
        row, delete = QWidget(), QPushButton(self.tr("Delete"))
        label = QLabel(words)
        label.setWordWrap(True)
        delete.setAccessibleName(self.tr("Delete {words}").format(words=words))
        delete.clicked.connect(partial(self._delete, row, delete, action))
        told = QVBoxLayout()
        told.setSpacing(2)
        told.addWidget(label)
        told.addWidget(Note(_moment(str(at))))
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.addLayout(told, 1)
        line.addWidget(delete)
        return row

    def _delete(self, row: QWidget, delete: QPushButton, action: tuple[str, str]) -> None:
        delete.setEnabled(False)
        arguments = (*action, str(row.property("number")), "--json")
        follow(self._commands, self, arguments, lambda record: None, self._deleted)

    def _deleted(self, code: int, trouble: str) -> None:
        if trouble:
            self._show(code, trouble)
        else:
            self.look()


def _moment(at: str) -> str:
    """Day and time, as the person writes them."""
    try:
        when = datetime.fromisoformat(at).astimezone()
    except ValueError:
        return ""
    locale, short = QLocale(), QLocale.FormatType.ShortFormat
    day = locale.toString(QDate(when.year, when.month, when.day), short)
    return f"{day}, {locale.toString(QTime(when.hour, when.minute), short)}"
