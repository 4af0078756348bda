"""Where sound begins, ends and falls in a recording: by level, and by likeness to a sound that is known.

Everything is mono at 16 kHz; times are seconds from the beginning of the samples given.
"""

from __future__ import annotations

from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from companion.core.audio import HEARING_RATE_HZ, Samples

Flags: TypeAlias = NDArray[np.bool_]

WINDOW_S = 0.005
_WINDOW = round(WINDOW_S * HEARING_RATE_HZ)

AUDIBLE = 0.01
"""-40 dB of full scale: virtual devices add no noise of their own."""

STOPPED_S = 0.6
"""A silence this long is no pause between her sentences, of which the longest is 0.5 s."""

HALF = 0.5
"""6 dB down."""

DUCK_HOLDS_S = 0.3
"""A fall that lasts shorter is no duck."""

_GAIN_WINDOW = HEARING_RATE_HZ // 100
_SPOKEN_RMS = 0.01
"""Where the reference is weaker, its gain says nothing."""
_OVER_HER_VOICE = 10
"""If the reference is silent for so many windows (100 ms), nobody spoke over a voice."""
_ALIGN_S = (1.0, 0.6, 0.35)
"""How much of what came before is looked for in the reference: less where a gap of the sound server spoils more."""
_SEARCH_S = 1.5
_ALIKE = 0.8


class Found(NamedTuple):
    """Where a sound begins in a recording, in seconds, and how like it the recording is there (at most 1)."""

    start_s: float
    correlation: float


def sounding(samples: Samples) -> Flags:
    """For each 5 ms, whether anything can be heard."""
    windows = samples[: len(samples) // _WINDOW * _WINDOW].reshape(-1, _WINDOW)
    return np.asarray(np.abs(windows).max(axis=1) > AUDIBLE)


def onset_s(samples: Samples, after_s: float = 0.0) -> float | None:
    """Where sound first is at or after `after_s`; None if it is not."""
    first = max(0, round(after_s / WINDOW_S))
    places = np.flatnonzero(sounding(samples)[first:])
    return None if len(places) == 0 else (first + int(places[0])) * WINDOW_S


def end_s(samples: Samples) -> float:
    """Where the last sound ends; 0 if there is none."""
    places = np.flatnonzero(sounding(samples))
    return 0.0 if len(places) == 0 else (int(places[-1]) + 1) * WINDOW_S


def trimmed(samples: Samples) -> Samples:
    """From the first sound to the last."""
    start = onset_s(samples) or 0.0
    return samples[round(start * HEARING_RATE_HZ) : round(end_s(samples) * HEARING_RATE_HZ)]


def silences_s(samples: Samples) -> list[tuple[float, float]]:
    """Beginning and length of every silence between two sounds."""
    places = np.flatnonzero(sounding(samples))
    steps = np.diff(places)
    return [
        ((int(places[index]) + 1) * WINDOW_S, (int(steps[index]) - 1) * WINDOW_S) for index in np.flatnonzero(steps > 1)
    ]


def silent_from_s(samples: Samples, after_s: float, for_s: float = STOPPED_S) -> float | None:
    """Where the first silence of `for_s` begins that lies after `after_s`; None if there is none.

    `after_s` itself if it is silent there already.
    """
    last = first = round(after_s / WINDOW_S)
    needed = round(for_s / WINDOW_S)
    flags = sounding(samples)
    for index in range(first, len(flags)):
        if flags[index]:
            last = index + 1
        elif index + 1 - last >= needed:
            return last * WINDOW_S
    return None


def find(sound: Samples, recording: Samples) -> Found:
    """The place in `recording` that is most like `sound`, whatever their levels. Correlation 0 if it is too short."""
    if len(recording) < len(sound) or len(sound) == 0:
        return Found(0.0, 0.0)
    size = 1 << (len(recording) + len(sound)).bit_length()
    products = np.fft.irfft(np.fft.rfft(recording, size) * np.conj(np.fft.rfft(sound, size)), size)
    products = products[: len(recording) - len(sound) + 1]
    energy = np.concatenate(([0.0], np.cumsum(np.square(recording, dtype=np.float64))))
    local = np.sqrt(np.maximum(energy[len(sound) :] - energy[: -len(sound)], 1e-6))
    likeness = products / (local * (float(np.linalg.norm(sound)) + 1e-9))
    start = int(np.argmax(likeness))
    return Found(start / HEARING_RATE_HZ, float(likeness[start]))


def goes_on(recording: Samples, reference: Samples, at_s: float) -> bool:
    """Whether the second from `at_s` on, at any loudness, is part of the reference."""
    part = recording[round(at_s * HEARING_RATE_HZ) : round((at_s + 1.0) * HEARING_RATE_HZ)]
    return bool(sounding(part).any()) and find(part, reference).correlation >= _ALIKE


def ducked_after_s(recording: Samples, reference: Samples, onset: float) -> float | None:
    """How long after `onset` the voice in `recording` falls by 6 dB and stays down (or stops).

    `reference`: the same words in the same voice, undisturbed, so that her own soft sounds and pauses are not
    taken for a duck; where the reference pauses, the fall is dated to the next sound. Both begin with her first
    sound. None if she does not fall within 2 s, if she would have been silent at `onset` anyway, or if the two
    are not alike before it.
    """
    shift_s = _shift_s(recording, reference, onset)
    if shift_s is None:
        return None
    begin = round(onset * HEARING_RATE_HZ)
    shifted = begin + round(shift_s * HEARING_RATE_HZ)
    told = _rms(recording[begin : begin + 2 * HEARING_RATE_HZ])
    meant = _rms(reference[shifted : shifted + 2 * HEARING_RATE_HZ])
    count = min(len(told), len(meant))
    voiced = meant[:count] > _SPOKEN_RMS
    low = told[:count] <= HALF * meant[:count]
    if not voiced[:_OVER_HER_VOICE].any():
        return None
    held = round(DUCK_HOLDS_S * HEARING_RATE_HZ) // _GAIN_WINDOW
    for index in np.flatnonzero(voiced & low):
        following = slice(index, index + held)
        if low[following][voiced[following]].all():
            return float(index * _GAIN_WINDOW / HEARING_RATE_HZ)
    return None


def _shift_s(recording: Samples, reference: Samples, onset: float) -> float | None:
    """How much later than in the recording the same words come in the reference; None if they do not."""
    for length_s in _ALIGN_S:
        start = max(0.0, onset - length_s)
        before = recording[round(start * HEARING_RATE_HZ) : round(onset * HEARING_RATE_HZ)]
        from_s = max(0.0, start - _SEARCH_S)
        region = reference[round(from_s * HEARING_RATE_HZ) : round((onset + _SEARCH_S) * HEARING_RATE_HZ)]
        found = find(before, region)
        if found.correlation >= _ALIKE:
            return from_s + found.start_s - start
    return None


def _rms(samples: Samples) -> NDArray[np.float64]:
    windows = samples[: len(samples) // _GAIN_WINDOW * _GAIN_WINDOW].reshape(-1, _GAIN_WINDOW)
    return np.asarray(np.sqrt(np.mean(np.square(windows, dtype=np.float64), axis=1)))
