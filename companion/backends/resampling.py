"""From any rate to hers: mono audio in, blocks of 20 ms at 16 kHz out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

import numpy as np

from companion.core.audio import BLOCK_SAMPLES, HEARING_RATE_HZ, Samples


class Resampler(Protocol):
    """The part of soxr.ResampleStream that is used here."""

    def resample_chunk(self, x: Samples, last: bool = False) -> Samples: ...


def live_resampler(from_hz: int, to_hz: int) -> Resampler:
    """A streaming resampler for sound that somebody waits for.

    soxr's usual engine works in long steps and holds up to 42 ms back at these rates (measured at
    48 kHz to 16 kHz and 22.05 kHz to 48 kHz). Its variable-rate engine gives 20 ms out for 20 ms in
    and holds 11 to 15 ms back at the same quality, for 34 us a block instead of 4.
    """
    import soxr

    resampler: Resampler = soxr.ResampleStream(from_hz, to_hz, 1, dtype="float32", quality="HQ", vr=True)
    return resampler


class Thirds:
    """From 48 kHz to 16 kHz, for sound that somebody waits for: 1 ms late, where soxr's engines take 12 and more.

    A windowed-sinc low pass (Kaiser), flat to 6.8 kHz, that keeps 70 dB away what would fold below it.
    """

    _TAPS = 97
    _CUT_HZ = 8_000.0
    _BETA = 6.8

    def __init__(self) -> None:
        at = np.arange(self._TAPS) - self._TAPS // 2
        window = np.sinc(2.0 * self._CUT_HZ / 48_000 * at) * np.kaiser(self._TAPS, self._BETA)
        shape: Samples = (window / window.sum()).astype(np.float32)
        self._phases = [np.ascontiguousarray(shape[phase::3]) for phase in range(3)]
        self._rest: Samples = np.zeros(self._TAPS - 1, dtype=np.float32)

    def resample_chunk(self, x: Samples, last: bool = False) -> Samples:
        """A third as many samples as went in so far, to the nearest whole one below."""
        if last:
            x = np.concatenate((x, np.zeros(self._TAPS // 2, dtype=np.float32)))
        whole = np.concatenate((self._rest, x))
        if len(whole) < self._TAPS:
            self._rest = whole
            return whole[:0]
        count = (len(whole) - self._TAPS) // 3 + 1
        self._rest = whole[3 * count :]
        # A filter for each third of the samples: a third of the work, and none for what would be thrown away.
        parts = [np.correlate(whole[phase::3], taps, "valid")[:count] for phase, taps in enumerate(self._phases)]
        out: Samples = parts[0] + parts[1] + parts[2]
        return out


class HearingBlocks:
    """Cuts mono audio at `rate_hz` into blocks of shape (320,) at 16 kHz, in order and without gaps."""

    def __init__(self, rate_hz: int, *, live: bool) -> None:
        """`live` keeps the delay short; without it the work is least."""
        self._resampler = _resampler(rate_hz, live=live)
        self._rest: Samples = np.zeros(0, dtype=np.float32)

    def feed(self, samples: Samples) -> Iterator[Samples]:
        """The blocks that `samples`, shape (n,), completes."""
        return self._cut(self._resampler.resample_chunk(samples) if self._resampler else samples)

    def finish(self) -> Iterator[Samples]:
        """The blocks still held back, the last filled up with silence."""
        if self._resampler:
            yield from self._cut(self._resampler.resample_chunk(np.zeros(0, dtype=np.float32), last=True))
        if len(self._rest):
            yield np.pad(self._rest, (0, BLOCK_SAMPLES - len(self._rest)))
        self._rest = self._rest[:0]

    def _cut(self, samples: Samples) -> Iterator[Samples]:
        whole = np.concatenate((self._rest, samples)) if len(self._rest) else samples
        usable = len(whole) - len(whole) % BLOCK_SAMPLES
        self._rest = whole[usable:]
        for start in range(0, usable, BLOCK_SAMPLES):
            yield whole[start : start + BLOCK_SAMPLES]


def _resampler(rate_hz: int, *, live: bool) -> Resampler | None:
    import soxr

    if rate_hz == HEARING_RATE_HZ:
        return None
    if live and rate_hz == 3 * HEARING_RATE_HZ:
        return Thirds()
    if live:
        return live_resampler(rate_hz, HEARING_RATE_HZ)
    resampler: Resampler = soxr.ResampleStream(rate_hz, HEARING_RATE_HZ, 1, dtype="float32", quality="HQ")
    return resampler
