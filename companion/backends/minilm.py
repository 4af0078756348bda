"""What texts mean, by a small sentence encoder (all-MiniLM-L6-v2 and its kin) in ONNX Runtime."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from companion.backends import minilm_graph
from companion.backends.heap import loading
from companion.backends.kept_models import made_once
from companion.backends.made_models import made_by
from companion.core.engines import EngineInfo
from companion.core.errors import EngineError, ModelError

MAX_TOKENS = 128
"""Of a longer text only the beginning counts: the model was trained on so many."""
BATCH_TEXTS = 16
"""More at once takes memory and is no faster on a processor."""


class MiniLm:
    """Embedder on a folder's ONNX file with its tokenizer.json; 384 dimensions, the mean over all tokens."""

    def __init__(self, file: Path, threads: int = 2, cache: Path | None = None) -> None:
        """`cache`: folder for a copy that takes less memory (`minilm_graph`)."""
        self._file = file
        self._cache = cache
        self._threads = threads
        self._session: Any = None
        self._tokenizer: Any = None

    def info(self) -> EngineInfo:
        return EngineInfo("memory", "ONNX Runtime", self._file.parent.name)

    def warm_up(self) -> None:
        """Load and run once. Blocking."""
        self.embed(["hello"])

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        if self._session is None:
            with loading():
                self._load()
                self._run([[0]])
        encoded = self._tokenizer.encode_batch(list(texts))
        by_length = sorted(range(len(texts)), key=lambda index: len(encoded[index].ids))
        vectors = np.zeros((len(texts), 384), np.float32)
        for start in range(0, len(texts), BATCH_TEXTS):
            batch = by_length[start : start + BATCH_TEXTS]
            vectors[batch] = self._run([encoded[index].ids for index in batch])
        return vectors

    def _run(self, tokens: Sequence[Sequence[int]]) -> NDArray[np.float32]:
        ids = np.zeros((len(tokens), max(map(len, tokens))), np.int64)
        mask = np.zeros_like(ids)
        for row, given in enumerate(tokens):
            ids[row, : len(given)] = given
            mask[row, : len(given)] = 1
        try:
            (states,) = self._session.run(
                None, {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
            )
        except Exception as error:  # onnxruntime raises its own kinds, none of them public
            raise EngineError(
                "The model of meanings failed.", "Until then, what was said is found by its words."
            ) from error
        mean = (states * mask[:, :, np.newaxis]).sum(axis=1) / mask.sum(axis=1, keepdims=True)
        return np.asarray(mean / np.linalg.norm(mean, axis=1, keepdims=True), np.float32)

    def _lighter(self) -> str | bytes | None:
        """None where it cannot be made, as of a damaged file."""
        if self._cache is None:
            return None
        with suppress(OSError, subprocess.SubprocessError):
            return made_once(self._file, self._cache, lambda file: (made_by(minilm_graph, file, 1)[0], None))[0]
        return None

    def _load(self) -> None:
        import onnxruntime
        from tokenizers import Tokenizer

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = self._threads
        options.inter_op_num_threads = 1
        # Without these it keeps as much memory as the longest batch took, and burns a core between questions.
        options.enable_cpu_mem_arena = False
        options.enable_mem_pattern = False
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        try:
            self._tokenizer = Tokenizer.from_file(str(self._file.with_name("tokenizer.json")))
            model = self._lighter() or str(self._file)
            self._session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
        except Exception as error:  # both raise their own kinds, none of them public
            raise ModelError(
                f"The model of meanings {self._file} is damaged or of another kind.",
                "Install it anew: companion models install minilm-l6-v2",
            ) from error
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(MAX_TOKENS)
