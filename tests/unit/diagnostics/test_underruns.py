"""The bench's detector of underruns, on a made voice: harmonics of a gliding pitch, in words with pauses."""

from __future__ import annotations

import numpy as np
import pytest

from companion.backends.playback import PlaybackQueue
from companion.core.audio import Samples, silence
from tests.bench.made_underruns import BROKEN, WHOLE, as_recorded, played, right
from tests.bench.underruns import RATE_HZ, find_breaks

WORD_S, PAUSE_S = 0.4, 0.2
WORDS = 6


def word(seed: int) -> Samples:
    """Harmonics up to 10 kHz that swell and fade away, of random phases, at some -10 dB."""
    random = np.random.default_rng(seed)
    at_s = np.arange(round(WORD_S * RATE_HZ)) / RATE_HZ
    pitch_hz = random.uniform(90, 220)
    phase = 2 * np.pi * pitch_hz * (at_s + 0.1 * at_s**2)
    wave = np.zeros(len(at_s))
    for harmonic in range(1, int(10_000 / (pitch_hz * 1.1))):
        wave += np.sin(harmonic * phase + random.uniform(0, 2 * np.pi)) / harmonic
    swelling = np.sin(np.pi * at_s / WORD_S) ** 2
    return np.asarray(0.4 * swelling * wave / np.abs(wave).max(), dtype=np.float32)


def sentence(seed: int) -> Samples:
    words = [np.concatenate((word(100 * seed + number), silence(PAUSE_S, RATE_HZ))) for number in range(WORDS)]
    return np.concatenate(words)


def middle_of_word(number: int) -> int:
    return round((number * (WORD_S + PAUSE_S) + WORD_S / 2) * RATE_HZ) + 7 * number


@pytest.mark.parametrize("name", BROKEN)
def test_what_is_broken_is_found_where_it_is(name: str) -> None:
    for seed in range(4):
        for number in range(1, WORDS - 1):
            at = middle_of_word(number)
            found = find_breaks(as_recorded(BROKEN[name](sentence(seed), at)))
            assert right(name, at, found), (seed, number, found)


def test_the_phase_goes_on_after_a_gap_and_not_where_samples_are_lost_in_it() -> None:
    wave, at = sentence(1), middle_of_word(2)
    gap = silence(0.02, RATE_HZ)
    whole = find_breaks(as_recorded(np.concatenate((wave[:at], gap, wave[at:]))))
    lossy = find_breaks(as_recorded(np.concatenate((wave[:at], gap, wave[at + 397 :]))))
    assert [(one.kind, one.goes_on) for one in whole] == [("gap", True)]
    assert [(one.kind, one.goes_on) for one in lossy] == [("gap", False)]


def test_a_device_that_was_not_fed_is_told_from_a_voice_that_came_late() -> None:
    wave, at = sentence(2), middle_of_word(3)
    by_device = find_breaks(as_recorded(np.insert(wave, at, silence(0.04, RATE_HZ))))
    queue = PlaybackQueue(RATE_HZ)
    late = played(queue, wave[:at], {at + 1000: lambda: queue.push(wave[at:])})
    by_voice = find_breaks(as_recorded(late))
    assert [(one.kind, one.whole_periods) for one in by_device] == [("gap", True)]
    assert [(one.kind, one.whole_periods, one.goes_on) for one in by_voice] == [("gap", False, True)]


def test_nothing_is_found_in_undisturbed_sentences() -> None:
    assert [found for seed in range(10) if (found := find_breaks(as_recorded(sentence(seed))))] == []


@pytest.mark.parametrize("name", WHOLE)
def test_her_own_fades_are_no_underruns(name: str) -> None:
    for seed in range(4):
        for number in range(1, WORDS - 1):
            assert find_breaks(as_recorded(WHOLE[name](sentence(seed), middle_of_word(number)))) == []


def test_a_gap_within_a_pause_is_not_there() -> None:
    wave = sentence(0)
    in_pause = round((2 * (WORD_S + PAUSE_S) - PAUSE_S / 2) * RATE_HZ)
    assert find_breaks(as_recorded(np.insert(wave, in_pause, silence(0.05, RATE_HZ)))) == []


def test_a_gap_too_soft_to_be_heard_is_told_as_such() -> None:
    soft = np.float32(0.02) * sentence(0)
    loud_before = np.concatenate((sentence(1), soft))
    at = len(sentence(1)) + middle_of_word(2)
    found = find_breaks(as_recorded(BROKEN["gap of 20 ms"](loud_before, at)))
    assert [(one.kind, one.heard) for one in found] == [("silent gap", False)]


def test_the_first_100_ms_of_a_reply_do_not_count() -> None:
    wave = np.concatenate((silence(1.0, RATE_HZ), sentence(0)))
    first = int(np.flatnonzero(np.abs(wave) >= 0.01)[0])
    assert find_breaks(as_recorded(BROKEN["gap of 20 ms"](wave, first + round(0.09 * RATE_HZ)))) == []
    assert find_breaks(as_recorded(BROKEN["gap of 20 ms"](wave, first + round(0.11 * RATE_HZ)))) != []


def test_a_word_that_begins_with_a_step_is_no_underrun() -> None:
    second = word(7)[RATE_HZ // 10 :]
    found = find_breaks(as_recorded(np.concatenate((sentence(0), silence(0.3, RATE_HZ), second))))
    assert [(one.kind, one.heard) for one in found] == [("hard onset", False)]


def test_a_voice_that_is_cut_off_for_good_is_heard() -> None:
    found = find_breaks(as_recorded(np.concatenate((sentence(0)[: middle_of_word(3)], silence(0.5, RATE_HZ)))))
    assert [(one.kind, one.heard) for one in found] == [("jump", True)]


def test_clipping_is_no_jump() -> None:
    assert find_breaks(as_recorded(4.0 * sentence(0))) == []


@pytest.mark.parametrize("recording", [silence(0.0, RATE_HZ), silence(1.0, RATE_HZ)])
def test_there_is_nothing_in_silence(recording: Samples) -> None:
    assert find_breaks(recording) == []
