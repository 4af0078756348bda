"""What is known from all that was said: facts, plans, promises, and how conversations went, each with its sources."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal, Protocol

from companion.core.diary import Entry

Kind = Literal["fact", "plan", "promise", "episode", "thought"]
KINDS: tuple[Kind, ...] = ("fact", "plan", "promise", "episode", "thought")
"""`plan`: what someone means to do; `promise`: what someone said they would do; `episode`: what a conversation was
about; `thought`: what she said of herself, or made of what she heard."""

YOU = "you"
"""The subject of what is known about the user."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that is known. The user is "you" in its statement; others, and she, go by their names."""

    number: int
    """Never used twice; 0 until it is kept."""
    kind: Kind
    subject: str
    """Whom or what it is about: `YOU`, or a name ("Anna", "the garden"); of an episode `YOU`."""
    statement: str
    """One sentence that people can read: "You live in Lyon."."""
    said_at: datetime
    """When the newest of its sources was said, with its time zone; of an episode, when it began."""
    turns: tuple[int, ...] = ()
    """Numbers of the diary entries it was drawn from, in their order; none: entered by hand."""
    confidence: float = 1.0
    """0 to 1; 1 is what the user asked to be remembered, or wrote."""
    due: date | None = None
    """Of a plan or promise: its day."""
    valid_until: datetime | None = None
    """Since when it is true no more, because something newer took its place or it is over; None: it still is."""
    pinned: bool = False
    """Always on her mind, and never forgotten by age."""
    supersedes: int | None = None
    """The number of the fact whose place it took."""


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What was deleted together, or would be."""

    facts: tuple[Fact, ...] = ()
    entries: tuple[Entry, ...] = ()
    """Of the diary, in their order."""
    imported: tuple[tuple[object, ...], ...] = field(default=(), repr=False)
    """Imported turns, as the store keeps them: to be counted, and given back to `restore`."""

    def __bool__(self) -> bool:
        return bool(self.facts or self.entries or self.imported)


class Facts(Protocol):
    """Keeps what is known. Every method blocks for some milliseconds, and raises `CompanionError` when the disk or
    the file says no. What stands is what has no `valid_until`."""

    def all(self, matching: str = "", past: bool = False, kinds: Collection[Kind] = KINDS) -> Sequence[Fact]:
        """What stands, pinned first, then the newest; with `past`, what is true no more as well, in its place.

        `matching`: only those that hold all of its words in any form ("move" finds "moved"), in statement or subject.
        """

    def about(self, subject: str) -> Sequence[Fact]:
        """What stands about `YOU` or a name, whatever its case, as `all`; episodes are not among them."""

    def people(self) -> Sequence[str]:
        """Whom else, or what, something that stands is about; first of whom most is known."""

    def keep(self, fact: Fact) -> Fact:
        """Keep `fact`; returned with its number. What it takes the place of ends with it, and stays as the past.

        What is known already, in these or nearly these words, is not kept twice: the one that was kept is returned,
        with the new sources.
        """

    def change(self, number: int, statement: str) -> Fact | None:
        """Correct the statement, by the user's hand, so that its confidence is 1; None if there is no such fact."""

    def end(self, number: int, at: datetime) -> Fact | None:
        """It is true no more, or done, since `at`; None if there is no such fact."""

    def pin(self, number: int, pinned: bool) -> Fact | None:
        """Pin it, or let it go; None if there is no such fact."""

    def delete(self, numbers: Iterable[int]) -> Sequence[Fact]:
        """Delete facts, and leave the diary as it is; returns what was deleted, for `restore`.

        The turns they were drawn from are not read again, so that what was deleted does not come back.
        """

    def restore(self, facts: Iterable[Fact]) -> None:
        """Undo `delete`: they get their old numbers back."""

    def mentioning(self, topic: str) -> Forgotten:
        """What `forget_about` would delete; nothing is deleted. An empty topic: nothing."""

    def forget_about(self, topic: str) -> Forgotten:
        """Delete every fact and every turn, of the diary or imported, that holds all words of `topic` in any form,
        and what was drawn from these turns alone; for `remember_again`."""

    def remember_again(self, forgotten: Forgotten) -> None:
        """Undo `forget_about`."""

    def open_ends(self, now: datetime) -> Sequence[Fact]:
        """Plans and promises that are still open: due within a week, overdue by up to two weeks, or without a day
        and made in the last two weeks; the soonest due first."""

    def latest_episode(self) -> Fact | None:
        """How the last conversation that has rested went."""

    def close(self) -> None: ...
