"""Whisper's text decoder with a draft: what was understood a moment ago is checked in one pass, the rest is written.

A turn is transcribed again and again as it grows, and most of each transcript stands in the one before. A token of the
draft is taken only where the decoder would have written it itself; but for ties that rounding decides, the result is
that of writing it anew. Measured on two cores, 40 sentences: CTranslate2 82 ms (tiny) and 148 (base), anew 43 and 82,
with a draft 20 and 37.
"""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import numpy as np
from numpy.typing import NDArray

from companion.backends import whisper_graph
from companion.backends.kept_models import made_once
from companion.backends.made_models import made_by
from companion.backends.whisper_graph import HEAD_SIZE, decoder_weights, layers
from companion.backends.whisper_tokens import TokenRules

LOOK_AHEAD = 16
"""Tokens of a draft that are checked together once a token of it was wrong."""

NEAR = 4
"""A token is looked for so many places further on in the draft: what stands between was left out."""


@dataclass(frozen=True, slots=True)
class Written:
    """What the decoder wrote of a sound."""

    tokens: list[int]
    """Without the end-of-text token."""
    log_probability: float
    """Mean over the tokens and their end."""
    no_speech: float


class WhisperDecoder:
    """Writes transcripts greedily. Serves one sound at a time; blocking."""

    def __init__(self, model: Path, threads: int, cache: Path | None = None) -> None:
        """`model`: CTranslate2's model.bin. `cache`: folder for what is made of it once.

        Raises ValueError for a model of another kind, and what onnx and onnxruntime raise.
        """
        from onnxruntime import InferenceSession, SessionOptions

        options = SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        # An arena keeps room for the longest transcript ever.
        options.enable_cpu_mem_arena = options.enable_mem_pattern = False
        # Spinning threads would take the processor from the language model.
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        weights = decoder_weights(model)
        step, cross = made_once(model, cache, _step_and_cross) if cache else _step_and_cross(model)
        self._step = InferenceSession(step, options, providers=["CPUExecutionProvider"])
        self._cross = InferenceSession(cross, options, providers=["CPUExecutionProvider"])
        self._embeddings = weights["decoder/embeddings/weight"]
        self._positions = np.asarray(weights["decoder/position_encodings/encodings"], np.float32)
        self._layers = layers(weights)
        self._looked_up: dict[str, NDArray[np.float32]] = {}
        self._kept: dict[str, NDArray[np.float32]] = {}
        self._read = 0
        self._draft: list[int] = []

    @property
    def vocabulary(self) -> int:
        """How many tokens there are."""
        return len(self._embeddings)

    def hear(self, memory: NDArray[np.float32]) -> None:
        """Take another sound: `memory` (F, d) is the encoder's output."""
        found = self._cross.run(None, {"memory": memory})
        names = [f"c{kind}{layer}" for layer in range(self._layers) for kind in "kv"]
        self._looked_up = dict(zip(names, found, strict=True))
        self._forget(0)

    def after(self, start: int) -> NDArray[np.float32]:
        """Logits (vocabulary,) of the token behind `start` alone."""
        self._forget(0)
        return cast(NDArray[np.float32], self._run([start])[0])

    def write(self, prompt: Sequence[int], rules: TokenRules, bound: int) -> Written:
        """What was said, at most `bound` tokens. `prompt` ends where the transcript begins."""
        self._forget(0)
        checked = self._draft[:bound]
        later: list[int] = []
        rows = self._run([*prompt, *checked])
        no_speech = rules.no_speech(rows[list(prompt).index(rules.start)])
        rows = rows[len(prompt) - 1 :]
        tokens: list[int] = []
        total = 0.0
        while len(tokens) < bound:
            token, log_probability = rules.choose(rows[0], tokens)
            total += log_probability
            if token == rules.end:
                break
            tokens.append(token)
            if checked and checked[0] == token:
                checked, rows = checked[1:], rows[1:]
            else:
                checked, later = _resynchronized(checked or later, token)
                self._forget(len(prompt) + len(tokens) - 1)
                rows = self._run([token, *checked])
        self._draft = tokens
        return Written(tokens, total / (len(tokens) + 1), no_speech)

    def _forget(self, length: int) -> None:
        """Know only the first `length` tokens."""
        self._read = length
        if length:
            self._kept = {name: value[:, :length] for name, value in self._kept.items()}
        else:
            nothing = np.zeros((self._positions.shape[1] // HEAD_SIZE, 0, HEAD_SIZE), np.float32)
            self._kept = {f"p{kind}{layer}": nothing for layer in range(self._layers) for kind in "kv"}

    def _run(self, tokens: Sequence[int]) -> NDArray[np.float32]:
        """Logits (T, vocabulary) behind each of `tokens`, which follow those that were read."""
        before, behind = self._read, self._read + len(tokens)
        x = np.asarray(self._embeddings[list(tokens)], np.float32) + self._positions[before:behind]
        mask = np.triu(np.full((len(tokens), behind), -np.inf, np.float32), before + 1)
        logits, *kept = self._step.run(None, {"x": x, "mask": mask, **self._kept, **self._looked_up})
        self._kept = dict(zip(self._kept, kept, strict=True))
        self._read = behind
        result: NDArray[np.float32] = logits
        return result


def _step_and_cross(model: Path) -> tuple[bytes, bytes]:
    """Made by a process of its own, or here where none can be started."""
    try:
        cross, step = made_by(whisper_graph, model, 2)
    except (OSError, subprocess.SubprocessError):
        cross, step = whisper_graph.graphs(decoder_weights(model))
    return step, cross


def _resynchronized(draft: list[int], token: int) -> tuple[list[int], list[int]]:
    """What to check together behind `token`, and what may come later: `token` was written where `draft` begins with
    another, or to find the place again. Where it does not stand in the draft, the next tokens tell whether it was
    written instead of one or before it."""
    near = draft[: 1 + NEAR]
    if token in near:
        return draft[near.index(token) + 1 :][:LOOK_AHEAD], []
    return [], draft
