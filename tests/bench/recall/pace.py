"""How quick she remembers and writes where much was said: python -m tests.bench.recall.pace STORE [--turns N]

The store is made if it is not there; made once, it can be measured alone on the machine. Questions are embedded by the
real model. The meanings of what was said are mixed from those of other sentences: their number counts here, and to
embed so many takes ten minutes. Prints one JSON object, in milliseconds.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from companion.backends.minilm import MiniLm
from companion.core.diary import Entry
from companion.core.engines import EngineInfo
from companion.memory.batches import open_batches
from companion.memory.importers.turn import PastTurn
from companion.memory.recall import open_memory
from companion.memory.store import open_diary
from companion.models.resolver import resolve
from tests.bench.recall.dataset import conversations, talks_of_friends
from tests.bench.recall.small_talk import small_talk

QUESTIONS = 300
WRITES = 500
_AT_ONCE = 5000


@dataclass
class MixedMeanings:
    """Embedder: one text by `real`, many by a mixture of the `known`."""

    real: MiniLm
    known: NDArray[np.float32]

    def info(self) -> EngineInfo:
        return self.real.info()

    def warm_up(self) -> None:
        self.real.warm_up()

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        if len(texts) == 1:
            return self.real.embed(texts)
        dice = np.random.default_rng(len(texts[0]))
        chosen = self.known[dice.integers(len(self.known), size=(len(texts), 2))]
        mixed = (chosen * dice.random((len(texts), 2, 1))).sum(axis=1).astype(np.float32)
        return np.asarray(mixed / np.linalg.norm(mixed, axis=1, keepdims=True), np.float32)


def _said(turns: int) -> Iterator[PastTurn]:
    """What was said of note once, and small talk, day after day."""
    sets = [*conversations(), *talks_of_friends()]
    first = date(2000, 1, 1)
    days = [first + timedelta(days=number) for number in range(turns // 20)]
    of_note = [turn for conversation in sets for turn in conversation.turns if not str(turn.id).startswith("chat")]
    chatter = small_talk(days, seed=1)
    dice = random.Random(1)
    for number in range(turns):
        if number % (turns // len(of_note)) == 0 and of_note:
            yield of_note.pop()
        else:
            at, text = next(chatter)
            yield PastTurn(at.replace(tzinfo=UTC), dice.choice(("Anna", "Tom")), f"{text} ({number})", id=number)


def _made(file: Path, turns: int, embedder: MixedMeanings) -> None:
    batches = open_batches(file)
    batches.add("pace", _said(turns), lambda done: print(done, "turns", file=sys.stderr))
    batches.close()
    memory = open_memory(file, embedder)
    while left := memory.ponder(_AT_ONCE):
        print(left, "meanings to go", file=sys.stderr)
    memory.close()


def _milliseconds(taken_s: Sequence[float]) -> dict[str, float]:
    return {name: round(1000 * float(np.percentile(taken_s, part)), 1) for name, part in (("p50", 50), ("p95", 95))}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("store", type=Path)
    parser.add_argument("--turns", type=int, default=100_000)
    parser.add_argument("--make", action="store_true", help="make the store, and measure nothing")
    options = parser.parse_args()
    asked = [question.text for talk in [*conversations(), *talks_of_friends()] for question in talk.questions]
    real = MiniLm(resolve("minilm-l6-v2", "embedder"))
    embedder = MixedMeanings(real, real.embed(asked))
    if not options.store.exists():
        _made(options.store, options.turns, embedder)
    if options.make:
        return
    memory, diary = open_memory(options.store, embedder), open_diary(options.store)
    memory.recall("Where do I live?")
    recalled, written = [], []
    for text in random.Random(2).sample(asked, QUESTIONS):
        began = time.perf_counter()
        memory.recall(text)
        recalled.append(time.perf_counter() - began)
    for number in range(WRITES):
        entry = Entry(
            0, datetime.now().astimezone(), "user", "Samantha", f"I walked to the harbour, for hours. {number}"
        )
        began = time.perf_counter()
        diary.add(entry)
        written.append(time.perf_counter() - began)
    batches = open_batches(options.store)
    figures = {"turns": batches.stats().turns, "recall_ms": _milliseconds(recalled), "write_ms": _milliseconds(written)}
    for opened in (memory, diary, batches):
        opened.close()
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
