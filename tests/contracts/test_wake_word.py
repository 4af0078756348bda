"""The real wake words: fired by their phrase, once, and by nothing else; without the package, an error."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest

from companion.backends.micro_wake_word import MicroWakeWord
from companion.core.audio import BLOCK_SAMPLES, HEARING_RATE_HZ, Samples, silence
from companion.core.engines import WakeWord
from companion.core.errors import EngineError
from tests.endtoend.live import espeak

PHRASES = {
    "okay_nabu": "okay nabu",
    "hey_mycroft": "hey Mycroft",
    "alexa": "Alexa",
}
"""hey_jarvis needs a better voice than espeak's."""
OTHERS = ["Samantha", "hey Samantha", "Good morning, how are you today?", "Okay, let us begin."]


@pytest.fixture(scope="module", params=list(PHRASES))
def wake_word(request: pytest.FixtureRequest) -> WakeWord:
    return MicroWakeWord(request.param)


def firings(wake_word: WakeWord, speech: Samples, block: int = BLOCK_SAMPLES) -> int:
    pause = silence(1.0, HEARING_RATE_HZ)
    sound = np.concatenate((pause, speech, pause))
    wake_word.reset()
    return sum(wake_word.heard(sound[at : at + block]) for at in range(0, len(sound), block))


def test_it_fires_once_at_its_phrase(wake_word: WakeWord, tmp_path: Path) -> None:
    speech = espeak(PHRASES[wake_word.info().model], tmp_path)
    assert firings(wake_word, speech) == 1
    assert firings(wake_word, 0.2 * speech) == 1, "also from afar"
    assert firings(wake_word, speech, block=111) == 1, "whatever the length of a block"
    assert firings(wake_word, np.concatenate((speech, silence(1.0, HEARING_RATE_HZ), speech))) == 2


def test_it_fires_at_nothing_else(wake_word: WakeWord, tmp_path: Path) -> None:
    own = PHRASES[wake_word.info().model]
    for text in [*OTHERS, *(phrase for phrase in PHRASES.values() if phrase != own)]:
        assert firings(wake_word, espeak(text, tmp_path)) == 0, text
    noise = np.random.default_rng(1).normal(0, 0.1, 5 * HEARING_RATE_HZ).astype(np.float32)
    assert firings(wake_word, noise) == 0


def test_its_phrase_is_written_as_people_would(wake_word: WakeWord) -> None:
    assert wake_word.phrase.lower() == PHRASES[wake_word.info().model].lower()


def test_without_the_package_the_remedy_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pymicro_wakeword", None)
    with pytest.raises(EngineError, match="not installed") as caught:
        MicroWakeWord("alexa")
    assert "pip install pymicro-wakeword" in caught.value.hint


def test_there_is_no_model_for_every_word() -> None:
    with pytest.raises(EngineError, match="samantha"):
        MicroWakeWord("samantha")
