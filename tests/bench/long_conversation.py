"""First token at turn 10 and at turn 10,000 of one conversation: python -m tests.bench.long_conversation [options]

A real language model, the real prompt and, unless --no-memory, the real recall in a diary of all that was said. The
turns are written beforehand; the model reads ahead between them as in a conversation, and its answers are begun, timed
and thrown away. Prints one JSON object, times in milliseconds. Nothing else should run on the machine meanwhile.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import statistics
import sys
import tempfile
import time
from contextlib import aclosing
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from companion import app
from companion.core.diary import Entry
from companion.core.engines import LanguageModel, ReplyLimits
from companion.core.persona import load_persona
from companion.core.settings import Mind, Settings
from companion.core.transcript import History, Turn
from companion.her_voice import limits_of
from companion.memory.recall import SqliteMemory, open_memory
from companion.memory.store import open_diary
from companion.talk.prompt import Prompt
from companion.talk.recollection import Recollection
from companion.talk.workers import Worker
from tests.bench.everyday import QUESTIONS, SENTENCES

SOON, LATE = 10, 10_000
MEASURED = 20
"""User turns that are timed at each place: enough for a time or two at which room is made."""
REPLIES = (
    "Oh, was it? Tell me the rest.",
    "I'd have done the same, I think. And then?",
    "That sounds like the kind of day that wants soup.",
    "Hm. You don't sound convinced.",
    "Good. Did anybody notice?",
)


def said(number: int) -> tuple[str, str]:
    """What the user and she say in exchange `number`. No two are alike for long, as in life."""
    lines = (*SENTENCES, *QUESTIONS)
    user = f"So, number {number}. {lines[number % len(lines)]} That was thing {number}."
    return user, f"{REPLIES[number % len(REPLIES)]} That makes {number}."


class Talk:
    """A conversation whose words are known, with a model that answers for real."""

    def __init__(self, mind: LanguageModel, prompt: Prompt, limits: ReplyLimits, recollection: Recollection | None):
        self._mind = mind
        self._prompt = prompt
        self._limits = limits
        self._recollection = recollection
        self._history = History()
        self.number = 0

    def pass_by(self) -> None:
        """An exchange that nobody times: the prompt sees it, the model does not."""
        user, her = said(self.number)
        self._history.add(Turn("user", user))
        self._prompt.messages(self._history.turns)
        self._history.add(Turn("companion", her))
        self._prompt.make_room(self._history.turns)
        self.number += 1

    async def first_token_s(self) -> float:
        """An exchange as in a conversation that is typed: from the line to the first token."""
        self._prompt.make_room(self._history.turns)
        await self._mind.anticipate(self._prompt.so_far(self._history.turns))
        user, her = said(self.number)
        began = time.perf_counter()
        if self._recollection:
            self._recollection.start_turn()
            await self._recollection.follow(user, self._prompt.in_mind(self._history.turns))
        self._history.add(Turn("user", user))
        async with aclosing(self._mind.reply(self._prompt.messages(self._history.turns), self._limits)) as pieces:
            await anext(pieces)
            took_s = time.perf_counter() - began
        self._history.add(Turn("companion", her))
        self.number += 1
        return took_s

    @property
    def read_tokens(self) -> int:
        """By estimate, what the model reads for a turn."""
        messages = self._prompt.messages(self._history.turns)
        return sum(len(message.text) for message in messages) // 4


def write_diary(file: Path, exchanges: int) -> None:
    """All that was said in the conversation, in a diary."""
    diary = open_diary(file)
    at = datetime.now().astimezone() - timedelta(days=200)
    for number in range(exchanges):
        for who, text in zip(("user", "companion"), said(number), strict=True):
            at += timedelta(seconds=30)
            diary.add(Entry(0, at, "user" if who == "user" else "companion", "Samantha", text))
    diary.close()


async def measure(talk: Talk) -> dict[str, Any]:
    await talk.first_token_s()  # the model meets this place for the first time, as nobody does in a conversation
    times = [await talk.first_token_s() for _ in range(MEASURED)]
    in_ms = [round(1000 * took_s, 1) for took_s in sorted(times)]
    return {
        "median_ms": statistics.median(in_ms),
        "p90_ms": in_ms[int(0.9 * len(in_ms))],
        "worst_ms": in_ms[-1],
        "prompt_tokens": talk.read_tokens,
    }


async def run(options: argparse.Namespace, folder: Path) -> dict[str, Any]:
    settings = Settings(mind=Mind(engine="embedded", model=options.model))
    persona = load_persona(settings.persona)
    limits = limits_of(settings, persona)
    mind = await app.open_mind(settings, lambda note: print(note, file=sys.stderr, flush=True))
    memory: SqliteMemory | None = None
    try:
        prompt = Prompt(persona, "", datetime.now(), app.prompt_tokens(mind, limits))
        await mind.warm_up(prompt.prefix)
        with Worker("recall") as worker:
            if options.memory:
                write_diary(folder / "conversations.db", options.turns // 2)
                memory = open_memory(folder / "conversations.db")
            recollection = Recollection(lambda: memory, worker, prompt) if memory else None
            talk = Talk(mind, prompt, limits, recollection)
            while talk.number < SOON // 2:
                talk.pass_by()
            soon = await measure(talk)
            while talk.number < options.turns // 2:
                talk.pass_by()
            late = await measure(talk)
    finally:
        if memory:
            memory.close()
        await mind.close()
    return {
        "model": options.model,
        f"turn {SOON}": soon,
        f"turn {options.turns}": late,
        "ratio of medians": round(late["median_ms"] / soon["median_ms"], 2),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", default="smollm2-135m-instruct")
    parser.add_argument("--turns", type=int, default=LATE)
    parser.add_argument("--no-memory", dest="memory", action="store_false", help="leave out recall")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        print(json.dumps(asyncio.run(run(options, Path(folder))), indent=2))


if __name__ == "__main__":
    main()
