"""What her speaker was given to let out lately, at 16 kHz."""

from __future__ import annotations

from collections import deque

import numpy as np

from companion.backends.resampling import Resampler, live_resampler
from companion.core.audio import HEARING_RATE_HZ, Samples

_KEPT_SAMPLES = 4 * HEARING_RATE_HZ
_SILENT = 1e-3
"""A peak of -60 dB: what is below comes back as nothing."""

_UNREAD_BLOCKS = 200


class FarEnd:
    """A ring of what was played, silence included; its samples are numbered from the first.

    `put` may be called from any thread, the audio callback among them, and only copies. Everything else
    belongs to one other thread.
    """

    def __init__(self) -> None:
        self._unread: deque[tuple[Samples, int]] = deque(maxlen=_UNREAD_BLOCKS)
        self._ring: Samples = np.zeros(_KEPT_SAMPLES, dtype=np.float32)
        self._written = 0
        self._resampler: Resampler | None = None
        self._rate_hz = HEARING_RATE_HZ
        self._due = 0.0
        """Samples at 16 kHz that the resampler holds back."""
        self._loud_until = -_KEPT_SAMPLES

    @property
    def length(self) -> int:
        """Samples so far, those included that the resampler holds back for some 15 ms."""
        return self._written + round(self._due)

    @property
    def loud_until(self) -> int:
        """Number of the sample behind the last that was loud enough to be heard; long ago if none was."""
        return self._loud_until

    def put(self, samples: Samples, rate_hz: int) -> None:
        """Take a block, mono, that the speaker is about to let out."""
        self._unread.append((samples.copy(), rate_hz))

    def catch_up(self) -> None:
        """Take in what was `put` since the last call."""
        while self._unread:
            self._take(*self._unread.popleft())

    def read(self, first: int, count: int) -> Samples:
        """Samples `first` to `first + count`; silence for those not written yet, or forgotten."""
        out: Samples = np.zeros(count, dtype=np.float32)
        begin = max(first, self._written - _KEPT_SAMPLES, 0)
        end = min(first + count, self._written)
        if begin < end:
            out[begin - first : end - first] = self._ring[np.arange(begin, end) % _KEPT_SAMPLES]
        return out

    def _take(self, samples: Samples, rate_hz: int) -> None:
        silent = np.abs(samples).max(initial=0.0) < _SILENT
        if silent or rate_hz != self._rate_hz:
            self._flush()
            self._rate_hz = rate_hz
        self._due += len(samples) * HEARING_RATE_HZ / rate_hz
        if silent:
            self._flush()
            return
        if self._resampler is None:
            self._resampler = live_resampler(rate_hz, HEARING_RATE_HZ)
        self._write(self._resampler.resample_chunk(samples))
        self._loud_until = self._written + round(self._due)

    def _flush(self) -> None:
        """Write all that is due; silence needs no resampler."""
        if self._resampler is not None:
            rest = self._resampler.resample_chunk(np.zeros(0, dtype=np.float32), last=True)
            self._write(rest[: round(self._due)])
            self._resampler = None
        self._write_silence(max(0, round(self._due)))

    def _write_silence(self, count: int) -> None:
        if self._written < self._loud_until + _KEPT_SAMPLES:
            self._write(np.zeros(count, dtype=np.float32))
        else:  # the ring holds nothing else: she is silent most of the day
            self._written += count
            self._due -= count

    def _write(self, samples: Samples) -> None:
        places = np.arange(self._written, self._written + len(samples)) % _KEPT_SAMPLES
        self._ring[places] = samples
        self._written += len(samples)
        self._due -= len(samples)
