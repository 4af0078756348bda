"""What has come due: told to who shows her at once, and said by her as soon as that disturbs nobody."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from contextlib import suppress
from datetime import datetime
from typing import Any

from companion.core.agenda import Reminder
from companion.core.errors import CompanionError
from companion.core.events import ReminderDue
from companion.talk.agenda.answers import LATE, due
from companion.talk.agenda.book import Book
from companion.talk.workers import running

LOOK_S = 5.0
"""How often the store is looked into: reminders may be set from elsewhere."""


class SpeakingUp:
    """`SpeaksUp` of a book. Lives on the event loop."""

    def __init__(self, book: Book, now: Callable[[], datetime] = lambda: datetime.now().astimezone()) -> None:
        self._book = book
        self._now = now
        self._until_look_s = 0.0
        self._shown: set[tuple[int, datetime]] = set()
        self._saying: list[Reminder] = []
        self._tasks: set[asyncio.Task[Any]] = set()

    @property
    def tasks(self) -> set[asyncio.Task[Any]]:
        self._tasks = running(self._tasks)
        return self._tasks

    def pass_time(self, duration_s: float, at_s: float) -> list[ReminderDue]:
        self._until_look_s -= duration_s
        if self._until_look_s <= 0 and not self.tasks:
            self._until_look_s = LOOK_S
            self.start(self._book.look())
        now = self._now()
        new = [one for one in self._due(now) if (one.number, one.due_at) not in self._shown]
        self._shown |= {(one.number, one.due_at) for one in new}
        return [
            ReminderDue(at_s, one.kind, one.text, one.due_at.isoformat(timespec="seconds"), now - one.due_at > LATE)
            for one in new
        ]

    def words(self) -> str:
        now = self._now()
        self._saying = self._due(now)
        return due(self._saying, now)

    def was_said(self) -> None:
        said, self._saying = self._saying, []
        now = self._now()
        for reminder in said:
            self._shown.discard((reminder.number, reminder.due_at))
            following = reminder.following(now)
            self.start(self._book.put_off(reminder, following) if following else self._book.remove([reminder]))

    async def close(self) -> None:
        """Wait for what is being written."""
        if tasks := self.tasks:
            await asyncio.wait(tasks)

    def _due(self, now: datetime) -> list[Reminder]:
        return [reminder for reminder in self._book.all if reminder.due_at <= now]

    def start(self, doing: Coroutine[Any, Any, object]) -> None:
        """Do what changes the book, without waiting for it."""

        async def do() -> None:
            with suppress(CompanionError):  # it is known here all the same, and looked for again
                await doing

        self._tasks.add(asyncio.create_task(do(), name="agenda"))
