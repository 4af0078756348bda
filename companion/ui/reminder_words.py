"""A reminder as it is shown: in the window, and beside the tray."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QCoreApplication, QDate, QLocale, QTime

from companion.core.events import ReminderDue
from companion.ui.view import Notice


def reminder_words(event: ReminderDue) -> Notice:
    """What it says, and when it was due; in the language of the person, who is shown it until they have read it."""
    due = datetime.fromisoformat(event.due_at).astimezone()
    if event.kind == "reminder":
        said = QCoreApplication.translate("Reminders", "Reminder: {text}").format(text=event.text)
    elif event.kind == "alarm":
        said = QCoreApplication.translate("Reminders", "Alarm")
    elif event.text:
        said = QCoreApplication.translate("Reminders", "Time is up: {name}").format(name=event.text)
    else:
        said = QCoreApplication.translate("Reminders", "Time is up.")
    locale, short = QLocale(), QLocale.FormatType.ShortFormat
    at = locale.toString(QTime(due.hour, due.minute), short)
    if due.date() != datetime.now().date():
        at = f"{locale.toString(QDate(due.year, due.month, due.day), short)}, {at}"
    if event.late:
        at = QCoreApplication.translate("Reminders", "Missed: it was due at {time}").format(time=at)
    return Notice(said, at)
