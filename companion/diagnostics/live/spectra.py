"""Sounds as a row of spectra, whatever their loudness, and where one that breaks off ends in another that does not."""

from __future__ import annotations

from functools import cache
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from companion.core.audio import HEARING_RATE_HZ, Samples

Spectra: TypeAlias = NDArray[np.float32]
"""Shape (frames, bands + 1)."""

HOP_S = 0.005
SPAN_S = 0.025
"""Each spectrum is of so much sound."""

_HOP, _SPAN, _SIZE, _BANDS = round(HOP_S * HEARING_RATE_HZ), round(SPAN_S * HEARING_RATE_HZ), 512, 32
_LOWEST_HZ, _HIGHEST_HZ = 80.0, 7600.0

_NOISE = 1e-3
"""Added, -60 dB: so that silence is like silence, and like the noise of a room."""
_SLOPE_FRAMES = 4
_SLOPE_WEIGHT = 2.0

_STARTS_WITHIN_S = 0.15
_HASTE = 0.3
"""What it costs to go twice as fast or half as fast for a frame, in usual differences of two frames."""

_FADED_S = 0.005
"""A sound that is cut off is faded out for 8 ms: the last of it is not to be seen."""


def spectra(sound: Samples) -> Spectra:
    """Mel spectra less their mean, and how their mean rises: neither changes if a voice is lowered as a whole."""
    noisy = sound + np.random.default_rng(1).normal(0.0, _NOISE, len(sound))
    frames = np.lib.stride_tricks.sliding_window_view(noisy, _SPAN)[::_HOP] * np.hanning(_SPAN)
    bands = np.log(np.square(np.abs(np.fft.rfft(frames, _SIZE))) @ _mel_bands().T + 1e-8)
    level = bands.mean(axis=1, keepdims=True)
    rise = np.zeros_like(level)
    if len(level) > 2 * _SLOPE_FRAMES:
        rise[_SLOPE_FRAMES:-_SLOPE_FRAMES] = level[2 * _SLOPE_FRAMES :] - level[: -2 * _SLOPE_FRAMES]
    return np.concatenate((bands - level, _SLOPE_WEIGHT * rise), axis=1, dtype=np.float32)


def most_like_end(broken_off: Spectra, whole: Spectra) -> float:
    """Where in `whole`, in seconds, `broken_off` ends, if both begin with the same words.

    Dynamic time warping: each frame of `broken_off` is laid on one of `whole`, at half to twice its pace.
    """
    costs = _differences(broken_off, whole)
    haste = np.float32(_HASTE * np.median(costs.min(axis=1)))
    moved = np.full(len(whole), np.inf, dtype=np.float32)
    stayed = moved.copy()
    starts = round(_STARTS_WITHIN_S / HOP_S)
    moved[:starts] = costs[0, :starts]
    for row in costs[1:]:
        best = np.minimum(moved, stayed)
        stayed = moved + row + haste
        moved = np.full_like(best, np.inf)
        moved[1:] = best[:-1]
        moved[2:] = np.minimum(moved[2:], best[:-2] + haste)
        moved += row
    return int(np.argmin(np.minimum(moved, stayed))) * HOP_S + SPAN_S - _FADED_S


def _differences(one: Spectra, other: Spectra) -> Spectra:
    """Of every frame to every frame."""
    squares = np.square(one).sum(axis=1)[:, None] + np.square(other).sum(axis=1)[None]
    return np.asarray(np.sqrt(np.maximum(squares - 2 * one @ other.T, 0.0)), dtype=np.float32)


@cache
def _mel_bands() -> NDArray[np.float64]:
    """Triangles of equal width on the mel scale, shape (bands, frequencies)."""
    lowest, highest = (2595.0 * np.log10(1.0 + hz / 700.0) for hz in (_LOWEST_HZ, _HIGHEST_HZ))
    corners = 700.0 * (10.0 ** (np.linspace(lowest, highest, _BANDS + 2) / 2595.0) - 1.0)
    at_hz = np.fft.rfftfreq(_SIZE, 1.0 / HEARING_RATE_HZ)
    low, top, high = corners[:-2, None], corners[1:-1, None], corners[2:, None]
    return np.asarray(np.clip(np.minimum((at_hz - low) / (top - low), (high - at_hz) / (high - top)), 0.0, None))
