"""The ear keeps the sound of a turn, and finds its end by level."""

from __future__ import annotations

import numpy as np
import pytest

from companion.core.audio import HEARING_RATE_HZ, Samples, seconds, silence
from companion.talk.ear import LOUDNESS_FADES_DB_PER_S, PRE_ROLL_S, TAIL_FALL_DB, Ear, LevelMeter, speech_end_s
from companion.talk.floor import Began, Decision, Her, Resumed, Rules, SoftEnded
from companion.talk.turn_taking import ONSET_S
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


class Credulous:
    """Voice activity that takes all for speech: what the level alone decides shows."""

    frame_samples = 512

    def probability(self, frame: Samples) -> float:
        return 1.0

    def reset(self) -> None:
        pass


FRAME_S = 512 / HEARING_RATE_HZ


def at(db: float, duration_s: float) -> Samples:
    """Sound of `db` below full scale, in whole frames."""
    return np.full(512 * round(duration_s / FRAME_S), 10 ** (db / 20), dtype=np.float32)


def speaks_after(*parts: Samples) -> bool:
    ear = Ear(Credulous(), Rules())
    for part in parts:
        ear.hear(part, Her.SILENT)
    assert ear.user_has_floor
    return ear.user_is_speaking


@pytest.mark.parametrize(
    ("fall_db", "speaking"),
    [(0.0, True), (TAIL_FALL_DB - 3.0, True), (TAIL_FALL_DB + 3.0, False), (90.0, False)],
)
def test_speech_is_over_where_its_level_has_fallen_far_whatever_the_detector_says(
    fall_db: float, speaking: bool
) -> None:
    assert speaks_after(at(-6.0, 1.0), at(-6.0 - fall_db, 0.2)) is speaking


def test_soft_speech_is_speech_while_nobody_spoke_louder() -> None:
    assert speaks_after(at(-60.0, 1.0))


def test_a_loud_beginning_is_forgotten_by_and_by() -> None:
    """Who turns away from the microphone is heard again once the loud part has faded, 6 dB a second."""
    ear = Ear(Credulous(), Rules())
    (began,) = ear.hear(at(-6.0, 1.0), Her.SILENT)
    assert isinstance(began, Began)
    spoke_until_s = ear.heard_s
    told_s: dict[type[Decision], float] = {}
    for _ in range(round(1.0 / FRAME_S)):
        for decision in ear.hear(at(-6.0 - TAIL_FALL_DB - 3.0, FRAME_S), Her.SILENT):
            told_s[type(decision)] = ear.heard_s - spoke_until_s
    assert told_s[SoftEnded] == pytest.approx(Rules().soft_end_s, abs=FRAME_S)
    assert told_s[Resumed] == pytest.approx(3.0 / LOUDNESS_FADES_DB_PER_S + ONSET_S, abs=0.04)


def test_a_new_turn_knows_nothing_of_the_loudness_of_the_last() -> None:
    ear = Ear(Credulous(), Rules())
    ear.hear(at(-6.0, 1.0), Her.SILENT)
    ear.forget()
    ear.hear(at(-50.0, 1.0), Her.SILENT)
    assert ear.user_is_speaking


def test_before_a_turn_the_detector_alone_decides() -> None:
    ear = Ear(Credulous(), Rules())
    (began,) = ear.hear(at(-100.0, 0.1), Her.SILENT)
    assert isinstance(began, Began)
