"""The judge of how far a story was told, on the real recogniser and the starter voice."""

from __future__ import annotations

import numpy as np
import pytest

from companion.core.audio import HEARING_RATE_HZ, Samples
from companion.core.engines import Voiced
from companion.core.errors import EngineError
from companion.core.settings import Settings
from companion.diagnostics.live.beginnings import BeginningOf
from companion.her_voices import make_synthesizer
from tests.endtoend.live import at_rate

TEXT = "I went for a walk in the park this morning. The sun was out, and the birds were singing in the old trees."


@pytest.fixture(scope="module")
def told() -> tuple[Voiced, Samples]:
    voice = make_synthesizer(Settings())
    voiced = voice.voice(TEXT)
    return voiced, at_rate(voiced.samples, voice.rate_hz)


@pytest.fixture(scope="module")
def how_far() -> BeginningOf:
    return BeginningOf(TEXT)


@pytest.mark.parametrize("last", ["walk", "park", "morning.", "out,", "birds", "trees."])
def test_it_hears_where_a_text_breaks_off(how_far: BeginningOf, told: tuple[Voiced, Samples], last: str) -> None:
    voiced, sound = told
    words = [word.text for word in voiced.words]
    count = words.index(last) + 1
    heard = how_far(sound[: round(voiced.words[count - 1].end_s * HEARING_RATE_HZ)])
    assert abs(len(heard.split()) - count) <= 1
    assert TEXT.lower().replace(".", "").replace(",", "").startswith(heard)


def test_of_no_sound_it_hears_at_most_a_word(how_far: BeginningOf) -> None:
    assert len(how_far(np.zeros(HEARING_RATE_HZ, dtype=np.float32)).split()) <= 1


def test_a_word_that_it_cannot_say_is_named() -> None:
    with pytest.raises(EngineError, match="'xqzv'"):
        BeginningOf("I saw an xqzv.")
