"""A slow gain for what she hears, so that quiet and loud speakers reach every engine at one level."""

from __future__ import annotations

from collections import deque

import numpy as np

from companion.core.audio import BLOCK_S, Samples, level_db

SPEECH_DB = -26.0
"""Where speech is brought to: the level of clear near speech, with 20 dB left for its peaks."""

NOISE_DB = -55.0
"""No gain lifts the noise of the room above this: far below what a detector takes for speech."""

MAX_GAIN_DB = 24.0
MIN_GAIN_DB = -12.0
CHANGE_DB_PER_S = 6.0
"""As fast as a careful hand at a mixing desk, in seconds of speech; loud peaks are answered at once."""

_LOUDNESS_S = 1.0
_FLOOR_S = 10
_PEAK = 0.97
_BLOCKS_PER_S = round(1.0 / BLOCK_S)


class InputGain:
    """Give it every block, and say whether speech was heard in the one before."""

    def __init__(self) -> None:
        self._gain_db = 0.0
        self._sounding = 1.0
        """The gain that the last block ended with."""
        self._speech_power: float | None = None
        self._lowest: deque[float] = deque(maxlen=_FLOOR_S)
        """The lowest level in each of the last seconds."""
        self._second: list[float] = []

    @property
    def gain_db(self) -> float:
        """The present gain, from `MIN_GAIN_DB` to `MAX_GAIN_DB`."""
        return self._gain_db

    def apply(self, block: Samples, speech: bool) -> Samples:
        """`block`, 20 ms at 16 kHz, at the level that suits; `speech` says whether the user is speaking.

        Only speech of the user's moves the gain: not noise, and not her own voice.
        """
        if speech:
            self._follow(block)
        else:
            self._hear_noise(level_db(block))
        self._gain_db = min(self._gain_db, max(0.0, NOISE_DB - self._noise_db))
        peak = float(np.abs(block).max(initial=0.0))
        gain = 10.0 ** (self._gain_db / 20.0)
        if peak * gain > _PEAK:
            gain = max(_PEAK / peak, 10.0 ** (MIN_GAIN_DB / 20.0))
            self._gain_db = 20.0 * float(np.log10(gain))
            self._sounding = min(self._sounding, gain)
        before, self._sounding = self._sounding, gain
        if before == gain:
            return block if gain == 1.0 else block * np.float32(gain)
        return block * np.linspace(before, gain, len(block), dtype=np.float32)

    @property
    def _noise_db(self) -> float:
        """The level of the room when nobody speaks; unknown rooms count as noisy enough for no gain."""
        return min(self._lowest, default=NOISE_DB)

    def _hear_noise(self, level: float) -> None:
        self._second.append(level)
        if len(self._second) == _BLOCKS_PER_S:
            self._lowest.append(min(self._second))
            self._second.clear()

    def _follow(self, block: Samples) -> None:
        power = float(np.mean(np.square(block, dtype=np.float64)))
        share = BLOCK_S / _LOUDNESS_S
        before = self._speech_power if self._speech_power is not None else power
        self._speech_power = before + share * (power - before)
        wanted_db = SPEECH_DB - 10.0 * float(np.log10(self._speech_power + 1e-12))
        step_db = CHANGE_DB_PER_S * BLOCK_S
        change_db = min(max(wanted_db - self._gain_db, -step_db), step_db)
        self._gain_db = min(max(self._gain_db + change_db, MIN_GAIN_DB), MAX_GAIN_DB)
