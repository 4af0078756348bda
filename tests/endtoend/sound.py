"""Where sound begins and ends in a recording, by level. Everything at 16 kHz."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from companion.core.audio import HEARING_RATE_HZ, Samples

WINDOW = HEARING_RATE_HZ // 200
"""5 ms."""
AUDIBLE = 0.01
"""-40 dB of full scale: virtual devices add no noise of their own."""


def onset_s(samples: Samples, after_s: float) -> float:
    """Where sound first begins after `after_s`. Raises ValueError if it does not."""
    sounding = _sounding(samples)
    first = np.flatnonzero(sounding[round(after_s / 0.005) :])
    if len(first) == 0:
        raise ValueError("no sound there")
    return after_s + float(first[0]) * 0.005


def silent_from_s(samples: Samples, after_s: float, for_s: float = 0.6) -> float:
    """The end of the last sound before the first silence of `for_s` that begins after `after_s`."""
    sounding = _sounding(samples)
    start = round(after_s / 0.005)
    needed = round(for_s / 0.005)
    last = start
    for index in range(start, len(sounding)):
        if sounding[index]:
            last = index + 1
        elif index - last >= needed:
            break
    return last * 0.005


def spoken_part(samples: Samples) -> Samples:
    """The recording from its first sound to its last, with 0.2 s of silence around."""
    sounding = np.flatnonzero(_sounding(samples))
    margin = np.zeros(HEARING_RATE_HZ // 5, dtype=np.float32)
    if len(sounding) == 0:
        return margin
    return np.concatenate((margin, samples[sounding[0] * WINDOW : (sounding[-1] + 1) * WINDOW], margin))


def _sounding(samples: Samples) -> NDArray[np.bool_]:
    windows = samples[: len(samples) // WINDOW * WINDOW].reshape(-1, WINDOW)
    return np.asarray(np.abs(windows).max(axis=1) > AUDIBLE)
