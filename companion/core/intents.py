"""What the person asks, by key, click or typed line. Imperative; everything spoken arrives as audio."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Say:
    """A typed line, answered like a spoken turn. It interrupts her."""

    text: str


@dataclass(frozen=True, slots=True)
class Stop:
    """Stop speaking now; keep listening."""


@dataclass(frozen=True, slots=True)
class Mute:
    """Do not listen until `Unmute`."""


@dataclass(frozen=True, slots=True)
class Unmute:
    """Listen again."""


@dataclass(frozen=True, slots=True)
class Quit:
    """End the conversation."""


Intent: TypeAlias = Say | Stop | Mute | Unmute | Quit
