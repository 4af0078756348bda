"""The real servers that Home Assistant users run, started on models of this computer; nothing is downloaded."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

from companion.core.wyoming_address import WyomingAddress
from companion.her_voices import resolve_model

READY_S = 60.0


@dataclass
class Served:
    """A server that runs."""

    address: WyomingAddress
    process: subprocess.Popen[bytes]
    command: Sequence[str]

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()

    def start_again(self) -> None:
        """At the same address."""
        self.process = _started(self.command)
        _wait_until_ready(self)


OFFLINE = os.environ | {"HF_HUB_OFFLINE": "1", "PYTHONWARNINGS": "ignore"}


def python_of(environment: str) -> Path:
    """The Python of an environment that `make test` makes beside ours."""
    return Path(sys.prefix) / "servers" / environment / "bin" / "python"


@contextmanager
def served(environment: str, module: str, *options: str) -> Iterator[Served]:
    """The server `module`, until the end; at a port of its own."""
    python = python_of(environment)
    if not python.exists():
        pytest.fail(f"{module} is not installed; `make test` installs it")
    address = WyomingAddress("127.0.0.1", _free_port())
    command = [str(python), "-m", module, "--uri", f"tcp://127.0.0.1:{address.port}", *options]
    server = Served(address, _started(command), command)
    try:
        _wait_until_ready(server)
        yield server
    finally:
        server.kill()


def whisper_server(*options: str, model: str = "whisper-tiny.en") -> AbstractContextManager[Served]:
    """wyoming-faster-whisper."""
    folder = str(resolve_model(model, "transcriber"))
    local = ("--model", folder, "--data-dir", folder, "--local-files-only", "--stt-library", "faster-whisper")
    quick = ("--compute-type", "int8", "--beam-size", "1", "--cpu-threads", "2")
    return served("wyoming", "wyoming_faster_whisper", *local, *quick, *options)


def piper_server(*options: str) -> AbstractContextManager[Served]:
    """wyoming-piper. It takes the file of a voice as a voice of the user's own."""
    voice = resolve_model("piper-en_US-joe-medium", "voice")
    return served("wyoming", "wyoming_piper", "--voice", str(voice), "--data-dir", str(voice.parent), *options)


def wake_word_server() -> AbstractContextManager[Served]:
    """wyoming-openwakeword, which brings its models along."""
    return served("openwakeword", "wyoming_openwakeword")


def _started(command: Sequence[str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=OFFLINE)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_until_ready(server: Served) -> None:
    until_s = time.monotonic() + READY_S
    while time.monotonic() < until_s:
        with suppress(OSError), socket.create_connection((server.address.host, server.address.port), 1.0):
            return
        if server.process.poll() is not None:
            break
        time.sleep(0.1)
    server.kill()
    pytest.fail(f"{server.command[2]} did not start")
