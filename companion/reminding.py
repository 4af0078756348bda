"""The user's reminders and notes in a conversation: kept for all personas, asked for, spoken of when due."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from companion.core.agenda import AgendaStore
from companion.core.errors import CompanionError
from companion.core.transcript import History
from companion.memory.coming import coming_day
from companion.talk.agenda.book import Book
from companion.talk.agenda.errands import Errands
from companion.talk.agenda.speaking_up import SpeakingUp
from companion.talk.workers import Worker

OpenStore = Callable[[bool], AgendaStore | None]
"""Opens what is kept; True: makes it if there is none. None: there is none. Blocking. Raises CompanionError."""


class Reminding:
    """Make and use it on the event loop; its file is read on `worker`."""

    def __init__(self, open_store: OpenStore, worker: Worker, may_keep: Callable[[], bool]) -> None:
        """`may_keep` tells whether what is said just now may be written down."""
        self._store = _Store(open_store)
        self._book = Book(self._store, worker, may_keep)
        self._errands: Errands | None = None
        self.speaking_up = SpeakingUp(self._book)

    def asked(self, history: History, names: Sequence[str]) -> Errands:
        """What answers the turns that ask for time, timers, reminders or notes. `names` are hers."""
        self._errands = Errands(self._book, names, coming_day, history)
        return self._errands

    def become(self, names: Sequence[str]) -> None:
        """She has other names now."""
        if self._errands:
            self._errands.become(names)

    def forget_everything(self) -> None:
        """Nothing is left of what was to be told, or was written down."""
        self.speaking_up.start(self._book.clear())

    async def close(self) -> None:
        """Write what is left."""
        await self.speaking_up.close()
        self._store.close()


class _Store:
    """Opened when it is first needed. One that cannot be opened is tried again when something is to be written."""

    def __init__(self, open_store: OpenStore) -> None:
        self._open = open_store
        self._opened: AgendaStore | None = None
        self._failed: CompanionError | None = None

    def __call__(self, make: bool) -> AgendaStore | None:
        if self._opened is None:
            if self._failed and not make:
                raise self._failed
            try:
                self._opened = self._open(make)
            except CompanionError as error:
                self._failed = error
                raise
        return self._opened

    def close(self) -> None:
        if self._opened:
            self._opened.close()


def open_store(make: bool) -> AgendaStore | None:
    """The user's reminders and notes."""
    from companion.core.paths import shared_diary_file
    from companion.memory.agenda import open_agenda

    return open_agenda() if make or shared_diary_file().exists() else None


def no_store(make: bool) -> AgendaStore | None:
    """Nothing is kept in this conversation."""
    return None
