"""What was installed from a hub: the files that came, which the catalogue does not know to the byte."""

from __future__ import annotations

from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from companion.models.catalogue import FileName, ModelFile, Purpose

_NAME = ".receipt.json"


class Receipt(BaseModel):
    """`asked` is the name by which it was installed; `origin` is repository and commit."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    asked: str
    purpose: Purpose
    origin: str
    licence: str
    files: tuple[ModelFile, ...]

    def file(self, name: FileName) -> ModelFile | None:
        return next((file for file in self.files if file.name == name), None)

    def write(self, folder: Path) -> None:
        (folder / _NAME).write_text(self.model_dump_json(indent=1), encoding="utf-8")


def receipt_in(folder: Path) -> Receipt | None:
    """The receipt of the model in `folder`, if one is there and can be read."""
    try:
        return Receipt.model_validate_json((folder / _NAME).read_bytes())
    except (OSError, ValidationError):
        return None
