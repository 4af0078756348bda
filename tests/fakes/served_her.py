"""She, for those who serve her: her answers are written in the test."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterable, Callable, Sequence

import numpy as np

from companion.core.audio import Samples
from companion.core.engines import EngineInfo
from companion.core.errors import CompanionError
from companion.serve.her import Asked, Usage


async def until(holds: Callable[[], bool], within_s: float = 10.0) -> None:
    """Wait until something holds that nobody tells of."""
    async with asyncio.timeout(within_s):
        while not holds():  # noqa: ASYNC110
            await asyncio.sleep(0.005)


class ScriptedHer:
    """Says `clauses` to everybody, then raises `error` if there is one.

    With `holds` she goes on only once it is set.
    """

    def __init__(
        self, *clauses: str, error: Exception | None = None, holds: asyncio.Event | None = None, holds_before: int = 1
    ) -> None:
        self.clauses = clauses
        self.error = error
        self.holds = holds
        self.holds_before = holds_before
        """With which clause she waits."""
        self.asked: list[Asked] = []
        self.speaking = 0
        self.most_speaking = 0
        self.stopped = 0
        """Answers that were not heard to their end."""

    @property
    def personas(self) -> Sequence[str]:
        return ("samantha", "juno")

    def answer(self, asked: Asked) -> ScriptedAnswer:
        return ScriptedAnswer(self, asked)

    async def idle(self) -> None:
        """Wait until she speaks no more."""
        await until(lambda: not self.speaking)

    async def busy(self, answers: int = 1) -> None:
        """Wait until she has begun so many answers."""
        await until(lambda: len(self.asked) >= answers)


class ScriptedAnswer:
    def __init__(self, her: ScriptedHer, asked: Asked) -> None:
        self._her = her
        self._asked = asked
        self.usage = Usage(7, 3)
        self.at_limit = False

    async def clauses(self) -> AsyncGenerator[str, None]:
        her, whole = self._her, False
        her.asked.append(self._asked)
        her.speaking += 1
        her.most_speaking = max(her.most_speaking, her.speaking)
        try:
            for number, clause in enumerate(her.clauses):
                if her.holds and number == her.holds_before:
                    await her.holds.wait()
                yield clause
            whole = True
        finally:
            her.speaking -= 1
            her.stopped += not whole
        if her.error:
            raise her.error


class ScriptedEars:
    """Hears how long it was, in tenths of a second."""

    languages = ("en",)

    def __init__(self, error: CompanionError | None = None) -> None:
        self.error = error

    def info(self) -> EngineInfo:
        return EngineInfo("speech to text", "scripted", "tiny.en")

    async def hear(self, speech: Samples, rate_hz: int) -> str:
        if self.error:
            raise self.error
        return f"{len(speech) * 10 // rate_hz} tenths"


class ScriptedVoice:
    """A tenth of a second of sound for each word."""

    languages = ("en_US",)
    rate_hz = 22_050

    def __init__(self) -> None:
        self.said: list[str] = []

    def info(self) -> EngineInfo:
        return EngineInfo("voice", "scripted", "en_US-joe-medium")

    async def say(self, pieces: AsyncIterable[str]) -> AsyncGenerator[Samples, None]:
        async for piece in pieces:
            self.said.append(piece)
            yield np.full(2205 * len(piece.split()), 0.5, dtype=np.float32)
