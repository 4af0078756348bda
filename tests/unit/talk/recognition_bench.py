"""A recognition whose transcriber the test holds in its hands."""

from __future__ import annotations

import asyncio
import threading

import numpy as np

from companion.core.audio import HEARING_RATE_HZ, Samples, seconds
from companion.core.engines import EngineInfo, Transcript
from companion.core.errors import CompanionError
from companion.talk.parts import Recognizers
from companion.talk.recognition import (
    Recognition,
)
from companion.talk.workers import Worker


class Listener:
    """A transcriber that counts: each second of sound is a word, "1" for the first. Keeps how much it was given."""

    def __init__(self) -> None:
        self.heard: list[Samples] = []
        self.glances: list[bool] = []
        self.fails: Exception | None = None
        self.allowed = threading.Event()
        self.allowed.set()

    def info(self) -> EngineInfo:
        return EngineInfo("speech to text", "counting", "")

    def warm_up(self) -> None:
        pass

    def expect(self, names: tuple[str, ...]) -> None: ...

    def transcribe(self, speech: Samples, glance: bool = False) -> Transcript:
        self.glances.append(glance)
        assert self.allowed.wait(10)
        self.heard.append(speech)
        if self.fails:
            raise self.fails
        starts = range(0, len(speech), HEARING_RATE_HZ)
        return Transcript(" ".join(str(round(speech[start] * 100)) for start in starts), confidence=0.9)


def sound(duration_s: float) -> Samples:
    """Louder by 0.01 in each second, so that Listener knows which it is: 0.01 in the first."""
    loudness = (np.arange(1, 100) / 100).astype(np.float32)
    return np.repeat(loudness, HEARING_RATE_HZ)[: round(duration_s * HEARING_RATE_HZ)]


def count_to(number: int) -> str:
    return " ".join(map(str, range(1, number + 1)))


class Bench:
    """A Recognition, what it listens with, and what it told."""

    def __init__(self, hear: Worker) -> None:
        self.listener = Listener()
        self.faults: list[CompanionError] = []
        self.followed: list[tuple[str, str]] = []
        self.recognition = Recognition(
            Recognizers(self.listener, hear, None, hear),
            self.faults.append,
            self.follow,
        )
        self.recognition.start_turn()
        self.whole = ""

    def follow(self, text: str, stable: str, whole: str) -> None:
        self.followed.append((text, stable))
        self.whole = whole

    async def settle(self) -> None:
        while pending := self.recognition.tasks:
            await asyncio.wait(pending)

    async def listen(self, duration_s: float) -> None:
        self.recognition.listen(sound(duration_s))
        await self.settle()

    async def pause(self, duration_s: float) -> None:
        self.recognition.begin(sound(duration_s))
        await self.settle()

    async def pause_during_glance(self, spoken_s: float) -> None:
        """2.5 s into a turn that was spoken until `spoken_s`, while the first 2 s are being transcribed."""
        self.listener.allowed.clear()
        self.recognition.listen(sound(2.0))
        await asyncio.sleep(0)
        self.recognition.begin(sound(2.5), spoken_s)
        self.listener.allowed.set()
        await self.settle()

    def heard_s(self) -> list[float]:
        return [seconds(heard, HEARING_RATE_HZ) for heard in self.listener.heard]
