"""The judge of how far a story was told, on the real aligner and the starter voice."""

from __future__ import annotations

import numpy as np
import pytest

from companion.core.audio import HEARING_RATE_HZ, Samples
from companion.core.engines import SpokenWord
from companion.core.errors import EngineError
from companion.core.settings import Settings
from companion.diagnostics.live.how_far import HowFar
from companion.diagnostics.live.words import plain
from companion.her_voices import make_synthesizer
from tests.endtoend.live import at_rate

TEXT = "I went for a walk in the park this morning. The sun was out, and the birds were singing in the old trees."
NOISE = np.random.default_rng(5)


class Told:
    """The text, said once."""

    def __init__(self, sound: Samples, words: tuple[SpokenWord, ...]) -> None:
        self.sound = sound
        self._ends_s = [word.end_s for word in words]
        self._begins_s = [before_s + word.pause_s for before_s, word in zip([0.0, *self._ends_s], words, strict=False)]

    def until(self, count: int, share: float = 1.0) -> Samples:
        """Its first `count` words, and of the last of these only a `share`."""
        begin_s, end_s = self._begins_s[count - 1], self._ends_s[count - 1]
        return self.sound[: round((begin_s + share * (end_s - begin_s)) * HEARING_RATE_HZ)]


@pytest.fixture(scope="module")
def tellings() -> list[Told]:
    voice = make_synthesizer(Settings())
    voiced = [voice.voice(TEXT) for _ in range(4)]
    return [Told(at_rate(each.samples, voice.rate_hz), each.words) for each in voiced]


@pytest.fixture(scope="module")
def told(tellings: list[Told]) -> Told:
    return tellings[0]


@pytest.fixture(scope="module")
def how_far(tellings: list[Told]) -> HowFar:
    return HowFar(TEXT, [each.sound for each in tellings[1:]])


def lowered(sound: Samples, for_s: float) -> Samples:
    quiet = sound.copy()
    quiet[-round(for_s * HEARING_RATE_HZ) :] *= np.float32(0.25)
    return quiet


@pytest.mark.parametrize("count", range(3, len(TEXT.split()) + 1))
def test_it_hears_every_word_that_was_said_and_no_other(how_far: HowFar, told: Told, count: int) -> None:
    assert how_far(told.until(count)) == " ".join(plain(TEXT)[:count])


@pytest.mark.parametrize("count", [5, 8, 10, 16, 18, 20, 22, 23])
def test_of_a_word_that_breaks_off_it_hears_it_if_most_of_it_was_said(how_far: HowFar, told: Told, count: int) -> None:
    assert len(how_far(told.until(count, 0.2)).split()) == count - 1
    assert len(how_far(told.until(count, 0.8)).split()) == count


@pytest.mark.parametrize("count", [7, 12, 13, 19, 21])
def test_a_voice_that_was_lowered_or_a_noisy_room_change_nothing(how_far: HowFar, told: Told, count: int) -> None:
    quiet = lowered(told.until(count), 0.4)
    noisy = quiet + NOISE.normal(0.0, 0.0005, len(quiet)).astype(np.float32)
    assert [len(how_far(sound).split()) for sound in (quiet, noisy)] == [count, count]


def test_silence_before_and_behind_it_changes_nothing(how_far: HowFar, told: Told) -> None:
    half_second = np.zeros(HEARING_RATE_HZ // 2, dtype=np.float32)
    assert len(how_far(np.concatenate((half_second, told.until(9), half_second))).split()) == 9


def test_in_no_sound_it_hears_no_word(how_far: HowFar) -> None:
    assert how_far(np.zeros(HEARING_RATE_HZ, dtype=np.float32)) == ""
    assert how_far(np.zeros(0, dtype=np.float32)) == ""


def test_a_story_that_was_not_told_to_its_end_is_no_measure(told: Told) -> None:
    with pytest.raises(EngineError, match="not whole"):
        HowFar(TEXT, [told.until(8)])


def test_a_word_that_cannot_be_said_is_named(told: Told) -> None:
    with pytest.raises(EngineError, match="'xqzv'"):
        HowFar("I saw an xqzv.", [told.sound])
