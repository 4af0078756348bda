"""One loudness for every voice, whatever engine makes it."""

from __future__ import annotations

import numpy as np

from companion.core.audio import Samples, level_db

LEVEL_DB = -20.5
"""How loud every voice is made, as the mean level of `LEVEL_TEXT`; its peaks are then at about 0.8."""
LEVEL_TEXT = "Hello there, it is good to hear from you again. What shall we talk about today?"
_LIMIT_FROM = 0.8
"""Peaks above this are rounded off, never clipped."""


def gain_for(sound: Samples) -> float:
    """What `sound`, some sentences of a voice, is to be multiplied by."""
    return float(10 ** ((LEVEL_DB - level_db(sound)) / 20))


def limited(samples: Samples) -> Samples:
    """Peaks above `_LIMIT_FROM` rounded off so that none reaches 1."""
    room = np.float32(1.0 - _LIMIT_FROM)
    over = np.maximum(np.abs(samples) - np.float32(_LIMIT_FROM), 0.0)
    return np.asarray(samples + np.sign(samples) * (room * np.tanh(over / room) - over), dtype=np.float32)
