"""A stage in made-up time: what she does when something is said is written into her recording beforehand."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass
from typing import cast

from companion.core.audio import Samples, seconds, silence
from companion.diagnostics.live.agent import Agent, RunningAgent
from companion.diagnostics.live.levels import end_s, onset_s
from companion.diagnostics.live.scripts import Line
from companion.diagnostics.live.stage import Spoken, Stage, Story
from tests.unit.diagnostics.live.sounds import RATE


@dataclass
class ScriptedAgent:
    """Says what it believes was heard, if it does."""

    begins: bool = True
    name: str = "scripted"
    pid: int = os.getpid()
    believed: str | None = None

    def heard_words(self) -> str | None:
        return self.believed


class ScriptedStage(Stage):
    """`react` is told of each line, and when it begins and ends; it writes her part with `she`."""

    def __init__(self, agent: ScriptedAgent, react: Callable[[ScriptedStage, Line, float, float], None]) -> None:
        self.agent = cast(Agent, agent)
        self._scripted = agent
        self._react = react
        self._now_s = 1.0
        self._sound = silence(300.0, RATE)
        self.story: Samples = silence(0.0, RATE)
        self.clean = True
        self.hears_herself = False
        self.with_echo: list[Samples] = []
        """What becomes of her stories in a room with an echo."""

    def she(self, at_s: float, samples: Samples) -> None:
        """From `at_s` on she sounds like this, and not like anything else."""
        start = round(at_s * RATE)
        self._sound[start:] = 0.0
        self._sound[start : start + len(samples)] = samples

    @contextlib.contextmanager
    def conversation(self) -> Iterator[RunningAgent]:
        yield cast(RunningAgent, self._scripted)

    @contextlib.contextmanager
    def echo(self, delay_s: float, gain_db: float) -> Iterator[None]:
        self.hears_herself = True
        yield
        self.hears_herself = False

    def stories(self) -> Generator[Story, None, None]:
        while True:
            self.wait_for_quiet()
            onset = self._now_s + 0.5
            self.she(onset, self.with_echo.pop(0) if self.hears_herself else self.story)
            yield Story(cast(RunningAgent, self._scripted), onset)

    def speak(self, line: Line) -> Spoken:
        start_s, end = self._now_s, self._now_s + seconds(line.samples, RATE)
        self._react(self, line, start_s, end)
        self._now_s = end + 0.1
        return Spoken(start_s, end, self.clean)

    def wait_for_her(self, after_s: float, within_s: float = 15.0) -> float | None:
        onset = onset_s(self.heard(after_s, self._now_s + within_s))
        self._now_s = self._now_s + within_s if onset is None else max(self._now_s, after_s + onset)
        return None if onset is None else after_s + onset

    def wait_for_quiet(self, for_s: float = 1.5) -> None:
        self._now_s = max(self._now_s, end_s(self._sound)) + for_s

    def wait_until_s(self, at_s: float) -> None:
        self._now_s = max(self._now_s, at_s)

    def heard(self, from_s: float, to_s: float | None = None) -> Samples:
        return self._sound[round(from_s * RATE) : round((to_s or self._now_s) * RATE)]
