"""The core of every speaker: a queue of samples that knows exactly what has been heard of it."""

from __future__ import annotations

import math
import threading
from collections import deque

import numpy as np

from companion.core.audio import SILENCE_DB, Samples

FADE_S = 0.008
"""Length of the fade when she stops, and of a change of gain: no click, and over before one notices."""

_LEDGER_BLOCKS = 256
"""Rendered blocks remembered while they travel to the listener's ear: 5 s of 20 ms blocks."""


_LEVEL_S = 0.05
"""A level is the mean of so much sound: short enough to follow syllables."""


class PlaybackQueue:
    """Samples of one utterance at a time, drained by a device's callback or by the ticks of a file.

    Positions are seconds of the present utterance, and count its own samples only: silence that is
    rendered because nothing is queued is no part of it.

    Any thread may call any method. One lock guards the state; each holder keeps it for a few copies of
    a block at most (microseconds), so that the audio callback never waits for anything that blocks.
    """

    def __init__(self, rate_hz: int) -> None:
        self.rate_hz = rate_hz
        self._fade_samples = round(FADE_S * rate_hz)
        self._lock = threading.Lock()
        self._pieces: deque[Samples] = deque()
        self._leftover = 0
        """Samples at the head of the queue that belong to the utterance before: its fade."""
        self._pushed = 0
        self._rendered = 0
        self._ledger: deque[tuple[float, int, int]] = deque(maxlen=_LEDGER_BLOCKS)
        """For each rendered block: when it is heard, samples rendered before it, samples in it."""
        self._powers: deque[tuple[float, int, float]] = deque(maxlen=_LEDGER_BLOCKS)
        """For each rendered block that sounds: when it is heard, its samples, the sum of their squares."""
        self._gain = 1.0
        self._target_gain = 1.0
        self._hold_at: int | None = None
        """Where to fall silent, in samples of the present utterance, and keep the rest."""
        self._presence = 1.0
        """0 while she is silent on hold, 1 while she is not, between them in the fades."""

    def begin(self) -> None:
        """Start a new utterance at position 0. What sounds at present fades out and is not counted."""
        with self._lock:
            self._leftover = self._cut()
            self._pushed = self._rendered = 0
            self._ledger.clear()

    def push(self, samples: Samples) -> None:
        """Queue samples, shape (n,), at `rate_hz`. The array must not be changed afterwards."""
        if len(samples) == 0:
            return
        with self._lock:
            self._pieces.append(samples)
            self._pushed += len(samples)

    def stop(self) -> float:
        """Drop all but a fade of `FADE_S`. Returns the position that will have been heard after it."""
        with self._lock:
            kept = self._cut()
            self._leftover = min(self._leftover, kept)
            self._pushed = self._rendered + kept - self._leftover
            return self._pushed / self.rate_hz

    def hold(self, position_s: float) -> float:
        """Fall silent at `position_s`, or at once if that is rendered already, and keep what is queued behind it.

        Returns the position at which it falls silent.
        """
        with self._lock:
            soonest = self._rendered + (0 if self._held else self._fade_samples)
            self._hold_at = max(round(position_s * self.rate_hz), soonest)
            return self._hold_at / self.rate_hz

    def release(self) -> None:
        """Go on after `hold`, from the very sample, with a fade of `FADE_S`."""
        with self._lock:
            self._hold_at = None

    @property
    def committed_s(self) -> float:
        """The position up to which it is rendered, and will be heard whatever is asked from now on."""
        with self._lock:
            return self._rendered / self.rate_hz

    def set_gain(self, gain: float) -> None:
        """Scale what is rendered from now on by `gain`, reached within `FADE_S`."""
        with self._lock:
            self._target_gain = gain

    @property
    def gain(self) -> float:
        """The gain last set."""
        return self._target_gain

    def render(self, count: int, heard_at_s: float = 0.0) -> Samples:
        """The next `count` samples, silence where none are queued.

        `heard_at_s` is when the first of them reaches the listener, on the clock of `position_s`.
        """
        out: Samples = np.zeros(count, dtype=np.float32)
        with self._lock:
            taken = self._take(out[: self._until_hold(count)])
            self._scale(out[:taken])
            leftover = min(taken, self._leftover)
            self._fade_around_hold(out[leftover:taken])
            self._leftover -= leftover
            if taken:
                self._powers.append((heard_at_s, taken, float(np.dot(out[:taken], out[:taken]))))
            if taken > leftover:
                self._ledger.append((heard_at_s + leftover / self.rate_hz, self._rendered, taken - leftover))
                self._rendered += taken - leftover
        return out

    def position_s(self, now_s: float) -> float:
        """Seconds of the present utterance that have been heard at `now_s`."""
        with self._lock:
            return self._heard(now_s) / self.rate_hz

    def queued_s(self, now_s: float) -> float:
        """Seconds of the present utterance that have not been heard at `now_s`."""
        with self._lock:
            return (self._pushed - self._heard(now_s)) / self.rate_hz

    def level_db(self, now_s: float) -> float:
        """Mean level of what has been heard in the last 50 ms at `now_s`, in dB of full scale."""
        samples, power = 0, 0.0
        with self._lock:
            for at_s, count, squares in reversed(self._powers):
                if at_s <= now_s - _LEVEL_S:
                    break
                if at_s <= now_s:
                    samples, power = samples + count, power + squares
        return max(SILENCE_DB, 10.0 * math.log10(power / samples + 1e-12)) if samples else SILENCE_DB

    @property
    def unrendered_s(self) -> float:
        """Seconds until the queue runs dry."""
        with self._lock:
            return (self._pushed - self._rendered + self._leftover) / self.rate_hz

    @property
    def _held(self) -> bool:
        return self._hold_at is not None and self._rendered >= self._hold_at

    def _until_hold(self, count: int) -> int:
        """How many of the next `count` samples may be rendered."""
        if self._hold_at is None:
            return count
        return min(count, self._leftover + self._hold_at - self._rendered)

    def _fade_around_hold(self, own: Samples) -> None:
        """No click where she falls silent in mid-sound, nor where she goes on, whatever the blocks."""
        if len(own) == 0 or (self._hold_at is None and self._presence == 1.0):
            return
        count = np.arange(1, len(own) + 1, dtype=np.float32)
        presence = self._presence + count / self._fade_samples
        if self._hold_at is not None:
            presence = np.minimum(presence, (self._hold_at - self._rendered - count) / self._fade_samples)
        presence = np.clip(presence, 0.0, 1.0)
        own *= presence
        self._presence = float(presence[-1])

    def _heard(self, now_s: float) -> int:
        for at_s, before, count in reversed(self._ledger):
            if at_s <= now_s:
                return before + int(min(count, (now_s - at_s) * self.rate_hz))
        return self._ledger[0][1] if self._ledger else self._rendered

    def _take(self, out: Samples) -> int:
        """Fill the start of `out` from the queue; returns how many samples that gave."""
        taken = 0
        while self._pieces and taken < len(out):
            piece = self._pieces[0][: len(out) - taken]
            out[taken : taken + len(piece)] = piece
            taken += len(piece)
            if len(piece) == len(self._pieces[0]):
                self._pieces.popleft()
            else:
                self._pieces[0] = self._pieces[0][len(piece) :]
        return taken

    def _scale(self, sounding: Samples) -> None:
        if self._gain != self._target_gain:
            ramp = min(len(sounding), self._fade_samples)
            sounding[:ramp] *= np.linspace(self._gain, self._target_gain, ramp, dtype=np.float32)
            sounding[ramp:] *= self._target_gain
            self._gain = self._target_gain
        elif self._gain != 1.0:
            sounding *= self._gain

    def _cut(self) -> int:
        """Leave of the queue only its first `FADE_S`, faded out, or nothing of it if it was silent already on hold.

        Returns how many samples that is.
        """
        if self._held:
            self._pieces.clear()
        presence, self._hold_at, self._presence = self._presence, None, 1.0
        tail: Samples = np.zeros(self._fade_samples, dtype=np.float32)
        kept = self._take(tail)
        self._pieces.clear()
        if kept:
            self._pieces.append(tail[:kept] * np.linspace(presence, 0.0, kept, dtype=np.float32))
        return kept
