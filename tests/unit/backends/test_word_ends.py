"""Words of a voice that does not tell when it says them."""

from __future__ import annotations

import numpy as np
import pytest

from companion.backends.word_ends import LETTER_S, Extent, Pace, estimated_words, spread_words
from companion.core.audio import Samples

RATE_HZ = 8000


def sound(*parts: tuple[float, bool]) -> Samples:
    """Seconds each, loud or silent."""
    return np.concatenate([np.full(round(s * RATE_HZ), 0.2 if loud else 0.0, np.float32) for s, loud in parts])


def ends(text: str, samples: Samples) -> list[float]:
    words = estimated_words(text, samples, RATE_HZ)
    assert [word.text for word in words] == text.split()
    return [word.end_s for word in words]


def test_words_take_as_long_as_their_letters_and_silence_around_is_none_of_them() -> None:
    assert ends("abc abcdefg", sound((0.5, False), (1.2, True), (0.5, False))) == pytest.approx([0.9, 1.7], abs=0.03)


def test_where_the_sound_pauses_as_the_text_does_the_words_do() -> None:
    samples = sound((0.4, True), (0.3, False), (1.0, True))
    assert ends("One, two three", samples) == pytest.approx([0.4, 1.1, 1.7], abs=0.12)
    assert ends("One, two three", samples)[0] == pytest.approx(0.4, abs=0.03)


def test_where_it_pauses_otherwise_all_is_one() -> None:
    samples = sound((0.5, True), (0.2, False), (0.5, True))
    assert ends("ab ab", samples) == pytest.approx([0.6, 1.2], abs=0.03)


@pytest.mark.parametrize("samples", [sound((0.5, False)), np.zeros(0, np.float32), np.zeros(3, np.float32)])
def test_silence_is_divided_too(samples: Samples) -> None:
    found = ends("one two", samples)
    assert found == sorted(found)
    assert found[-1] == pytest.approx(len(samples) / RATE_HZ)


def test_no_words_have_no_ends() -> None:
    assert estimated_words("  ", sound((0.5, True)), RATE_HZ) == ()
    assert spread_words([], 0.0, 1.0) == ()


def test_a_pause_behind_a_word_is_none_of_it() -> None:
    one, two, three = spread_words(["so,", "so.", "so"], 1.0, 2.0)
    assert three.end_s == pytest.approx(2.0)
    assert one.end_s - 1.0 < two.end_s - one.end_s < three.end_s - two.end_s


def test_the_pace_of_a_voice_is_learnt() -> None:
    pace, words = Pace(), ["Good", "morning."]
    first_s = pace.estimated_s(words)
    assert first_s > 11 * LETTER_S
    for _ in range(20):
        pace.learn(words, 3.0)
    pace.learn([], 9.0)
    assert pace.estimated_s(words) == pytest.approx(3.0, abs=0.01)


@pytest.mark.parametrize("size", [7, 100, 100_000])
def test_silence_around_sound_that_comes_in_pieces_is_none_of_it(size: int) -> None:
    samples, extent = sound((0.5, False), (1.0, True), (0.3, False)), Extent(RATE_HZ)
    for at in range(0, len(samples), size):
        extent.add(samples[at : at + size])
    assert extent.length_s == pytest.approx(1.8)
    assert extent.audible_s == pytest.approx((0.5, 1.5), abs=0.001)
