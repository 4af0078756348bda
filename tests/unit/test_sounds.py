"""The soft sounds: made by their script to the bit, short, quiet, without a click."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from companion.backends.chimes import load_chimes
from companion.backends.wav_files import read_wav
from companion.core.audio import level_db
from companion.core.paths import shipped

NAMES = ("asleep", "awake", "listening")
FOLDER = shipped("assets") / "sounds"


def test_the_script_makes_the_files_anew_to_the_bit(tmp_path: Path) -> None:
    subprocess.run([sys.executable, FOLDER / "make_sounds.py", tmp_path], check=True)
    assert sorted(file.name for file in tmp_path.iterdir()) == [f"{name}.wav" for name in NAMES]
    for name in NAMES:
        assert (tmp_path / f"{name}.wav").read_bytes() == (FOLDER / f"{name}.wav").read_bytes()


@pytest.mark.parametrize("name", NAMES)
def test_a_sound_is_short_and_soft(name: str) -> None:
    samples, rate_hz = read_wav(FOLDER / f"{name}.wav")
    assert len(samples) / rate_hz < 0.5
    assert level_db(samples) == pytest.approx(-21.5, abs=1.5)
    assert np.abs(samples).max() < 0.3


@pytest.mark.parametrize("name", NAMES)
def test_a_sound_is_warm_and_does_not_click(name: str) -> None:
    samples, rate_hz = read_wav(FOLDER / f"{name}.wav")
    power = np.abs(np.fft.rfft(samples)) ** 2
    bright = power[np.fft.rfftfreq(len(samples), 1 / rate_hz) > 2000].sum() / power.sum()
    assert bright < 1e-4, "a click is bright"
    assert np.abs(samples[[0, -1]]).max() < 1e-3
    assert np.abs(np.diff(samples, 2)).max() < 0.005, "no kink"


@pytest.mark.parametrize("rate_hz", [16_000, 22_050, 48_000])
def test_sounds_come_at_the_speakers_rate(rate_hz: int) -> None:
    chimes = load_chimes(rate_hz)
    assert sorted(chimes) == list(NAMES)
    for samples in chimes.values():
        assert samples.dtype == np.float32
        assert 0.15 < len(samples) / rate_hz < 0.5
        assert np.abs(samples).max() < 0.3
