"""Entries in words: who, when, what."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from PySide6.QtCore import QCoreApplication, QDate, QLocale, QObject, QTime

from companion.core.diary import Entry


def who_words(entry: Entry) -> str:
    """ "You", or her name."""
    return QCoreApplication.translate("Conversation", "You") if entry.who == "user" else entry.name


def time_words(entry: Entry) -> str:
    """The time of day here, as people write it where the system is from."""
    at = entry.at.astimezone()
    return QLocale().toString(QTime(at.hour, at.minute), QLocale.FormatType.ShortFormat)


def day_of(entry: Entry) -> date:
    """The day here on which it was said."""
    return entry.at.astimezone().date()


def day_words(day: date) -> str:
    """ "Today", "Yesterday", or the date in full."""
    if day == date.today():
        return QCoreApplication.translate("Conversation", "Today")
    if day == date.today() - timedelta(days=1):
        return QCoreApplication.translate("Conversation", "Yesterday")
    return QLocale().toString(QDate(day.year, day.month, day.day), QLocale.FormatType.LongFormat)


class Counted(QObject):
    """What has plural forms: Qt's tools find these only in tr()."""

    def turns(self, count: int) -> str:
        return self.tr("%Ln turns", "", count)


def count_words(turns: int) -> str:
    """How many turns."""
    if turns == 1:
        return QCoreApplication.translate("Conversation", "one turn")
    return Counted().turns(turns)


def entry_words(entry: Entry) -> str:
    """All of it in one line, for a screen reader or the clipboard."""
    if not entry.unheard:
        sentence = QCoreApplication.translate("Conversation", "{who}, {time}: {words}")
    else:
        sentence = QCoreApplication.translate("Conversation", "{who}, {time}: {words} (not heard: {unheard})")
    return sentence.format(who=who_words(entry), time=time_words(entry), words=entry.text, unheard=entry.unheard)


def copied_words(entries: Iterable[Entry]) -> str:
    """What goes to the clipboard: of one entry its words alone, of several who said them, and when."""
    chosen = list(entries)
    if len(chosen) == 1:
        return chosen[0].text
    lines: list[str] = []
    day: date | None = None
    for entry in chosen:
        if day_of(entry) != day:
            day = day_of(entry)
            lines += ["", day_words(day)] if lines else [day_words(day)]
        lines.append(entry_words(entry))
    return "\n".join(lines)
