"""What is here: models of the catalogue and others from the hub; checked by their checksums, and removed."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout

from companion.core.errors import ModelError
from companion.core.paths import models_folder
from companion.models.catalogue import Model, ModelFile
from companion.models.receipts import Receipt, receipt_in
from companion.models.resolver import folder_name, locate


@dataclass(frozen=True, slots=True)
class Stranger:
    """A model from the hub that the catalogue does not know."""

    receipt: Receipt
    folder: Path

    @property
    def size(self) -> int:
        """Bytes on disk."""
        return sum(file.size or 0 for file in self.receipt.files)


def strangers(known: set[str]) -> Iterator[Stranger]:
    """Each installed model that is not called as one of `known`."""
    for folder in sorted(models_folder().glob("[!.]*")):
        receipt = receipt_in(folder)
        if receipt is not None and folder.name not in known:
            yield Stranger(receipt, folder)


def damage(folder: Path, files: tuple[ModelFile, ...]) -> list[str]:
    """What is wrong with each of `files` in `folder`, by size and sha256; a receipt tells what they leave open."""
    receipt = receipt_in(folder)
    came = {file.name: file for file in receipt.files} if receipt else {}
    known = {file.name: file for file in files} or came
    return [
        fault
        for name, file in known.items()
        if (fault := _fault(folder / name, file.sha256 or (came[name].sha256 if name in came else None)))
    ]


def _fault(path: Path, sha256: str | None) -> str:
    if not path.is_file():
        return f"{path.name} is missing"
    if sha256 is None:
        return f"nothing tells what {path.name} must be"
    with path.open("rb") as file:
        same = hashlib.file_digest(file, "sha256").hexdigest() == sha256
    return "" if same else f"{path.name} has changed since it came"


def remove(name: str, model: Model | None) -> int:
    """Delete the model and what has come of it; returns the bytes that were freed. `model` if the catalogue has it.

    Raises ModelError: nothing of it is here, it belongs to a package, or it is being installed.
    """
    kept = folder_name(name)
    folder, partial = models_folder() / kept, models_folder() / ".partial" / kept
    theirs = [path for path in (folder, partial) if path.exists()]
    if not theirs:
        inside = locate(model) if model else None
        if inside is not None:
            raise ModelError(f"{name} belongs to an installed package, in {inside}.", "Remove it with pip.")
        raise ModelError(f"{name} is not installed.", "`companion models list --installed` shows what is.")
    lock = FileLock(models_folder() / ".partial" / f"{kept}.lock")
    lock_folder = Path(lock.lock_file).parent
    lock_folder.mkdir(parents=True, exist_ok=True)
    try:
        with lock.acquire(timeout=0):
            freed = sum(_size(path) for path in theirs)
            for path in theirs:
                _delete(path)
    except Timeout as error:
        raise ModelError(f"{name} is being installed.", "Cancel that first.") from error
    return freed


def _delete(path: Path) -> None:
    """At once out of sight, then for good: a removal that is cut short leaves no half of a model."""
    aside = path.parent / f".removed-{path.name}"
    shutil.rmtree(aside, ignore_errors=True)
    try:
        path.rename(aside)
        shutil.rmtree(aside)
    except OSError as error:
        raise ModelError(
            f"{path} could not be removed ({error.strerror or error}).", "See to your rights there."
        ) from error


def _size(folder: Path) -> int:
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
