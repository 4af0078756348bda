"""End-of-turn detection by Smart Turn v3 (BSD-2): hears from the sound whether a sentence is finished.

The model is a Whisper-tiny encoder with a classifier, on the last 8 s of the turn, padded with zeros in
front. Its features are Whisper's own log-mel ones on a waveform of zero mean and unit variance, which
faster-whisper computes already.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from companion.backends.heap import loading
from companion.core.audio import HEARING_RATE_HZ, Samples, silence
from companion.core.engines import EngineInfo
from companion.core.errors import EngineError, ModelError

WINDOW_S = 8
VARIANCE_FLOOR = 1e-7


class SmartTurn:
    """TurnDetector on an ONNX file; about 60 ms a verdict on two cores."""

    def __init__(self, file: Path, threads: int = 2) -> None:
        self._file = file
        self._threads = threads
        self._session: Any = None
        self._extractor: Any = None

    def info(self) -> EngineInfo:
        return EngineInfo("turn detection", "Smart Turn", self._file.stem.removeprefix("smart-turn-"))

    def warm_up(self) -> None:
        """Load and run once. Blocking."""
        self.completeness(silence(1.0, HEARING_RATE_HZ))

    def completeness(self, turn: Samples) -> float:
        if self._session is None:
            with loading():
                self._load()
        window = WINDOW_S * HEARING_RATE_HZ
        recent = turn[-window:].astype(np.float32)
        padded = np.concatenate((np.zeros(window - len(recent), np.float32), recent))
        normal = (padded - padded.mean()) / np.sqrt(padded.var() + VARIANCE_FLOOR)
        features = self._extractor(normal, padding=0)[:, : WINDOW_S * 100]
        try:
            (result,) = self._session.run(None, {"input_features": features[np.newaxis].astype(np.float32)})
        except Exception as error:  # onnxruntime raises its own kinds, none of them public
            raise EngineError("The turn detector failed.", "Replies come after a longer silence instead.") from error
        return float(np.ravel(result)[0])

    def _load(self) -> None:
        import onnxruntime
        from faster_whisper.feature_extractor import FeatureExtractor

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = self._threads
        options.inter_op_num_threads = 1
        # An arena keeps what one verdict took until the next, and the other engines have no use of it.
        options.enable_cpu_mem_arena = options.enable_mem_pattern = False
        # Spinning threads would burn a core between verdicts.
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        try:
            self._session = onnxruntime.InferenceSession(str(self._file), options, providers=["CPUExecutionProvider"])
        except Exception as error:  # onnxruntime raises its own kinds, none of them public
            raise ModelError(
                f"The turn detector {self._file} is damaged or of another kind.",
                "Install it anew: companion models install smart-turn-v3.2",
            ) from error
        self._extractor = FeatureExtractor(chunk_length=WINDOW_S)
