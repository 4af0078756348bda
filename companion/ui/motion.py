"""How things move: levels that follow a voice, and breath. Plain arithmetic, without Qt."""

from __future__ import annotations

import math

SILENCE_DB = -120.0
QUIETEST_DB, LOUDEST_DB = -54.0, -9.0
"""dBFS: what is drawn as nothing, and as all. A room is quieter than the one, few words are louder than the other."""

RISE_S, FALL_S = 0.06, 0.28
"""How fast a level follows: a word is seen as it is heard, and nothing flickers."""

NEAR = 0.004
"""A difference on the scale of 0 to 1 that nobody sees."""


def loudness(db: float) -> float:
    """A level in dBFS on a scale of 0 (nothing) to 1 (all)."""
    return min(1.0, max(0.0, (db - QUIETEST_DB) / (LOUDEST_DB - QUIETEST_DB)))


def follow(value: float, target: float, elapsed_s: float, time_s: float) -> float:
    """`value` on its way to `target`: after `time_s` it is 63 % there. It never overshoots; near it, it arrives."""
    nearer = target + (value - target) * math.exp(-elapsed_s / time_s)
    return target if abs(nearer - target) < NEAR else nearer


def follow_level(value: float, target: float, elapsed_s: float) -> float:
    """As `follow`, for a level: quick to rise, slow to fall."""
    return follow(value, target, elapsed_s, RISE_S if target > value else FALL_S)
