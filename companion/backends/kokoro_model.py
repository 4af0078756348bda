"""Kokoro cut in two, so that the length of a clause and the end of every word are known before its sound is made.

The first half plans a clause: how long each symbol lasts, its melody and its loudness. It is quick (50 ms for 4.6 s
of speech). The second half, an iSTFTNet, makes the sound, and takes all the time: about 0.45 s for each second on two
cores. It normalises over all that it is given, so it cannot be cut just anywhere; where the plan has a pause it can:
the level there is below -60 dB at best, and on either side within 0.1 dB of what it is in one go.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias, cast

import numpy as np
from numpy.typing import NDArray

from companion.backends.kept_models import made_once
from companion.backends.kokoro_phonemes import MARKS, tokens
from companion.backends.kokoro_styles import Style
from companion.core.audio import Samples, level_db

if TYPE_CHECKING:
    import onnx
    from onnxruntime import SessionOptions

RATE_HZ = 24_000
FRAME_SAMPLES = 600
"""The plan counts in frames of 25 ms."""

LEAD_FRAMES = 4
TAIL_FRAMES = 4
"""Kept before the first symbol that is a sound, and behind the last: the rest is silence, which a reply adds itself."""

SHORTEST_PIECE_FRAMES = 32
"""Less than 0.8 s at a time sounds otherwise than as a part of the whole."""

SOUND_LEADS_FRAMES = 3
"""A sound is heard by so much before its place in the plan."""

SILENT_DB = -50.0
"""A clause is cut only where it is quieter."""

_PLAN = ("/encoder/MatMul_1_output_0", "/encoder/Reshape_output_0", "/encoder/Reshape_1_output_0")
"""What the second half takes beside the style, in kokoro-onnx's export: sounds, melody, loudness."""

_Planned: TypeAlias = tuple[NDArray[np.float32], ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """A clause, planned and not yet sound."""

    spelled: str
    """Its symbols."""
    ends: NDArray[np.int64]
    """Where each symbol ends, in frames from the start of what is said."""
    first: int
    last: int
    """The frames that are said, of those that were planned."""
    planned: _Planned
    style: NDArray[np.float32]
    """Shape (1, 256)."""

    @property
    def samples(self) -> int:
        return (self.last - self.first) * FRAME_SAMPLES


class KokoroModel:
    """A Kokoro model, loaded; any number of voices may speak with it, one at a time."""

    def __init__(self, file: Path, cache: Path, threads: int) -> None:
        """`cache`: folder for the two halves, which are made once. Raises what onnx and onnxruntime raise."""
        from onnxruntime import InferenceSession

        front, back = made_once(file, cache, _cut)
        options = _options(threads)
        self._front = InferenceSession(front, options, providers=["CPUExecutionProvider"])
        self._back = InferenceSession(back, options, providers=["CPUExecutionProvider"]) if back else None
        self._tokens_name = self._front.get_inputs()[0].name
        self._running = threading.Lock()

    def plan(self, spelled: str, style: Style, speed: float) -> Plan:
        """Plan symbols that the vocabulary has, at most 510 of them and at least one that is a sound."""
        row = style[min(len(spelled), len(style)) - 1].reshape(1, -1)
        given = {
            self._tokens_name: np.array([[0, *tokens(spelled), 0]], dtype=np.int64),
            "style": row,
            "speed": np.array([speed], dtype=np.float32),
        }
        with self._running:
            *planned, durations = self._front.run(None, given)
        edges = np.cumsum(durations.reshape(-1).astype(np.int64))[:-1]  # where each begins, the end mark last
        sounds = [place for place, symbol in enumerate(spelled) if symbol not in MARKS and symbol != " "]
        first = max(0, int(edges[sounds[0]]) - LEAD_FRAMES)
        last = min(int(durations.sum()), int(edges[sounds[-1] + 1]) + TAIL_FRAMES)
        return Plan(spelled, np.clip(edges[1:], first, last) - first, first, last, tuple(planned), row)

    def pieces(self, plan: Plan) -> Iterator[Samples]:
        """The sound of a plan in pieces, each made when it is asked for; `Plan.samples` in all. Blocking."""
        start = plan.first
        for low, high in _pauses(plan) if self._back else ():
            if low - start < SHORTEST_PIECE_FRAMES:
                continue
            sound = self._from(plan, start, high)
            cut = _quietest(sound, low - start, high - start)
            if cut is not None:
                yield sound[: cut * FRAME_SAMPLES]
                start += cut
        yield self._from(plan, start, plan.last)

    def _from(self, plan: Plan, start: int, stop: int) -> Samples:
        """The sound of the frames `start` to `stop`; the silence around a clause is given to the model too."""
        low = 0 if start == plan.first else start
        high = plan.planned[0].shape[-1] if stop == plan.last and self._back else stop
        sound = self._sound(plan, low, high)
        return sound[(start - low) * FRAME_SAMPLES : (stop - low) * FRAME_SAMPLES]

    def _sound(self, plan: Plan, low: int, high: int) -> Samples:
        if self._back is None:
            return plan.planned[0].reshape(-1)
        sounds, melody, loudness = plan.planned
        given = (sounds[..., low:high], melody[..., 2 * low : 2 * high], loudness[..., 2 * low : 2 * high], plan.style)
        with self._running:
            made = self._back.run(None, dict(zip((*_PLAN, "style"), given, strict=True)))[0]
        return cast(Samples, made.reshape(-1))


@lru_cache(maxsize=1)
def loaded(file: Path, cache: Path, threads: int) -> KokoroModel:
    """The model in `file`: voices of several languages share it. Raises what onnx and onnxruntime raise."""
    return KokoroModel(file, cache, threads)


def _pauses(plan: Plan) -> list[tuple[int, int]]:
    """Where a mark makes the voice pause: the frames around it, of those that were planned."""
    found = []
    for place, symbol in enumerate(plan.spelled[:-1]):
        if symbol in MARKS and plan.spelled[place + 1] == " " and place > 0:
            low, high = plan.ends[place - 1] - SOUND_LEADS_FRAMES, plan.ends[place + 1]
            if plan.last - plan.first - high >= SHORTEST_PIECE_FRAMES:
                found.append((plan.first + int(low), plan.first + int(high)))
    return found


def _quietest(sound: Samples, low: int, high: int) -> int | None:
    """The quietest place between two frames, from `low` to `high`; None if the voice does not really pause there."""
    half = FRAME_SAMPLES // 2
    levels = {cut: level_db(sound[cut * FRAME_SAMPLES - half : cut * FRAME_SAMPLES + half]) for cut in range(low, high)}
    best = min(levels, key=lambda cut: levels[cut])
    return best if levels[best] < SILENT_DB else None


def _cut(file: Path) -> tuple[bytes, bytes | None]:
    """Both halves; the second is None for an export of other names: then the first makes the sound too."""
    import onnx
    from onnx.utils import Extractor

    model = onnx.load(str(file))
    tokens_name, sound = model.graph.input[0].name, model.graph.output[0].name
    durations = _durations(model)
    made = {name for node in model.graph.node for name in node.output}
    extractor = Extractor(model)
    given = [tokens_name, "style", "speed"]
    if not made.issuperset(_PLAN):
        return extractor.extract_model(given, [sound, durations]).SerializeToString(), None
    front = extractor.extract_model(given, [*_PLAN, durations])
    return front.SerializeToString(), extractor.extract_model([*_PLAN, "style"], [sound]).SerializeToString()


def _durations(model: onnx.ModelProto) -> str:
    """What tells how many frames each symbol lasts: the only thing that is rounded, and is then at least 1."""
    rounded = {node.output[0] for node in model.graph.node if node.op_type == "Round"}
    found = [node.output[0] for node in model.graph.node if node.op_type == "Clip" and node.input[0] in rounded]
    if len(found) != 1:
        raise ValueError("it does not tell how long its sounds last")
    return str(found[0])


def _options(threads: int) -> SessionOptions:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    # See piper_model: spinning threads would take the processor from the language model, an arena keeps memory.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    options.enable_cpu_mem_arena = False
    options.enable_mem_pattern = False
    return options
