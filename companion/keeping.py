"""Whether what is said is kept, and that the conversation never waits for the diary."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Protocol

from companion.core.diary import Diary
from companion.core.errors import CompanionError
from companion.core.events import Event
from companion.memory.scribe import CLOSE_S, Scribe

SETTLE_S = 1.0
"""A keyring or a disk that takes longer is not waited for: what was said just now is then not known."""


class OpenedDiary(Diary, Protocol):
    """A diary, with what a person should know of its opening."""

    @property
    def told(self) -> str:
        """Empty if all was well."""


OpenDiary = Callable[[], OpenedDiary]
Fault = Callable[[CompanionError], None]


class Keeping:
    """Writes the conversation into the diary while that is wanted. Make and use it on the event loop.

    The diary is opened on a thread of its own, as its key may be in a keyring that takes seconds; what is said
    meanwhile is written then. One that cannot be opened is told of, and costs no more than that.
    """

    def __init__(self, open_diary: OpenDiary | None, name: str, fault: Fault) -> None:
        """`open_diary`: None keeps nothing, whatever is wanted. `name` is hers. `fault` is called on the event loop."""
        self._open_diary = open_diary
        self._name = name
        self._fault = fault
        self._record: _Record | None = None
        self._wanted = False
        self._private = False

    def want(self, wanted: bool) -> None:
        """Keep what is said from now on, or keep it no more; what is private is not kept, whatever is wanted."""
        self._wanted = wanted
        self._begin_or_end()

    @property
    def keeps(self) -> bool:
        """Whether what is said just now is kept."""
        return self._wanted and not self._private and self._open_diary is not None

    def be_private(self, private: bool) -> None:
        """What is said from now on stays between the two of them, or does no more."""
        self._private = private
        self._begin_or_end()

    def _begin_or_end(self) -> None:
        wanted = self._wanted and not self._private
        if wanted and self._open_diary and self._record is None:
            self._record = _Record(self._open_diary, self._name, self._tell())
        elif self._record and not wanted:
            threading.Thread(target=self._record.close, name="close the diary", daemon=True).start()
            self._record = None

    def become(self, name: str, open_diary: OpenDiary | None) -> None:
        """She is another: what is said from now on is hers, and goes into the diary that `open_diary` opens."""
        wanted = self._wanted
        self.want(False)
        self._name, self._open_diary = name, open_diary
        self.want(wanted)

    def take(self, event: Event) -> None:
        """Keep what `event` tells, if that is wanted. Returns at once, and never raises."""
        if self._record:
            self._record.take(event)

    def beside(self, emit: Callable[[Event], None]) -> Callable[[Event], None]:
        """`emit`, and what it is told is kept."""

        def take(event: Event) -> None:
            emit(event)
            self.take(event)

        return take

    def settle(self) -> None:
        """Wait until what was said is written, for who asks what is kept. Blocking, on any thread."""
        if record := self._record:
            record.settle()

    def close(self) -> None:
        """Write what is left. A diary that does not answer is not waited for long."""
        record, self._record = self._record, None
        if record:
            record.close()

    def _tell(self) -> Fault:
        loop = asyncio.get_running_loop()

        def tell(error: CompanionError) -> None:
            with suppress(RuntimeError):  # the loop may be gone by now
                loop.call_soon_threadsafe(self._fault, error)

        return tell


class _Record:
    """One opening of the diary, and what is written until it is closed."""

    def __init__(self, open_diary: OpenDiary, name: str, fault: Fault) -> None:
        self._open_diary = open_diary
        self._name = name
        self._fault = fault
        self._early: list[Event] = []
        self._diary: Diary | None = None
        self._scribe: Scribe | None = None
        self._lock = threading.Lock()
        self._closed = self._failed = False
        self._opening = threading.Thread(target=self._open, name="open the diary", daemon=True)
        self._opening.start()

    def take(self, event: Event) -> None:
        with self._lock:
            if self._scribe:
                self._scribe.take(event)
            elif not self._failed:
                self._early.append(event)

    def settle(self) -> None:
        self._opening.join(SETTLE_S)
        if scribe := self._scribe:
            scribe.settle(SETTLE_S)

    def close(self) -> None:
        self._opening.join(CLOSE_S)
        with self._lock:
            self._closed = True
            if self._scribe:
                self._scribe.close()
            if self._diary:
                self._diary.close()

    def _open(self) -> None:
        try:
            diary = self._open_diary()
        except CompanionError as error:
            with self._lock:
                self._failed = True
                self._early.clear()
            self._fault(error)
            return
        with self._lock:
            if self._closed:
                diary.close()
                return
            self._diary, self._scribe = diary, Scribe(diary, self._name, self._fault)
            for event in self._early:
                self._scribe.take(event)
            self._early.clear()
        if told := diary.told:
            self._fault(CompanionError(told, "The conversation goes on."))
