"""The benchmark's sound server, as tests use it: this process sees no other while it runs, PortAudio included."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

from companion.backends.sound_devices import reinitialise
from companion.diagnostics import sound_server
from companion.diagnostics.sound_server import (
    RECORDING_RATE_HZ,
    EchoPath,
    Recording,
    SoundServer,
    missing_programs,
    wait_until,
)

__all__ = [
    "RECORDING_RATE_HZ",
    "EchoPath",
    "Recording",
    "SoundServer",
    "missing_programs",
    "running_sound_server",
    "wait_until",
]


@contextlib.contextmanager
def running_sound_server(folder: Path) -> Iterator[SoundServer]:
    """A sound server that this process uses until the block ends, PortAudio included."""
    with contextlib.ExitStack() as stack:
        stack.callback(reinitialise)
        server = stack.enter_context(sound_server.running_sound_server(folder))
        before = {name: os.environ.get(name) for name in server.environment}
        stack.callback(_restore, before)
        os.environ.update(server.environment)
        reinitialise()
        yield server


def _restore(variables: dict[str, str | None]) -> None:
    for name, value in variables.items():
        os.environ.pop(name, None)
        if value is not None:
            os.environ[name] = value
