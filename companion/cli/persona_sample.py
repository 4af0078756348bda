"""`companion persona sample`: what a persona would answer, before anybody has chosen or even saved it."""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
from contextlib import aclosing
from dataclasses import replace
from datetime import datetime

from pydantic import BaseModel, ConfigDict, ValidationError

from companion import app
from companion.cli.lines import typed_lines
from companion.core.engines import LanguageModel
from companion.core.errors import CompanionError, UsageError
from companion.core.persona import Persona, load_persona
from companion.core.settings import Settings
from companion.core.transcript import Turn
from companion.her_voice import limits_of
from companion.talk.her_words import HerWords
from companion.talk.prompt import Prompt

LINE = "I had a long day."

CONTEXT_TOKENS = 2048
"""A persona and one exchange fit well; more would only take memory, as the conversation has a model of its own."""

PATIENCE_S = 180.0
"""For the first word: all of the persona is read before it, on a processor that the conversation may need too."""

DESCRIPTION = f"""\
Print what a persona would answer to TEXT, with the language model of the settings. Nothing is kept.
NAME - reads what to answer from standard input, a line of JSON each:
{{"persona": {{...}}, "line": "{LINE}", "number": 1}}; the number comes back with the answer, and a new line ends the
answer to the one before. The model stays loaded until the lines end."""


class Wish(BaseModel):
    """A line of standard input."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    persona: Persona
    line: str = LINE
    number: int = 0


def add_parser(parser: argparse.ArgumentParser) -> None:
    """Give the parser of this command its arguments."""
    parser.add_argument("name", metavar="NAME", help="a name from `companion persona list`, a .toml file, or -")
    parser.add_argument("--line", metavar="TEXT", default=LINE, help=f"what you would say (default: {LINE})")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print the answer, or answers. Raises CompanionError."""
    if not args.line.strip():
        raise UsageError("There is nothing to answer in that text.", "Give some words.")
    if args.name == "-":
        asyncio.run(_answer_all(args.settings))
    else:
        wish = Wish(persona=load_persona(args.name), line=args.line)
        asyncio.run(_answer_one(args.settings, wish, args.json))
    return 0


async def _answer_one(settings: Settings, wish: Wish, as_json: bool) -> None:
    mind = await _open_mind(settings)
    try:
        await _answer(mind, settings, wish, as_json)
    finally:
        await mind.close()


async def _answer_all(settings: Settings) -> None:
    """Answer each line as it comes; one that is not answered yet when the next comes never is."""
    mind = await _open_mind(settings)
    answering: asyncio.Task[None] | None = None
    try:
        async with aclosing(typed_lines()) as lines:
            async for line in lines:
                await _given_up(answering)
                answering = asyncio.create_task(_answer_line(mind, settings, line), name="answer")
        if answering:
            await asyncio.wait({answering})
    finally:
        await _given_up(answering)
        await mind.close()


async def _given_up(task: asyncio.Task[None] | None) -> None:
    if task:
        task.cancel()
        await asyncio.wait({task})


async def _answer_line(mind: LanguageModel, settings: Settings, line: str) -> None:
    try:
        wish = Wish.model_validate_json(line)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"]))
        _print({"trouble": f"That line cannot be answered{f', at {where}' if where else ''}: {first['msg']}."})
        return
    try:
        await _answer(mind, settings, wish, as_json=True)
    except CompanionError as error:
        _print({"number": wish.number, "trouble": str(error)})


async def _answer(mind: LanguageModel, settings: Settings, wish: Wish, as_json: bool) -> None:
    persona = wish.persona
    limits = replace(
        limits_of(settings, persona), first_token_timeout_s=PATIENCE_S, between_tokens_timeout_s=PATIENCE_S
    )
    prompt = Prompt(persona, settings.user_name, datetime.now(), app.prompt_tokens(mind, limits))
    messages = prompt.messages([Turn("user", wish.line)])
    words = HerWords(messages, (persona.name, settings.user_name), limits.enough_words)
    said: list[str] = []

    def show(clauses: list[str]) -> None:
        for clause in clauses:
            piece = f" {clause}" if said else clause
            said.append(clause)
            if as_json:
                _print({"number": wish.number, "piece": piece})
            else:
                print(piece, end="", flush=True)

    async with aclosing(mind.reply(messages, limits)) as pieces:
        async for piece in pieces:
            show(words.feed(piece))
            if words.ended:
                break
    show(words.finish())
    if as_json:
        _print({"number": wish.number, "reply": " ".join(said), "model": mind.info().model})
    else:
        print()


async def _open_mind(settings: Settings) -> LanguageModel:
    """The model of the settings, with less context if it has to be loaded a second time.

    Ollama serves one model to all, and would load it anew for another context."""
    from companion.backends.llama_cpp import LlamaCpp

    mind = await app.choose_mind(settings, _note)
    if isinstance(mind, LlamaCpp):
        tokens = min(CONTEXT_TOKENS, settings.mind.context_tokens)
        smaller = settings.mind.model_copy(update={"engine": "embedded", "context_tokens": tokens})
        mind = await app.choose_mind(settings.model_copy(update={"mind": smaller}), lambda _: None)
    await mind.open()
    return mind


def _note(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def _print(record: dict[str, object]) -> None:
    print(json.dumps(record, ensure_ascii=False), flush=True)
