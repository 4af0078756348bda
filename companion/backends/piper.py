"""Text to speech by Piper, with the end of every word, so that an interrupted sentence is remembered exactly."""

from __future__ import annotations

import itertools
import json
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from companion.backends.heap import give_back_memory, loading
from companion.backends.loudness import LEVEL_TEXT, gain_of, limited
from companion.backends.piper_speakers import speaker_number
from companion.backends.piper_words import match_words, phoneme_groups, placed, spread
from companion.core.audio import Samples, silence
from companion.core.engines import EngineInfo, SpokenWord, Tone, Voiced, VoiceStream
from companion.core.errors import EngineError, ModelError
from companion.core.voice_names import joined

if TYPE_CHECKING:
    from piper.config import SynthesisConfig

    from companion.backends.piper_model import Sentence, SplitVoice

AS_MADE = Tone()
"""At its expressiveness a voice varies as its makers set it."""

MAX_CLAUSE_CHARACTERS = 1000
"""A clause is bounded long before this; a text this long would hold the thread for seconds."""

LONG_CLAUSE_S = 2.5
"""After a clause this long memory is given back; shorter ones need little, and the first one is waited for."""

PIECES_S = (0.5, 0.8, 1.5)
"""A clause is made in pieces of so many seconds, so that it begins to be played soon: each takes less time than the one
before it lasts even beside other work that takes most of the processor, and no gap is heard. With 2 s for the second,
there was one of 80 ms in 32 turns."""

JOIN_S = 0.004
"""Where two parts of a sentence join, each fades so briefly that no click is heard, and no gap."""

LAST_PIECE_S = 2.0
"""Length of the further pieces: longer ones save nothing, and need more memory at a time."""


class Piper:
    """Synthesizer on a Piper voice: an .onnx file with its .onnx.json beside it."""

    def __init__(
        self,
        file: Path,
        cache: Path,
        tone: Tone = AS_MADE,
        threads: int = 2,
        speaker: str = "",
    ) -> None:
        """`cache`: folder for the copy of the voice that is cut in two (`piper_model`).

        `speaker`: by name or number, in a voice of many; empty is the first. Raises ModelError if there is none such.
        """
        self._file = file
        self._cache = cache
        self._tone = tone
        self._threads = threads
        self._loading = threading.Lock()
        self._loaded: SplitVoice | None = None
        self._gain = 1.0
        self._config = _read_config(file)
        self._language = _language_of(self._config)
        self._speaker_name = speaker
        self._speaker = speaker_number(self._config, speaker, file.stem)

    def info(self) -> EngineInfo:
        return EngineInfo("voice", "Piper", joined(self._file.stem, self._speaker_name), language=self._language)

    @property
    def rate_hz(self) -> int:
        return int(self._config["audio"]["sample_rate"])

    def warm_up(self) -> None:
        self.voice("Hello there.")

    def tune(self, tone: Tone) -> None:
        self._tone = tone

    def voice(self, text: str) -> Voiced:
        stream = self.begin(text)
        return Voiced(np.concatenate((silence(0, self.rate_hz), *stream.pieces)), stream.words)

    def begin(self, text: str) -> VoiceStream:
        voice, sentences = self._planned(text)
        samples = sum(map(voice.samples_of, sentences))
        words = self._words(voice, text, sentences)
        return VoiceStream(samples / self.rate_hz, words, self._pieces(voice, sentences, 0, samples))

    @property
    def joins(self) -> bool:
        return self._loaded is not None and self._loaded.tells_words

    def begin_part(self, text: str, before: str, after: str) -> VoiceStream:
        """See Joins. The whole is planned anew each time, and what is asked for of it made into sound."""
        whole = " ".join(filter(None, (before, text, after)))
        voice, sentences = self._planned(whole)
        if any(sentence.phonemes is None for sentence in sentences):
            return self.begin(text)
        words = self._words(voice, whole, sentences)
        first, last = len(before.split()), len(before.split()) + len(text.split())
        samples = sum(map(voice.samples_of, sentences))
        start_s = words[first - 1].end_s if before else 0.0
        start, stop = round(start_s * self.rate_hz), round(words[last - 1].end_s * self.rate_hz) if after else samples
        own = tuple(replace(word, end_s=max(0.0, word.end_s - start_s)) for word in words[first:last])
        pieces = self._pieces(voice, sentences, start, stop)
        fade = round(JOIN_S * self.rate_hz)
        sound = _faded(pieces, fade, stop - start, bool(before), bool(after))
        return VoiceStream((stop - start) / self.rate_hz, own, sound)

    def _planned(self, text: str) -> tuple[SplitVoice, list[Sentence]]:
        voice = self._voice()
        if len(text) > MAX_CLAUSE_CHARACTERS:
            raise EngineError("That sentence is too long to speak.", "It is shown instead.")
        tone = self._tone
        return voice, voice.plan(text, self._synthesis(tone.expressiveness / AS_MADE.expressiveness, tone.speed))

    def _pieces(self, voice: SplitVoice, sentences: list[Sentence], start: int, stop: int) -> Iterator[Samples]:
        """The sound of `sentences` in a row, from sample `start` to `stop`."""
        lengths_s = itertools.chain(PIECES_S, itertools.repeat(LAST_PIECE_S))
        lengths = (round(length_s * self.rate_hz) for length_s in lengths_s)
        begins = 0
        for sentence in sentences:
            ends = begins + voice.samples_of(sentence)
            if ends > start and begins < stop:
                for piece in voice.pieces(sentence, lengths, max(0, start - begins), min(ends, stop) - begins):
                    yield limited(piece * np.float32(self._gain)) * np.float32(self._tone.volume)
            begins = ends
        if stop - start > LONG_CLAUSE_S * self.rate_hz:
            give_back_memory()

    def _voice(self) -> SplitVoice:
        with self._loading:
            if self._loaded is None:
                with loading():
                    self._loaded = _load(self._file, self._cache, self._config, self._threads)
                    self._gain = self._gain_of(self._loaded)
            return self._loaded

    def _gain_of(self, voice: SplitVoice) -> float:
        sentences = voice.plan(LEVEL_TEXT, self._synthesis(0.0, self._tone.speed))
        sound = np.concatenate([voice.sound(each, 0, voice.samples_of(each)) for each in sentences])
        return gain_of(sound)

    def _synthesis(self, variation: float, speed: float) -> SynthesisConfig:
        from piper.config import PiperConfig, SynthesisConfig

        config = PiperConfig.from_dict(self._config)
        return SynthesisConfig(
            speaker_id=self._speaker,
            length_scale=config.length_scale / speed,
            noise_scale=config.noise_scale * variation,
            noise_w_scale=config.noise_w_scale * variation,
        )

    def _words(self, voice: SplitVoice, text: str, sentences: list[Sentence]) -> tuple[SpokenWord, ...]:
        words = text.split()
        isolated = [voice.phonemes_of(word) for word in words]
        lengths_s = [voice.samples_of(sentence) / self.rate_hz for sentence in sentences]
        spoken = [sentence.phonemes for sentence in sentences]
        groups = phoneme_groups(zip(spoken, lengths_s, strict=True), self.rate_hz)
        if groups is None:
            return spread(words, [len(phonemes) or 1 for phonemes in isolated], sum(lengths_s))
        return placed(words, match_words(isolated, groups), sum(lengths_s))


def _faded(pieces: Iterator[Samples], fade: int, samples: int, behind: bool, before: bool) -> Iterator[Samples]:
    """`pieces` of `samples` in all, faded over `fade`: in where they stand `behind` a part, out `before` one."""
    rising = np.linspace(0.0, 1.0, fade, dtype=np.float32)
    given = 0
    for piece in pieces:
        length = min(fade, len(piece))
        if behind and given == 0:
            piece[:length] *= rising[:length]
        given += len(piece)
        if before and given >= samples:
            piece[len(piece) - length :] *= rising[:length][::-1]
        yield piece


def _read_config(file: Path) -> dict[str, Any]:
    path = file.with_name(file.name + ".json")
    try:
        config = json.loads(path.read_text(encoding="utf-8"))
        int(config["audio"]["sample_rate"])
        dict(config["phoneme_id_map"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelError(
            f"The voice {file.name} has no readable {path.name} beside it.",
            "A Piper voice is two files, .onnx and .onnx.json; put both into one folder.",
        ) from error
    return dict(config)


def _language_of(config: dict[str, Any]) -> str:
    """Two letters, as its description says; empty if it does not."""
    said = config.get("language"), config.get("espeak")
    family, voice = (part if isinstance(part, dict) else {} for part in said)
    return str(family.get("family") or voice.get("voice") or "")[:2].lower()


def _load(file: Path, cache: Path, config: dict[str, Any], threads: int) -> SplitVoice:
    from piper.config import PiperConfig

    from companion.backends.piper_model import SplitVoice

    try:
        return SplitVoice(file, cache, PiperConfig.from_dict(config), threads)
    except Exception as error:  # onnx, protobuf and onnxruntime each raise their own kinds
        raise ModelError(
            f"The voice {file} is damaged or of another kind.", "Install it anew, or choose another voice."
        ) from error
