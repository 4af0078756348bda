"""Turn-taking under a script, frame by frame. Frames last 32 ms, as Silero's do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from companion.talk.end_of_turn import PatienceRules
from companion.talk.floor import Decision, Dismissed, Ended, Her, Rules, SoftEnded
from companion.talk.interjections import Words
from companion.talk.turn_taking import TurnTaking

FRAME_S = 0.032
LEVELS = {"S": 0.9, "#": 0.7, "~": 0.4, ".": 0.05}

PATIENCE = PatienceRules(
    clear_wait_s=0.28,
    likely_wait_s=0.4,
    unclear_wait_s=1.2,
    max_wait_s=2.5,
    slow_pace_s=9.0,
    complete_probability=0.7,
    going_on_probability=0.1,
)
RULES = Rules(
    speech_threshold=0.5,
    soft_end_s=0.096,
    pause_s=0.2,
    max_turn_s=60.0,
    barge_in_s=0.16,
    take_floor_s=0.8,
    patience=PATIENCE,
)

CLICK = "#"
WORD = "#" * 8
LONG = "#" * 26
SOFT_END = "." * 3
PAUSE = "." * 7


@dataclass(frozen=True)
class Said:
    """The transcript of the present pause, or of one `ago`, is there."""

    words: Words
    text: str
    ago: int = 0


@dataclass(frozen=True)
class Sounds:
    """The turn detector's verdict on the present pause, or on one `ago`."""

    completeness: float
    ago: int = 0


@dataclass(frozen=True)
class Final:
    """How final the language model takes the words of the present pause, or of one `ago`, to be."""

    log_odds: float
    ago: int = 0


@dataclass(frozen=True)
class Finish:
    """No more will come."""


@dataclass(frozen=True)
class Key:
    """The talk key goes down, or up."""

    down: bool


Step: TypeAlias = str | Her | Said | Sounds | Final | Key | Finish

MM_HM = Said(Words.BACK_CHANNEL, "Mm-hmm.")
HUM = Said(Words.UNCLEAR, "I'm home.")
COUGH = Said(Words.NONE, "")
ECHO = Said(Words.ECHO, "As I was saying.")
STOP = Said(Words.COMMAND, "Stop.")
CALL = Said(Words.CALL, "Hey Samantha.")
WHOLE = Said(Words.TURN, "What is the time?")
OPEN = Said(Words.TURN, "I went to the")
PLAIN = Said(Words.TURN, "I went to the shop.")
FINISHED = Sounds(0.95)
GOES_ON = Sounds(0.02)
OVER_HER = Her.SPEAKING
WHILE_SHE_THINKS = Her.THINKING
SHE_ENDS = Her.SILENT


class Play:
    """Turn-taking under a script: a string is frames and sudden sounds ("!"), which begin with the next frame.

    Frames are speech for certain ("S"), speech ("#"), between the two thresholds ("~") or silence (".").
    """

    def __init__(self, rules: Rules = RULES) -> None:
        self.turns = TurnTaking(rules)
        self.decisions: list[Decision] = []
        self._her = Her.SILENT
        self._pause = 0

    def __call__(self, *script: Step) -> list[Decision]:
        """What the steps of `script` lead to; a pause's number is known from its SoftEnded."""
        decided: list[Decision] = []
        for step in script:
            decided += self._do(step)
        self.decisions += decided
        return decided

    def _do(self, step: Step) -> list[Decision]:
        match step:
            case Her():
                self._her = step
                return []
            case Said(words, text, ago):
                return self.turns.understand(words, text, self._pause - ago)
            case Sounds(completeness, ago):
                return self.turns.judge(completeness, self._pause - ago)
            case Final(log_odds, ago):
                return self.turns.weigh(log_odds, self._pause - ago)
            case Key(down):
                self.turns.held = down
                return []
            case Finish():
                return self.turns.finish()
        decided: list[Decision] = []
        for frame in step:
            if frame == "!":
                decided += self.turns.startle(self.turns.now_s)
            else:
                decided += self.turns.hear(LEVELS[frame], FRAME_S, self._her)
            self._pause = next((d.number for d in decided if isinstance(d, SoftEnded)), self._pause)
        return decided


def names(decisions: Sequence[Decision]) -> str:
    """The decisions in order, an end or dismissal with the first words of its reason."""
    told = []
    for decision in decisions:
        name = type(decision).__name__
        if isinstance(decision, (Ended, Dismissed)):
            name += f"({decision.why.partition(':')[0]})"
        told.append(name)
    return " ".join(told)


def silence(seconds: float) -> str:
    """Frames that last `seconds`, rounded up."""
    return "." * round(seconds / FRAME_S + 0.5)


LONGEST = silence(2.5)
