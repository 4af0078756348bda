"""A reminder as it is shown: in the window, and beside the tray."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QCoreApplication, QDate, QLocale, QTime

from companion.core.events import ReminderDue
from companion.ui.view import Notice


def reminder_words(event: ReminderDue) -> Notice:
    """What it says, and when it was due; in the language of the person, who is shown it until they have read it."""
    tr, due = QCoreApplication.translate, datetime.fromisoformat(event.due_at).astimezone()
    if event.kind == "reminder":
        said = tr("Reminders", "Reminder: {text}").format(text=event.text)
    elif event.kind == "alarm":
        said = tr("Reminders", "Alarm")
    elif event.text:
        said = tr("Reminders", "Time is up: {name}").format(name=event.text)
    else:
        said = tr("Reminders", "Time is up.")
    locale, short = QLocale(), QLocale.FormatType.ShortFormat
    at = locale.toString(QTime(due.hour, due.minute), short)
    if due.date() != datetime.now().date():
        at = f"{locale.toString(QDate(due.year, due.month, due.day), short)}, {at}"
    return Notice(said, tr("Reminders", "Missed: it was due at {time}").format(time=at) if event.late else at)
