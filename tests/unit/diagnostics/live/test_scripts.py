"""The scripts: as many as asked for, as long as they should be, with pauses where they should be."""

from __future__ import annotations

from collections import Counter

import pytest

from companion.cli.live_bench import piper_voice
from companion.core.audio import Samples, seconds
from companion.core.persona import Persona
from companion.diagnostics.live import scripts
from companion.diagnostics.live.levels import silences_s, sounding, trimmed
from tests.unit.diagnostics.live.sounds import RATE, sequence, voice


def say(text: str) -> Samples:
    """A voice that takes 60 ms for a letter, with silence around."""
    return sequence(0.1, voice(0.06 * len(text)), 0.2)


def test_there_are_as_many_turns_as_asked_for_and_none_twice_at_first() -> None:
    lines = scripts.everyday(say, 45)
    assert len(lines) == 45
    assert len({line.text for line in lines}) == len(scripts.TURNS) == 40
    assert all(sounding(line.samples)[[0, -1]].all() for line in lines)


def test_every_turn_takes_two_to_six_seconds_in_the_voice_that_says_it() -> None:
    speak = piper_voice()
    by_length = sorted(scripts.TURNS, key=len)
    for text in by_length[:3] + by_length[-3:]:
        assert 2.0 <= seconds(trimmed(speak(text)), RATE) <= 6.0, text


def test_every_broken_sentence_has_one_pause_of_600_to_900_ms_and_it_is_where_it_says() -> None:
    lines = scripts.with_pauses(say, 40)
    for line in lines:
        long = [(start, length) for start, length in silences_s(line.samples) if length > 0.3]
        assert len(long) == 1
        start, length = long[0]
        assert 0.595 <= length <= 0.915
        assert start == pytest.approx(line.pause_from_s, abs=0.011)
        assert start + length == pytest.approx(line.pause_to_s, abs=0.011)
    assert len({round(line.pause_to_s - line.pause_from_s, 3) for line in lines}) >= 5


def test_half_of_the_pauses_follow_a_comma_or_a_word_that_cannot_end_a_sentence() -> None:
    lines = scripts.with_pauses(say, 40)
    before = [line.text.partition(" ... ")[0] for line in lines]
    hesitating = [text for text in before if text.endswith((",", " and", " because", " or", " but"))]
    assert len(hesitating) == 20
    assert sum("um," in text for text in before) >= 3


def test_interruptions_are_of_every_kind_in_every_voice() -> None:
    low, high = (lambda text: say(text) * 0.5), say
    lines = scripts.interruptions([low, high], 20)
    assert Counter(line.text for line in lines) == dict.fromkeys(scripts.INTERRUPTIONS, 2)
    assert len({(line.text, float(abs(line.samples).max())) for line in lines}) == 20


def test_what_is_no_interruption_is_half_noise_half_back_channel() -> None:
    lines = scripts.not_interruptions([say], 30)
    noises = [line for line in lines if line.text.startswith("(")]
    assert len(noises) == 15
    assert {line.text for line in noises} == {"(cough)", "(knock)", "(door)", "(clatter)"}
    assert {line.text for line in lines} - {line.text for line in noises} == set(scripts.BACK_CHANNELS)
    assert all(0.2 <= seconds(line.samples, RATE) <= 1.2 for line in noises)
    assert all(0.25 <= abs(line.samples).max() <= 0.9 for line in noises)


def test_the_story_fits_into_a_greeting() -> None:
    assert Persona(name="Ada", character="Ada", greeting=scripts.STORY).greeting == scripts.STORY
