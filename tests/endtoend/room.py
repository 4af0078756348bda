"""A room on the sound server: the speaker is heard at the microphone, late, weaker, and with reflections."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np

from companion.core.audio import HEARING_RATE_HZ, level_db
from tests.signals import babble, find
from tests.sound_server import EchoPath, SoundServer

REFLECTIONS = ((0.012, -9.0), (0.03, -14.0))
"""Later and weaker than the direct sound by this: what a desk and a wall give back."""

_PROBE_S = 0.5


@dataclass(frozen=True, slots=True)
class Measured:
    """The echo path as it is, which is not quite as it was asked for."""

    delay_s: float
    gain_db: float


@contextmanager
def room(server: SoundServer, delay_s: float, gain_db: float) -> Iterator[Measured]:
    """While the block runs, the microphone hears the speaker."""
    direct = EchoPath(delay_s, gain_db)
    reflections = [EchoPath(delay_s + late_s, gain_db + weaker_db) for late_s, weaker_db in REFLECTIONS]
    with server.looped_back([direct, *reflections]):
        yield _measure(server)


def _measure(server: SoundServer) -> Measured:
    with server.record() as played, server.record("microphone") as heard:
        server.play(babble(_PROBE_S, 48_000), 48_000, "speaker")
        heard.wait_for_s(_PROBE_S)
        played.wait_for_s(0.1)
    probe = babble(_PROBE_S, HEARING_RATE_HZ)
    began, came = find(probe, played.samples), find(probe, heard.samples)
    assert began.correlation > 0.5 and came.correlation > 0.5, "the loop must carry sound"
    levels = [
        level_db(recording.samples[found.start : found.start + len(probe)])
        for recording, found in ((played, began), (heard, came))
    ]
    delay_s = heard.started_s - played.started_s + (came.start - began.start) / HEARING_RATE_HZ
    return Measured(round(delay_s, 3), round(float(np.diff(levels)[0]), 1))
