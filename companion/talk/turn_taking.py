"""Who has the floor. Pure: sound and seconds of audio in, decisions out; no clock, no await, no vendor.

The user's speech runs through three phases:

    QUIET --speech--> SPEAKING --silence--> PAUSED --as much silence as the evidence asks for--> QUIET
                          ^------speech-------'

Over her voice speech must first prove that it is more than a cough or a "mm-hm", in steps that can be
taken back until the last one:

    Startled (she lowers her voice) -> Began -> GaveWay (she falls silent and keeps the rest) -> TookFloor (cut off)
         |                               `---------`----> Dismissed (she goes on from where she was)
         `----> Calmed (no speech followed: she raises her voice)
"""

from __future__ import annotations

from dataclasses import replace
from enum import Enum, auto

from companion.talk.end_of_turn import Evidence, Pace, patience, sound_matters
from companion.talk.floor import (
    COMMAND,
    DISMISSED,
    TOO_SHORT,
    Began,
    Calmed,
    Decision,
    Dismissed,
    Ended,
    GaveWay,
    Her,
    Paused,
    Resumed,
    Rules,
    SoftEnded,
    Startled,
    TookFloor,
)
from companion.talk.interjections import Words

ONSET_S = 0.064
"""Speech this long in a row starts a turn or ends a pause: two Silero frames, so that one click is neither."""

STARTLED_S = 0.2
"""How long she listens for speech after a sudden sound: voice activity is late by up to 100 ms on soft consonants."""

MIN_SPEECH_S = 0.13
"""Less speech than this in a whole turn is a noise. A short "yes" holds about 0.25 s."""

SURE_PROBABILITY = 0.75
SURE_S = 0.064
"""Two frames of such speech over her voice prove as much as `Rules.barge_in_s` of a sound that may be speech. Of
knocks Silero says so in one frame at most, of coughs, doors and clatter in none; of speech mostly from 60 ms on."""

HYSTERESIS = 0.15
"""Speech goes on while its probability stays above the threshold less this, as in Silero's own iterator."""

ROUNDING_S = 1e-6
"""Sums of frame lengths are compared with limits; this absorbs their rounding."""


MURMUR_S = 0.7
"""Unclear words over her voice that hold less speech than this were a hum: espeak's "um-hum", in which Whisper tiny
hears "I'm home", holds 0.64 s, Piper's 0.4."""


class _Phase(Enum):
    QUIET = auto()
    SPEAKING = auto()
    PAUSED = auto()


class _Claim(Enum):
    """How far the user's speech has come in taking the floor from her."""

    NONE_NEEDED = auto()
    UNPROVEN = auto()
    GIVEN_WAY = auto()


class TurnTaking:
    """Decides from voice activity, words and the turn detector who has the floor. Time is the audio it was given."""

    def __init__(self, rules: Rules) -> None:
        self.rules = rules
        """May be replaced at any time; a turn under way goes on by the new ones."""
        self._pace = Pace()
        self._now_s = 0.0
        self._phase = _Phase.QUIET
        self._claim = _Claim.NONE_NEEDED
        self._over_her = False
        self._run_s = 0.0
        self._speech_s = 0.0
        self._sure_s = 0.0
        self._onset_s = 0.0
        self._startled_s: float | None = None
        """When the sound began that startled her; None once it is known what it was."""
        self._last_speech_s = 0.0
        self._pauses = 0
        self._told_pause = False
        self._paused_from_s = 0.0
        self._learn(Evidence())
        self.held = False
        """A talk key is down: the turn goes on whatever its silences and words."""
        self.answer_is_read = False
        """See Evidence.answer_is_read; of the pauses that begin from now on."""

    @property
    def now_s(self) -> float:
        return self._now_s

    @property
    def user_has_floor(self) -> bool:
        """True from the onset of the user's speech until it has ended or was dismissed."""
        return self._phase is not _Phase.QUIET

    @property
    def hears_speech(self) -> bool:
        """True if the last frame held speech."""
        return self._run_s > 0

    @property
    def user_is_speaking(self) -> bool:
        """True while speech goes on, pauses excluded."""
        return self._phase is _Phase.SPEAKING

    def is_paused(self, number: int) -> bool:
        """True while pause `number` lasts."""
        return self._phase is _Phase.PAUSED and number == self._pauses

    @property
    def must_prove(self) -> bool:
        """True while the user's speech may still turn out not to be meant to stop her."""
        return self._phase is not _Phase.QUIET and self._claim is not _Claim.NONE_NEEDED

    def pass_time(self, duration_s: float) -> None:
        """Nothing was listened to for `duration_s`; no turn may be under way."""
        self._now_s += duration_s
        self._startled_s = None

    def startle(self, at_s: float) -> list[Decision]:
        """Over her voice, a sudden sound began at `at_s`, after the last frame."""
        if self._phase is not _Phase.QUIET or self._startled_s is not None:
            return []
        self._startled_s = at_s
        return [Startled()]

    def hear(self, probability: float, duration_s: float, her: Her) -> list[Decision]:
        """One frame of `duration_s` that holds speech with `probability`, while she does `her`."""
        self._now_s += duration_s
        speech = self._is_speech(probability)
        self._run_s = self._run_s + duration_s if speech else 0.0
        self._sure_s = self._sure_s + duration_s if probability >= SURE_PROBABILITY else 0.0
        if speech:
            self._last_speech_s = self._now_s
        if self._phase is _Phase.QUIET:
            return self._begin_or_calm_down(her)
        if speech:
            self._speech_s += duration_s
        if her is Her.SILENT:
            # She has come to her end by herself: there is nothing left to take from her.
            self._claim = _Claim.NONE_NEEDED
        claimed = self._claim_floor(her)
        return claimed + (self._resume_or_end() if self._phase is _Phase.PAUSED else self._go_on_or_pause())

    def judge(self, completeness: float, number: int) -> list[Decision]:
        """The turn detector's verdict on pause `number`; void if the user has gone on since."""
        if not self.is_paused(number):
            return []
        self._learn(replace(self._evidence, completeness=completeness))
        return self._end_if_silent_enough()

    def weigh(self, finality: float, number: int) -> list[Decision]:
        """See Evidence.finality, of what was said up to pause `number`; void if the user has gone on since."""
        if not self.is_paused(number):
            return []
        self._learn(replace(self._evidence, finality=finality))
        return self._end_if_silent_enough()

    @property
    def waits_s(self) -> float:
        """How much longer the present silence must last, by what is known; meaningless outside of a pause."""
        return self._patience.wait_s - self.silence_s

    def asks_for_sound(self, number: int) -> bool:
        """Whether the turn detector's verdict on pause `number` could change anything."""
        return self.is_paused(number) and sound_matters(self._evidence, self.rules.patience)

    def understand(self, words: Words, text: str, number: int, language: str = "en") -> list[Decision]:
        """What was said up to pause `number`, and of what kind; void if the user has gone on since."""
        if not self.is_paused(number):
            return []
        self._learn(replace(self._evidence, text=text, language=language, only_calls=words is Words.CALL))
        taken: list[Decision] = []
        if not self.held and (words is Words.ECHO or (self.must_prove and self._is_nothing(words))):
            self._quiet()
            return [Dismissed(DISMISSED[words])]
        if self.must_prove:
            self._claim = _Claim.NONE_NEEDED
            taken = [TookFloor()]
        if self._over_her and words is Words.COMMAND and not self.held:
            return [*taken, self._end(COMMAND)]
        return taken + self._end_if_silent_enough()

    def _is_nothing(self, words: Words) -> bool:
        return words in DISMISSED and (words is not Words.UNCLEAR or self._speech_s < MURMUR_S)

    def finish(self, why: str = "end of audio") -> list[Decision]:
        """No more will come: what was said so far is the turn."""
        if self._phase is _Phase.QUIET:
            return []
        taken: list[Decision] = []
        if self._claim is _Claim.GIVEN_WAY:
            self._claim = _Claim.NONE_NEEDED
            taken = [TookFloor()]
        return [*taken, self._end(why)]

    def _is_speech(self, probability: float) -> bool:
        threshold = self.rules.speech_threshold
        return probability >= (threshold - HYSTERESIS if self._run_s > 0 else threshold)

    def _begin_or_calm_down(self, her: Her) -> list[Decision]:
        if self._startled_s is None:
            return self._begin(self._now_s - self._run_s, her) if self._reached(self._run_s, ONSET_S) else []
        if self._run_s > 0 and her is Her.SPEAKING:
            return self._begin(min(self._startled_s, self._now_s - self._run_s), her)
        if not self._reached(self._now_s - self._startled_s, STARTLED_S) and her is Her.SPEAKING:
            return []
        self._startled_s = None
        return [Calmed()]

    def _begin(self, onset_s: float, her: Her) -> list[Decision]:
        self._phase = _Phase.SPEAKING
        self._startled_s = None
        self._speech_s = self._now_s - onset_s
        self._onset_s = onset_s
        self._claim = _Claim.NONE_NEEDED if her is Her.SILENT else _Claim.UNPROVEN
        self._over_her = her is Her.SPEAKING
        return [Began(self._onset_s, self._over_her)]

    def _claim_floor(self, her: Her) -> list[Decision]:
        if self._claim is _Claim.UNPROVEN and self._is_proven_speech:
            if her is Her.SPEAKING:
                self._claim = _Claim.GIVEN_WAY
                return [GaveWay()]
            if self._reached(self._speech_s, MIN_SPEECH_S):  # what may yet be too short must cost her no reply
                self._claim = _Claim.NONE_NEEDED
                return [TookFloor()]
        if self._claim is _Claim.GIVEN_WAY and self._reached(self._speech_s, self.rules.take_floor_s):
            self._claim = _Claim.NONE_NEEDED
            return [TookFloor()]
        return []

    @property
    def _is_proven_speech(self) -> bool:
        long_enough = self.hears_speech and self._reached(self._speech_s, self.rules.barge_in_s)
        return long_enough or self._reached(self._sure_s, SURE_S)

    def _go_on_or_pause(self) -> list[Decision]:
        if self._reached(self._now_s - self._onset_s, self.rules.max_turn_s):
            return self.finish("too long")
        if not self._reached(self.silence_s, self.rules.soft_end_s):
            return []
        if self._too_short:
            if not self._reached(self.silence_s, self.rules.pause_s):
                return []
            self._quiet()
            return [TOO_SHORT]
        self._phase = _Phase.PAUSED
        self._pauses += 1
        self._told_pause = False
        self._learn(Evidence(pace_pause_s=self._pace.pause_s, answer_is_read=self.answer_is_read))
        return [SoftEnded(self._pauses)]

    def _resume_or_end(self) -> list[Decision]:
        if self._reached(self._run_s, ONSET_S):
            if self._told_pause:
                self._pace.went_on(self._now_s - self._run_s - self._paused_from_s)
            self._phase = _Phase.SPEAKING
            return [Resumed()]
        if self._run_s > 0:
            return []
        paused: list[Decision] = []
        if not self._told_pause and self._reached(self.silence_s, self.rules.pause_s):
            self._told_pause = True
            self._paused_from_s = self._last_speech_s
            paused = [Paused(self._last_speech_s, self._pauses)]
        return paused + self._end_if_silent_enough()

    def _learn(self, evidence: Evidence) -> None:
        self._evidence = evidence
        self._patience = patience(evidence, self.rules.patience)

    def _end_if_silent_enough(self) -> list[Decision]:
        if self.held:
            return []
        if self.must_prove:
            return self._give_up_proving()
        return [self._end(self._patience.why)] if self._reached(self.silence_s, self._patience.wait_s) else []

    def _give_up_proving(self) -> list[Decision]:
        """Nobody could say what the short sound over her voice was: it was meant."""
        if not self._reached(self.silence_s, self.rules.patience.max_wait_s):
            return []
        self._claim = _Claim.NONE_NEEDED
        return [TookFloor(), self._end("silence")]

    @property
    def silence_s(self) -> float:
        """Time since the last frame with speech."""
        return self._now_s - self._last_speech_s

    @property
    def _too_short(self) -> bool:
        return self._claim is _Claim.UNPROVEN or self._speech_s < MIN_SPEECH_S

    def _quiet(self) -> None:
        self._phase = _Phase.QUIET
        self._run_s = 0.0

    def _end(self, why: str) -> Decision:
        too_short = self._too_short
        self._quiet()
        if too_short:
            return TOO_SHORT
        self._pace.finished(self._onset_s, self._last_speech_s)
        return Ended(self._last_speech_s, self.silence_s, why)

    @staticmethod
    def _reached(value_s: float, limit_s: float) -> bool:
        return value_s >= limit_s - ROUNDING_S
