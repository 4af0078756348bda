"""Sounds of a room that are no words: plausible by their shape in time and frequency. 16 kHz, the same every time."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from companion.core.audio import HEARING_RATE_HZ, Samples, silence

Array = NDArray[np.float64]


def cough(seed: int) -> Samples:
    """Two bursts of broad noise, strongest around the resonances of a throat, the second weaker."""
    random = np.random.default_rng(seed)
    first = _burst(random, 0.22, 350, 3200, attack_s=0.008, decay_s=0.07)
    second = _burst(random, 0.30, 300, 2200, attack_s=0.015, decay_s=0.09)
    return np.concatenate((_at(first, 0.5), silence(0.08 + 0.06 * random.random(), HEARING_RATE_HZ), _at(second, 0.3)))


def knock(seed: int) -> Samples:
    """Three knocks on wood: resonances that die away within some 50 ms."""
    random = np.random.default_rng(seed)
    parts = []
    for _ in range(3):
        at_s = np.arange(round(0.12 * HEARING_RATE_HZ)) / HEARING_RATE_HZ
        tones = sum(np.sin(2 * np.pi * hz * at_s) for hz in random.uniform((140, 260, 480), (200, 360, 700)))
        parts += [_at(np.asarray(tones) * np.exp(-at_s / 0.025), 0.6), silence(0.13, HEARING_RATE_HZ)]
    return np.concatenate(parts)


def door(seed: int) -> Samples:
    """A door that falls shut: low noise with a hard beginning."""
    return _at(_burst(np.random.default_rng(seed), 0.5, 40, 500, attack_s=0.003, decay_s=0.12), 0.7)


def clatter(seed: int) -> Samples:
    """Crockery or keys: short bright clicks at odd times."""
    random = np.random.default_rng(seed)
    whole = np.zeros(round(0.8 * HEARING_RATE_HZ))
    for start in random.uniform(0.0, 0.7, 9):
        click = _burst(random, 0.04, 1800, 7000, attack_s=0.001, decay_s=0.01) * random.uniform(0.3, 1.0)
        first = round(start * HEARING_RATE_HZ)
        whole[first : first + len(click)] += click
    return _at(whole, 0.5)


def _burst(
    random: np.random.Generator, duration_s: float, low_hz: float, high_hz: float, attack_s: float, decay_s: float
) -> Array:
    count = round(duration_s * HEARING_RATE_HZ)
    hz = np.fft.rfftfreq(count, 1 / HEARING_RATE_HZ)
    shape = 1 / (1 + (low_hz / np.maximum(hz, 1.0)) ** 4) / (1 + (hz / high_hz) ** 4)
    noise = np.fft.irfft(np.fft.rfft(random.standard_normal(count)) * shape, count)
    at_s = np.arange(count) / HEARING_RATE_HZ
    return np.asarray(noise * (1 - np.exp(-at_s / attack_s)) * np.exp(-at_s / decay_s))


def _at(wave: Array, peak: float) -> Samples:
    return np.asarray(peak * wave / np.abs(wave).max(), dtype=np.float32)
