"""One loudness for every voice, whatever engine makes it."""

from __future__ import annotations

import numpy as np

from companion.core.audio import Samples, level_db

LEVEL_DB = -20.5
"""The mean level of `LEVEL_TEXT`; its peaks are then at about 0.8."""

LEVEL_TEXT = "Hello there, it is good to hear from you again. What shall we talk about today?"

_MOST_DB = 24.0
"""What differs by more than this from a voice is none."""

_LIMIT_FROM = 0.8
"""Peaks above this are rounded off, never clipped."""


def gain_of(spoken: Samples) -> float:
    """What a voice is to be multiplied by that speaks `LEVEL_TEXT` so."""
    return float(10 ** (np.clip(LEVEL_DB - level_db(spoken), -_MOST_DB, _MOST_DB) / 20))


def limited(samples: Samples) -> Samples:
    """Peaks above 0.8 rounded off so that none reaches 1."""
    room = np.float32(1.0 - _LIMIT_FROM)
    over = np.maximum(np.abs(samples) - np.float32(_LIMIT_FROM), 0.0)
    return np.asarray(samples + np.sign(samples) * (room * np.tanh(over / room) - over), dtype=np.float32)
