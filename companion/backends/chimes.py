"""The soft sounds that ship with the program, at the speaker's rate."""

from __future__ import annotations

from companion.backends.wav_files import read_wav
from companion.core.audio import Samples
from companion.core.paths import shipped

NAMES = ("asleep", "awake", "listening")


def load_chimes(rate_hz: int) -> dict[str, Samples]:
    """Each sound by its name, at `rate_hz`. Raises AudioFileError if one is missing or damaged."""
    import soxr

    chimes: dict[str, Samples] = {}
    for name in NAMES:
        samples, own_rate_hz = read_wav(shipped("assets") / "sounds" / f"{name}.wav")
        chimes[name] = soxr.resample(samples, own_rate_hz, rate_hz).astype("float32")
    return chimes
