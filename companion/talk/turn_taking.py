"""Who has the floor. Pure: sound and seconds of audio in, decisions out; no clock, no await, no vendor.

The user's speech runs through three phases:

    QUIET --speech--> SPEAKING --silence--> PAUSED --more silence, or a verdict--> QUIET
                          ^------speech-------'

Over her voice, or while she thinks of a reply, speech must first prove that it is more than a cough:
it lasts `barge_in_s`, and only then does she give way.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import TypeAlias

ONSET_S = 0.064
"""Speech this long in a row starts a turn or ends a pause: two Silero frames, so that one click is neither."""

MIN_SPEECH_S = 0.13
"""Less speech than this in a whole turn is a noise. A short "yes" holds about 0.25 s."""

HYSTERESIS = 0.15
"""Speech goes on while its probability stays above the threshold less this, as in Silero's own iterator."""

ROUNDING_S = 1e-6
"""Sums of frame lengths are compared with limits; this absorbs their rounding."""


@dataclass(frozen=True, slots=True)
class Rules:
    """The limits of turn-taking; see settings.TurnTaking for their meaning. All in seconds or probabilities."""

    speech_threshold: float = 0.5
    pause_s: float = 0.2
    complete_probability: float = 0.5
    max_silence_s: float = 1.4
    silence_s: float = 0.6
    max_turn_s: float = 60.0
    barge_in_s: float = 0.25
    detector: bool = True
    """False if there is no turn detector: `silence_s` alone ends a turn."""


class Her(Enum):
    """What she is doing while a sound is heard."""

    SILENT = auto()
    THINKING = auto()
    """A reply is on its way; nothing of it was heard yet."""
    SPEAKING = auto()


@dataclass(frozen=True, slots=True)
class Began:
    """The user began to speak at `onset_s`."""

    onset_s: float
    over_her: bool


@dataclass(frozen=True, slots=True)
class GaveWay:
    """The user's speech is real: stop her, or drop the reply she is thinking of."""


@dataclass(frozen=True, slots=True)
class Paused:
    """The user fell silent at `since_s`. `number` tells this pause from the others."""

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
    """What began was no turn: too short to be speech, or too short to take the floor from her."""


Decision: TypeAlias = Began | GaveWay | Paused | Resumed | Ended | Dismissed


class _Phase(Enum):
    QUIET = auto()
    SPEAKING = auto()
    PAUSED = auto()


class TurnTaking:
    """Decides from voice activity who has the floor. Time is the audio it was given."""

    def __init__(self, rules: Rules) -> None:
        self._rules = rules
        self._now_s = 0.0
        self._phase = _Phase.QUIET
        self._run_s = 0.0
        self._speech_s = 0.0
        self._onset_s = 0.0
        self._last_speech_s = 0.0
        self._must_prove = False
        self._pause_number = 0

    @property
    def now_s(self) -> float:
        return self._now_s

    @property
    def user_has_floor(self) -> bool:
        """True from the onset of the user's speech until it has ended or was dismissed."""
        return self._phase is not _Phase.QUIET

    def pass_time(self, duration_s: float) -> None:
        """Nothing was listened to for `duration_s`; no turn may be under way."""
        self._now_s += duration_s

    def hear(self, probability: float, duration_s: float, her: Her) -> list[Decision]:
        """One frame of `duration_s` that holds speech with `probability`, while she does `her`."""
        self._now_s += duration_s
        speech = self._is_speech(probability)
        self._run_s = self._run_s + duration_s if speech else 0.0
        if speech:
            self._last_speech_s = self._now_s
        if self._phase is _Phase.QUIET:
            return self._begin(her) if self._reached(self._run_s, ONSET_S) else []
        if speech:
            self._speech_s += duration_s
        decisions = self._resume_or_end() if self._phase is _Phase.PAUSED else self._pause_or_go_on()
        return decisions + self._prove()

    def judge(self, completeness: float, number: int) -> list[Decision]:
        """The turn detector's verdict on pause `number`; void if the user has gone on since."""
        if self._phase is not _Phase.PAUSED or number != self._pause_number:
            return []
        if completeness < self._rules.complete_probability:
            return []
        return [self._end("complete")]

    def finish(self) -> list[Decision]:
        """No more audio will come: what was said so far is the turn."""
        if self._phase is _Phase.QUIET:
            return []
        return [self._end("end of audio")]

    def _is_speech(self, probability: float) -> bool:
        threshold = self._rules.speech_threshold
        return probability >= (threshold - HYSTERESIS if self._run_s > 0 else threshold)

    def _begin(self, her: Her) -> list[Decision]:
        self._phase = _Phase.SPEAKING
        self._speech_s = self._run_s
        self._onset_s = self._now_s - self._run_s
        self._must_prove = her is not Her.SILENT
        return [Began(self._onset_s, over_her=her is Her.SPEAKING)]

    def _prove(self) -> list[Decision]:
        if self._must_prove and self._reached(self._speech_s, self._rules.barge_in_s):
            self._must_prove = False
            return [GaveWay()]
        return []

    def _pause_or_go_on(self) -> list[Decision]:
        if self._reached(self._now_s - self._onset_s, self._rules.max_turn_s):
            return [self._end("too long")]
        if not self._reached(self._now_s - self._last_speech_s, self._rules.pause_s):
            return []
        if self._must_prove or self._speech_s < MIN_SPEECH_S:
            self._phase = _Phase.QUIET
            return [Dismissed()]
        self._phase = _Phase.PAUSED
        self._pause_number += 1
        return [Paused(self._last_speech_s, self._pause_number)]

    def _resume_or_end(self) -> list[Decision]:
        if self._reached(self._run_s, ONSET_S):
            self._phase = _Phase.SPEAKING
            return [Resumed()]
        limit_s = self._rules.max_silence_s if self._rules.detector else self._rules.silence_s
        if self._reached(self._now_s - self._last_speech_s, limit_s):
            return [self._end("silence")]
        return []

    def _end(self, why: str) -> Decision:
        self._phase = _Phase.QUIET
        self._run_s = 0.0
        if self._must_prove or self._speech_s < MIN_SPEECH_S:
            return Dismissed()
        return Ended(self._last_speech_s, self._now_s - self._last_speech_s, why)

    @staticmethod
    def _reached(value_s: float, limit_s: float) -> bool:
        return value_s >= limit_s - ROUNDING_S
