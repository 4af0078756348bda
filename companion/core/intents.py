"""What the person asks, by key, click or typed line. Imperative; everything spoken arrives as audio."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Say:
    """A typed line, answered like a spoken turn. It interrupts her."""

    text: str
    silently: bool = False
    """True: the answer is shown only, also where there is a speaker."""


INTERVIEW_ME = "Interview me."
"""Said to her, it begins the interview that finds out who she should be."""


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
class HoldToTalk:
    """The talk key is down: listen until `ReleaseToTalk`. It interrupts her."""


@dataclass(frozen=True, slots=True)
class ReleaseToTalk:
    """The talk key is up: the turn is over."""


@dataclass(frozen=True, slots=True)
class Tap:
    """Listen for one turn; while one is under way, end it. It interrupts her."""


@dataclass(frozen=True, slots=True)
class DoNotDisturb:
    """Do not listen or speak for so many minutes; 0 ends it. A talk key ends it too."""

    minutes: float


@dataclass(frozen=True, slots=True)
class Sleep:
    """Be still until called by name, key or typed line."""


@dataclass(frozen=True, slots=True)
class Wake:
    """Be there again, whether asleep or told not to disturb."""


@dataclass(frozen=True, slots=True)
class Configure:
    """Change settings: at once where that can be. `Configured` tells which, or `Faulted` that none was valid."""

    changes: dict[str, bool | int | float | str]
    """By name, as "voice.volume"."""


@dataclass(frozen=True, slots=True)
class BeginAnew:
    """A new conversation: stop, and know nothing more of what was said."""


@dataclass(frozen=True, slots=True)
class Forget:
    """Know nothing more of the turns that say exactly one of these."""

    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Quit:
    """End the conversation."""


Intent: TypeAlias = (
    Say
    | Stop
    | Mute
    | Unmute
    | HoldToTalk
    | ReleaseToTalk
    | Tap
    | DoNotDisturb
    | Sleep
    | Wake
    | Configure
    | BeginAnew
    | Forget
    | Quit
)
