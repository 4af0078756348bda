"""`companion listen` on a file: what is said in it, and not what Whisper makes of silence."""

from __future__ import annotations

import numpy as np

from companion.cli.listen import hear
from companion.core.audio import HEARING_RATE_HZ, Samples
from companion.core.engines import Transcript
from tests.fakes.engines import ScriptedTranscriber
from tests.unit.talk.test_spoken_parts import LoudIsSpeech, sound


class LoopsInSilence(ScriptedTranscriber):
    """Says its text once for every 3 s that it is given, as Whisper does in long silences."""

    def __init__(self, *texts: str, no_speech: float = 0.05) -> None:
        super().__init__()
        self.texts = list(texts)
        self.no_speech = no_speech

    def transcribe(self, speech: Samples, glance: bool = False) -> Transcript:
        times = max(1, round(len(speech) / HEARING_RATE_HZ / 3.0))
        return Transcript(" ".join([self.texts.pop(0)] * times), "en", 0.8, self.no_speech, 0.9)


def test_what_is_said_once_is_told_once_however_long_the_silence() -> None:
    told, ignored = hear(sound(-4.0, 2.0, -6.0), LoopsInSilence("I baked a cake."), LoudIsSpeech())
    assert (told.text, ignored) == ("I baked a cake.", None)


def test_sentences_far_apart_are_told_in_their_order() -> None:
    told, _ = hear(sound(1.5, -20.0, 2.5), LoopsInSilence("Good morning.", "And good night."), LoudIsSpeech())
    assert told.text == "Good morning. And good night."


def test_where_nobody_speaks_nothing_is_told_and_why() -> None:
    nothing = np.zeros(3 * HEARING_RATE_HZ, np.float32)
    told, ignored = hear(nothing, LoopsInSilence("you", no_speech=0.9), LoudIsSpeech())
    assert told.text == ""
    assert ignored
