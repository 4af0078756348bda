"""The room in which an agent is measured: its devices, two recordings on one clock, and a voice that speaks to it.

The clock is time.monotonic(). What the agent does is known from its sound alone.
"""

from __future__ import annotations

import contextlib
import subprocess
import time
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass
from pathlib import Path

from companion.core.audio import HEARING_RATE_HZ, Samples, seconds
from companion.core.errors import DeviceError, EngineError
from companion.diagnostics.live.agent import Agent, Role, RunningAgent, running
from companion.diagnostics.live.levels import end_s, onset_s, silences_s, sounding, trimmed
from companion.diagnostics.live.scripts import OPENING, REQUEST, Line, Say
from companion.diagnostics.sound_server import EchoPath, Recording, SoundServer, running_sound_server, wait_until

START_S = 180.0
"""Large models from a slow disk take long."""

PATIENCE_S = 15.0
"""A turn that gets no answer within this is counted as unanswered."""

LONGEST_REPLY_S = 60.0

QUIET_S = 1.5
"""A silence this long is the end of a reply."""

ENDED_S = 0.3
"""When an agent has ended, the rest of its sound is out after this much silence."""

STRETCHED_S = 0.1
"""A busy sound server plays with small gaps. If they add up to more, the line is spoiled."""

REFLECTIONS = ((0.012, -9.0), (0.03, -14.0), (0.055, -19.0))
"""Later and weaker than the direct sound by this: what a desk, a wall and the far wall give back."""

_LOOK_S = 0.05


@dataclass(frozen=True, slots=True)
class Spoken:
    """When a line could be heard at the microphone, on the clock."""

    start_s: float
    end_s: float
    clean: bool
    """False: it was played with gaps; figures from it are worth nothing."""


@dataclass(frozen=True, slots=True)
class Story:
    """A story that has just begun."""

    agent: RunningAgent
    onset_s: float


class Stage:
    """A sound server with one agent at a time."""

    def __init__(
        self, server: SoundServer, her: Recording, user: Recording, folder: Path, agent: Agent, say: Say
    ) -> None:
        self._server = server
        self._her = her
        self._user = user
        self._folder = folder
        self._say = say
        self._running: RunningAgent | None = None
        self.agent = agent

    @contextlib.contextmanager
    def running(self, role: Role) -> Iterator[RunningAgent]:
        """The agent, listening. Raises EngineError if it does not come so far."""
        before = self._server.listeners()

        def wait(true: Callable[[], bool]) -> None:
            try:
                wait_until(true, "the agent to listen", START_S, every_s=0.25)
            except TimeoutError as error:
                raise EngineError(f"{self.agent.name} does not begin to listen.", "Try it by itself.") from error

        with running(
            self.agent, role, self._folder, self._server.environment, lambda: self._server.listeners() > before, wait
        ) as agent:
            self._running = agent
            try:
                yield agent
            finally:
                self._running = None

    @contextlib.contextmanager
    def conversation(self) -> Iterator[RunningAgent]:
        """The agent as itself, after its greeting and its first answer, which warms it and is not counted."""
        with self.running("companion") as agent:
            time.sleep(QUIET_S)
            self.wait_for_quiet()
            opening = self.speak(Line(OPENING, trimmed(self._say(OPENING))))
            self.wait_for_her(opening.start_s)
            self.wait_for_quiet()
            yield agent

    @contextlib.contextmanager
    def echo(self, delay_s: float, gain_db: float) -> Iterator[None]:
        """While the block runs, the microphone hears the speaker, as in a room."""
        paths = [EchoPath(delay_s + late_s, gain_db + weaker_db) for late_s, weaker_db in ((0.0, 0.0), *REFLECTIONS)]
        with self._server.looped_back(paths):
            yield

    def stories(self) -> Generator[Story, None, None]:
        """The same story, told anew for each that is asked for."""
        if self.agent.begins:
            while True:
                self.wait_for_quiet(ENDED_S)
                began_s = time.monotonic()
                with self.running("storyteller") as agent:
                    yield Story(agent, self._must_speak(began_s))
        request = Line(REQUEST, trimmed(self._say(REQUEST)))
        with self.running("storyteller") as agent:
            while True:
                # What stopped it may be answered with the story, too.
                onset = self._just_begun() or self._begins_soon()
                yield Story(agent, onset or self._must_speak(self.speak(request).start_s))

    def _just_begun(self) -> float | None:
        """The onset of what she says now if it began within the last second, after a silence."""
        looked_s = 4.0
        from_s = time.monotonic() - looked_s
        begun = [start + length for start, length in silences_s(self.heard(from_s)) if length >= 1.0]
        return from_s + begun[-1] if begun and begun[-1] >= looked_s - 1.0 else None

    def _begins_soon(self) -> float | None:
        self.wait_for_quiet()
        return self.wait_for_her(time.monotonic(), 4.0)

    def _must_speak(self, after_s: float) -> float:
        onset = self.wait_for_her(after_s)
        if onset is None:
            raise EngineError(f"{self.agent.name} does not tell its story.", "Try it by itself.")
        return onset

    def speak(self, line: Line) -> Spoken:
        """Say a line into the microphone; returns when all has been played. Raises EngineError if nobody hears it."""
        if self._running is None or not self._running.alive:
            raise EngineError(f"{self.agent.name} has ended in the middle.", "Try it by itself.")
        before_s = max(0.0, self._user.duration_s - 0.2)
        self._server.speak(line.samples, HEARING_RATE_HZ)
        self._user.wait_for_s(0.2)
        heard = self._user.since(before_s)
        start_s, stop_s = onset_s(heard), end_s(heard)
        if start_s is None:
            raise DeviceError("The benchmark's sound server does not carry sound.", "Run it again.")
        clean = abs(stop_s - start_s - seconds(line.samples, HEARING_RATE_HZ)) <= STRETCHED_S
        begun_s = self._user.started_s + before_s
        return Spoken(begun_s + start_s, begun_s + stop_s, clean)

    def wait_for_her(self, after_s: float, within_s: float = PATIENCE_S) -> float | None:
        """When she is first heard after `after_s`; None if she is not within `within_s` from now."""
        deadline_s = time.monotonic() + within_s
        while time.monotonic() < deadline_s:
            onset = onset_s(self.heard(after_s))
            if onset is not None:
                return after_s + onset
            time.sleep(_LOOK_S)
        return None

    def wait_for_quiet(self, for_s: float = QUIET_S) -> None:
        """Return once she has been silent for `for_s`. Raises EngineError if she does not stop for a minute."""
        deadline_s = time.monotonic() + LONGEST_REPLY_S
        while sounding(self._her.since(self._her.duration_s - for_s)).any():
            if time.monotonic() > deadline_s:
                raise EngineError(f"{self.agent.name} does not stop speaking.", "Shorten its replies.")
            time.sleep(_LOOK_S)

    def wait_until_s(self, at_s: float) -> None:
        """Return when what was to be heard at `at_s` has been recorded."""
        self._her.wait_for_s(max(0.0, at_s - self._her.started_s - self._her.duration_s))

    def heard(self, from_s: float, to_s: float | None = None) -> Samples:
        """What came from her from one time to another, or until now."""
        samples = self._her.since(from_s - self._her.started_s)
        return samples if to_s is None else samples[: round((to_s - from_s) * HEARING_RATE_HZ)]

    def reply(self, onset: float) -> Samples:
        """The reply that began at `onset`, when she has been silent for a while: to its last sound."""
        self.wait_for_quiet()
        samples = self.heard(onset)
        return samples[: round(end_s(samples) * HEARING_RATE_HZ)]


@contextlib.contextmanager
def open_stage(folder: Path, agent: Agent, say: Say) -> Iterator[Stage]:
    """A stage with a sound server of its own in `folder`. Raises DeviceError if there can be none, or it goes."""
    try:
        with (
            running_sound_server(folder) as server,
            server.record() as her,
            server.record("microphone") as user,
        ):
            yield Stage(server, her, user, folder, agent, say)
    except (subprocess.CalledProcessError, TimeoutError) as error:
        raise DeviceError(f"The benchmark's sound server has failed: {error}.", "Run it again.") from error
