"""One installation under way: its folder, its lock, what it tells, and what ends it. Sources do their part in it."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from filelock import FileLock, Timeout

from companion.core.errors import ModelError

Progress: TypeAlias = Callable[[int, int, str], None]
"""Told of (bytes that have come, bytes in all, what is being done)."""

_LOCK_POLL_S = 0.2
_SPARE_BYTES = 50_000_000
"""Left free on the disk beyond what the installation itself takes."""


class InstallationStoppedError(ModelError):
    """The user stopped it; what has come is kept."""


class SourceError(ModelError):
    """This source cannot give the model now; another may."""


class DamagedSourceError(SourceError):
    """What came is not what was meant; nothing of it was kept."""


def free_bytes(folder: Path) -> int:
    """Free space on the disk of `folder`, in bytes."""
    return shutil.disk_usage(folder).free


@dataclass
class Work:
    """The installation of the model called `name`. `folder` keeps what has come, for the next try."""

    name: str
    folder: Path
    progress: Progress
    stop: threading.Event
    free: Callable[[Path], int]

    def tell(self, done: int, total: int, text: str) -> None:
        """`text` is what is being done. Raises InstallationStoppedError if that was asked for."""
        self.progress(min(done, total), total, f"{self.name}: {text}")
        if self.stop.is_set():
            raise InstallationStoppedError(
                f"The installation of {self.name} was stopped.",
                f"`companion models install {self.name}` goes on where it stopped.",
            )

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Hold this model's lock, so that two installations do not write into each other's files."""
        self.folder.mkdir(parents=True, exist_ok=True)
        lock = FileLock(self.folder.parent / f"{self.folder.name}.lock")
        while True:
            try:
                lock.acquire(timeout=_LOCK_POLL_S)
                break
            except Timeout:
                self.tell(0, 0, "waiting for another installation of it")
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            yield
        finally:
            lock.release()

    def new_folder(self) -> Path:
        """An empty folder in which the model is put together."""
        shutil.rmtree(self.folder / "new", ignore_errors=True)
        new = self.folder / "new"
        new.mkdir()
        return new

    def put_in_place(self, new: Path, place: Path) -> None:
        """`new` becomes `place` in one step; what was there goes with the rest of the work."""
        replaced = self.folder / "replaced"
        shutil.rmtree(replaced, ignore_errors=True)
        if place.exists():
            place.replace(replaced)
        new.replace(place)

    def forget(self) -> None:
        """Delete what has come."""
        shutil.rmtree(self.folder, ignore_errors=True)

    def check_space(self, needed_bytes: int) -> None:
        """Raises ModelError if the disk has less free than that."""
        needed = needed_bytes + _SPARE_BYTES
        there = self.free(self.folder)
        if there < needed:
            raise ModelError(
                f"{self.name} needs {needed / 1e6:,.0f} MB on the disk while it is installed, "
                f"and {there / 1e6:,.0f} MB are free at {self.folder.parent.parent}.",
                "Free some space, or set COMPANION_MODELS to a folder on another disk.",
            )
