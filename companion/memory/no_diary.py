"""Nothing is kept: the private mode."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime

from companion.core.diary import Entry


class NoDiary:
    """A diary that keeps nothing, and is always empty."""

    told = ""

    def __init__(self) -> None:
        self._number = 0

    def add(self, entry: Entry) -> Entry:
        self._number += 1
        return replace(entry, number=self._number)

    def entries(self, before: int | None = None, limit: int = 200, matching: str = "") -> Sequence[Entry]:
        return ()

    def after(self, number: int) -> Sequence[Entry]:
        return ()

    def count(self, matching: str = "") -> int:
        return 0

    def delete(self, numbers: Iterable[int]) -> Sequence[Entry]:
        return ()

    def delete_day(self, day: date) -> Sequence[Entry]:
        return ()

    def delete_all(self) -> int:
        return 0

    def forget_old(self, before: datetime) -> int:
        return 0

    def restore(self, entries: Iterable[Entry]) -> None:
        pass

    @property
    def size_bytes(self) -> int:
        return 0

    def where_key_is(self) -> str:
        return "nowhere: nothing is kept"

    def close(self) -> None:
        pass
