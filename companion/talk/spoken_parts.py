"""Where somebody speaks in a recording. Pure but for the voice activity that it asks.

Whisper fills long silences with what it heard before, over and over: so only what is spoken is for it to hear.
"""

from __future__ import annotations

import numpy as np

from companion.core.audio import HEARING_RATE_HZ, Samples
from companion.core.engines import VoiceActivity

SPEECH = 0.5
"""Probability from which a frame is speech."""
PAUSE_S = 1.0
"""A longer silence parts what is said; a shorter one is a pause in it."""
MARGIN_S = 0.4
"""Kept around what is said: voice activity is late for soft beginnings."""


def spoken_parts(sound: Samples, activity: VoiceActivity) -> list[Samples]:
    """The stretches of `sound`, at 16 kHz, that hold speech, in their order; none overlap."""
    frame = activity.frame_samples
    activity.reset()
    count = -(-len(sound) // frame)
    padded = np.pad(sound, (0, count * frame - len(sound)))
    spoken = [at for at in range(count) if activity.probability(padded[at * frame : (at + 1) * frame]) >= SPEECH]
    margin = round(MARGIN_S * HEARING_RATE_HZ)
    parts: list[tuple[int, int]] = []
    for at in spoken:
        start, end = at * frame, (at + 1) * frame
        if parts and start - parts[-1][1] <= PAUSE_S * HEARING_RATE_HZ:
            parts[-1] = (parts[-1][0], end)
        else:
            parts.append((start, end))
    return [sound[max(0, start - margin) : end + margin] for start, end in parts]
