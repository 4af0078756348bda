"""What is kept of the conversations: one entry a turn, by day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, Protocol


@dataclass(frozen=True, slots=True)
class Entry:
    """One turn, kept."""

    number: int
    """Rises with time, never used twice."""
    at: datetime
    """When the turn was complete, with its time zone."""
    who: Literal["user", "companion"]
    name: str
    """Whose persona the conversation was with: her name."""
    text: str
    """What was said, and heard."""
    unheard: str = ""
    interrupted: bool = False


class Diary(Protocol):
    """Keeps turns on disk. Every method raises `CompanionError` when the disk or the file says no."""

    def add(self, entry: Entry) -> Entry:
        """Keep `entry`; returned with its number. The number given is ignored."""

    def entries(self, before: int | None = None, limit: int = 200, matching: str = "") -> Sequence[Entry]:
        """Up to `limit` entries older than the one numbered `before`, the newest last.

        `matching`: only those that hold all of its words, whatever their case; the last may be unfinished.
        """

    def after(self, number: int) -> Sequence[Entry]:
        """All entries newer than the one with that number, the newest last."""

    def count(self, matching: str = "") -> int:
        """How many entries there are; `matching` as for `entries`."""

    def delete(self, numbers: Iterable[int]) -> Sequence[Entry]:
        """Delete; returns what was deleted, for `restore`."""

    def delete_day(self, day: date) -> Sequence[Entry]:
        """Delete all of a day, in local time; returns what was deleted."""

    def delete_all(self) -> int:
        """Delete everything, beyond recovery; returns how many entries there were."""

    def forget_old(self, before: datetime) -> int:
        """Delete, beyond recovery, what was said before that, and what was imported before that.

        What is pinned stays, with the entries that it was drawn from. Returns how many turns are deleted.
        """

    def restore(self, entries: Iterable[Entry]) -> None:
        """Undo `delete` or `delete_day`: the entries get their old numbers and places back."""

    @property
    def size_bytes(self) -> int:
        """What it takes on disk."""

    def where_key_is(self) -> str:
        """Where the key of the encryption is, in plain words."""

    def close(self) -> None: ...
