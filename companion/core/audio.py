"""Audio as everyone here holds it: mono, float32, in [-1, 1], beside its rate in Hz."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:  # the window shares these words, and no sound
    import numpy as np
    from numpy.typing import NDArray

Samples: TypeAlias = "NDArray[np.float32]"
"""Mono audio, float32, shape (n,), in [-1, 1]."""

HEARING_RATE_HZ = 16_000
"""The rate of everything she hears: voice activity, turn detection and transcription all want 16 kHz."""

BLOCK_S = 0.02
"""The length of one block from a microphone (20 ms; devices give it in two halves)."""

BLOCK_SAMPLES = 320
"""Samples in one block at `HEARING_RATE_HZ`."""

SILENCE_DB = -120.0
"""What `level_db` says of digital silence."""


def seconds(samples: Samples, rate_hz: int) -> float:
    """Length of `samples` in seconds."""
    return len(samples) / rate_hz


def silence(duration_s: float, rate_hz: int) -> Samples:
    """Digital silence of `duration_s` seconds; none for a negative length."""
    import numpy as np

    return np.zeros(max(0, round(duration_s * rate_hz)), dtype=np.float32)


def level_db(samples: Samples) -> float:
    """Root-mean-square level in dB relative to full scale, never below `SILENCE_DB`."""
    if len(samples) == 0:
        return SILENCE_DB
    import numpy as np

    power = float(np.mean(np.square(samples, dtype=np.float64)))
    return max(SILENCE_DB, 10.0 * float(np.log10(power + 1e-12)))
