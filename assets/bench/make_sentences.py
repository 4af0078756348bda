"""Makes the sound files of the benchmark from sentences.txt with the starter voice.

    python assets/bench/make_sentences.py

The voice en_US-joe-medium is in the public domain (CC0), so the files are too.
"""

from pathlib import Path

import numpy as np
import soundfile
import soxr

from companion.app import make_synthesizer
from companion.core.audio import HEARING_RATE_HZ
from companion.core.settings import Settings

HERE = Path(__file__).parent
PEAK = 0.5

synthesizer = make_synthesizer(Settings())
for number, sentence in enumerate(HERE.joinpath("sentences.txt").read_text().splitlines(), start=1):
    samples = soxr.resample(synthesizer.voice(sentence).samples, synthesizer.rate_hz, HEARING_RATE_HZ)
    level = PEAK / np.abs(samples).max()
    soundfile.write(HERE / f"{number:02}.wav", level * samples, HEARING_RATE_HZ, subtype="PCM_16")
