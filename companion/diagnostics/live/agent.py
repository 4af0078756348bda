"""A voice agent under measurement: a program of any kind that listens and speaks through the sound server."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Literal, Protocol, TypeAlias

import psutil

from companion.core.errors import EngineError

Role: TypeAlias = Literal["companion", "storyteller"]
"""What it is to be: itself, or one who tells `scripts.STORY`, at once or as the answer to anything."""

ENDING_S = 10.0
GONE_S = 2.0


@dataclass(frozen=True, slots=True)
class Program:
    """How to start it."""

    command: list[str]
    environment: dict[str, str]
    first_line: str = ""
    """Written to its stdin, which stays open for as long as it is to run."""
    events: Path | None = None
    """Where it writes our events, if it does."""


class Agent(Protocol):
    """A kind of voice agent."""

    @property
    def name(self) -> str: ...

    @property
    def begins(self) -> bool:
        """As a storyteller it begins by itself when it starts; else the story is its answer to anything."""

    def program(self, role: Role, folder: Path) -> contextlib.AbstractContextManager[Program]:
        """What to start, while the block runs; files that it needs are written to `folder`."""


class RunningAgent:
    """A started agent. Everything that it started in turn ends with it."""

    def __init__(self, program: Program, environment: dict[str, str], log: IO[bytes]) -> None:
        self._program = program
        self._process = subprocess.Popen(
            program.command,
            stdin=subprocess.PIPE,
            stdout=log,
            stderr=log,
            env=os.environ | environment | program.environment,
            start_new_session=True,  # Ctrl-C in the terminal is for the benchmark, which ends it in good order
        )
        if program.first_line:
            assert self._process.stdin is not None
            self._process.stdin.write(program.first_line.encode() + b"\n")
            self._process.stdin.flush()

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def alive(self) -> bool:
        return self._process.poll() is None

    def heard_words(self) -> str | None:
        """What it says the listener heard of the first reply that was interrupted; None if it does not say."""
        said = [event["heard"] for event in self._events() if event["event"] == "ReplyInterrupted"]
        return str(said[0]) if said else None

    def stop(self) -> None:
        """End it: asked first, then by force."""
        with contextlib.suppress(psutil.NoSuchProcess):
            family = psutil.Process(self.pid).children(recursive=True)
            self._process.send_signal(signal.SIGTERM)
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(ENDING_S)
            for process in family:
                with contextlib.suppress(psutil.NoSuchProcess):
                    process.kill()
            psutil.wait_procs(family, GONE_S)
        self._process.kill()
        self._process.wait()
        assert self._process.stdin is not None
        with contextlib.suppress(BrokenPipeError):
            self._process.stdin.close()

    def _events(self) -> Iterator[dict[str, object]]:
        if self._program.events is None or not self._program.events.exists():
            return
        complete = self._program.events.read_text(encoding="utf-8").rpartition("\n")[0]
        for line in complete.splitlines():
            yield json.loads(line)


@contextlib.contextmanager
def running(
    agent: Agent, role: Role, folder: Path, environment: dict[str, str], ready: Callable[[], bool], wait: Wait
) -> Iterator[RunningAgent]:
    """The agent, from when it listens until the block ends. Raises EngineError if it ends before."""
    report = folder / "agent.log"
    with agent.program(role, folder) as program, report.open("wb") as log:
        process = RunningAgent(program, environment, log)
        try:
            wait(lambda: ready() or not process.alive)
            if not process.alive:
                last = report.read_text(encoding="utf-8", errors="replace").strip().splitlines()[-1:]
                raise EngineError(f"{agent.name} ended at its start: {' '.join(last)}", "Try it by itself.")
            yield process
        finally:
            process.stop()


Wait: TypeAlias = Callable[[Callable[[], bool]], None]
"""Waits until something is true, or raises TimeoutError."""
