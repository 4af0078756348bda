"""Writes down what is said: folds the events of a conversation into entries of the diary."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from datetime import datetime
from queue import SimpleQueue
from typing import Literal

from companion.core.diary import Diary, Entry
from companion.core.errors import CompanionError
from companion.core.events import Event, ReplyFinished, ReplyInterrupted, TurnTakenBack, UserSpoke

CLOSE_S = 2.0
"""How long the end of the conversation waits for the disk."""


class Scribe:
    """Keeps each turn once it is complete, on a thread of its own: the conversation never waits for a disk.

    What a full disk does not take is kept with the next turn that it takes.
    """

    def __init__(
        self,
        diary: Diary,
        name: str,
        on_fault: Callable[[CompanionError], None],
        now: Callable[[], datetime] = lambda: datetime.now().astimezone(),
    ) -> None:
        """`name` is hers. `on_fault` is called on the scribe's thread: once, until writing works again."""
        self._diary = diary
        self._name = name
        self._on_fault = on_fault
        self._now = now
        self._said = SimpleQueue[Entry | TurnTakenBack | threading.Event | None]()
        self._unwritten = deque[Entry | TurnTakenBack]()
        self._last_of_user: int | None = None
        self._failing = False
        self._writing = threading.Thread(target=self._write, name="scribe", daemon=True)
        self._writing.start()

    def take(self, event: Event) -> None:
        """Keep what `event` tells, if it tells of a turn. Returns at once, and never raises."""
        match event:
            case UserSpoke(text=text):
                self._said.put(self._entry("user", text))
            case ReplyFinished(text=text):
                self._said.put(self._entry("companion", text))
            case ReplyInterrupted(heard=heard, unheard=unheard) if heard:
                self._said.put(self._entry("companion", heard, unheard, interrupted=True))
            case TurnTakenBack():
                self._said.put(event)

    def settle(self, timeout_s: float) -> None:
        """Wait until what was taken so far is written, or cannot be. Blocking."""
        written = threading.Event()
        self._said.put(written)
        written.wait(timeout_s)

    def close(self) -> None:
        """Write what is left; a disk that does not answer is not waited for long. The diary stays open."""
        self._said.put(None)
        self._writing.join(CLOSE_S)

    def _entry(
        self, who: Literal["user", "companion"], text: str, unheard: str = "", interrupted: bool = False
    ) -> Entry:
        return Entry(0, self._now(), who, self._name, text, unheard, interrupted)

    def _write(self) -> None:
        while (said := self._said.get()) is not None:
            if isinstance(said, threading.Event):
                said.set()
                continue
            self._unwritten.append(said)
            self._write_what_is_left()
        self._write_what_is_left()

    def _write_what_is_left(self) -> None:
        try:
            while self._unwritten:
                self._write_one(self._unwritten[0])
                self._unwritten.popleft()
        except CompanionError as error:
            if not self._failing:
                self._failing = True
                self._on_fault(error)
        else:
            self._failing = False

    def _write_one(self, said: Entry | TurnTakenBack) -> None:
        if isinstance(said, Entry):
            number = self._diary.add(said).number
            if said.who == "user":
                self._last_of_user = number
        elif self._last_of_user is not None:
            self._diary.delete([self._last_of_user])
            self._last_of_user = None
