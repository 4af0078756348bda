"""Checks: what was looked at, how it stands, and what to do about it. Here are those that need no engine."""

from __future__ import annotations

import importlib
import logging
import os
import shutil
import sys
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeAlias

from companion.core.errors import CompanionError
from companion.core.paths import models_folder
from companion.core.persona import load_persona
from companion.core.settings import load_settings
from companion.diagnostics.machine import LIBRARIES, NOT_INSTALLED, library_versions, machine_facts

State: TypeAlias = Literal["ok", "warning", "red"]

PYTHON_FROM, PYTHON_TO = (3, 11), (3, 13)

NEEDS_PORTAUDIO = "sounddevice"
"""Fails to import where the system's PortAudio is missing: that is a matter of sound, and has a line of its own."""

SYSTEM_LIBRARIES = {"libgomp.so": "libgomp1", "libstdc++.so": "libstdc++6", "libz.so": "zlib1g"}
"""What the wheels do not bring with them (by ldd; xllamacpp alone wants libgomp), and Debian's packages of it."""

REINSTALL = "Install the program anew: `make install` in its folder."
LOOK_CLOSER = "`companion --debug doctor` shows the details; `make install` mends what is damaged."

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Finding:
    """How something stands. Whatever is not ok has a remedy, with a command to type where there is one."""

    state: State
    text: str
    remedy: str = ""

    def __post_init__(self) -> None:
        if self.state != "ok" and not self.remedy:
            raise ValueError(f"{self.text!r} needs a remedy")


@dataclass(frozen=True, slots=True)
class Check:
    """Something to look at. `look` may block, and is given up after `timeout_s` seconds."""

    name: str
    look: Callable[[], Finding]
    timeout_s: float = 10.0


@dataclass(frozen=True, slots=True)
class Result:
    """A check that was carried out. `gave_up`: it took too long and may still be at work."""

    name: str
    finding: Finding
    gave_up: bool = False


def carry_out(check: Check) -> Result:
    """Look, for no longer than the check's time. Whatever it raises becomes a red finding."""
    found: list[Finding] = []
    thread = threading.Thread(target=lambda: found.append(_look(check)), name=f"check {check.name}", daemon=True)
    thread.start()
    thread.join(check.timeout_s)
    if found:
        return Result(check.name, found[0])
    late = Finding(
        "red",
        f"did not answer within {check.timeout_s:.0f} s",
        "Close what keeps this computer busy, then type `companion doctor` again.",
    )
    return Result(check.name, late, gave_up=True)


def _look(check: Check) -> Finding:
    try:
        return check.look()
    except CompanionError as error:
        log.debug("check %s", check.name, exc_info=True)
        return Finding("red", error.message, error.hint or LOOK_CLOSER)
    except Exception as error:  # one broken part must not hide the others
        log.debug("check %s", check.name, exc_info=True)
        return Finding("red", f"failed with {type(error).__name__}: {error}", LOOK_CLOSER)


def machine() -> Finding:
    """The machine, in one line; a warning if it is busy with other things. Takes half a second and more."""
    import psutil

    busy = psutil.cpu_percent(interval=BUSY_OVER_S)
    facts = machine_facts()
    cores = f"{facts.physical_cores} cores"
    if facts.logical_cores != facts.physical_cores:
        cores += f" ({facts.logical_cores} logical)"
    memory = gigabytes(facts.memory_total_bytes)
    text = f"{facts.processor}, {cores}, {memory} of memory, GPU: {facts.gpu}; {facts.system}"
    if busy < BUSY_PERCENT:
        return Finding("ok", text)
    return Finding(
        "warning",
        f"{text}; {busy:.0f} % busy with other programs, so all speeds below are too low",
        "Close what keeps it busy, then type `companion doctor` again.",
    )


BUSY_OVER_S = 0.5
BUSY_PERCENT = 50.0
"""Of all cores together, before anything of ours is measured."""


def python(version: tuple[int, int, int] = sys.version_info[:3]) -> Finding:
    """The version of Python against what the program is made for."""
    dotted = ".".join(map(str, version))
    if PYTHON_FROM <= version[:2] <= PYTHON_TO:
        return Finding("ok", dotted)
    return Finding(
        "red",
        f"{dotted}; it must be 3.{PYTHON_FROM[1]} to 3.{PYTHON_TO[1]}",
        f"Install Python 3.{PYTHON_TO[1]}, then type `make install` in the program's folder.",
    )


def libraries(modules: Mapping[str, str] = LIBRARIES) -> Finding:
    """Whether every library can be imported. `modules`: package to the module that it is imported as."""
    faults = []
    for package, module in modules.items():
        try:
            importlib.import_module(module)
        except Exception as error:  # a library that does not fit the machine raises whatever it likes
            if package != NEEDS_PORTAUDIO or isinstance(error, ImportError):
                faults.append(f"{package} ({error})")
    if faults:
        text = f"cannot be imported: {'; '.join(faults)}"
        lacking = [package for library, package in SYSTEM_LIBRARIES.items() if library in text]
        remedy = f"`sudo apt-get install {' '.join(lacking)}`, or `make install`." if lacking else REINSTALL
        return Finding("red", text, remedy)
    versions = library_versions()
    known = [f"{package} {versions[package]}" for package in _TOLD if versions[package] != NOT_INSTALLED]
    return Finding("ok", f"all {len(modules)} can be imported; {', '.join(known)}")


_TOLD = ("faster-whisper", "xllamacpp", "ollama", "piper-tts", "sounddevice")
"""The libraries whose versions matter most to a report of a mistake."""


def settings(file: Path, must_exist: bool = False) -> Finding:
    """The settings file, read anew. Raises SettingsError that names field, line and range."""
    load_settings(file, must_exist)
    if file.is_file():
        return Finding("ok", f"{shortened(file)} is sound")
    return Finding("ok", f"as shipped; {shortened(file)} does not exist")


def persona(name_or_path: str) -> Finding:
    """The persona of the settings. Raises SettingsError that names the field."""
    return Finding("ok", f"{load_persona(name_or_path).name} ({name_or_path})")


def display(environment: Mapping[str, str] = os.environ, platform: str = sys.platform) -> Finding:
    """Whether a window could open; the terminal needs none, so its lack is a warning."""
    if platform in ("win32", "darwin"):
        return Finding("ok", "the system's own")
    for variable in ("WAYLAND_DISPLAY", "DISPLAY"):
        if environment.get(variable):
            return Finding("ok", f"{variable}={environment[variable]}")
    return Finding(
        "warning",
        "none, so no window can open here",
        "Nothing to do in a terminal: `companion talk` needs none. For windows, log in to a desktop.",
    )


def disk(lacking_bytes: int, folder: Path | None = None) -> Finding:
    """Room for models. `lacking_bytes`: size of the starter models that are still to be installed."""
    folder = folder or models_folder()
    existing = next(path for path in (folder, *folder.absolute().parents) if path.exists())
    free = shutil.disk_usage(existing).free
    # While one is installed, the packages that carry it lie beside it.
    wanted = max(2 * lacking_bytes, MIN_FREE_BYTES)
    text = f"{gigabytes(free)} free for models in {shortened(folder)}"
    if free >= wanted:
        return Finding("ok", text)
    return Finding(
        "warning",
        f"{text}; {gigabytes(wanted)} are wanted",
        "Free some room, or keep models elsewhere: `export COMPANION_MODELS=/another/folder`.",
    )


MIN_FREE_BYTES = 300_000_000
"""For logs, events and the timed copy of a voice."""


def available_memory_bytes() -> int:
    """Memory that programs can have at this moment without swapping."""
    import psutil

    return int(psutil.virtual_memory().available)


def memory(available_bytes: int, needed_bytes: int) -> Finding:
    """`available_bytes` before any engine was loaded, against what they need."""
    text = f"{gigabytes(available_bytes)} were free, the engines need {gigabytes(needed_bytes)}"
    if available_bytes >= needed_bytes * MEMORY_MARGIN:
        return Finding("ok", text)
    return Finding(
        "warning",
        text,
        "Close other programs, or take a smaller mind: `companion models install smollm2-135m-instruct`, then"
        ' model = "smollm2-135m-instruct" under [mind] in the settings.',
    )


MEMORY_MARGIN = 1.2
"""A conversation grows the model's cache a little, and the system wants some for itself."""


def gigabytes(size: int) -> str:
    return f"{size / 1e9:.1f} GB"


def shortened(path: Path) -> str:
    """`path` with ~ for the home folder, so that a report names nobody."""
    try:
        return str(Path("~") / path.relative_to(Path.home()))
    except (ValueError, RuntimeError):
        return str(path)
