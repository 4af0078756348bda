"""What is known in words: of whom, since when, how surely."""

from __future__ import annotations

from datetime import date, datetime

from PySide6.QtCore import QCoreApplication, QDate, QLocale, QObject

from companion.core.diary import Entry
from companion.core.facts import Fact
from companion.ui.conversation.sentences import entry_words
from companion.ui.memory.topics import subject_words

SURE_FROM = 0.6
"""Of a fact's confidence; below it she says "I think" when she tells it."""


def date_words(day: date) -> str:
    """ "Today", "Yesterday", "Tomorrow", or the date."""
    translate = QCoreApplication.translate
    near = {
        -1: translate("Memory", "Yesterday"),
        0: translate("Memory", "Today"),
        1: translate("Memory", "Tomorrow"),
    }
    if words := near.get((day - date.today()).days):
        return words
    style = translate("Memory", "d MMM yyyy", "a day, as Qt writes it by this")
    return QLocale().toString(QDate(day.year, day.month, day.day), style)


def caption_words(fact: Fact) -> str:
    """What stands below the statement: about whom, since when, and what is to be known of it."""
    translate = QCoreApplication.translate
    parts = [] if fact.kind == "episode" else [subject_words(fact.subject)]
    parts.append(_day_words(fact.said_at))
    if fact.due:
        parts.append(translate("Memory", "for {day}").format(day=date_words(fact.due)))
    if fact.valid_until:
        parts.append(translate("Memory", "was true until {day}").format(day=_day_words(fact.valid_until)))
    elif is_unsure(fact):
        parts.append(translate("Memory", "not sure"))
    return "  ·  ".join(parts)


def is_unsure(fact: Fact) -> bool:
    return fact.confidence < SURE_FROM


def spoken_words(fact: Fact) -> str:
    """All of it in one line, for a screen reader."""
    words = f"{fact.statement} {caption_words(fact).replace('  ·  ', ', ')}"
    return QCoreApplication.translate("Memory", "{words}, pinned").format(words=words) if fact.pinned else words


def source_words(entry: Entry) -> str:
    """A turn that something was drawn from: day, who, time, and what was said."""
    return f"{_day_words(entry.at)}  ·  {entry_words(entry)}"


class Counted(QObject):
    """What has plural forms: Qt's tools find these only in tr()."""

    def statements(self, count: int) -> str:
        return self.tr("%Ln statements", "", count)


def count_words(statements: int) -> str:
    """How many statements."""
    if statements == 1:
        return QCoreApplication.translate("Memory", "one statement")
    return Counted().statements(statements)


def _day_words(at: datetime) -> str:
    return date_words(at.astimezone().date())
