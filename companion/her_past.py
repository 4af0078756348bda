"""All that is kept of the conversations with her: opened when it is first asked for, and anew when she changes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from companion.core.engines import Embedder
from companion.core.errors import CompanionError
from companion.core.facts import Fact
from companion.core.memory import Memory
from companion.talk.memory_deeds import Past

if TYPE_CHECKING:
    from companion.memory.digestion import Digestion

FindFile = Callable[[], Path | None]
"""Finds the file of the conversations with her; None: nothing is kept. Blocking. Raises CompanionError."""


class HerPast:
    """Opens what is kept, on whatever worker it is called. Its calls follow each other."""

    def __init__(
        self,
        find_file: FindFile,
        embedder: Embedder | None,
        keep_days: int = 0,
        on_kept: Callable[[Sequence[Fact]], None] = lambda facts: None,
    ) -> None:
        """Without an `embedder`, what was said is found by its words alone. `keep_days`: 0 is for ever. `on_kept`: see
        Digestion.
        """
        self._on_kept = on_kept
        self._keep_days = keep_days
        self._forgot_on = date.min
        self._find_file = find_file
        self._embedder = embedder
        self._found_with: FindFile | None = None
        self._past: Past | None = None
        self._digestion: Digestion | None = None

    def become(self, find_file: FindFile) -> None:
        """From now on it is the past with another. What is open is closed with the next call."""
        self._find_file = find_file

    def __call__(self) -> Past | None:
        """All of it; None where nothing is kept. Blocking. Raises CompanionError, once for each persona."""
        if self._found_with is not self._find_file:
            self.close()
            self._found_with = self._find_file
            if file := self._find_file():
                past = open_past(file, self._embedder)
                self._digestion = open_digestion(file, self._on_kept)
                self._past = replace(past, take_in=self._digestion.skim)
        return self._past

    def warm_up(self) -> None:
        """Open it, so that the first thing that comes to mind comes as soon as the tenth. Blocking."""
        with suppress(CompanionError):  # whoever needs it will be told
            if self() and self._embedder:
                self._embedder.warm_up()

    def memory(self) -> Memory | None:
        """What finds what was said; None where nothing is kept."""
        past = self()
        return past.memory if past else None

    def digestion(self) -> Digestion | None:
        """What thinks over what was said; None where nothing is kept."""
        return self._digestion if self() else None

    def ponder(self, turns: int) -> int:
        """See Memory."""
        memory = self.memory()
        return memory.ponder(turns) if memory else 0

    def forget_old(self) -> None:
        """Once a day: delete what was said longer ago than is to be kept. Blocking. Raises CompanionError."""
        now = datetime.now().astimezone()
        past = self()
        if past and self._keep_days and self._forgot_on != now.date():
            past.diary.forget_old(now - timedelta(days=self._keep_days))
            self._forgot_on = now.date()

    def close(self) -> None:
        """Close what is open. The next call opens it anew."""
        past, self._past, self._found_with = self._past, None, None
        digestion, self._digestion = self._digestion, None
        self._forgot_on = date.min
        if past:
            close_past(past)
        if digestion:
            digestion.close()


def open_past(file: Path, embedder: Embedder | None) -> Past:
    """What is kept in `file`, which is made if there is none. Blocking. Raises CompanionError."""
    from companion.memory.facts import open_facts
    from companion.memory.recall import open_memory
    from companion.memory.store import open_diary
    from companion.memory.told import as_fact, days_of

    diary = open_diary(file)
    try:
        return Past(diary, open_facts(file), open_memory(file, embedder), as_fact, days_of)
    except CompanionError:
        diary.close()
        raise


def open_digestion(file: Path, on_kept: Callable[[Sequence[Fact]], None]) -> Digestion:
    """What thinks over what is kept in `file`. Blocking. Raises CompanionError."""
    from companion.memory.backlog import open_backlog
    from companion.memory.digestion import Digestion

    return Digestion(open_backlog(file), on_kept=on_kept)


def close_past(past: Past) -> None:
    """Close all that `open_past` has opened."""
    for one in (past.memory, past.facts, past.diary):
        if one:
            with suppress(CompanionError):
                one.close()
