"""What a PulseAudio (or PipeWire) server has to offer, asked through its own `pactl` where that is installed."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from typing import Literal

_TIMEOUT_S = 2.0


@dataclass(frozen=True, slots=True)
class PulseDevice:
    """A source or sink. `name` is what PULSE_SOURCE and PULSE_SINK take."""

    name: str
    description: str
    rate_hz: int
    default: bool


def pulse_devices(kind: Literal["source", "sink"]) -> list[PulseDevice]:
    """The server's devices, without monitors; none if there is no server, or no `pactl`. Blocking, some 20 ms."""
    listed = _ask("-f", "json", "list", f"{kind}s")
    try:
        entries = json.loads(listed)
    except ValueError:
        return []
    default = _ask(f"get-default-{kind}").strip()
    return [
        PulseDevice(one["name"], one["description"], _rate_hz(one["sample_specification"]), one["name"] == default)
        for one in entries
        if one["properties"].get("device.class") != "monitor"
    ]


def _rate_hz(specification: str) -> int:
    """The rate in a specification such as "s16le 2ch 48000Hz"."""
    found = re.search(r"(\d+)Hz", specification)
    return int(found.group(1)) if found else 0


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
            env=os.environ | {"LC_ALL": "C"},
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return answer.stdout if answer.returncode == 0 else ""
