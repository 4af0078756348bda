"""A clock where there is no ear: silence in real time, for a conversation that is only typed."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator

import numpy as np

from companion.core.audio import BLOCK_S, BLOCK_SAMPLES, Samples


class NoMicrophone:
    """A Microphone that hears nothing and never ends."""

    at_ease = False

    @property
    def name(self) -> str:
        return ""

    @property
    def lockstep(self) -> bool:
        return False

    @property
    def exhausted(self) -> bool:
        return False

    @property
    def latency_s(self) -> float:
        return 0.0

    async def blocks(self) -> AsyncGenerator[Samples, None]:
        """Blocks of silence, 50 a second."""
        silent: Samples = np.zeros(BLOCK_SAMPLES, dtype=np.float32)
        while True:
            await asyncio.sleep(BLOCK_S)
            yield silent
