"""Her own voice in what the microphone hears: what takes it out, and what is done about it."""

from __future__ import annotations

from typing import Literal, Protocol

from companion.core.audio import Samples

EchoState = Literal["idle", "headphones", "cancelling", "half-duplex"]
"""idle: not known yet; headphones: nothing of her voice comes back; half-duplex: she is deaf while she speaks."""

ECHO_FRAME_SAMPLES = 160
"""Samples in what an echo canceller takes at once: 10 ms at 16 kHz."""


class EchoCanceller(Protocol):
    """Takes her own voice out of what the microphone hears."""

    def clean(self, near: Samples, far: Samples) -> Samples:
        """`near` without the echo of `far`, which the speaker let out. About 0.3 ms of work.

        All of shape (160,), 16 kHz, in [-1, 1]. Successive calls follow each other without gaps; the
        echo of `far` comes in this or in later calls, by up to 0.4 s.
        """

    def reset(self) -> None:
        """Forget the room: an echo may come sooner than before, or otherwise."""
