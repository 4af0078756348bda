"""Her own voice as a level, for whoever draws her while she speaks."""

from __future__ import annotations

from companion.core.audio import SILENCE_DB

EVERY_S = 0.05

ROUNDING_S = 1e-6
"""Sums of block lengths are compared with `EVERY_S`; this absorbs their rounding."""


class VoiceMeter:
    """Says when to tell of the level: every `EVERY_S` while she speaks, and once when she has fallen silent."""

    def __init__(self) -> None:
        self._since_s = EVERY_S
        self._told_db = SILENCE_DB

    def measure(self, duration_s: float, level_db: float | None) -> float | None:
        """What to tell after `duration_s`, in dB, if anything. `level_db`: of her voice; None while she is silent."""
        if level_db is None:
            silenced = self._told_db > SILENCE_DB
            self._since_s, self._told_db = EVERY_S, SILENCE_DB
            return SILENCE_DB if silenced else None
        self._since_s += duration_s
        if self._since_s < EVERY_S - ROUNDING_S:
            return None
        self._since_s = self._since_s - EVERY_S if self._since_s < 2 * EVERY_S else 0.0
        if self._told_db == level_db == SILENCE_DB:
            return None
        self._told_db = level_db
        return level_db
