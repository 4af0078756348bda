"""The ear: blocks from the microphone in, decisions about the floor out, and the sound of the turn kept."""

from __future__ import annotations

from collections import deque

import numpy as np

from companion.core.audio import HEARING_RATE_HZ, SILENCE_DB, Samples, level_db, seconds, silence
from companion.core.engines import VoiceActivity
from companion.talk.floor import Began, Decision, Dismissed, Ended, Her, Rules
from companion.talk.interjections import Words
from companion.talk.startle import Startle
from companion.talk.turn_taking import TurnTaking

PRE_ROLL_S = 0.4
"""Sound kept from before the onset: voice activity is late by up to 100 ms on soft consonants."""

TAIL_FALL_DB = 30.0
"""Speech ends where its level falls this far below the turn's loud parts (see `speech_end_s`)."""

LOUDNESS_FADES_DB_PER_S = 6.0
"""How fast the loud part of a turn is forgotten, for a speaker who grows softer or turns away."""


class Ear:
    """Cuts blocks into frames, asks the voice activity detector, and keeps the turn's samples."""

    def __init__(self, activity: VoiceActivity, rules: Rules) -> None:
        self._activity = activity
        self._frame = activity.frame_samples
        self._turns = TurnTaking(rules)
        self._rest: Samples = silence(0, HEARING_RATE_HZ)
        self._pre_roll: deque[Samples] = deque(maxlen=max(1, round(PRE_ROLL_S * HEARING_RATE_HZ / self._frame)))
        self._turn: list[Samples] = []
        self._loud_db = SILENCE_DB
        self._startle = Startle()

    @property
    def user_has_floor(self) -> bool:
        return self._turns.user_has_floor

    @property
    def hears_speech(self) -> bool:
        """True if the last frame held speech, of whomever."""
        return self._turns.hears_speech

    @property
    def user_is_speaking(self) -> bool:
        """See TurnTaking.user_is_speaking."""
        return self._turns.user_is_speaking

    def is_paused(self, number: int) -> bool:
        """See TurnTaking.is_paused."""
        return self._turns.is_paused(number)

    @property
    def must_prove(self) -> bool:
        """See TurnTaking.must_prove."""
        return self._turns.must_prove

    @property
    def heard_s(self) -> float:
        """Audio time at the end of the last whole frame."""
        return self._turns.now_s

    def hear(self, block: Samples, her: Her) -> list[Decision]:
        """Take 16 kHz samples of any length, while she does `her`."""
        decisions = self._prick_up(block, her)
        self._rest = np.concatenate((self._rest, block))
        while len(self._rest) >= self._frame:
            frame, self._rest = self._rest[: self._frame], self._rest[self._frame :]
            decisions += self._hear_frame(frame, her)
        return decisions

    def _prick_up(self, block: Samples, her: Her) -> list[Decision]:
        if her is not Her.SPEAKING or self.user_has_floor or not self._startle.hear(block):
            return []
        return self._turns.startle(self._turns.now_s + seconds(self._rest, HEARING_RATE_HZ))

    def adopt(self, rules: Rules) -> None:
        """Go by other limits from now on, a turn under way included."""
        self._turns.rules = rules

    def skip(self, duration_s: float) -> None:
        """Time passes and nothing is listened to."""
        self._turns.pass_time(duration_s)

    def judge(self, completeness: float, number: int) -> list[Decision]:
        """See TurnTaking.judge."""
        return self._turns.judge(completeness, number)

    def weigh(self, finality: float, number: int) -> list[Decision]:
        """See TurnTaking.weigh."""
        return self._turns.weigh(finality, number)

    @property
    def waits_s(self) -> float:
        """See TurnTaking.waits_s."""
        return self._turns.waits_s

    def asks_for_sound(self, number: int) -> bool:
        """See TurnTaking.asks_for_sound."""
        return self._turns.asks_for_sound(number)

    def understand(self, words: Words, text: str, number: int, language: str = "en") -> list[Decision]:
        """See TurnTaking.understand."""
        return self._turns.understand(words, text, number, language)

    def finish(self, why: str) -> list[Decision]:
        """See TurnTaking.finish."""
        return self._turns.finish(why)

    def hold(self, held: bool) -> None:
        """See TurnTaking.held."""
        self._turns.held = held

    def expect_reading(self, answer_is_read: bool) -> None:
        """See TurnTaking.answer_is_read."""
        self._turns.answer_is_read = answer_is_read

    @property
    def turn_s(self) -> float:
        """Length of `turn()` in seconds."""
        return len(self._turn) * self._frame / HEARING_RATE_HZ

    @property
    def spoken_s(self) -> float:
        """Where in `turn()` its last frame with speech ends, in seconds."""
        return self.turn_s - self._turns.silence_s

    def turn(self) -> Samples:
        """The sound of the present or last turn, from a little before its onset to the last frame heard."""
        return np.concatenate(self._turn) if self._turn else silence(0, HEARING_RATE_HZ)

    def forget(self) -> None:
        """Start afresh, as after being muted: no turn, no state in the detector."""
        self._turns.finish("forgotten")
        self.skip(seconds(self._rest, HEARING_RATE_HZ))
        self._rest = silence(0, HEARING_RATE_HZ)
        self._turn.clear()
        self._pre_roll.clear()
        self._activity.reset()

    def _hear_frame(self, frame: Samples, her: Her) -> list[Decision]:
        decisions = self._turns.hear(self._speech_probability(frame), self._frame / HEARING_RATE_HZ, her)
        if any(isinstance(decision, Began) for decision in decisions):
            self._turn = list(self._pre_roll)
            self._loud_db = level_db(frame)
        # A turn keeps growing until the next one begins, so that what was said is still at hand when it ends.
        if self._turns.user_has_floor or any(isinstance(decision, (Ended, Dismissed)) for decision in decisions):
            self._turn.append(frame)
        self._pre_roll.append(frame)
        return decisions

    def _speech_probability(self, frame: Samples) -> float:
        """The detector's, but 0 where the level has fallen far: the detector itself sees the end 90 ms late."""
        probability = self._activity.probability(frame)
        if not self._turns.user_has_floor:
            return probability
        level = level_db(frame)
        self._loud_db = max(level, self._loud_db - LOUDNESS_FADES_DB_PER_S * self._frame / HEARING_RATE_HZ)
        return 0.0 if level < self._loud_db - TAIL_FALL_DB else probability


class LevelMeter:
    """Levels for a meter: ten times a second at most, and only when they have moved."""

    EVERY_BLOCKS = 5
    STEP_DB = 3.0

    def __init__(self) -> None:
        self._blocks = 0
        self._told_db = 0.0

    def measure(self, block: Samples) -> float | None:
        """The level of `block` in dB of full scale, or None if there is nothing new to show."""
        self._blocks += 1
        if self._blocks % self.EVERY_BLOCKS:
            return None
        level = level_db(block)
        if abs(level - self._told_db) < self.STEP_DB:
            return None
        self._told_db = level
        return level


def speech_end_s(turn: Samples) -> float:
    """Seconds from the start of `turn` (16 kHz) to the end of its speech, by level, to 10 ms.

    The voice activity detector says so about 90 ms late; latency must not be flattered by that.
    """
    step = HEARING_RATE_HZ // 100
    windows = turn[: len(turn) // step * step].reshape(-1, step)
    if len(windows) == 0:
        return 0.0
    levels = 10.0 * np.log10(np.mean(np.square(windows, dtype=np.float64), axis=1) + 1e-12)
    loud = np.flatnonzero(levels > np.percentile(levels, 95) - TAIL_FALL_DB)
    return float(loud[-1] + 1) * step / HEARING_RATE_HZ
