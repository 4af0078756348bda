"""Brings a model from the hub, file by file. What has come of a file stays, named by its checksum."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from companion.models.catalogue import HubSource, Model, ModelFile
from companion.models.download import RemoteFile, download
from companion.models.hub import Hub
from companion.models.hub_choice import choose
from companion.models.receipts import Receipt
from companion.models.work import DamagedSourceError, Work


@dataclass(frozen=True)
class HubFetch:
    """The files of one model, in `hub/` of the work's folder. `asked` is the name that the user gave it."""

    work: Work
    model: Model
    source: HubSource
    hub: Hub
    asked: str

    def bring(self) -> Path:
        """The model's folder, whole and checked. Raises SourceError, ModelError and InstallationStoppedError."""
        self._attend()
        take = self.source.take or dict(
            choose(self.hub.look_into(self.source.repo, self._attend).files, self.source.repo, self.model.purpose).take
        )
        found = {name: self._find(path, name) for path, name in take.items()}
        remotes = {name: remote for name, (remote, _) in found.items()}
        commit = next(iter(found.values()))[1]
        parts = self._parts(remotes)
        total = sum(remote.size for remote in remotes.values())
        here = sum(part.stat().st_size for part in parts.values() if part.exists())
        self.work.check_space(max(0, total - here))
        before = 0
        for name, remote in remotes.items():
            self._fetch(remote, parts[name], before, total)
            before += remote.size
        return self._assembled(remotes, parts, commit)

    def _attend(self) -> None:
        self.work.tell(0, self.model.size, f"asking {self.hub.host}")

    def _find(self, path: str, name: str) -> tuple[RemoteFile, str]:
        remote, commit = self.hub.find(self.source.repo, path, self._attend)
        known = next((file for file in self.model.files if file.name == name), ModelFile(name=name))
        other_size = known.size not in (None, remote.size)
        other_sum = remote.checksum.kind == "sha256" and known.sha256 not in (None, remote.checksum.value)
        if other_size or other_sum:
            raise DamagedSourceError(
                f"{self.hub.host} has another {path} than the catalogue means "
                f"({'its size' if other_size else 'its sha256'} differs).",
                "It was not fetched. To have it as it is there, "
                f"`companion models install {self.source.repo}:{path}`; else report it.",
            )
        return remote, commit

    def _parts(self, remotes: dict[str, RemoteFile]) -> dict[str, Path]:
        """Where each file is gathered. Parts of what the hub no longer has are deleted."""
        folder = self.work.folder / "hub"
        folder.mkdir(parents=True, exist_ok=True)
        parts = {name: folder / f"{remote.checksum.value}-{name}" for name, remote in remotes.items()}
        for old in set(folder.iterdir()) - set(parts.values()):
            old.unlink()
        return parts

    def _fetch(self, remote: RemoteFile, part: Path, before: int, total: int) -> None:
        download(remote, part, lambda done, text: self.work.tell(before + done, total, text), self.hub.patience)

    def _assembled(self, remotes: dict[str, RemoteFile], parts: dict[str, Path], commit: str) -> Path:
        new = self.work.new_folder()
        files = []
        for name, part in parts.items():
            file = ModelFile(name=name, size=remotes[name].size, sha256=_sha256(part, remotes[name]))
            known = next((known for known in self.model.files if known.name == name), None)
            if known is not None and known.sha256 not in (None, file.sha256):
                part.unlink()
                raise DamagedSourceError(
                    f"{self.hub.host} has another {name} than the catalogue means (its sha256 differs).",
                    "It was thrown away. Choose another mirror, or report it.",
                )
            files.append(file)
        for name, part in parts.items():
            part.rename(new / name)
        Receipt(
            asked=self.asked,
            purpose=self.model.purpose,
            origin=f"{self.source.repo}@{commit}",
            licence=self.model.licence,
            files=tuple(files),
        ).write(new)
        return new


def _sha256(path: Path, remote: RemoteFile) -> str:
    if remote.checksum.kind == "sha256":
        return remote.checksum.value  # it was checked when it had come
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
