"""Makes the soft sounds that tell when she falls asleep, wakes, or opens the microphone.

    python assets/sounds/make_sounds.py [FOLDER]

Each is one or two tones like a felted mallet's: a few partials, the high ones fading first, begun and ended in
zero. Falling for sleep, rising for waking, one short tone for listening. Ours, under the program's licence.
"""

import sys
import wave
from pathlib import Path

import numpy as np

RATE_HZ = 48_000
LEVEL_DB = -20.0
"""Root-mean-square level over the sound's loud part, in dB of full scale."""

PARTIALS = ((1.0, 1.0, 1.0), (2.0, 0.22, 1.8), (3.0, 0.07, 3.0))
"""Multiple of the pitch, share of the loudness, times as fast to fade."""

ATTACK_S, RELEASE_S = 0.025, 0.08
D4, A4, D5 = 293.66, 440.0, 587.33

SOUNDS = {
    "asleep": ((0.0, A4), (0.16, D4)),
    "awake": ((0.0, D4), (0.14, A4)),
    "listening": ((0.0, D5),),
}
"""Of each sound its tones: when they begin, in seconds, and their pitch in Hz."""

LENGTHS_S = {"asleep": 0.48, "awake": 0.42, "listening": 0.2}


def tone(pitch_hz: float, duration_s: float) -> np.ndarray:
    t = np.arange(round(duration_s * RATE_HZ)) / RATE_HZ
    sound = sum(
        share * np.sin(2 * np.pi * pitch_hz * multiple * t) * np.exp(-7.0 * fade * t)
        for multiple, share, fade in PARTIALS
    )
    return sound * faded(len(t), ATTACK_S, RELEASE_S)


def faded(length: int, attack_s: float, release_s: float) -> np.ndarray:
    """A raised cosine up and down, so that nothing clicks."""
    envelope = np.ones(length)
    rise, fall = round(attack_s * RATE_HZ), round(release_s * RATE_HZ)
    envelope[:rise] = 0.5 - 0.5 * np.cos(np.pi * np.arange(rise) / rise)
    envelope[length - fall :] *= 0.5 + 0.5 * np.cos(np.pi * np.arange(1, fall + 1) / fall)
    return envelope


def make(name: str) -> np.ndarray:
    """The sound as 16-bit samples."""
    length_s = LENGTHS_S[name]
    sound = np.zeros(round(length_s * RATE_HZ))
    for start_s, pitch_hz in SOUNDS[name]:
        sound[round(start_s * RATE_HZ) :] += tone(pitch_hz, length_s - start_s)
    loud = sound[np.abs(sound) > 0.1 * np.abs(sound).max()]
    sound *= 10 ** (LEVEL_DB / 20) / np.sqrt(np.mean(np.square(loud)))
    return np.round(sound * 32767).astype("<i2")


def main(folder: Path) -> None:
    for name in SOUNDS:
        with wave.open(str(folder / f"{name}.wav"), "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(RATE_HZ)
            file.writeframes(make(name).tobytes())


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent)
