"""All that is kept of the conversations with her, opened when it is first asked for."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

from companion.core.memory import Memory
from companion.core.settings import Settings
from companion.talk.memory_deeds import Past

if TYPE_CHECKING:
    from companion.memory.facts import SqliteFacts
    from companion.memory.store import SqliteDiary


class OpenedPast:
    """Opens diary and facts once, on the thread that asks first; closed from any thread.

    Each call blocks the first time, as a key may be in a slow keyring, and raises CompanionError if that fails.
    """

    def __init__(self, settings: Settings, memory: Callable[[], Memory | None]) -> None:
        """`memory` is the one that turns are recalled from; it is not closed here."""
        self._settings = settings
        self._memory = memory
        self._lock = threading.Lock()
        self._opened: tuple[SqliteDiary, SqliteFacts] | None = None

    def __call__(self) -> Past:
        from companion.memory.told import as_fact, days_of

        diary, facts = self._both()
        return Past(diary, facts, self._memory(), as_fact, days_of)

    def close(self) -> None:
        with self._lock:
            opened, self._opened = self._opened, None
        for one in opened or ():
            one.close()

    def _both(self) -> tuple[SqliteDiary, SqliteFacts]:
        with self._lock:
            if self._opened is None:
                self._opened = open_both(self._settings)
            return self._opened


def open_both(settings: Settings) -> tuple[SqliteDiary, SqliteFacts]:
    """The diary and the facts of the persona of the settings. Blocking. Raises CompanionError."""
    from companion.diaries import prepared_file
    from companion.memory.facts import open_facts
    from companion.memory.store import open_diary

    file = prepared_file(settings)
    facts = open_facts(file)
    try:
        return open_diary(file), facts
    except BaseException:
        facts.close()
        raise
