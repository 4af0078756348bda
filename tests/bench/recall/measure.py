"""How much of what answers a question is found: python -m tests.bench.recall.measure [--friends] [--words]

With --verbose it tells what was not found, with --fit the weights that fit best.
Prints one JSON object: the part of the answering turns among the first 5, 10 and 20, for all questions, for those
held out, and by kind; how many questions about what was never said bring up nothing; and the same for FTS5 with
stemming alone, on the same turns.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import sqlcipher3

from companion.backends.minilm import MiniLm
from companion.core.memory import CERTAIN_ENOUGH
from companion.memory.batches import open_batches
from companion.memory.recall import SqliteMemory, open_memory
from companion.models.resolver import resolve
from tests.bench.recall.dataset import KINDS, Asked, Conversation, conversations, talks_of_friends
from tests.bench.recall.fit import fitted, said_of

DEPTHS = (5, 10, 20)


@contextmanager
def remembered(conversation: Conversation, by_meaning: bool = True) -> Iterator[SqliteMemory]:
    """A memory of one conversation, in a store of its own."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "conversations.db"
        batches = open_batches(file)
        batches.add(conversation.name, conversation.turns)
        batches.close()
        memory = open_memory(file, MiniLm(resolve("minilm-l6-v2", "embedder")) if by_meaning else None)
        while memory.ponder():
            pass
        yield memory
        memory.close()


class PlainWords:
    """What FTS5 finds by itself: the question's words, stemmed, any of them, in the order of BM25."""

    def __init__(self, conversation: Conversation) -> None:
        self._index = sqlcipher3.connect(":memory:")
        self._index.execute("CREATE VIRTUAL TABLE turns USING fts5(id UNINDEXED, text, tokenize='porter unicode61')")
        rows = [(turn.id, f"{turn.speaker}: {turn.text}") for turn in conversation.turns]
        self._index.executemany("INSERT INTO turns VALUES (?, ?)", rows)

    def find(self, text: str) -> list[str]:
        words = " OR ".join(f'"{word}"' for word in text.replace('"', " ").split())
        found = self._index.execute("SELECT id FROM turns WHERE turns MATCH ? ORDER BY rank LIMIT 20", (words,))
        return [name for (name,) in found]


def part_found(asked: Asked, found: Sequence[object], depth: int) -> float:
    return len(asked.evidence & set(found[:depth])) / len(asked.evidence)


def _summary(results: Sequence[tuple[Asked, Sequence[object]]]) -> dict[str, list[float]]:
    groups = {"all": results, "held out": [result for result in results if result[0].held_out]}
    groups |= {kind: [result for result in results if result[0].kind == kind] for kind in KINDS}
    return {
        name: [round(statistics.mean(part_found(*result, depth) for result in group), 3) for depth in DEPTHS]
        for name, group in groups.items()
        if group
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--friends", action="store_true", help="the conversations of two friends")
    parser.add_argument("--words", action="store_true", help="without the model of meanings")
    parser.add_argument("--verbose", action="store_true", help="tell which answers were not found")
    parser.add_argument("--fit", action="store_true", help="print weights fitted to the questions not held out")
    options = parser.parse_args()
    ours: list[tuple[Asked, Sequence[object]]] = []
    plain: list[tuple[Asked, Sequence[object]]] = []
    best: dict[bool, list[tuple[Asked, float]]] = {True: [], False: []}
    examples = []
    for conversation in talks_of_friends() if options.friends else conversations():
        words = PlainWords(conversation)
        with remembered(conversation, not options.words) as memory:
            for asked in conversation.questions:
                found = memory.recall(asked.text, conversation.asked_at)
                best[bool(asked.evidence)].append((asked, found[0].score if found else 0.0))
                if options.fit and not asked.held_out:
                    examples.append(said_of(memory.weigh(asked.text, conversation.asked_at), asked, conversation))
                if not asked.evidence:
                    continue
                ours.append((asked, [turn.id for turn in found]))
                plain.append((asked, words.find(asked.text)))
                if options.verbose and part_found(asked, ours[-1][1], 10) < 1:
                    print(f"{conversation.name}: {asked.kind}: {asked.text} {sorted(asked.evidence)}", file=sys.stderr)
    silent = {
        f"{name}, nothing brought up{part}": round(
            statistics.mean(score < CERTAIN_ENOUGH for asked, score in best[said] if asked.held_out or not part), 3
        )
        for name, said in (("never said", False), ("said", True))
        for part in ("", " (held out)")
        if best[said]
    }
    figures = {"found": _summary(ours), "FTS5 with stemming": _summary(plain), **silent}
    print(json.dumps(figures, indent=2))
    if options.fit:
        print(json.dumps(fitted(examples), indent=2))


if __name__ == "__main__":
    main()
