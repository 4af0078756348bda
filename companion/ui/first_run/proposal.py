"""What `companion models` and `companion models recommend` tell, as the first run uses it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from companion.ui.model_words import licence_words


@dataclass(frozen=True, slots=True)
class Model:
    """One of the models that there are."""

    name: str
    purpose: str
    description: str
    languages: tuple[str, ...]
    size_bytes: int
    licence: str
    licence_note: str
    installed: bool
    only_ollama: bool

    @classmethod
    def from_record(cls, record: Mapping[str, Any]) -> Model:
        """From an object of `companion models --json`. Raises KeyError, TypeError or ValueError."""
        return cls(
            name=str(record["name"]),
            purpose=str(record["purpose"]),
            description=str(record.get("description", "")),
            languages=tuple(map(str, record.get("languages", ()))),
            size_bytes=int(record["size_bytes"]),
            licence=licence_words(str(record.get("licence", ""))),
            licence_note=str(record.get("licence_note", "")),
            installed=bool(record["installed"]),
            only_ollama=bool(record.get("only_ollama", False)),
        )

    def is_for(self, language: str) -> bool:
        """Whether it is worth showing to who speaks `language` (two letters)."""
        return self.installed or bool({"many", "en", language} & set(self.languages))


@dataclass(frozen=True, slots=True)
class Proposal:
    """What suits this machine. `models` from purpose to name; `response_ms`: what one would wait for an answer."""

    memory_mb: int
    cores: int
    gpu: bool
    models: Mapping[str, str]
    response_ms: int

    @classmethod
    def from_record(cls, record: Mapping[str, Any]) -> Proposal:
        """From the object of `companion models recommend --json`. Raises KeyError, TypeError or ValueError."""
        machine = record["machine"]
        return cls(
            memory_mb=int(machine["memory_mb"]),
            cores=int(machine["cores"]),
            gpu=bool(machine["gpu"]),
            models={str(purpose): str(name) for purpose, name in record["advised"].items()},
            response_ms=int(record["response_ms"]),
        )
