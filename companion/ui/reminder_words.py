"""A reminder as it is shown: in the window, and beside the tray."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QCoreApplication, QLocale

from companion.core.events import ReminderDue


def reminder_words(event: ReminderDue) -> tuple[str, str]:
    """What it says, and when it was due; in the language of the person."""
    tr, due = QCoreApplication.translate, datetime.fromisoformat(event.due_at).astimezone()
    if event.kind == "timer":
        said = tr("Reminders", "Time is up: {name}").format(name=event.text) if event.text else tr("Reminders", "Time is up.")
    elif event.kind == "alarm":
        said = tr("Reminders", "Alarm")
    else:
        said = tr("Reminders", "Reminder: {text}").format(text=event.text)
    locale, clock = QLocale(), QLocale.FormatType.ShortFormat
    at = locale.toString(due.time(), clock)
    if due.date() != datetime.now().date():
        at = f"{locale.toString(due.date(), clock)}, {at}"
    return said, tr("Reminders", "Missed: it was due at {time}").format(time=at) if event.late else at
