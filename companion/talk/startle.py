"""Pricks up her ears: hears that a sound begins, long before anyone can tell what it is."""

from __future__ import annotations

from collections import deque

from companion.core.audio import BLOCK_S, SILENCE_DB, Samples, level_db

LEAST_DB = -48.0
"""What is softer than this is no speech to her, at the level that speech is brought to."""

RISE_DB = 9.0
"""A sound must be so much louder than all that was heard lately."""

LATELY_S = 2.0
"""She gets used to what comes again and again: keys, a drip, the rest of her own echo."""


class Startle:
    """A sudden sound, in one block: voice activity takes 60 to 120 ms to be sure of speech.

    Give it every block in which nobody is known to speak but herself.
    """

    def __init__(self) -> None:
        self._lately: deque[float] = deque(maxlen=round(LATELY_S / BLOCK_S))

    def hear(self, block: Samples) -> bool:
        """Whether a sound begins in `block`, 20 ms at 16 kHz."""
        level = level_db(block)
        used_to = max(self._lately, default=SILENCE_DB)
        self._lately.append(level)
        return level >= max(LEAST_DB, used_to + RISE_DB)
