"""What her speaker let out lately, at 16 kHz, and when it reached the listener."""

from __future__ import annotations

import statistics
from collections import deque

import numpy as np

from companion.backends.resampling import Resampler, live_resampler
from companion.core.audio import HEARING_RATE_HZ, Samples

_KEPT_SAMPLES = 4 * HEARING_RATE_HZ
_SILENT = 1e-3
"""A peak of -60 dB: what is below comes back as nothing."""

_STAMPS = 25
"""Blocks over which the clock of the device is averaged (0.5 s): its driver's figures jump by some ms."""

_JUMP_S = 0.3
"""A device whose clock jumps by more than this was opened anew."""

_UNREAD_BLOCKS = 200


class FarEnd:
    """A ring of what was played. Samples are numbered; `number_at` says which is heard at what time.

    `put` may be called from any thread, the audio callback among them, and only copies. Everything else
    belongs to one other thread.
    """

    def __init__(self) -> None:
        self._unread: deque[tuple[Samples, int, float]] = deque(maxlen=_UNREAD_BLOCKS)
        self._ring: Samples = np.zeros(_KEPT_SAMPLES, dtype=np.float32)
        self._written = 0
        self._resampler: Resampler | None = None
        self._rate_hz = 0
        self._due = 0.0
        """Samples that the resampler was given, in samples at 16 kHz, and has yet to give back."""
        self._starts: deque[float] = deque(maxlen=_STAMPS)
        """When sample 0 was heard, by each of the last blocks."""
        self.loud_until = 0
        """Number of the sample behind the last that was loud enough to be heard."""
        self.openings = 0
        """How often a device was opened, or another taken."""

    def put(self, samples: Samples, rate_hz: int, heard_at_s: float) -> None:
        """Take a block that the speaker lets out; its first sample is heard at `heard_at_s` (perf_counter)."""
        self._unread.append((samples.copy(), rate_hz, heard_at_s))

    def catch_up(self) -> None:
        """Take in what was `put` since the last call."""
        while self._unread:
            self._take(*self._unread.popleft())

    def number_at(self, time_s: float) -> int | None:
        """Number of the sample heard at `time_s`, past or future; None before the first block."""
        if not self._starts:
            return None
        return round((time_s - statistics.median(self._starts)) * HEARING_RATE_HZ)

    def read(self, first: int, count: int) -> Samples:
        """Samples `first` to `first + count`; silence for those not written yet, or forgotten."""
        out: Samples = np.zeros(count, dtype=np.float32)
        begin = max(first, self._written - _KEPT_SAMPLES, 0)
        end = min(first + count, self._written)
        if begin < end:
            out[begin - first : end - first] = self._ring[np.arange(begin, end) % _KEPT_SAMPLES]
        return out

    def _take(self, samples: Samples, rate_hz: int, heard_at_s: float) -> None:
        start_s = heard_at_s - (self._written + self._due) / HEARING_RATE_HZ
        if rate_hz != self._rate_hz or abs(start_s - self._starts[-1]) > _JUMP_S:
            self._flush()
            self._rate_hz = rate_hz
            self._starts.clear()
            self.openings += 1
        self._starts.append(start_s)
        self._due += len(samples) * HEARING_RATE_HZ / rate_hz
        if np.abs(samples).max(initial=0.0) < _SILENT:
            self._flush()
            return
        if self._resampler is None:
            self._resampler = live_resampler(rate_hz, HEARING_RATE_HZ)
        self._write(self._resampler.resample_chunk(samples))
        self.loud_until = self._written + round(self._due)

    def _flush(self) -> None:
        """Write all that is due; silence needs no resampler."""
        if self._resampler is not None:
            self._write(self._resampler.resample_chunk(np.zeros(0, dtype=np.float32), last=True)[: round(self._due)])
            self._resampler = None
        self._write(np.zeros(round(self._due), dtype=np.float32))

    def _write(self, samples: Samples) -> None:
        places = np.arange(self._written, self._written + len(samples)) % _KEPT_SAMPLES
        self._ring[places] = samples
        self._written += len(samples)
        self._due -= len(samples)
