"""Text to speech by Piper, with the end of every word, so that an interrupted sentence is remembered exactly."""

from __future__ import annotations

import json
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from companion.backends.heap import give_back_memory
from companion.core.audio import Samples, seconds, silence
from companion.core.engines import EngineInfo, SpokenWord, Voiced
from companion.core.errors import EngineError, ModelError

if TYPE_CHECKING:
    from piper import PiperVoice
    from piper.config import SynthesisConfig
    from piper.voice import AudioChunk

NEUTRAL = 0.5
"""The expressiveness at which a voice varies as its makers set it."""

MAX_CLAUSE_CHARACTERS = 1000
"""A clause is bounded long before this; a text this long would hold the thread for seconds."""

LONG_CLAUSE_S = 2.5
"""After a clause this long memory is given back; shorter ones need little, and the first one is waited for."""


class Piper:
    """Synthesizer on a Piper voice: an .onnx file with its .onnx.json beside it."""

    def __init__(
        self,
        file: Path,
        cache: Path,
        speed: float = 1.0,
        expressiveness: float = NEUTRAL,
        volume: float = 1.0,
        threads: int = 2,
    ) -> None:
        """`cache`: folder for the copy of the voice that also tells its timing.

        `speed` 0.5 to 2; `expressiveness` 0 to 1 scales the voice's own variation of tone and rhythm.
        """
        self._file = file
        self._cache = cache
        self._speed = speed
        self._expressiveness = expressiveness
        self._volume = volume
        self._threads = threads
        self._loading = threading.Lock()
        self._loaded: PiperVoice | None = None
        self._config = _read_config(file)

    def info(self) -> EngineInfo:
        return EngineInfo("voice", "Piper", self._file.stem)

    @property
    def rate_hz(self) -> int:
        return int(self._config["audio"]["sample_rate"])

    def warm_up(self) -> None:
        self.voice("Hello there.")

    def voice(self, text: str) -> Voiced:
        voice = self._voice()
        if len(text) > MAX_CLAUSE_CHARACTERS:
            raise EngineError("That sentence is too long to speak.", "It is shown instead.")
        chunks = list(voice.synthesize(text, self._synthesis(voice), include_alignments=True))
        if not chunks:
            return Voiced(silence(0, self.rate_hz))
        samples: Samples = np.concatenate([chunk.audio_float_array for chunk in chunks]).astype(np.float32)
        if seconds(samples, self.rate_hz) > LONG_CLAUSE_S:
            give_back_memory()
        return Voiced(samples, self._words(voice, text, chunks, seconds(samples, self.rate_hz)))

    def _voice(self) -> PiperVoice:
        with self._loading:
            if self._loaded is None:
                self._loaded = _load(self._file, self._cache, self._threads)
            return self._loaded

    def _synthesis(self, voice: PiperVoice) -> SynthesisConfig:
        from piper.config import SynthesisConfig

        variation = self._expressiveness / NEUTRAL
        return SynthesisConfig(
            length_scale=voice.config.length_scale / self._speed,
            noise_scale=voice.config.noise_scale * variation,
            noise_w_scale=voice.config.noise_w_scale * variation,
            volume=self._volume,
        )

    def _words(
        self, voice: PiperVoice, text: str, chunks: list[AudioChunk], duration_s: float
    ) -> tuple[SpokenWord, ...]:
        words = text.split()
        isolated = ["".join("".join(part) for part in voice.phonemize(word)) for word in words]
        groups = _phoneme_groups(chunks, self.rate_hz)
        if groups is None:
            return _spread(words, [len(phonemes) or 1 for phonemes in isolated], duration_s)
        ends = match_words(isolated, groups)
        return tuple(SpokenWord(word, min(end, duration_s)) for word, end in zip(words, ends, strict=True))


def match_words(words: list[str], groups: list[tuple[str, float]]) -> list[float]:
    """End of each of `words` in seconds.

    `words`: the phonemes of each written word spoken alone. `groups`: the phonemes between spaces as
    they were spoken, each with its end in seconds. espeak may join words ("of the") or split one
    ("e.g."), so both sequences are aligned: the cheapest way to pair runs of words with runs of
    groups, one of the two runs being of length one.
    """
    count, total = len(words), len(groups)
    if not groups:
        return [0.0] * count
    infinite = float("inf")
    cost = [[infinite] * (total + 1) for _ in range(count + 1)]
    step: list[list[tuple[int, int]]] = [[(0, 0)] * (total + 1) for _ in range(count + 1)]
    cost[0][0] = 0.0
    runs = [(1, 1), *((n, 1) for n in range(2, 5)), *((1, n) for n in range(2, 7)), (1, 0), (0, 1)]
    for i in range(count + 1):
        for j in range(total + 1):
            for di, dj in runs:
                if di <= i and dj <= j and cost[i - di][j - dj] < infinite:
                    said = sum(len(word) for word in words[i - di : i])
                    spoken = sum(len(phonemes) for phonemes, _ in groups[j - dj : j])
                    price = cost[i - di][j - dj] + abs(said - spoken) + 0.5 * (di + dj - 2 if di and dj else 3)
                    if price < cost[i][j]:
                        cost[i][j], step[i][j] = price, (di, dj)
    ends = [0.0] * count
    i, j = count, total
    while i > 0 or j > 0:
        di, dj = step[i][j]
        start = groups[j - dj - 1][1] if j - dj > 0 else 0.0
        end = groups[j - 1][1] if j > 0 else 0.0
        weights = np.cumsum([len(word) or 1 for word in words[i - di : i]], dtype=float)
        for k in range(di):
            ends[i - di + k] = float(start + (end - start) * weights[k] / weights[-1])
        i, j = i - di, j - dj
    return ends


def _phoneme_groups(chunks: list[AudioChunk], rate_hz: int) -> list[tuple[str, float]] | None:
    """Phonemes between spaces with the end of each group in seconds; None if the voice does not tell."""
    groups: list[tuple[str, float]] = []
    offset_s = 0.0
    for chunk in chunks:
        if chunk.phoneme_alignments is None:
            return None
        phonemes, at_s, end_s = "", offset_s, offset_s
        for part in chunk.phoneme_alignments:
            at_s += part.num_samples / rate_hz
            if part.phoneme == " ":
                if phonemes:
                    groups.append((phonemes, end_s))
                phonemes = ""
            elif part.phoneme not in "^$.,;:!?—…":
                phonemes += part.phoneme
                end_s = at_s
        if phonemes:
            groups.append((phonemes, end_s))
        offset_s += seconds(chunk.audio_float_array, rate_hz)
    return groups


def _spread(words: list[str], weights: list[int], duration_s: float) -> tuple[SpokenWord, ...]:
    """Word ends in proportion to the number of phonemes, where the voice does not tell them."""
    ends = np.cumsum(weights) / max(1, sum(weights)) * duration_s
    return tuple(SpokenWord(word, float(end)) for word, end in zip(words, ends, strict=True))


def _read_config(file: Path) -> dict[str, Any]:
    path = file.with_name(file.name + ".json")
    try:
        config = json.loads(path.read_text(encoding="utf-8"))
        int(config["audio"]["sample_rate"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelError(
            f"The voice {file.name} has no readable {path.name} beside it.",
            "A Piper voice is two files, .onnx and .onnx.json; put both into one folder.",
        ) from error
    return dict(config)


def _load(file: Path, cache: Path, threads: int) -> PiperVoice:
    import onnxruntime
    from piper import PiperVoice
    from piper.config import PiperConfig

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    # Spinning threads would take the processor from the language model between clauses.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    # Clauses differ in length, and an arena keeps room for the longest one ever: 340 MB where 175 do. The price
    # is about a quarter more time, which is 10 ms for a first clause.
    options.enable_cpu_mem_arena = False
    options.enable_mem_pattern = False
    try:
        config = PiperConfig.from_dict(_read_config(file))
        aligned = _with_timing(file, cache)
        session = onnxruntime.InferenceSession(str(aligned), options, providers=["CPUExecutionProvider"])
    except ModelError:
        raise
    except Exception as error:  # onnx, protobuf and onnxruntime each raise their own kinds
        raise ModelError(
            f"The voice {file} is damaged or of another kind.", "Install it anew, or choose another voice."
        ) from error
    return PiperVoice(session=session, config=config)


def _with_timing(file: Path, cache: Path) -> Path:
    """A copy of the voice whose durations are an output too, made once; the voice itself if it cannot be."""
    status = file.stat()
    copy = cache / f"{file.stem}-{status.st_size}-{int(status.st_mtime)}.timed.onnx"
    if copy.is_file():
        return copy
    import onnx
    from piper.patch_voice_with_alignment import add_alignment_output

    model = onnx.load(str(file))
    try:
        add_alignment_output(model)
    except ValueError:  # patched already, or a kind of voice without durations
        return file
    try:
        cache.mkdir(parents=True, exist_ok=True)
        unfinished = copy.with_suffix(".partial")
        unfinished.write_bytes(model.SerializeToString())
        unfinished.replace(copy)
    except OSError:  # a full or read-only disk costs exactness, not the voice
        return file
    return copy
