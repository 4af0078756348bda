"""What a user names when a model is to be installed: one of the catalogue, of the hub, of Ollama, or a file."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from companion.models.catalogue import Catalogue, Model

_FILE_OF_MODEL = (".gguf", ".onnx", ".bin")
_HUB_ADDRESS = re.compile(r"^(hub:|https?://[^/]+/|hf\.co/|huggingface\.co/)", re.IGNORECASE)
_REPOSITORY = re.compile(r"([\w.-]+/[\w.-]+)(?:(?::|/(?:blob|resolve)/[^/]+/)(.+))?")
_TAG = re.compile(r"[\w./-]+:[\w.-]+")


@dataclass(frozen=True, slots=True)
class OnHub:
    """`file` is the path of one file of `repo`, or empty."""

    repo: str
    file: str


@dataclass(frozen=True, slots=True)
class InOllama:
    tag: str


@dataclass(frozen=True, slots=True)
class OnDisk:
    path: Path


Wanted: TypeAlias = Model | OnHub | InOllama | OnDisk


def wanted(name: str, known: Catalogue) -> Wanted:
    """What `name` means. Raises ModelError, with the nearest name of the catalogue, if it means nothing.

    owner/repo and owner/repo:file.gguf are of the hub, and so is its web address; name:tag and owner/name:tag are of
    Ollama. `hub:` and `ollama:` before a name leave no doubt.
    """
    model = known.get(name)
    if model is not None:
        return model
    if name.startswith("ollama:"):
        return InOllama(name.removeprefix("ollama:"))
    path = Path(name).expanduser()
    if path.is_absolute() or name.startswith((".", "~")) or path.is_file():
        return OnDisk(path)
    on_hub = _HUB_ADDRESS.sub("", name)
    parts = _REPOSITORY.fullmatch(on_hub)
    if parts and (on_hub != name or parts[2] is None or parts[2].lower().endswith(_FILE_OF_MODEL)):
        return OnHub(parts[1], parts[2] or "")
    if _TAG.fullmatch(name):
        return InOllama(name)
    return known.find(name)
