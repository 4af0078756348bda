"""Words of a voice that does not tell when it says them."""

from __future__ import annotations

import numpy as np
import pytest

from companion.backends.word_ends import estimated_words
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
