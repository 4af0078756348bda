"""Made-up voices with known beginnings and ends, at 16 kHz."""

from __future__ import annotations

import numpy as np

from companion.core.audio import HEARING_RATE_HZ, Samples, silence
from tests.signals import babble

RATE = HEARING_RATE_HZ


def voice(duration_s: float, seed: int = 1) -> Samples:
    """Like speech in that its loudness comes and goes, four times a second, with soft moments between."""
    at_s = np.arange(round(duration_s * RATE)) / RATE
    loudness = 0.1 + 0.9 * np.square(np.sin(np.pi * 4 * at_s))
    return np.asarray(babble(duration_s, RATE, seed)[: len(at_s)] * loudness, dtype=np.float32)


def sequence(*parts: float | Samples) -> Samples:
    """Sounds one after another; a number is so many seconds of silence."""
    whole: Samples = np.concatenate([silence(part, RATE) if isinstance(part, (int, float)) else part for part in parts])
    return whole


def lowered(samples: Samples, from_s: float, gain: float, to_s: float | None = None) -> Samples:
    """The same, quieter in one stretch."""
    out = samples.copy()
    out[round(from_s * RATE) : None if to_s is None else round(to_s * RATE)] *= np.float32(gain)
    return out
