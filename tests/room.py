"""A simulated room: what a microphone hears of a speaker in it."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from companion.core.audio import BLOCK_SAMPLES, HEARING_RATE_HZ, Samples

DECAY_S = 0.03
"""Time constant of the response: some 0.2 s to -60 dB, as in a furnished room."""

PATHS = [(delay_s, gain_db) for delay_s in (0.04, 0.09, 0.15) for gain_db in (-6.0, -12.0)]
"""The echo paths of the issue: delay, and level at the microphone relative to the speaker."""


def response(rate_hz: int = HEARING_RATE_HZ) -> Samples:
    """The direct sound and a tail of noise that dies away exponentially; energy 1."""
    at_s = np.arange(round(0.12 * rate_hz)) / rate_hz
    tail = np.random.default_rng(3).standard_normal(len(at_s)) * np.exp(-at_s / DECAY_S)
    tail *= 0.7 / np.linalg.norm(tail)
    tail[0] = 1.0
    return np.asarray(tail / np.linalg.norm(tail), dtype=np.float32)


def echo(far: Samples, delay_s: float, gain_db: float) -> Samples:
    """What comes back of `far` (16 kHz) to the microphone; as long as `far`."""
    delayed = np.concatenate((np.zeros(round(delay_s * HEARING_RATE_HZ), dtype=np.float32), far))[: len(far)]
    heard = np.convolve(delayed, response())[: len(far)] * 10 ** (gain_db / 20)
    return np.asarray(heard, dtype=np.float32)


def room_noise(count: int, level_db: float = -65.0) -> Samples:
    """The hiss of a quiet room and a cheap microphone."""
    return np.asarray(np.random.default_rng(5).standard_normal(count) * 10 ** (level_db / 20), dtype=np.float32)


def conversation(
    hear: Callable[[Samples], Samples],
    play: Callable[[Samples, int], None],
    her: Samples,
    heard: Samples,
    latency_s: float = 0.08,
    heap: int = 1,
) -> Samples:
    """What comes of `heard` while `her` is played: both at 16 kHz, sample for sample, in blocks of 20 ms.

    `latency_s`: how long before it is heard the speaker asks for sound, both devices taken together. `heap`: the
    blocks that it asks for at once.
    """
    ahead = round(latency_s * HEARING_RATE_HZ)
    early = np.concatenate((her, np.zeros(ahead + heap * BLOCK_SAMPLES, dtype=np.float32)))[ahead:]
    out = []
    for number in range(len(heard) // BLOCK_SAMPLES):
        if number % heap == 0:
            for one in range(number, number + heap):
                play(early[one * BLOCK_SAMPLES : (one + 1) * BLOCK_SAMPLES], HEARING_RATE_HZ)
        out.append(hear(heard[number * BLOCK_SAMPLES : (number + 1) * BLOCK_SAMPLES]))
    return np.concatenate(out)
