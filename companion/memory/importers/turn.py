"""A turn of a conversation that was held elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeAlias

Who: TypeAlias = Literal["user", "companion", "other"]


@dataclass(frozen=True, slots=True)
class PastTurn:
    """Who said what, and when."""

    at: datetime
    """Without a time zone it is local time."""
    speaker: str
    text: str
    who: Who = "other"
    """"user" is the user of this program, "companion" whom this program stands in for."""
    id: int | float | str | None = None
    """As the file has it; None if it has none."""
    dated: bool = True
    """False: the file does not tell when, or not so that it can be read; `at` follows the turn before it."""
