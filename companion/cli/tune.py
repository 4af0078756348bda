"""`companion tune`: finds threads, arithmetic and context with which she answers soonest here, and shows the gain."""

from __future__ import annotations

import argparse
import asyncio
import gc
import json
import os
import statistics
import sys
import time
from contextlib import aclosing
from dataclasses import asdict
from datetime import datetime

from companion import app
from companion.cli.bench import shipped_sentences
from companion.core.audio import Samples
from companion.core.engines import LanguageModel, ReplyLimits
from companion.core.errors import CompanionError
from companion.core.paths import shipped
from companion.core.persona import load_persona
from companion.core.settings import Settings
from companion.core.settings_file import SettingsFile
from companion.core.transcript import Turn
from companion.diagnostics.live.words import difference, plain
from companion.diagnostics.tuning import LEAST_GAIN, SLACK, Knobs, Measured, Outcome, Value, tune
from companion.elsewhere import here_alone
from companion.talk.prompt import Prompt

QUICK_SENTENCES = 4
QUESTIONS = ("What should I cook tonight?", "It has rained all day.", "Do you remember what I said?")
CLAUSE_TOKENS = 6
"""Her first clause has about so many: what she must have written before she can speak."""
CONTEXTS_S = (5.0, 8.0, 10.0, 15.0)
CONTEXTS_TOKENS = (2048, 4096, 8192)


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = subparsers.add_parser(
        "tune",
        help="find the settings with which she answers soonest here",
        description="Measures speech to text and the built-in mind with other numbers of threads, arithmetic and\n"
        "context, and shows what is gained. A change is proposed only if it is quicker in every round and by\n"
        f"{LEAST_GAIN:.0%} or more, with at most {SLACK:.0%} more of the words wrong. Close other programs first.",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--quick", action="store_true", help="fewer sentences and fewer settings: about two minutes")
    parser.add_argument("--yes", action="store_true", help="write what was found without asking")
    parser.add_argument("--json", action="store_true", help="print JSON, and write nothing without --yes")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    settings: Settings = args.settings
    outcomes = [_ears(settings, args.quick)]
    mind = _mind(settings, args.quick)
    if mind is not None:
        outcomes.append(mind)
    if args.json:
        print(json.dumps([asdict(outcome) for outcome in outcomes], ensure_ascii=False, indent=2))
    else:
        print(table(settings, outcomes))
    changes = {key: value for outcome in outcomes for key, value in outcome.knobs.items()}
    if changes and (args.yes or (not args.json and _agreed())):
        file = SettingsFile(args.settings_file)
        for key, value in changes.items():
            file.set(key, value)
        print(f"Written to {args.settings_file}; she takes it when she starts the next time.", file=sys.stderr)
    return 0


def _agreed() -> bool:
    if not sys.stdin.isatty():
        print("Nothing was written: say --yes.", file=sys.stderr)
        return False
    return input("Write this to the settings? [y/N] ").strip().lower() in ("y", "yes")


def with_knobs(settings: Settings, knobs: Knobs) -> Settings:
    """`settings` with other values for some keys."""
    tree = settings.model_dump()
    for key, value in knobs.items():
        section, _, name = key.partition(".")
        tree[section][name] = value
    return Settings.model_validate(tree)


def thread_counts() -> list[int]:
    """What is worth trying here: one, half, all real cores and all that the system counts."""
    import psutil

    logical = psutil.cpu_count() or os.cpu_count() or 1
    physical = psutil.cpu_count(logical=False) or logical
    return sorted({1, max(1, physical // 2), physical, logical})


def _ears(settings: Settings, quick: bool) -> Outcome:
    sentences = shipped_sentences()
    texts = (shipped("assets") / "bench" / "sentences.txt").read_text(encoding="utf-8").splitlines()
    heard = list(zip(sentences, texts, strict=True))[: QUICK_SENTENCES if quick else None]
    hearing = settings.hearing
    present: Knobs = {
        "hearing.threads": hearing.threads,
        "hearing.compute": hearing.compute,
        "hearing.context_s": hearing.context_s,
    }
    choices: dict[str, list[Value]] = {
        "hearing.threads": list(thread_counts()),
        "hearing.compute": _arithmetic(hearing.device),
    }
    if not quick:
        choices["hearing.context_s"] = list(CONTEXTS_S)
    return tune("speech to text", present, choices, lambda knobs: hear(with_knobs(settings, knobs), heard), 3)


def _arithmetic(device: str) -> list[Value]:
    import ctranslate2

    if device == "auto":
        device = "cuda" if ctranslate2.get_cuda_device_count() else "cpu"
    usual = "float16" if device == "cuda" else "int8"  # what auto comes to
    known = ("int8", "int8_float32", "float32", "int8_float16", "float16")
    able = ctranslate2.get_supported_compute_types(device)
    return [kind for kind in known if kind in able and kind != usual]


def hear(settings: Settings, heard: list[tuple[Samples, str]]) -> Measured | None:
    """The median time for a sentence, and the share of words that were wrong; None if it cannot run so."""
    _note("speech to text", settings.hearing.threads, settings.hearing.compute, f"{settings.hearing.context_s:g} s")
    try:
        ears = app.make_transcriber(here_alone(settings))
        ears.warm_up()
        taken, wrong, words = [], 0, 0
        for samples, text in heard:
            began = time.perf_counter()
            said = ears.transcribe(samples).text
            taken.append(time.perf_counter() - began)
            wrong += difference(text, said).total
            words += len(plain(text))
    except CompanionError as error:
        print(f"·  {error.message}", file=sys.stderr)
        return None
    finally:
        gc.collect()  # the weights of one candidate must not stand in the way of the next
    return Measured(statistics.median(taken), wrong / max(1, words))


def _mind(settings: Settings, quick: bool) -> Outcome | None:
    """None where her mind runs elsewhere: that is tuned there."""
    present: Knobs = {"mind.threads": settings.mind.threads, "mind.context_tokens": settings.mind.context_tokens}
    choices: dict[str, list[Value]] = {"mind.threads": list(thread_counts())}
    if not quick:
        # Never less than is set: what she remembers must have room.
        choices["mind.context_tokens"] = [size for size in CONTEXTS_TOKENS if size >= settings.mind.context_tokens]
    embedded = asyncio.run(_is_embedded(settings))
    if not embedded:
        print("·  Her mind runs in Ollama, which sees to its threads itself.", file=sys.stderr)
        return None
    return tune("mind", present, choices, lambda knobs: asyncio.run(think(with_knobs(settings, knobs))), 3)


async def _is_embedded(settings: Settings) -> bool:
    mind = await app.open_mind(settings, lambda note: None)
    try:
        return mind.info().name != "Ollama"
    finally:
        await mind.close()


async def think(settings: Settings) -> Measured | None:
    """The median time from a question to her first clause, with the persona read before."""
    _note("mind", settings.mind.threads, f"{settings.mind.context_tokens} tokens")
    try:
        mind = await app.open_mind(settings, lambda note: None)
        try:
            taken = [await _first_clause_s(mind, settings, question) for question in ("Hello.", *QUESTIONS)]
        finally:
            await mind.close()
    except CompanionError as error:
        print(f"·  {error.message}", file=sys.stderr)
        return None
    return Measured(statistics.median(taken[1:]))


async def _first_clause_s(mind: LanguageModel, settings: Settings, question: str) -> float:
    budget = settings.mind.context_tokens - settings.mind.max_reply_tokens
    prompt = Prompt(load_persona(settings.persona), settings.user_name, datetime(2026, 1, 1, 20), budget)
    await mind.warm_up(prompt.prefix)
    limits = ReplyLimits(CLAUSE_TOKENS, settings.mind.first_token_timeout_s)
    began = time.perf_counter()
    async with aclosing(mind.reply(prompt.messages([Turn("user", question)]), limits)) as pieces:
        async for _ in pieces:
            pass
    return time.perf_counter() - began


def _note(*words: object) -> None:
    print("·  " + ", ".join(map(str, words)), file=sys.stderr, flush=True)


def table(settings: Settings, outcomes: list[Outcome]) -> str:
    """Before and after, part by part and setting by setting."""
    lines = [f"{'':<16}{'before':>10}{'after':>10}{'words wrong':>16}"]
    for outcome in outcomes:
        after = outcome.after if outcome.knobs else outcome.before
        errors = f"{outcome.before.errors:.1%} > {after.errors:.1%}" if outcome.part == "speech to text" else ""
        before_ms, after_ms = f"{outcome.before.wait_s * 1000:.0f} ms", f"{after.wait_s * 1000:.0f} ms"
        lines.append(f"{outcome.part:<16}{before_ms:>10}{after_ms:>10}{errors:>16}")
        lines.append(f"  {outcome.tried} settings tried: {outcome.why}.")
        for key, value in outcome.knobs.items():
            section, _, name = key.partition(".")
            lines.append(f"  {key}: {getattr(getattr(settings, section), name)} -> {value}")
    if not any(outcome.knobs for outcome in outcomes):
        lines.append("Nothing is clearly quicker than the present settings: they stay as they are.")
    return "\n".join(lines)
