"""What the user has asked to be told at a time, and what they have had written down."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, Protocol

ReminderKind = Literal["reminder", "timer", "alarm"]
Repeats = Literal["", "day", "weekday", "week"]
"""Empty: once; `weekday`: from Monday to Friday."""


@dataclass(frozen=True, slots=True)
class Reminder:
    """Something that she says at its time."""

    number: int
    """Never used twice; 0 until it is kept, negative where it is known to this conversation alone."""
    kind: ReminderKind
    text: str
    """What it is about, in the user's words ("call my sister"); of a timer or alarm its name, mostly empty."""
    due_at: datetime
    """With its time zone."""
    length: timedelta = timedelta()
    """Of a timer: how long it was set for."""
    repeats: Repeats = ""

    def following(self, now: datetime) -> datetime | None:
        """Its first time after `now`, at the same time of day; None if it is told once."""
        if not self.repeats:
            return None
        at = self.due_at.astimezone()
        while at <= now or (self.repeats == "weekday" and at.weekday() > 4):
            # By the clock on the wall, which may be put forward or back on the way.
            at = (at.replace(tzinfo=None) + timedelta(days=7 if self.repeats == "week" else 1)).astimezone()
        return at


@dataclass(frozen=True, slots=True)
class Note:
    """Something that the user had written down."""

    number: int
    """Never used twice; 0 until it is kept."""
    at: datetime
    text: str


class AgendaStore(Protocol):
    """Keeps reminders and notes. Every method blocks for some milliseconds, and raises `CompanionError` when the disk
    or the file says no."""

    def reminders(self) -> Sequence[Reminder]:
        """All that are still to be told, the soonest first."""

    def remind(self, reminder: Reminder) -> Reminder:
        """Keep it; returned with its number. One that has a number is put in the place of the one that had it."""

    def dismiss(self, numbers: Iterable[int]) -> int:
        """Delete reminders, told or not; returns how many there were."""

    def notes(self, matching: str = "") -> Sequence[Note]:
        """All notes, the oldest first; `matching`: those that hold all of its words, whatever their case."""

    def write(self, note: Note) -> Note:
        """Keep a note; returned with its number. One that has a number gets it back, as after `tear_out`."""

    def tear_out(self, numbers: Iterable[int]) -> Sequence[Note]:
        """Delete notes; returns those that there were."""

    def clear(self) -> None:
        """Delete everything, beyond recovery."""

    def close(self) -> None: ...
