"""`companion models recommend`: what suits this machine, and how long one would wait."""

from __future__ import annotations

import argparse
import asyncio
import json
from contextlib import suppress
from dataclasses import asdict

from companion.backends import ollama_server
from companion.core.errors import EngineError
from companion.core.settings import Settings
from companion.diagnostics.graphics import graphics
from companion.diagnostics.machine import machine_facts
from companion.diagnostics.speed_probe import speed
from companion.models.catalogue import catalogue
from companion.models.recommendation import Machine, Recommendation, Speed, fits, recommend, wait_ms
from companion.models.resolver import locate

OLLAMA_TIMEOUT_S = 2.0


def add_parser(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--language", default="en", metavar="CODE", help="the language you speak with her, two letters (en)"
    )


def run(args: argparse.Namespace) -> None:
    machine, card = this_machine(args.settings)
    here = frozenset(model.name for model in catalogue() if locate(model) is not None)
    advised = recommend(machine, list(catalogue()), args.language, here)
    if args.json:
        print(json.dumps(_as_json(machine, card, advised), ensure_ascii=False, indent=2))
    else:
        print(_in_words(machine, card, advised))


def this_machine(settings: Settings) -> tuple[Machine, str]:
    """What it is, and a sentence on its graphics card. Takes a second or two, the first time one more."""
    facts, card = machine_facts(), graphics()
    computing, memory = speed(facts.processor)
    theirs: list[ollama_server.OllamaModel] | None = None
    with suppress(EngineError):
        theirs = asyncio.run(ollama_server.probe(settings.mind.ollama_address, OLLAMA_TIMEOUT_S))
    machine = Machine(
        memory_mb=facts.memory_total_bytes // 1_000_000,
        cores=facts.physical_cores,
        gpu=card.name,
        gpu_memory_mb=card.memory_mb,
        ears_on_gpu=card.ears,
        mind_on_gpu=card.mind,
        ollama=theirs is not None,
        speed=Speed(computing, memory),
    )
    return machine, card.sentence()


def _as_json(machine: Machine, card: str, advised: Recommendation) -> dict[str, object]:
    return {
        "machine": asdict(machine),
        "graphics": card,
        "advised": {advice.purpose: advice.name for advice in advised.advices},
        "response_ms": advised.response_ms,
        "sentence": advised.sentence(),
        "models": {
            model.name: {"fits": fits(machine, model), "wait_ms": wait_ms(machine, model)} for model in catalogue()
        },
    }


def _in_words(machine: Machine, card: str, advised: Recommendation) -> str:
    lines = [
        f"{machine.memory_mb / 1000:.0f} GB of memory, {machine.cores} cores; computing {machine.speed.computing:.1f} "
        f"times, memory {machine.speed.memory:.1f} times as fast as where the waits were measured. {card}",
        "",
        *(
            f"{advice.purpose:<15} {advice.name:<32} {advice.wait_ms:>6} ms  {'' if advice.installed else 'not '}here"
            for advice in advised.advices
        ),
        "",
        advised.sentence(),
    ]
    lacking = [advice.name for advice in advised.advices if not advice.installed]
    if lacking:
        lines.append(f"`companion models install {' '.join(lacking)}` brings what is not here.")
    return "\n".join(lines)
