"""All that is to be told, at hand on the event loop, and what writes it down."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TypeVar

from companion.core.agenda import AgendaStore, Note, Reminder
from companion.core.errors import CompanionError
from companion.talk.workers import Worker

T = TypeVar("T")

FindStore = Callable[[bool], AgendaStore | None]
"""Opens what keeps reminders and notes, on the worker; True: made if there is none. None: there is none."""


class NotKeptError(CompanionError):
    """Nothing is kept just now."""


class Book:
    """Lives on the event loop; what blocks runs on its worker. Its methods raise CompanionError as the store does."""

    def __init__(self, find_store: FindStore, worker: Worker, may_keep: Callable[[], bool]) -> None:
        """`may_keep` tells whether what is said now may be written down; timers run all the same."""
        self._find_store = find_store
        self._worker = worker
        self._may_keep = may_keep
        self._kept: tuple[Reminder, ...] = ()
        self._passing: tuple[Reminder, ...] = ()
        """Timers that only this conversation knows."""
        self._gone: set[int] = set()
        """Those that are on their way out of the store."""

    @property
    def all(self) -> list[Reminder]:
        """Everything that is to be told, the soonest first, as far as is known without looking."""
        standing = (reminder for reminder in self._kept if reminder.number not in self._gone)
        return sorted([*standing, *self._passing], key=lambda reminder: reminder.due_at)

    @property
    def timers(self) -> list[Reminder]:
        return [reminder for reminder in self.all if reminder.kind == "timer"]

    @property
    def reminders(self) -> list[Reminder]:
        """All but timers."""
        return [reminder for reminder in self.all if reminder.kind != "timer"]

    async def look(self) -> None:
        """See what stands in the store: another program may have written there."""
        self._kept = tuple(await self._of_store(lambda store: store.reminders(), ()))

    async def add(self, reminder: Reminder) -> Reminder:
        """Raises NotKeptError where nothing may be kept; a timer is then known to this conversation alone."""
        if not self._may_keep():
            if reminder.kind != "timer":
                raise NotKeptError("Nothing is kept at the moment.")
            added = replace(reminder, number=-1 - len(self._passing))
            self._passing = (*self._passing, added)
            return added
        added = await self._in_store(lambda store: store.remind(reminder))
        self._kept = (*(kept for kept in self._kept if kept.number != added.number), added)
        return added

    async def remove(self, reminders: Iterable[Reminder]) -> None:
        """They are told no more: at once, whatever becomes of the store."""
        numbers = {reminder.number for reminder in reminders}
        self._passing = tuple(one for one in self._passing if one.number not in numbers)
        self._gone |= {number for number in numbers if number > 0}
        if going := [number for number in numbers if number > 0]:
            await self._of_store(lambda store: store.dismiss(going), 0)
            self._kept = tuple(one for one in self._kept if one.number not in numbers)
            self._gone -= numbers

    async def put_off(self, reminder: Reminder, to: datetime) -> Reminder:
        """It is told at `to` instead."""
        changed = replace(reminder, due_at=to)
        if reminder.number < 0:
            self._passing = tuple(changed if one.number == reminder.number else one for one in self._passing)
            return changed
        self._kept = tuple(changed if one.number == reminder.number else one for one in self._kept)
        return await self._of_store(lambda store: store.remind(changed), changed)

    async def write(self, note: Note) -> Note:
        """Raises NotKeptError where nothing may be kept."""
        if not self._may_keep():
            raise NotKeptError("Nothing is kept at the moment.")
        return await self._in_store(lambda store: store.write(note))

    async def notes(self, matching: str = "") -> Sequence[Note]:
        return await self._of_store(lambda store: store.notes(matching), ())

    async def tear_out(self, notes: Iterable[Note]) -> Sequence[Note]:
        numbers = [note.number for note in notes]
        return await self._of_store(lambda store: store.tear_out(numbers), ())

    async def restore(self, notes: Iterable[Note]) -> None:
        """Undo `tear_out`."""
        torn_out = list(notes)
        await self._in_store(lambda store: [store.write(note) for note in torn_out])

    async def clear(self) -> None:
        """Nothing is left."""
        self._kept = self._passing = ()
        await self._of_store(lambda store: store.clear(), None)

    async def _of_store(self, call: Callable[[AgendaStore], T], default: T) -> T:
        """What `call` makes of the store, if there is one."""

        def ask() -> T:
            store = self._find_store(False)
            return default if store is None else call(store)

        return await self._worker.run(ask)

    async def _in_store(self, call: Callable[[AgendaStore], T]) -> T:
        def ask() -> T:
            store = self._find_store(True)
            if store is None:
                raise NotKeptError("Nothing is kept at the moment.")
            return call(store)

        return await self._worker.run(ask)
