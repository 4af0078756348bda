"""A Piper voice cut in two, so that a clause can be heard before all of its sound is made.

The first half (text encoder, durations, flow) plans the whole clause in one go: rhythm and melody are those of the
clause, and its length and the end of every word are known at once. The second half (a HiFi-GAN decoder: convolutions
alone) turns the plan into sound, and may do so piece by piece: a sample depends on few frames of the plan around it.
Measured on joe, 2 cores: a clause of 3 s takes 109 ms as a whole, 36 ms to its first third of a second.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias, cast

import numpy as np
from numpy.typing import NDArray

from companion.backends.kept_models import made_once
from companion.core.audio import Samples

if TYPE_CHECKING:
    import onnx
    from onnxruntime import InferenceSession, SessionOptions
    from piper.config import PiperConfig, SynthesisConfig
    from piper.voice import PhonemeAlignment

MARGIN_FRAMES = 16
"""Frames on either side of a piece that its sound depends on: 11 in a medium voice, 14 in a high one."""

_DECODER = "/dec/"
"""What the names of the decoder's nodes begin with, in every voice that Piper's own trainer exported."""

_Plan: TypeAlias = dict[str, NDArray[np.float32]]


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence, planned and not yet sound."""

    plan: _Plan
    frames: int
    phonemes: Sequence[PhonemeAlignment] | None
    """As they will be spoken, with their lengths; None if the voice does not tell."""


class SplitVoice:
    """A Piper voice, loaded."""

    def __init__(self, file: Path, cache: Path, config: PiperConfig, threads: int) -> None:
        """`cache`: folder for the two halves, which are made once. Raises what onnx and onnxruntime raise."""
        from onnxruntime import InferenceSession
        from piper import PiperVoice

        front, back = made_once(file, cache, _cut)
        options = _options(threads)
        self._decoder = InferenceSession(back, options, providers=["CPUExecutionProvider"]) if back else None
        self._planner = _Planner(
            InferenceSession(front, options, providers=["CPUExecutionProvider"]),
            [given.name for given in self._decoder.get_inputs()] if self._decoder else [],
        )
        self._piper = PiperVoice(session=self._planner, config=config)
        self._frame_samples = config.hop_length if self._decoder else 1
        self.tells_words = self._planner.tells_durations
        """Whether `Sentence.phonemes` are known."""

    def phonemes_of(self, word: str) -> str:
        """The phonemes of a word spoken alone."""
        return "".join("".join(part) for part in self._piper.phonemize(word))

    def plan(self, text: str, synthesis: SynthesisConfig) -> list[Sentence]:
        """Each sentence of `text`. Blocking, about 10 ms and 8 ms for each second of speech."""
        chunks = self._piper.synthesize(text, synthesis, include_alignments=True)
        return [
            Sentence(
                plan := self._planner.take(), max(part.shape[-1] for part in plan.values()), chunk.phoneme_alignments
            )
            for chunk in chunks
        ]

    def samples_of(self, sentence: Sentence) -> int:
        """How many samples its sound has."""
        return sentence.frames * self._frame_samples

    def sound(self, sentence: Sentence, start: int, stop: int) -> Samples:
        """Samples `start` to `stop`, which are rounded to whole frames. Blocking, about 21 ms for each second."""
        first, last = start // self._frame_samples, -(-stop // self._frame_samples)
        if self._decoder is None:
            (audio,) = sentence.plan.values()
            return audio.reshape(-1)[first:last]
        low, high = max(0, first - MARGIN_FRAMES), min(sentence.frames, last + MARGIN_FRAMES)
        # What has no time axis (the speaker, in a voice of many) is given as it is.
        window = {
            name: part[..., low:high] if part.shape[-1] == sentence.frames else part
            for name, part in sentence.plan.items()
        }
        audio = self._decoder.run(None, window)[0].reshape(-1)
        return cast(Samples, audio[(first - low) * self._frame_samples : (last - low) * self._frame_samples])

    def pieces(self, sentence: Sentence, lengths: Iterator[int], start: int, stop: int) -> Iterator[Samples]:
        """The sound from sample `start` to `stop`, in pieces of about `lengths` samples."""
        while start < stop:
            piece = self.sound(sentence, start, min(stop, start + next(lengths)))
            yield piece
            start += len(piece)


class _Planner:
    """What PiperVoice takes for its session: it runs the first half and keeps the plan for `take`."""

    def __init__(self, session: InferenceSession, plan_names: list[str]) -> None:
        """`plan_names`: the outputs that make up the plan; none: the session makes sound itself."""
        self._session = session
        self._names = [given.name for given in session.get_outputs()]
        self._plan_names = plan_names or self._names[:1]
        self._plan: _Plan = {}
        self.tells_durations = len(self._names) > len(self._plan_names)

    def run(self, _names: None, inputs: dict[str, Any]) -> list[Any]:
        """As InferenceSession: no sound yet, and the durations if the voice tells them."""
        values = dict(zip(self._names, self._session.run(None, inputs), strict=True))
        self._plan = {name: values.pop(name) for name in self._plan_names}
        return [np.zeros(1, dtype=np.float32), *values.values()]

    def take(self) -> _Plan:
        return self._plan


def _options(threads: int) -> SessionOptions:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    # Spinning threads would take the processor from the language model between clauses.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    # Clauses differ in length, and an arena keeps room for the longest one ever: 340 MB where 175 do. The price
    # is about a quarter more time, which is 10 ms for a first clause.
    options.enable_cpu_mem_arena = False
    options.enable_mem_pattern = False
    return options


def _cut(file: Path) -> tuple[bytes, bytes | None]:
    import onnx
    from onnx.utils import Extractor
    from piper.patch_voice_with_alignment import add_alignment_output

    model = onnx.load(str(file))
    with contextlib.suppress(ValueError):  # patched already, or a kind of voice without durations
        add_alignment_output(model)
    crossing = _crossing(model)
    if not crossing:
        return model.SerializeToString(), None
    extractor = Extractor(model)
    given = [each.name for each in model.graph.input]
    sound, *durations = [each.name for each in model.graph.output]
    front = extractor.extract_model(given, [*crossing, *durations])
    return front.SerializeToString(), extractor.extract_model(crossing, [sound]).SerializeToString()


def _crossing(model: onnx.ModelProto) -> list[str]:
    """What the decoder takes from the rest of the voice; none if it cannot be told where it begins."""
    decoder = [node for node in model.graph.node if node.name.startswith(_DECODER)]
    own = {name for node in decoder for name in node.output} | {each.name for each in model.graph.initializer}
    own |= {name for node in model.graph.node if node.op_type == "Constant" for name in node.output}
    return list(dict.fromkeys(name for node in decoder for name in node.input if name and name not in own))
