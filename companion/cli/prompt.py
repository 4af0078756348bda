"""`companion prompt`: what the language model reads before it answers, part by part."""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
from datetime import datetime

from companion import app
from companion.coming_back import look_back
from companion.core.errors import UsageError
from companion.core.persona import load_persona
from companion.core.settings import Settings
from companion.core.tokens import estimated_tokens
from companion.core.transcript import Turn
from companion.diaries import prepared_file
from companion.her_past import close_past, open_past
from companion.her_voice import limits_of
from companion.talk.prompt import Prompt
from companion.talk.prompt_parts import Part
from companion.talk.recollection import MOST, remind, worth_telling

ESTIMATE = "by estimate, a token for three bytes, which errs upwards; --exact loads the model and lets it count"


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command `prompt`."""
    parser = subparsers.add_parser(
        "prompt",
        help="show what her language model reads",
        description="Show what the language model would read before it answers TEXT: each part, what it takes of the"
        " context, and what it may take. Without TEXT, the part that stands before every conversation.",
    )
    parser.add_argument("text", metavar="TEXT", nargs="?", default="", help="what you would say")
    parser.add_argument("--show", action="store_true", help="print the words too, not only the numbers")
    parser.add_argument("--exact", action="store_true", help="load the embedded model and count with its own tokenizer")
    parser.add_argument("--persona", metavar="NAME", help="another persona than that in the settings")
    parser.add_argument("--json", action="store_true", help="print JSON, words included")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print the parts. Raises CompanionError."""
    settings: Settings = args.settings
    if args.persona:
        settings = settings.model_copy(update={"persona": args.persona})
    persona = load_persona(settings.persona).called(settings.her_name)
    limits = limits_of(settings, persona)
    context = app.context_tokens(settings)
    budget = context - limits.max_tokens - app.TEMPLATE_TOKENS
    prompt = Prompt(persona, settings.user_name, datetime.now(), budget)
    _look_back(settings, persona.name, prompt, args.text.strip())
    parts = prompt.parts([Turn("user", args.text)] if args.text.strip() else [])
    counts = asyncio.run(_counted(settings, parts)) if args.exact else [estimated_tokens(part.text) for part in parts]
    if args.json:
        found = [
            {"part": part.name, "tokens": count, "limit": part.limit_tokens, "text": part.text}
            for part, count in zip(parts, counts, strict=True)
        ]
        whole = {"context": context, "reply": limits.max_tokens, "budget": budget}
        print(json.dumps({**whole, "exact": args.exact, "parts": found}, indent=2, ensure_ascii=False))
        return 0
    for part, count in zip(parts, counts, strict=True):
        limit = "" if part.limit_tokens is None else f" of {part.limit_tokens}"
        print(f"{part.name}: {count}{limit} tokens")
        if args.show:
            print("\n".join(f"    {line}" for line in part.text.splitlines()), end="\n\n")
    print(
        f"In all {sum(counts)} of {budget} tokens; {limits.max_tokens} of the {context} are kept"
        f" for the reply. Counted {'by the model' if args.exact else ESTIMATE}."
    )
    return 0


def _look_back(settings: Settings, her_name: str, prompt: Prompt, text: str) -> None:
    """Tell `prompt` what is known from before, and what `text` brings to mind."""
    file = prepared_file(settings)
    if not (settings.memory.keep and file.exists()):
        return
    now = datetime.now().astimezone()
    past = open_past(file, asyncio.run(app.make_embedder(settings)))
    try:
        prompt.summarize(look_back(past.diary, past.facts, now, her_name, brings_up=False).before)
        if text and past.memory:
            past.memory.ponder()
            remind(prompt, worth_telling(past.memory, text)[:MOST], now)
    finally:
        close_past(past)


async def _counted(settings: Settings, parts: list[Part]) -> list[int]:
    from companion.backends.llama_cpp import LlamaCpp

    mind = await app.choose_mind(settings, lambda note: print(note, file=sys.stderr, flush=True))
    if not isinstance(mind, LlamaCpp):
        raise UsageError("Ollama does not count tokens.", "Leave out --exact, or set mind.engine to embedded.")
    await mind.open()
    try:
        return [await mind.count_tokens(part.text) for part in parts]
    finally:
        await mind.close()
