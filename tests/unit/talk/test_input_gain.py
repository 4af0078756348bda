"""The gain on what she hears: what moves it, how far and how fast, and what it never does."""

from __future__ import annotations

import numpy as np
import pytest

from companion.core.audio import BLOCK_SAMPLES, Samples, level_db
from companion.talk.input_gain import CHANGE_DB_PER_S, MAX_GAIN_DB, MIN_GAIN_DB, NOISE_DB, SPEECH_DB, InputGain


def sound(db: float, duration_s: float, seed: int = 1) -> Samples:
    """Noise at this level, which stands for speech where it is said to be."""
    random = np.random.default_rng(seed)
    count = round(duration_s * 50) * BLOCK_SAMPLES
    return np.asarray(random.standard_normal(count) * 10.0 ** (db / 20.0), dtype=np.float32)


def through(gain: InputGain, samples: Samples, speech: bool) -> Samples:
    """`samples` after the gain."""
    return np.concatenate([gain.apply(block, speech) for block in samples.reshape(-1, BLOCK_SAMPLES)])


def in_a_room(noise_db: float) -> InputGain:
    """A gain that has heard a quiet room for three seconds."""
    gain = InputGain()
    through(gain, sound(noise_db, 3.0), speech=False)
    return gain


@pytest.mark.parametrize("db", [-45.0, -40.0, -30.0, -20.0])
def test_speech_is_brought_to_one_level(db: float) -> None:
    gain = in_a_room(-85.0)
    heard = through(gain, sound(db, 8.0), speech=True)
    assert level_db(heard[-BLOCK_SAMPLES * 50 :]) == pytest.approx(SPEECH_DB, abs=1.0)


def test_it_is_bounded_both_ways() -> None:
    for db, bound in ((-60.0, MAX_GAIN_DB), (-5.0, MIN_GAIN_DB)):
        gain = in_a_room(-90.0)
        through(gain, np.clip(sound(db, 20.0), -1.0, 1.0), speech=True)
        assert gain.gain_db == pytest.approx(bound, abs=0.5)


def test_it_is_slow() -> None:
    gain = in_a_room(-85.0)
    through(gain, sound(-45.0, 1.0), speech=True)
    assert gain.gain_db == pytest.approx(CHANGE_DB_PER_S, abs=0.2)


def test_noise_does_not_move_it() -> None:
    gain = in_a_room(-85.0)
    fan = sound(-45.0, 60.0)
    np.testing.assert_array_equal(through(gain, fan, speech=False), fan)


def test_no_noise_is_lifted_to_where_it_could_be_taken_for_speech() -> None:
    for noise_db in (-85.0, -70.0, -60.0, -50.0, -35.0):
        gain = in_a_room(noise_db)
        through(gain, sound(-45.0, 8.0), speech=True)
        room = through(gain, sound(noise_db, 3.0), speech=False)
        assert level_db(room[-BLOCK_SAMPLES * 50 :]) <= max(NOISE_DB, noise_db) + 1.5


def test_a_room_it_does_not_know_yet_gets_no_gain() -> None:
    speech = sound(-45.0, 0.9)
    np.testing.assert_array_equal(through(InputGain(), speech, speech=True), speech)


def test_a_sudden_shout_is_not_clipped() -> None:
    gain = in_a_room(-85.0)
    through(gain, sound(-45.0, 5.0), speech=True)
    shout = np.clip(sound(-9.0, 0.2), -0.9, 0.9)
    assert np.abs(through(gain, shout, speech=True)).max() <= 0.98


def test_the_gain_glides_within_a_block() -> None:
    gain = in_a_room(-85.0)
    through(gain, sound(-45.0, 4.0), speech=True)
    steady = np.full(BLOCK_SAMPLES * 20, 0.01, dtype=np.float32)
    assert np.abs(np.diff(through(gain, steady, speech=True))).max() < 0.001


def test_digital_silence_is_left_alone() -> None:
    silent = np.zeros(BLOCK_SAMPLES * 100, dtype=np.float32)
    np.testing.assert_array_equal(through(InputGain(), silent, speech=False), silent)
