"""A voice brought to the rate of a speaker that is open already."""

from __future__ import annotations

import numpy as np
import pytest

from companion.backends.voice_at_rate import at_rate
from companion.core.audio import seconds
from tests.fakes.engines import EvenSynthesizer


def test_the_sound_is_as_long_and_as_loud_as_before() -> None:
    voice = EvenSynthesizer()
    other = at_rate(voice, 22_050)
    plain, voiced = voice.voice("One two three."), other.voice("One two three.")
    assert other.rate_hz == 22_050 and other.info() == voice.info()
    assert voiced.words == plain.words
    assert seconds(voiced.samples, 22_050) == pytest.approx(seconds(plain.samples, voice.rate_hz), abs=0.001)
    assert np.abs(voiced.samples).max() == pytest.approx(np.abs(plain.samples).max(), rel=0.2)


def test_a_stream_is_as_long_as_it_says() -> None:
    stream = at_rate(EvenSynthesizer(), 22_050).begin("One two three four five.")
    sound = np.concatenate(list(stream.pieces))
    assert sound.dtype == np.float32
    assert seconds(sound, 22_050) == pytest.approx(stream.duration_s, abs=0.001)


def test_a_voice_of_that_rate_is_taken_as_it_is() -> None:
    voice = EvenSynthesizer()
    assert at_rate(voice, voice.rate_hz) is voice
