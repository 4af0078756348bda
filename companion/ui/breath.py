"""How she stands and breathes: plain arithmetic, without Qt. presence.py draws it."""

from __future__ import annotations

import math
from dataclasses import dataclass, fields

from companion.ui.mood import Mood
from companion.ui.motion import NEAR, follow, follow_level, loudness

CHANGE_S = 0.2
"""How fast one mood becomes another (as in `follow`)."""

LIVELY, THINKING, GENTLE, SLOW, RESTING = 30, 20, 12, 5, 0
"""Frames a second: with a voice, while she thinks, breathing awake, breathing asleep, and when nothing moves."""

LOUD_ENOUGH = 0.04
"""A voice fainter than this part of full loudness is not worth a lively pace."""


@dataclass(frozen=True, slots=True)
class Pose:
    """What she looks like, each from 0 (not at all) to 1. No two moods share a shape, even without colour or motion."""

    size: float
    light: float
    """How strongly she glows."""
    petals: float = 0.0
    """How far her rim opens into petals."""
    sunk: float = 0.0
    """How far she has set, as a sun behind a horizon."""
    ring: float = 0.0
    """Her ear: the ring around her that your voice widens."""
    beads: float = 0.0
    """Three beads that circle her."""
    slash: float = 0.0
    """A stroke across."""
    mark: float = 0.0
    """An exclamation mark."""


POSES: dict[Mood, Pose] = {
    "asleep": Pose(size=0.74, light=0.25, sunk=1),
    "listening": Pose(size=0.82, light=0.6, petals=0.2, ring=1),
    "thinking": Pose(size=0.62, light=0.5, petals=0.2, beads=1),
    "speaking": Pose(size=0.95, light=1, petals=1),
    "muted": Pose(size=0.7, light=0.1, ring=1, slash=1),
    "trouble": Pose(size=0.82, light=0.3, mark=1),
}

PACES: dict[Mood, int] = {
    "asleep": SLOW,
    "listening": GENTLE,
    "thinking": THINKING,
    "speaking": LIVELY,
    "muted": RESTING,
    "trouble": RESTING,
}

BREATHS_S: dict[Mood, float] = {"asleep": 7.0, "listening": 5.0, "thinking": 3.5, "speaking": 4.0}
"""Seconds of one breath, for those moods that breathe."""


class Breath:
    """She, between one mood and the next."""

    def __init__(self) -> None:
        self.pose = POSES["asleep"]
        self.yours = self.hers = 0.0
        """How loud you and she are drawn: 0 to 1."""
        self.turned = 0.0
        """How far all that circles has turned, in radians."""
        self._mood: Mood = "asleep"
        self._still = False
        self._your_target = self._her_target = 0.0
        self._breathed = 0.0

    @property
    def breath(self) -> float:
        """-1 (out) to 1 (in)."""
        return math.sin(math.tau * self._breathed)

    def set_mood(self, mood: Mood) -> None:
        self._mood = mood
        self._settle_if_still()

    def set_levels(self, yours_db: float, hers_db: float) -> None:
        self._your_target, self._her_target = loudness(yours_db), loudness(hers_db)

    def set_still(self, still: bool) -> None:
        """Without motion: every mood is there at once, and voices move nothing."""
        self._still = still
        self._settle_if_still()

    @property
    def pace(self) -> int:
        """How many frames a second this is worth now."""
        if self._still:
            return RESTING
        if self._changing or self._voiced:
            return LIVELY
        return PACES[self._mood]

    def advance(self, elapsed_s: float) -> None:
        """Let `elapsed_s` pass."""
        if self._still:
            return
        target = POSES[self._mood]
        self.pose = Pose(
            **{
                part.name: follow(getattr(self.pose, part.name), getattr(target, part.name), elapsed_s, CHANGE_S)
                for part in fields(Pose)
            }
        )
        self.yours = follow_level(self.yours, self._your_target, elapsed_s)
        self.hers = follow_level(self.hers, self._her_target, elapsed_s)
        if self._mood in BREATHS_S:
            self._breathed = (self._breathed + elapsed_s / BREATHS_S[self._mood]) % 1.0
            self.turned = (self.turned + elapsed_s * (0.5 + 0.8 * self.pose.beads + 0.7 * self.hers)) % (60 * math.tau)

    @property
    def _changing(self) -> bool:
        return self.pose != POSES[self._mood]

    @property
    def _voiced(self) -> bool:
        moving = max(abs(self.yours - self._your_target), abs(self.hers - self._her_target)) > NEAR
        return moving or max(self.yours, self.hers) > LOUD_ENOUGH

    def _settle_if_still(self) -> None:
        if self._still:
            self.pose = POSES[self._mood]
            self.yours = self.hers = self._breathed = self.turned = 0.0
