"""What a PulseAudio (or PipeWire) server has to offer, asked through its own `pactl` where that is installed."""

from __future__ import annotations

import json
import os
import re
import select
import shutil
import subprocess
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

PulseKind: TypeAlias = Literal["source", "sink"]

MARK = "companion.stream"
"""The property by which a stream of ours is found again; see PULSE_PROP."""

_TIMEOUT_S = 2.0
_AGAIN_S = 0.5
_LOOK_EVERY_S = 30.0
"""A change that nobody told of is noticed after this."""

_TELLS = re.compile(r" on (server|source|sink|source-output|sink-input)\b")
_STREAMS: dict[PulseKind, str] = {"source": "source-outputs", "sink": "sink-inputs"}
_NOWHERE = "auto_null"
"""What a server plays to when there is no speaker."""


@dataclass(frozen=True, slots=True)
class PulseDevice:
    """A source or sink. `name` is what PULSE_SOURCE and PULSE_SINK take."""

    name: str
    description: str
    rate_hz: int
    default: bool


@dataclass(frozen=True, slots=True)
class PulsePlace:
    """Where the server has put a stream of ours."""

    number: int
    """The server's number for the stream."""
    device: str
    real: bool
    """False for the monitor of a speaker and for the speaker that is none: what is left when all is unplugged."""


def pulse_devices(kind: PulseKind) -> list[PulseDevice] | None:
    """The server's devices, without monitors; None if there is no server, or no `pactl`. Blocking, some 20 ms."""
    entries = _list(f"{kind}s")
    if entries is None:
        return None
    default = _ask(f"get-default-{kind}").strip()
    return [
        PulseDevice(one["name"], one["description"], _rate_hz(one["sample_specification"]), one["name"] == default)
        for one in entries
        if _is_real(one)
    ]


def pulse_place(kind: PulseKind, mark: str) -> PulsePlace | None:
    """Where the stream is that was opened with the property `MARK` = `mark`; None if it is not told. Blocking."""
    streams, devices = _list(_STREAMS[kind]) or [], _list(f"{kind}s") or []
    by_number = {one["index"]: one for one in devices}
    for stream in streams:
        device = by_number.get(stream[kind])
        if device is not None and stream["properties"].get(MARK) == mark:
            return PulsePlace(stream["index"], device["name"], _is_real(device))
    return None


def move_pulse_stream(kind: PulseKind, number: int, device: str) -> None:
    """Have a stream go on at another device, if that is there. Blocking."""
    _ask(f"move-{_STREAMS[kind][:-1]}", str(number), device)


class PulseWatch:
    """Calls `changed`, on a thread of its own, whenever the server's devices or streams change."""

    def __init__(self, changed: Callable[[], None]) -> None:
        self._changed = changed
        self._stopping = threading.Event()
        self._subscription: subprocess.Popen[bytes] | None = None
        threading.Thread(target=self._watch, name="watch sound server", daemon=True).start()

    def stop(self) -> None:
        """Never call again, but for a call that is under way."""
        self._stopping.set()
        if (subscription := self._subscription) is not None:
            subscription.terminate()

    def _watch(self) -> None:
        while not self._stopping.is_set() and (pactl := shutil.which("pactl")) is not None:
            with subprocess.Popen(
                [*_ends_with_us(), pactl, "subscribe"],
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=_plain_environment(),
            ) as self._subscription:
                self._follow(self._subscription)
                self._subscription.terminate()
            self._stopping.wait(_AGAIN_S)

    def _follow(self, subscription: subprocess.Popen[bytes]) -> None:
        assert subscription.stdout is not None
        pipe = subscription.stdout.fileno()
        while not self._stopping.is_set():
            told = b""
            if select.select([pipe], [], [], _LOOK_EVERY_S)[0] and not (told := os.read(pipe, 65_536)):
                return
            if not told or _TELLS.search(told.decode(errors="replace")):
                self._changed()


def _ends_with_us() -> list[str]:
    """What makes a command end also when we are killed; pactl itself would wait for the next change first."""
    setpriv = shutil.which("setpriv")
    return [setpriv, "--pdeathsig", "TERM"] if setpriv else []


def _is_real(device: dict[str, Any]) -> bool:
    return bool(device["properties"].get("device.class") != "monitor" and device["name"] != _NOWHERE)


def _rate_hz(specification: str) -> int:
    """The rate in a specification such as "s16le 2ch 48000Hz"."""
    found = re.search(r"(\d+)Hz", specification)
    return int(found.group(1)) if found else 0


def _list(what: str) -> list[dict[str, Any]] | None:
    try:
        entries: list[dict[str, Any]] = json.loads(_ask("-f", "json", "list", what))
    except ValueError:
        return None
    return entries


def _ask(*question: str) -> str:
    pactl = shutil.which("pactl")
    if pactl is None:
        return ""
    try:
        answer = subprocess.run(
            [pactl, *question],
            check=False,
            capture_output=True,
            text=True,
            timeout=_TIMEOUT_S,
            env=_plain_environment(),
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return answer.stdout if answer.returncode == 0 else ""


def _plain_environment() -> dict[str, str]:
    return os.environ | {"LC_ALL": "C"}
