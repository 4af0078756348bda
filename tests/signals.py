"""Sounds to test with, and finding them again in a recording."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from companion.core.audio import Samples


def tone(duration_s: float, rate_hz: int, hz: float = 440.0, amplitude: float = 0.5) -> Samples:
    """A sine."""
    at_s = np.arange(round(duration_s * rate_hz)) / rate_hz
    return np.asarray(amplitude * np.sin(2 * np.pi * hz * at_s), dtype=np.float32)


def babble(duration_s: float, rate_hz: int, seed: int = 1) -> Samples:
    """Noise from 100 to 1500 Hz, like no other noise of another seed: it can be found to the sample.

    The same duration and seed sound the same at every rate.
    """
    count = round(duration_s * rate_hz)
    low, high = round(100 * duration_s), round(1500 * duration_s)
    random = np.random.default_rng(seed)
    spectrum = np.zeros(count // 2 + 1, dtype=np.complex128)
    spectrum[low:high] = np.exp(2j * np.pi * random.random(high - low))
    wave = np.fft.irfft(spectrum, count)
    return np.asarray(0.5 * wave / np.abs(wave).max(), dtype=np.float32)


class Found(NamedTuple):
    """Where a sound begins in a recording, and how like it the recording is there."""

    start: int
    correlation: float


def find(sound: Samples, recording: Samples) -> Found:
    """The place in `recording` that is most like `sound`. Both have the same rate."""
    assert len(recording) >= len(sound) > 0
    size = 1 << (len(recording) + len(sound)).bit_length()
    products = np.fft.irfft(np.fft.rfft(recording, size) * np.conj(np.fft.rfft(sound, size)), size)
    start = int(np.argmax(products[: len(recording) - len(sound) + 1]))
    there = recording[start : start + len(sound)]
    return Found(start, float(np.corrcoef(there, sound)[0, 1]) if there.any() else 0.0)
