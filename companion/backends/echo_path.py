"""How her voice comes back to the microphone, measured, and what is to be done about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from companion.core.audio import HEARING_RATE_HZ, Samples, level_db
from companion.core.echo import EchoState
from companion.core.settings import EchoMode

LOOK_SAMPLES = HEARING_RATE_HZ
"""Near-end samples that one look takes: 1 s."""

BEHIND_SAMPLES = HEARING_RATE_HZ * 8 // 10
AHEAD_SAMPLES = HEARING_RATE_HZ // 10
"""How much later and earlier than its far end an echo is looked for: 0.8 s and 0.1 s."""

COUPLED = 12.0
"""Strength from which her voice is in what is heard. Without an echo: noise 4 to 6, another's voice up to 7. With one
at -30 dB of her voice: 26 and more, a second; at -6 dB under another's voice as loud: 7 to 37, median 20."""

UNCOUPLED = 10.0

POOR_DB = 10.0
"""An echo canceller that takes away less than this is none: voice activity still finds speech in what is left."""

_TRANSFORM = 1 << 15
_BAND_HZ = (200.0, 5000.0)

Action = Literal["pass", "cancel", "mute"]


@dataclass(frozen=True, slots=True)
class Coupling:
    """How plainly the far end is found in the near end, and how much later."""

    strength: float
    """Highest peak of the whitened cross-correlation, as a multiple of its root mean square."""
    lag_s: float


@dataclass(frozen=True, slots=True)
class Look:
    """What a second of her speech told."""

    heard: Coupling
    """Of the near end as the microphone gave it."""
    left: Coupling | None = None
    """Of what the canceller left of it; None if none was at work."""
    taken_db: float = 0.0
    """How much quieter the canceller made it (echo return loss enhancement, if only she speaks)."""

    @property
    def coupled(self) -> bool:
        """True if her voice was in what the microphone gave."""
        return self.heard.strength >= COUPLED

    @property
    def poor(self) -> bool:
        """True if her voice was left in. The user's voice over hers leaves as much, but then that is not hers."""
        return self.left is not None and self.taken_db < POOR_DB and self.left.strength >= COUPLED


def coupling(near: Samples, far: Samples) -> Coupling:
    """Look for `far` in `near` (GCC-PHAT, Knapp & Carter 1976). Takes about 0.5 ms.

    `near`: shape (LOOK_SAMPLES,). `far`: what was given beside it, with the BEHIND_SAMPLES before and the AHEAD_SAMPLES
    after.
    """
    spectrum = np.fft.rfft(far, _TRANSFORM) * np.conj(np.fft.rfft(near * np.hanning(len(near)), _TRANSFORM))
    low, high = (round(hz * _TRANSFORM / HEARING_RATE_HZ) for hz in _BAND_HZ)
    spectrum[:low] = spectrum[high:] = 0.0
    spectrum /= np.abs(spectrum) + 1e-9
    likeness = np.abs(np.fft.irfft(spectrum, _TRANSFORM)[: BEHIND_SAMPLES + AHEAD_SAMPLES])
    best = int(np.argmax(likeness))
    usual = float(np.sqrt(np.mean(np.square(likeness))))
    return Coupling(float(likeness[best]) / (usual + 1e-12), (BEHIND_SAMPLES - best) / HEARING_RATE_HZ)


def look(near: Samples, cleaned: Samples | None, far: Samples) -> Look:
    """Compare a second of the near end, as it was heard and as it was cleaned, with the far end (see `coupling`)."""
    heard = coupling(near, far)
    if cleaned is None:
        return Look(heard)
    return Look(heard, coupling(cleaned, far), level_db(near) - level_db(cleaned))


class SilenceBeside:
    """Notices within a second that nothing worth mentioning of her voice comes back, as with headphones: the microphone
    stays far below it. A user who speaks in that second only makes it take longer."""

    BELOW_DB = 35.0
    """So far below her voice even an echo is no speech to anybody."""
    LONG_ENOUGH_S = 0.8
    """Of her voice: any echo has come by then."""
    _SOUNDING_DB = -50.0
    _FADES_DB_PER_S = 20.0

    def __init__(self) -> None:
        self._loud_db = self._SOUNDING_DB
        self._for_s = 0.0

    def hear(self, near: Samples, far: Samples) -> bool:
        """Take a block of each, of the same time. True once the silence has lasted."""
        duration_s = len(near) / HEARING_RATE_HZ
        far_db = level_db(far)
        self._loud_db = max(far_db, self._loud_db - self._FADES_DB_PER_S * duration_s, self._SOUNDING_DB)
        if level_db(near) > self._loud_db - self.BELOW_DB:
            self._for_s = 0.0
        elif far_db > self._SOUNDING_DB:
            self._for_s += duration_s
        return self._for_s >= self.LONG_ENOUGH_S


class EchoJudge:
    """Decides from one look after another. Nothing is known before the first: her voice is taken out, to be safe."""

    LOOKS_FOR_HEADPHONES = 3
    LOOKS_FOR_POOR = 4
    LOOKS_FOR_GOOD = 5

    def __init__(self, mode: EchoMode, can_cancel: bool) -> None:
        self._mode = mode
        self._can_cancel = can_cancel
        self.forget()

    @property
    def state(self) -> EchoState:
        return self._state

    @property
    def action(self) -> Action:
        """What to do with the near end while she speaks."""
        if self._state == "headphones":
            return "pass"
        return "cancel" if self._can_cancel and self._state != "half-duplex" else "mute"

    def forget(self) -> None:
        """Microphone or speaker are others than before."""
        self._state: EchoState = "half-duplex" if self._mode == "half-duplex" else "idle"
        self._apart = self._poor = self._good = 0

    def hear_nothing(self) -> None:
        """Nothing came back of the first words of hers."""
        if self._state == "idle" and self._mode == "auto":
            self._state = "headphones"

    def give_up_cancelling(self) -> None:
        """The canceller failed."""
        self._can_cancel = False
        if self._state == "cancelling":
            self._state = "half-duplex"

    def take(self, seen: Look) -> None:
        """Draw the conclusions of one look."""
        if self._mode == "half-duplex":
            return
        if self._can_cancel:
            self._judge_canceller(seen)
        self._apart = self._apart + 1 if seen.heard.strength < UNCOUPLED else 0
        if seen.coupled and self._state in ("idle", "headphones"):
            self._state = "cancelling" if self._can_cancel else "half-duplex"
        elif self._apart >= self.LOOKS_FOR_HEADPHONES and self._mode == "auto":
            self._state = "headphones"
            self._poor = self._good = 0

    def _judge_canceller(self, seen: Look) -> None:
        if seen.left is None or not seen.coupled:
            return
        if seen.taken_db >= POOR_DB:
            self._poor, self._good = 0, self._good + 1
        elif seen.poor:
            self._poor, self._good = self._poor + 1, 0
        if self._state == "half-duplex" and self._good >= self.LOOKS_FOR_GOOD:
            self._state = "cancelling"
        elif self._poor >= self.LOOKS_FOR_POOR and self._mode == "auto":
            self._state = "half-duplex"
