"""Which ears, mind and voice suit a machine, and how long one would wait for an answer. Pure.

A model's `wait_ms` is what it takes on the machine of BENCHMARKS.md; a probe tells how this one compares. Waits do not
simply add up, as she hears and thinks while you speak: the two settings measured there (480 ms with 570 ms of work,
870 ms with 1520 ms) give RESPONSE_MS and WORK_SHARE.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from companion.models.catalogue import Model, Purpose

RESPONSE_MS = 250
"""What an answer takes beside the models' work: mostly to be sure that you have finished."""
WORK_SHARE = 0.41

SYSTEM_MB = 2000
"""Memory that the system and other programs want for themselves."""
OTHER_ENGINES_MB = 800
"""Ears and voice, beside a mind (measured; BENCHMARKS.md)."""

PATIENCE_MS: Mapping[Purpose, int] = {"transcriber": 600, "language-model": 1100, "voice": 220}
"""Work of one model that a conversation bears; what is slower is not recommended where something else is there."""

GPU_GAIN = 20.0
"""How much quicker than two cores a graphics card is, at least: an estimate, as none was here to measure."""


@dataclass(frozen=True, slots=True)
class Speed:
    """How fast a machine is, as a multiple of that of BENCHMARKS.md: in computing, and in reading memory."""

    computing: float = 1.0
    memory: float = 1.0


@dataclass(frozen=True, slots=True)
class Machine:
    """What speed and room depend on. `ears_on_gpu`, `mind_on_gpu`: what was installed can use the graphics card."""

    memory_mb: int
    cores: int
    gpu: str = ""
    """Its name, or empty."""
    gpu_memory_mb: int = 0
    """0 where it is not known."""
    ears_on_gpu: bool = False
    mind_on_gpu: bool = False
    ollama: bool = False
    speed: Speed = Speed()


@dataclass(frozen=True, slots=True)
class Advice:
    """What to take for one purpose."""

    purpose: Purpose
    name: str
    wait_ms: int
    installed: bool


@dataclass(frozen=True, slots=True)
class Recommendation:
    """One model for each purpose that there is one for, and what one would wait with them."""

    advices: tuple[Advice, ...]

    @property
    def response_ms(self) -> int:
        """From the end of your words to the first of hers, rounded to tens."""
        work = sum(
            advice.wait_ms for advice in self.advices if advice.purpose in ("transcriber", "language-model", "voice")
        )
        return round((RESPONSE_MS + WORK_SHARE * work) / 10) * 10

    def sentence(self) -> str:
        names = [advice.name for advice in self.advices]
        held = f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else "".join(names)
        return f"This machine can hold {held}; you would wait about {self.response_ms} ms for an answer."


def fits(machine: Machine, model: Model) -> bool:
    """Whether there is room for it beside everything else."""
    others = OTHER_ENGINES_MB if model.purpose == "language-model" else 0
    if _on_gpu(machine, model):
        return True
    return model.memory_mb <= machine.memory_mb - SYSTEM_MB - others


def wait_ms(machine: Machine, model: Model) -> int:
    """The model's work for one answer, on this machine; rounded to tens."""
    speed = machine.speed
    if _on_gpu(machine, model):
        computing, memory = max(speed.computing, GPU_GAIN), max(speed.memory, GPU_GAIN)
    else:
        computing, memory = speed.computing, speed.memory
    # A mind is held up by the one when it reads your words, by the other when it writes its own.
    times = min(computing, memory) if model.purpose == "language-model" else computing
    return max(10, round(model.wait_ms / times / 10) * 10)


def recommend(
    machine: Machine, models: Sequence[Model], language: str = "en", installed: frozenset[str] = frozenset()
) -> Recommendation:
    """Of what fits, speaks `language` (two letters) and is quick enough, the best for each purpose.

    Of equals one that is `installed`, then a woman's voice, then the quicker one. Where nothing is quick enough the
    quickest is taken, where nothing speaks the language any, and where nothing fits the smallest. What finds by meaning
    is not chosen here: another one would have to read the whole diary anew.
    """
    purposes: list[Purpose] = ["transcriber", "language-model", "voice", "turn-detector"]
    return Recommendation(
        tuple(
            Advice(purpose, best.name, wait_ms(machine, best), best.name in installed)
            for purpose in purposes
            if (best := _best(machine, [each for each in models if each.purpose == purpose], language, installed))
        )
    )


def _best(machine: Machine, models: Sequence[Model], language: str, installed: frozenset[str]) -> Model | None:
    reachable = [model for model in models if machine.ollama or model.files or model.hub_source()]
    understood = [model for model in reachable if {"many", language} & set(model.languages)] or reachable
    if not understood:
        return None
    fitting = [model for model in understood if fits(machine, model)]
    if not fitting:
        return min(understood, key=lambda model: model.memory_mb)
    patience = PATIENCE_MS.get(fitting[0].purpose, 10_000)
    quick = [model for model in fitting if wait_ms(machine, model) <= patience]
    if not quick:
        return min(fitting, key=lambda model: (wait_ms(machine, model), -model.quality))

    def worth(model: Model) -> tuple[int, bool, bool, int]:
        return model.quality, model.name in installed, model.gender == "female", -wait_ms(machine, model)

    return max(quick, key=worth)


def _on_gpu(machine: Machine, model: Model) -> bool:
    able = {"transcriber": machine.ears_on_gpu, "language-model": machine.mind_on_gpu}.get(model.purpose, False)
    return able and (machine.gpu_memory_mb == 0 or model.memory_mb <= machine.gpu_memory_mb)
