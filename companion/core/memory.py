"""What is remembered of all that was said: by her, by the user, and by others in conversations that were imported."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol


@dataclass(frozen=True, slots=True)
class Remembered:
    """One turn that comes to mind."""

    number: int
    """Of the turn; rises with the order in which they were kept."""
    id: int | float | str
    """As the file that it was imported from had it; else its number."""
    at: datetime
    """When it was said, with its time zone."""
    who: Literal["user", "companion", "other"]
    speaker: str
    """The name of who said it; empty for the user of this program."""
    text: str
    score: float
    """0 to 1: how likely it is what was meant. Scores of different questions may be compared."""
    asked: str = ""
    """The question that it answers, if it says little without it; else empty."""


CERTAIN_ENOUGH = 0.5
"""Below this score a turn is more likely beside the point than not, and should not be brought up."""


class Memory(Protocol):
    """Finds what was said. Every method raises `CompanionError` when the disk or the file says no."""

    def recall(self, text: str, at: datetime | None = None, limit: int = 20) -> Sequence[Remembered]:
        """The turns that `text` brings to mind, best first; "yesterday" is the day before `at`, by default now.

        Blocking: up to 30 ms. What is worth bringing up has a score of at least `CERTAIN_ENOUGH`.
        """

    def ponder(self, turns: int = 64) -> int:
        """Take in the meanings of up to so many turns that are known by their words alone; returns how many are left.

        Blocking: about 5 ms a turn. For idle times; what is not taken in yet is found by its words.
        """

    def close(self) -> None: ...
