"""Notices that a microphone runs and hears nothing at all: muted, or unplugged at its other end."""

from __future__ import annotations

from companion.core.audio import BLOCK_S, Samples, level_db
from companion.core.errors import DeviceError

SILENT_DB = -80.0
"""Below the noise of any microphone in any room, at 16 bits."""

PATIENCE_S = 10.0
LONGEST_PATIENCE_S = 640.0


class SilentMicrophoneWatch:
    """Give it every block that is listened to; it says once what is wrong, and again only after sound was heard.

    Some computers take all noise out of what nobody says: their microphones are silent whenever people are.
    So its patience doubles with each time that the sound came back.
    """

    def __init__(self) -> None:
        self._patience_s = PATIENCE_S
        self._silent_blocks = 0
        self._told = False

    def hear(self, block: Samples) -> DeviceError | None:
        """What is to be said after this block of 20 ms, if anything."""
        if level_db(block) >= SILENT_DB:
            if self._told:
                self._patience_s = min(2.0 * self._patience_s, LONGEST_PATIENCE_S)
            self._silent_blocks, self._told = 0, False
            return None
        self._silent_blocks += 1
        if self._told or self._silent_blocks * BLOCK_S < self._patience_s:
            return None
        self._told = True
        return DeviceError(
            "Your microphone hears nothing at all; it seems to be muted.",
            "Look for a switch on it and in the sound settings, or choose another microphone.",
        )
