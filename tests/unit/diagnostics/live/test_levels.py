"""Onsets, ends, gaps and ducks in recordings where they are known."""

from __future__ import annotations

import pytest

from companion.core.audio import silence
from companion.diagnostics.live.levels import (
    ducked_after_s,
    end_s,
    find,
    goes_on,
    onset_s,
    silences_s,
    silent_from_s,
    trimmed,
)
from tests.signals import tone
from tests.unit.diagnostics.live.sounds import RATE, lowered, sequence, voice

FINE = 0.0101
"""Two windows of 5 ms."""


def test_sound_begins_and_ends_where_it_does() -> None:
    samples = sequence(0.5, tone(0.3, RATE), 0.4, tone(0.2, RATE), 0.25)
    assert onset_s(samples) == pytest.approx(0.5, abs=FINE)
    assert onset_s(samples, after_s=0.85) == pytest.approx(1.2, abs=FINE)
    assert onset_s(samples, after_s=1.45) is None
    assert end_s(samples) == pytest.approx(1.4, abs=FINE)
    assert len(trimmed(samples)) / RATE == pytest.approx(0.9, abs=2 * FINE)


def test_nothing_begins_in_silence() -> None:
    assert onset_s(silence(1.0, RATE)) is None
    assert end_s(silence(1.0, RATE)) == 0.0
    assert silences_s(silence(1.0, RATE)) == []


def test_gaps_lie_between_sounds_only() -> None:
    samples = sequence(1.0, tone(0.3, RATE), 0.7, tone(0.2, RATE), 0.1, tone(0.2, RATE), 2.0)
    starts, lengths = zip(*[gap for gap in silences_s(samples) if gap[1] > 0.05], strict=True)
    assert lengths == (pytest.approx(0.7, abs=FINE), pytest.approx(0.1, abs=FINE))
    assert starts == (pytest.approx(1.3, abs=FINE), pytest.approx(2.2, abs=FINE))


def test_the_end_of_her_voice_is_the_last_sound_before_the_first_long_silence() -> None:
    samples = sequence(tone(1.0, RATE), 0.3, tone(0.5, RATE), 1.0, tone(1.0, RATE))
    assert silent_from_s(samples, 0.8, for_s=0.5) == pytest.approx(1.8, abs=FINE)
    assert silent_from_s(samples, 2.0, for_s=0.5) == pytest.approx(2.0, abs=FINE)
    assert silent_from_s(samples, 2.9, for_s=0.5) is None


def test_a_known_sound_is_found_in_a_recording_at_another_level() -> None:
    sound = voice(0.5, seed=3)
    recording = sequence(1.25, sound * 0.2, 0.5) + voice(2.25, seed=4) * 0.01
    found = find(sound, recording)
    assert found.start_s == pytest.approx(1.25, abs=1 / RATE)
    assert found.correlation > 0.9
    assert find(sound, sound[:100]).correlation == 0.0


def test_a_sound_with_a_hole_is_less_like_itself() -> None:
    sound = voice(0.5, seed=3)
    broken = sequence(0.2, sound[: RATE // 4], 0.02, sound[RATE // 4 :], 0.2)
    assert find(sound, broken).correlation < 0.95


@pytest.mark.parametrize("after_s", [0.05, 0.12, 0.31])
@pytest.mark.parametrize("gain", [0.25, 0.0])
def test_a_duck_is_dated_to_the_window(after_s: float, gain: float) -> None:
    story = voice(6.0)
    ducked = ducked_after_s(lowered(story, 2.0 + after_s, gain), story, 2.0)
    assert ducked == pytest.approx(after_s, abs=0.02)


def test_a_duck_is_found_where_the_words_come_later_than_in_the_reference() -> None:
    story = voice(6.0)
    late = sequence(story[: 2 * RATE], 0.2, story[2 * RATE :])
    assert ducked_after_s(lowered(late, 3.65, 0.25), story, 3.5) == pytest.approx(0.15, abs=0.02)


def test_a_story_goes_on_at_any_loudness_and_from_any_place() -> None:
    story = voice(6.0)
    told = sequence(story[: 2 * RATE], 0.4, story[2 * RATE :] * 0.2)
    assert goes_on(told, story, 3.0)
    assert not goes_on(sequence(story[: 2 * RATE], voice(3.0, seed=8)), story, 3.0)
    assert not goes_on(sequence(story[: 2 * RATE], 3.0), story, 3.0)


def test_a_moment_of_softness_is_no_duck() -> None:
    story = voice(6.0)
    assert ducked_after_s(story, story, 2.0) is None
    assert ducked_after_s(lowered(story, 2.1, 0.25, to_s=2.3), story, 2.0) is None


def test_where_she_would_have_paused_or_says_something_else_no_duck_is_dated() -> None:
    story = sequence(voice(3.0), 0.5, voice(3.0, seed=2))
    assert ducked_after_s(lowered(story, 3.2, 0.0), story, 3.05) is None
    assert ducked_after_s(lowered(voice(6.0, seed=5), 2.1, 0.25), story, 2.0) is None
