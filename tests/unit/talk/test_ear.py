"""The ear keeps the sound of a turn, and finds its end by level."""

from __future__ import annotations

import numpy as np
import pytest

from companion.core.audio import HEARING_RATE_HZ, Samples, seconds, silence
from companion.talk.ear import PRE_ROLL_S, Ear, LevelMeter, speech_end_s
from companion.talk.turn_taking import Her, Rules
from tests.fakes.engines import SPEECH_LEVEL, LoudnessActivity


def loud(duration_s: float) -> Samples:
    return np.full(round(duration_s * HEARING_RATE_HZ), SPEECH_LEVEL, dtype=np.float32)


@pytest.mark.parametrize("block", [100, 320, 512, 5000])
def test_a_turn_holds_the_speech_and_a_little_before_it_whatever_the_blocks(block: int) -> None:
    ear = Ear(LoudnessActivity(), Rules())
    sound = np.concatenate((silence(2.0, HEARING_RATE_HZ), loud(1.0), silence(0.3, HEARING_RATE_HZ)))
    for start in range(0, len(sound), block):
        ear.hear(sound[start : start + block], Her.SILENT)
    turn = ear.turn()
    assert np.count_nonzero(turn) == pytest.approx(HEARING_RATE_HZ, abs=512)
    first = np.flatnonzero(turn)[0] / HEARING_RATE_HZ
    assert PRE_ROLL_S - 0.1 <= first <= PRE_ROLL_S


def test_what_was_forgotten_is_in_no_turn() -> None:
    ear = Ear(LoudnessActivity(), Rules())
    ear.hear(loud(0.5), Her.SILENT)
    ear.forget()
    assert not ear.user_has_floor
    assert len(ear.turn()) == 0
    assert ear.heard_s == pytest.approx(0.5), "its time has passed all the same"


@pytest.mark.parametrize("tail_s", [0.0, 0.25, 1.0])
def test_the_end_of_speech_is_where_the_level_falls(tail_s: float) -> None:
    rng = np.random.default_rng(1)
    noise = 0.001 * rng.standard_normal(round((1.0 + tail_s) * HEARING_RATE_HZ)).astype(np.float32)
    turn = np.concatenate((loud(1.0), silence(tail_s, HEARING_RATE_HZ))) + noise
    assert speech_end_s(turn) == pytest.approx(1.0, abs=0.011)
    assert seconds(turn, HEARING_RATE_HZ) >= speech_end_s(turn)


def test_no_sound_has_no_end() -> None:
    assert speech_end_s(silence(0.0, HEARING_RATE_HZ)) == 0.0


def test_the_meter_tells_only_what_moved() -> None:
    meter = LevelMeter()
    told = [meter.measure(loud(0.02)) for _ in range(20)]
    assert [level is not None for level in told].count(True) == 1
    assert told[LevelMeter.EVERY_BLOCKS - 1] == pytest.approx(-6.0, abs=0.1)
