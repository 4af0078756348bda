"""What machine this is, and what a stretch of work took of it. Says nothing of who owns it."""

from __future__ import annotations

import os
import platform
import subprocess
import sys
import threading
from contextlib import suppress
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    import psutil

LIBRARIES = {
    "emoji": "emoji",
    "faster-whisper": "faster_whisper",
    "filelock": "filelock",
    "httpx": "httpx",
    "huggingface-hub": "huggingface_hub",
    "keyring": "keyring",
    "livekit": "livekit.rtc",
    "num2words": "num2words",
    "numpy": "numpy",
    "ollama": "ollama",
    "mcp": "mcp",
    "onnx": "onnx",
    "starlette": "starlette",
    "uvicorn": "uvicorn",
    "wyoming": "wyoming",
    "zeroconf": "zeroconf",
    "onnxruntime": "onnxruntime",
    "pip": "pip",
    "piper-tts": "piper",
    "platformdirs": "platformdirs",
    "prompt-toolkit": "prompt_toolkit",
    "psutil": "psutil",
    "pydantic": "pydantic",
    "PySide6-Essentials": "PySide6.QtCore",
    "regex": "regex",
    "rich": "rich",
    "sounddevice": "sounddevice",
    "soundfile": "soundfile",
    "soxr": "soxr",
    "tokenizers": "tokenizers",
    "sqlcipher3": "sqlcipher3",
    "tomlkit": "tomlkit",
    "xllamacpp": "xllamacpp",
}
LIBRARIES |= {"jeepney": "jeepney", "python-xlib": "Xlib"} if sys.platform == "linux" else {"pynput": "pynput"}
"""The packages of pyproject.toml, and the module that each is imported as. A test compares both lists."""

NOT_INSTALLED = "not installed"

SAMPLE_EVERY_S = 0.25


@dataclass(frozen=True, slots=True)
class MachineFacts:
    """The machine, as far as speed depends on it."""

    processor: str
    physical_cores: int
    logical_cores: int
    memory_total_bytes: int
    memory_available_bytes: int
    system: str
    """Operating system, its version and the kind of processor."""
    python: str
    gpu: str
    """What speech to text could use, or "none"."""


def machine_facts() -> MachineFacts:
    """Look at this machine. Takes up to a second: the GPU is asked for through CTranslate2."""
    import psutil

    memory = psutil.virtual_memory()
    logical = psutil.cpu_count() or os.cpu_count() or 1
    return MachineFacts(
        processor=_processor(),
        physical_cores=psutil.cpu_count(logical=False) or logical,
        logical_cores=logical,
        memory_total_bytes=memory.total,
        memory_available_bytes=memory.available,
        system=_system(),
        python=f"{platform.python_implementation()} {platform.python_version()}",
        gpu=_gpu(),
    )


def library_versions() -> dict[str, str]:
    """The version of each package that the program depends on, or "not installed"."""
    return {package: _version(package) for package in LIBRARIES}


def _version(package: str) -> str:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return NOT_INSTALLED


def _processor() -> str:
    """The model of the processor; its architecture where the system does not tell more (Linux on ARM)."""
    named = ""
    if sys.platform == "win32":
        named = _processor_of_registry()
    elif sys.platform == "darwin":
        named = _output_of("sysctl", "-n", "machdep.cpu.brand_string")
    elif Path("/proc/cpuinfo").is_file():
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8", errors="replace").splitlines()
        named = next((line.partition(":")[2] for line in lines if line.startswith("model name")), "")
    return " ".join(named.split()) or platform.machine() or "unknown"


def _processor_of_registry() -> str:
    if sys.platform == "win32":
        import winreg

        key = r"HARDWARE\DESCRIPTION\System\CentralProcessor\0"
        with suppress(OSError), winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, key) as opened:
            return str(winreg.QueryValueEx(opened, "ProcessorNameString")[0])
    return platform.processor()


def _output_of(*command: str) -> str:
    try:
        return subprocess.run(command, capture_output=True, text=True, check=True, timeout=5).stdout
    except (OSError, subprocess.SubprocessError):
        return ""


def _system() -> str:
    kernel = f"{platform.system()} {platform.release()} {platform.machine()}"
    named = ""
    if sys.platform == "darwin":
        named = f"macOS {platform.mac_ver()[0]}"
    elif sys.platform == "linux":
        with suppress(OSError, KeyError):
            named = platform.freedesktop_os_release()["PRETTY_NAME"]
    return f"{named} ({kernel})" if named else kernel


def _gpu() -> str:
    try:
        import ctranslate2

        count = int(ctranslate2.get_cuda_device_count())
    except Exception:  # a broken driver raises of its own kinds; it means no GPU
        return "none"
    return f"{count} CUDA device{'s' if count > 1 else ''}" if count else "none"


_Identity: TypeAlias = tuple[int, float]
"""Number and birth of a process: numbers are given again, the two together are not."""


class MemoryWatch:
    """Watches the memory and processor time of a process and its children while the `with` block runs.

    Memory is the sum of resident sets, looked at every 0.25 s, of children from the second look on; what processes
    share counts for each.
    """

    def __init__(self, pid: int | None = None) -> None:
        """`pid`: the process to watch; this one if it is None."""
        import psutil

        self._me = psutil.Process(pid)
        self._lock = threading.Lock()
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="memory watch", daemon=True)
        self._before: dict[_Identity, float] = {}
        self._latest: dict[_Identity, float] = {}
        self._reaped_before_s = 0.0
        self._seen_before: set[_Identity] = set()
        """What was alive at the last look: memory counts from the second on."""
        self.start_bytes = 0
        """Memory when the watch began."""
        self.peak_bytes = 0
        """The most memory so far."""

    def __enter__(self) -> MemoryWatch:
        self._look()
        self._look()  # of the children that there are already, too
        self.start_bytes = self.peak_bytes
        self._before = dict(self._latest)
        self._reaped_before_s = self._reaped_s()
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over.set()
        self._thread.join()
        self._look()

    @property
    def cpu_s(self) -> float:
        """Processor seconds since the watch began, until now, over all cores and processes."""
        with self._lock:
            alive = self._look_locked()
            ended = self._latest.keys() - alive
            ended_s = sum(map(self._spent_s, ended))
            # The system adds up children that have ended and were waited for, where it does (not on Windows);
            # our own looks miss the last moments of each.
            lifetimes_s = self._reaped_s() - self._reaped_before_s
            reaped_s = lifetimes_s - sum(self._before.get(process, 0.0) for process in ended)
            return max(ended_s, reaped_s) + sum(map(self._spent_s, alive))

    def _spent_s(self, process: _Identity) -> float:
        return self._latest[process] - self._before.get(process, 0.0)

    def _watch(self) -> None:
        while not self._over.wait(SAMPLE_EVERY_S):
            self._look()

    def _look(self) -> None:
        with self._lock:
            self._look_locked()

    def _look_locked(self) -> set[_Identity]:
        """Take note of memory and processor time; returns the processes that are alive."""
        resident = 0
        alive = set()
        for process in self._tree():
            seen = _usage(process)
            if seen is not None:
                identity, resident_bytes, spent_s = seen
                alive.add(identity)
                self._latest[identity] = spent_s
                # Between fork and exec a child seems to hold all that its parent holds.
                if identity in self._seen_before or process is self._me:
                    resident += resident_bytes
        self._seen_before = alive
        self.peak_bytes = max(self.peak_bytes, resident)
        return alive

    def _tree(self) -> list[psutil.Process]:
        import psutil

        try:
            return [self._me, *self._me.children(recursive=True)]
        except psutil.Error:
            return [self._me]

    def _reaped_s(self) -> float:
        times = self._me.cpu_times()
        return float(getattr(times, "children_user", 0.0) + getattr(times, "children_system", 0.0))


def _usage(process: psutil.Process) -> tuple[_Identity, int, float] | None:
    """Identity, resident bytes and processor seconds of `process`; None if it has gone or must not be looked at."""
    import psutil

    try:
        with process.oneshot():
            times = process.cpu_times()
            spent_s = float(times.user + times.system)
            return (process.pid, process.create_time()), int(process.memory_info().rss), spent_s
    except psutil.Error:
        return None
