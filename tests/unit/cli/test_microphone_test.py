"""One sentence from the microphone: its level, its words, its sound."""

from __future__ import annotations

import pytest

from companion.cli.microphone_test import Sentence
from companion.core.audio import HEARING_RATE_HZ
from companion.core.errors import DeviceError, EngineError
from companion.talk.ear import Ear
from companion.talk.floor import Rules
from companion.talk.parts import Recognizers
from companion.talk.workers import Worker
from tests.fakes.engines import Heard, LoudnessActivity, ScriptedMicrophone, ScriptedTranscriber

Told = list[dict[str, object]]


async def hear(script: list[Heard], transcriber: ScriptedTranscriber, limit_s: float = 8.0) -> tuple[float, Told]:
    """Seconds of sound that were kept, and what was told."""
    told: Told = []
    with Worker("hear") as worker:
        sentence = Sentence(
            Ear(LoudnessActivity(), Rules()), Recognizers(transcriber, worker, None, worker), told.append
        )
        sound = await sentence.hear(ScriptedMicrophone(script), limit_s)
    return len(sound) / HEARING_RATE_HZ, told


async def test_it_ends_with_the_sentence() -> None:
    sound_s, told = await hear([-0.5, 2.0, -9.0], ScriptedTranscriber("Can you hear me?"))
    assert told[-1] == {"text": "Can you hear me?"}
    assert 2.0 < sound_s < 4.5, "the sentence, and a little around it"
    levels = [record["level_db"] for record in told if "level_db" in record]
    assert len(levels) == pytest.approx(10 * (0.5 + sound_s), abs=5), "ten a second"
    assert levels[0] == -120.0
    assert -7.0 < max(map(float, map(str, levels))) < -5.0


async def test_words_are_told_while_they_are_said() -> None:
    _, told = await hear([4.0, -9.0], ScriptedTranscriber("One two three four five six."))
    words = [record["words"] for record in told if "words" in record]
    assert words
    assert str(words[0]).startswith("One")
    assert told[-1] == {"text": "One two three four five six."}


async def test_who_speaks_on_is_heard_until_the_time_is_over() -> None:
    sound_s, told = await hear([20.0], ScriptedTranscriber("And so on"), limit_s=3.0)
    assert told[-1] == {"text": "And so on"}
    assert sound_s == pytest.approx(3.0, abs=0.1)


async def test_silence_is_no_sentence_and_is_kept_to_be_played() -> None:
    sound_s, told = await hear([-20.0], ScriptedTranscriber(), limit_s=2.0)
    assert told[-1] == {"text": ""}
    assert sound_s == pytest.approx(2.0, abs=0.03)


async def test_a_microphone_that_goes_is_an_error() -> None:
    with pytest.raises(DeviceError):
        await hear([0.5, DeviceError("It has gone.", "Plug it in.")], ScriptedTranscriber())


async def test_a_transcriber_that_fails_is_an_error() -> None:
    with pytest.raises(EngineError, match="broke"):
        await hear([1.0, -9.0], ScriptedTranscriber(EngineError("It broke.", "")))
