"""A diary in memory."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime

from companion.core.diary import Entry


class ListDiary:
    """Keeps what it is given for as long as it lives; made with `entries`, it numbers them from 1."""

    def __init__(self, entries: Iterable[Entry] = ()) -> None:
        self._entries: list[Entry] = []
        self._last = 0
        for entry in entries:
            self.add(entry)

    def add(self, entry: Entry) -> Entry:
        self._last += 1
        self._entries.append(replace(entry, number=self._last))
        return self._entries[-1]

    def entries(self, before: int | None = None, limit: int = 200, matching: str = "") -> Sequence[Entry]:
        older = [entry for entry in self._found(matching) if before is None or entry.number < before]
        return older[-limit:]

    def after(self, number: int) -> Sequence[Entry]:
        return [entry for entry in self._entries if entry.number > number]

    def count(self, matching: str = "") -> int:
        return len(self._found(matching))

    def delete(self, numbers: Iterable[int]) -> Sequence[Entry]:
        gone = set(numbers)
        deleted = [entry for entry in self._entries if entry.number in gone]
        self._entries = [entry for entry in self._entries if entry.number not in gone]
        return deleted

    def delete_day(self, day: date) -> Sequence[Entry]:
        return self.delete(entry.number for entry in self._entries if entry.at.astimezone().date() == day)

    def delete_all(self) -> int:
        return len(self.delete(entry.number for entry in self._entries))

    def forget_old(self, before: datetime) -> int:
        return len(self.delete(entry.number for entry in self._entries if entry.at < before))

    def restore(self, entries: Iterable[Entry]) -> None:
        there = {entry.number for entry in self._entries}
        self._entries += [entry for entry in entries if entry.number not in there]
        self._entries.sort(key=lambda entry: entry.number)

    @property
    def size_bytes(self) -> int:
        return sum(len(entry.text) for entry in self._entries)

    def where_key_is(self) -> str:
        return "nowhere: it is in memory"

    def close(self) -> None:
        pass

    def _found(self, matching: str) -> list[Entry]:
        words = matching.casefold().split()
        return [entry for entry in self._entries if _holds(f"{entry.text} {entry.unheard}".casefold().split(), words)]


def _holds(text: list[str], words: list[str]) -> bool:
    finished, unfinished = words[:-1], words[-1:]
    return set(finished) <= set(text) and all(any(word.startswith(start) for word in text) for start in unfinished)
