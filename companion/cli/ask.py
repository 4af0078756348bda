"""`companion ask`: one question to the language model, and how fast it answers here."""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
import time
from contextlib import aclosing
from dataclasses import dataclass, field
from datetime import datetime

from companion import app
from companion.core.engines import LanguageModel, PromptTimings
from companion.core.errors import UsageError
from companion.core.persona import load_persona
from companion.core.settings import Settings
from companion.core.transcript import Turn
from companion.her_voice import limits_of
from companion.talk.her_words import HerWords
from companion.talk.prompt import Prompt


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command `ask`."""
    parser = subparsers.add_parser(
        "ask",
        help="ask her language model one question",
        description="Print what she answers to TEXT while it is written. Nothing of it is kept.",
    )
    parser.add_argument("text", metavar="TEXT", help="what to ask")
    parser.add_argument(
        "--json", action="store_true", help='print lines {"piece": ...}, then one with the model and its measured speed'
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print the answer. Raises ModelError or EngineError."""
    if not args.text.strip():
        raise UsageError("There is no question in that text.", "Give some words.")
    asyncio.run(_ask(args.settings, args.text.strip(), args.json))
    return 0


async def _ask(settings: Settings, text: str, as_json: bool) -> None:
    mind = await app.open_mind(settings, lambda note: print(note, file=sys.stderr, flush=True))
    try:
        persona = load_persona(settings.persona).called(settings.her_name)
        limits = limits_of(settings, persona)
        prompt = Prompt(persona, settings.user_name, datetime.now(), app.prompt_tokens(mind, limits))
        # In a conversation all but the question has been read before: so it is here, and is not counted.
        await mind.warm_up(prompt.prefix)
        messages = prompt.messages([Turn("user", text)])
        answer = Answer(HerWords(messages, (persona.name, settings.user_name), limits.enough_words))
        async with aclosing(mind.reply(messages, limits)) as pieces:
            async for piece in pieces:
                _show(answer.take(piece), as_json)
        _show(answer.finish(), as_json)
        print(json.dumps(answer.record(mind), ensure_ascii=False) if as_json else "", flush=True)
    finally:
        await mind.close()


def _show(piece: str, as_json: bool) -> None:
    if piece and as_json:
        print(json.dumps({"piece": piece}, ensure_ascii=False), flush=True)
    elif piece:
        print(piece, end="", flush=True)


@dataclass
class Answer:
    """An answer that is being written, and how long that takes."""

    words: HerWords
    asked_s: float = field(default_factory=time.monotonic)
    first_s: float | None = None
    last_s: float = 0.0
    pieces: int = 0
    begun: bool = False

    def take(self, piece: str) -> str:
        """What of `piece` is to be shown."""
        self.last_s = time.monotonic()
        self.first_s = self.first_s or self.last_s
        self.pieces += 1
        return self._joined(self.words.feed(piece))

    def finish(self) -> str:
        """What is left to be shown at the end."""
        return self._joined(self.words.finish())

    def _joined(self, clauses: list[str]) -> str:
        """`clauses` behind what was shown before."""
        shown = "".join(f" {clause}" for clause in clauses)
        shown, self.begun = (shown if self.begun else shown.lstrip()), self.begun or bool(clauses)
        return shown

    def record(self, mind: LanguageModel) -> dict[str, object]:
        """The model and its speed: by its server's own count, or else a token a piece."""
        info = mind.info()
        tokens, writing_s = self._written(mind.last_timings)
        return {
            "model": info.model,
            "engine": info.name,
            "where": info.where,
            "first_token_s": None if self.first_s is None else round(self.first_s - self.asked_s, 3),
            "tokens_per_s": round(tokens / writing_s, 1) if writing_s > 0 else None,
            "tokens": tokens,
        }

    def _written(self, timings: PromptTimings) -> tuple[int, float]:
        if timings.written_tokens and timings.written_s:
            return timings.written_tokens, timings.written_s
        return self.pieces, self.last_s - (self.first_s or self.last_s)
