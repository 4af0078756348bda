"""The words for the floor: the limits of turn-taking, what she does meanwhile, and what is decided about it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum, auto
from typing import TypeAlias

from companion.talk.end_of_turn import PatienceRules
from companion.talk.interjections import Words


@dataclass(frozen=True, slots=True)
class Rules:
    """The limits of turn-taking; see settings.TurnTaking for their meaning. All in seconds or probabilities."""

    speech_threshold: float = 0.5
    soft_end_s: float = 0.064
    pause_s: float = 0.2
    max_turn_s: float = 60.0
    barge_in_s: float = 0.128
    take_floor_s: float = 1.5
    patience: PatienceRules = field(default_factory=PatienceRules)


class Her(Enum):
    """What she is doing while a sound is heard."""

    SILENT = auto()
    THINKING = auto()
    """A reply is on its way; nothing of it was heard yet."""
    SPEAKING = auto()
    """She speaks, or has fallen silent in mid-reply to hear what the user wants."""


@dataclass(frozen=True, slots=True)
class Startled:
    """A sudden sound over her voice, of what kind is not known yet."""


@dataclass(frozen=True, slots=True)
class Calmed:
    """It was no speech."""


@dataclass(frozen=True, slots=True)
class Began:
    """The user began to speak at `onset_s`."""

    onset_s: float
    over_her: bool


@dataclass(frozen=True, slots=True)
class GaveWay:
    """The user speaks over her: she falls silent at the end of a word, and keeps the rest."""


@dataclass(frozen=True, slots=True)
class TookFloor:
    """The user's speech is real: her reply is over, heard or not."""


@dataclass(frozen=True, slots=True)
class SoftEnded:
    """The user may have finished: time to understand what was said. `number` tells this pause from the others."""

    number: int


@dataclass(frozen=True, slots=True)
class Paused:
    """The user fell silent at `since_s`, long enough for the turn detector to judge."""

    since_s: float
    number: int


@dataclass(frozen=True, slots=True)
class Resumed:
    """The user goes on: what was begun at the pause is void."""


@dataclass(frozen=True, slots=True)
class Ended:
    """The user has finished; speech ended at `speech_end_s`. `why` names the rule that decided it."""

    speech_end_s: float
    silence_s: float
    why: str


@dataclass(frozen=True, slots=True)
class Dismissed:
    """What began was no turn. `why` says so in a few words."""

    why: str


Decision: TypeAlias = Startled | Calmed | Began | GaveWay | TookFloor | SoftEnded | Paused | Resumed | Ended | Dismissed

COMMAND = "command"
"""Why a turn ended that only told her to be silent: it wants no answer."""

TOO_SHORT = Dismissed("too short to be speech")

DISMISSED = {
    Words.NONE: "no words in it",
    Words.BACK_CHANNEL: "back-channel",
    Words.ECHO: "her own voice",
    Words.UNCLEAR: "a murmur",
}
"""What does not take the floor from her, and why not."""
