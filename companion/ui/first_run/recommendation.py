"""Which ears, mind and voice suit a machine. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

PURPOSES = ("transcriber", "language-model", "voice")
"""Ears, mind, voice."""

SYSTEM_MB = 2000
"""Memory that the system and other programs want for themselves."""
OTHER_ENGINES_MB = 800
"""Ears and voice, beside a mind (measured; BENCHMARKS.md)."""

LIMITS_MB = {
    "transcriber": ((1, 300), (2, 450), (4, 1000), (8, 1600)),
    "language-model": ((1, 500), (2, 2000), (6, 4000), (8, 6500)),
    "voice": ((1, 1000),),
}
"""For each purpose: from so many cores on, a model of at most so many megabytes in memory answers soon enough.

How long a model takes grows with its size; two cores carry 1.7 GB of mind at the pace of speech (BENCHMARKS.md).
"""
GPU_LIMITS_MB = {"transcriber": 4000, "language-model": 2000, "voice": 1000}
"""With a GPU the ears may be larger: they are what runs on it. The mind stays on the processor."""


@dataclass(frozen=True, slots=True)
class Machine:
    """What speed and room depend on."""

    memory_mb: int
    cores: int
    gpu: bool = False

    @classmethod
    def from_record(cls, record: Mapping[str, Any]) -> Machine:
        """From the field "machine" of `companion report --json`. Raises KeyError, TypeError or ValueError."""
        return cls(int(record["memory_mb"]), int(record["cores"]), bool(record["gpu"]))


@dataclass(frozen=True, slots=True)
class Model:
    """One of the models that there are."""

    name: str
    purpose: str
    description: str
    languages: tuple[str, ...]
    size_bytes: int
    memory_mb: int
    licence: str
    installed: bool

    @classmethod
    def from_record(cls, record: Mapping[str, Any]) -> Model:
        """From an object of `companion models --json`. Raises KeyError, TypeError or ValueError."""
        return cls(
            name=str(record["name"]),
            purpose=str(record["purpose"]),
            description=str(record.get("description", "")),
            languages=tuple(map(str, record.get("languages", ()))),
            size_bytes=int(record["size_bytes"]),
            memory_mb=int(record["memory_mb"]),
            licence=str(record.get("licence", "")),
            installed=bool(record["installed"]),
        )

    def speaks(self, language: str) -> bool:
        return "many" in self.languages or any(known.split("_")[0] == language for known in self.languages)


def recommend(machine: Machine, models: Sequence[Model], language: str = "en") -> dict[str, str]:
    """The name of a model for each purpose that there is one for.

    It is the largest that the machine carries at the pace of a conversation, among those for `language` (two letters)
    if there are any; where none is small enough, the smallest.
    """
    chosen = {}
    for purpose in PURPOSES:
        candidates = [model for model in models if model.purpose == purpose]
        understood = [model for model in candidates if model.speaks(language)] or candidates
        if understood:
            chosen[purpose] = _largest_within(understood, _limit_mb(machine, purpose)).name
    return chosen


def _largest_within(models: Sequence[Model], limit_mb: int) -> Model:
    """Of models that are equally large, one that is here already."""
    fitting = [model for model in models if model.memory_mb <= limit_mb]
    if fitting:
        return max(fitting, key=lambda model: (model.memory_mb, model.installed))
    return min(models, key=lambda model: (model.memory_mb, not model.installed))


def _limit_mb(machine: Machine, purpose: str) -> int:
    quick_enough = max((limit for cores, limit in LIMITS_MB[purpose] if machine.cores >= cores), default=0)
    if machine.gpu:
        quick_enough = max(quick_enough, GPU_LIMITS_MB[purpose])
    room = machine.memory_mb - SYSTEM_MB
    return min(quick_enough, room - OTHER_ENGINES_MB if purpose == "language-model" else room)
