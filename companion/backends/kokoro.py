"""Text to speech by Kokoro, with the end of every word; one model speaks in many voices, and in blends of them."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from companion.backends.heap import give_back_memory
from companion.backends.kokoro_model import FRAME_SAMPLES, RATE_HZ, KokoroModel, Plan, loaded
from companion.backends.kokoro_phonemes import MARKS, espeak_voice, phonemes, speaks
from companion.backends.kokoro_styles import LONGEST_TOKENS, Style, blended, names_in
from companion.backends.loudness import LEVEL_TEXT, gain_of, limited
from companion.backends.piper_words import match_words, phoneme_groups, placed
from companion.core.audio import Samples, silence
from companion.core.engines import EngineInfo, SpokenWord, Tone, Voiced, VoiceStream
from companion.core.errors import EngineError, ModelError

if TYPE_CHECKING:
    from piper.voice import PhonemeAlignment

AS_MADE = Tone()

MAX_CLAUSE_CHARACTERS = 1000
"""As for Piper: a text this long would hold the thread for minutes."""

LONG_CLAUSE_S = 2.5
"""After a clause this long memory is given back."""

FADE_S = 0.005


class Kokoro:
    """Synthesizer on a Kokoro model: an .onnx file with its voices beside it (voices*.npz, or a .bin for each).

    It has no control of expression: of a Tone, speed and volume count.
    """

    def __init__(
        self,
        file: Path,
        cache: Path,
        style: str = "",
        language: str = "en",
        tone: Tone = AS_MADE,
        threads: int = 2,
    ) -> None:
        """`cache`: folder for the halves of the model. `style`: a voice or a blend (`kokoro_styles`); empty is the
        first. `language`: that of the text, two letters.

        Raises ModelError if there is no such voice, or the language cannot be spoken.
        """
        names = names_in(file.parent)
        if not names:
            raise ModelError(
                f"Kokoro has no voices in {file.parent}.",
                "Put voices.npz, or files such as af_heart.bin, beside the model.",
            )
        self._file = file
        self._cache = cache
        self._name = style or names[0]
        self._style: Style = blended(file.parent, self._name)
        if not speaks(language):
            raise ModelError(f"Kokoro cannot speak the language {language!r}.", "Choose another voice for it.")
        self._language = language
        self._espeak_voice = espeak_voice(language, self._name)
        self._tone = tone
        self._threads = threads
        self._loading = threading.Lock()
        self._gain: float | None = None

    def info(self) -> EngineInfo:
        return EngineInfo("voice", "Kokoro", self._name, language=self._language)

    @property
    def rate_hz(self) -> int:
        return RATE_HZ

    def warm_up(self) -> None:
        self._gain_now()

    def tune(self, tone: Tone) -> None:
        self._tone = tone

    def voice(self, text: str) -> Voiced:
        stream = self.begin(text)
        return Voiced(np.concatenate((silence(0, RATE_HZ), *stream.pieces)), stream.words)

    def begin(self, text: str) -> VoiceStream:
        if len(text) > MAX_CLAUSE_CHARACTERS:
            raise EngineError("That sentence is too long to speak.", "It is shown instead.")
        gain, tone = self._gain_now(), self._tone
        plans = [self._model.plan(part, self._style, tone.speed) for part in _parts(self._phonemes(text))]
        duration_s = sum(plan.samples for plan in plans) / RATE_HZ
        return VoiceStream(duration_s, self._words(text, plans, duration_s), self._pieces(plans, gain * tone.volume))

    def _pieces(self, plans: Sequence[Plan], gain: float) -> Iterator[Samples]:
        for plan in plans:
            for piece in self._model.pieces(plan):
                yield limited(_faded(piece) * np.float32(gain))
        if sum(plan.samples for plan in plans) > LONG_CLAUSE_S * RATE_HZ:
            give_back_memory()

    @cached_property
    def _model(self) -> KokoroModel:
        try:
            return loaded(self._file, self._cache, self._threads)
        except Exception as error:  # onnx, protobuf and onnxruntime each raise their own kinds
            raise ModelError(
                f"The voice {self._file} is damaged or of another kind.", "Install it anew, or choose another voice."
            ) from error

    def _gain_now(self) -> float:
        """What makes this voice as loud as any other; measured once."""
        with self._loading:
            if self._gain is None:
                (part,) = _parts(phonemes(LEVEL_TEXT, espeak_voice("en", self._name)))
                sound = np.concatenate(list(self._model.pieces(self._model.plan(part, self._style, 1.0))))
                self._gain = gain_of(sound)
            return self._gain

    def _phonemes(self, text: str) -> str:
        return phonemes(text, self._espeak_voice)

    def _words(self, text: str, plans: Sequence[Plan], duration_s: float) -> tuple[SpokenWord, ...]:
        words = text.split()
        isolated = [re.sub(r"[^\w]", "", self._phonemes(word)) for word in words]
        lengths_s = [plan.samples / RATE_HZ for plan in plans]
        groups = phoneme_groups(zip(map(_alignment, plans), lengths_s, strict=True), RATE_HZ) or []
        return placed(words, match_words(isolated, groups), duration_s)


def _alignment(plan: Plan) -> list[PhonemeAlignment]:
    """The symbols of a plan with their lengths, in Piper's terms."""
    from piper.voice import PhonemeAlignment

    lengths = np.diff(plan.ends, prepend=0) * FRAME_SAMPLES
    return [
        PhonemeAlignment(phoneme="," if symbol in MARKS else symbol, phoneme_ids=[], num_samples=int(length))
        for symbol, length in zip(plan.spelled, lengths, strict=True)
    ]


def _parts(spelled: str) -> list[str]:
    """`spelled` in parts that the model takes at once, cut between words; nothing that is no sound stands alone."""
    parts: list[str] = []
    for word in spelled.split():
        if parts and len(parts[-1]) + 1 + len(word) <= LONGEST_TOKENS:
            parts[-1] += f" {word}"
        else:
            parts.append(word[:LONGEST_TOKENS])
    return [part for part in parts if not MARKS.issuperset(part.replace(" ", ""))]


def _faded(piece: Samples) -> Samples:
    """`piece` with its ends brought to silence: the pause between two is none of the same sound."""
    count = min(round(FADE_S * RATE_HZ), len(piece) // 2)
    ramp = np.linspace(0.0, 1.0, count, dtype=np.float32)
    return np.concatenate(
        (piece[:count] * ramp, piece[count : len(piece) - count], piece[len(piece) - count :] * ramp[::-1])
    )
