"""Which language models could be used: installed ones, files in the folder of models, and those of Ollama."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from companion.backends import mind, ollama_server
from companion.core.errors import CompanionError, EngineError
from companion.core.paths import models_folder
from companion.core.settings import Settings
from companion.models import gguf
from companion.models.catalogue import catalogue
from companion.models.resolver import locate, resolve

OLLAMA_TIMEOUT_S = 2.0


@dataclass(frozen=True, slots=True)
class FoundModel:
    """A language model that is there."""

    name: str
    """What the setting mind.model calls it."""
    engine: Literal["embedded", "ollama"]
    size_bytes: int
    where: str
    """Its file, or whose computer Ollama runs it on."""
    in_use: bool
    """It is what the settings come to at present."""


async def found_models(settings: Settings) -> list[FoundModel]:
    """All of them, those of Ollama last; what does not answer in time has none."""
    wanted = settings.mind
    theirs: list[ollama_server.OllamaModel] = []
    with suppress(EngineError):  # no Ollama here, which is as good as any other answer
        theirs = await ollama_server.probe(wanted.ollama_address, OLLAMA_TIMEOUT_S)
    chosen = ollama_server.choose(theirs, wanted.model) if wanted.engine != "embedded" else None
    own = None if chosen or wanted.engine == "ollama" else _embedded_in_use(settings)
    return [
        *(FoundModel(name, "embedded", file.stat().st_size, str(file), file == own) for name, file in _files()),
        *(
            FoundModel(each.name, "ollama", each.size, _where(each, wanted.ollama_address), each == chosen)
            for each in theirs
            if each.is_chat
        ),
    ]


def _where(model: ollama_server.OllamaModel, address: str) -> str:
    return "ollama.com" if model.is_remote else ollama_server.where(address)


def _embedded_in_use(settings: Settings) -> Path | None:
    try:
        return mind.embedded_choice(settings.mind, lambda name: resolve(name, "language-model"))[1]
    except CompanionError:
        return None


def _files() -> Iterator[tuple[str, Path]]:
    """Name and file of each embedded model: those of the catalogue, then others in the folder of models."""
    listed: set[Path] = set()
    for model in catalogue():
        if model.purpose == "language-model" and locate(model):
            file = resolve(model.name, "language-model")
            listed.add(file)
            yield model.name, file
    folder = models_folder()
    for file in sorted(folder.glob("*.gguf")) + sorted(folder.glob("[!.]*/*.gguf")):
        if file not in listed and not gguf.fault(file):
            yield file.name if file.parent == folder else str(file), file
