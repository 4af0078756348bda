"""The conversations and what is to be known after each, read from `conversations.txt`.

"== 2026-03-03 20:10 nurse" begins a conversation; those that end on the same word are of one user, in one store;
nothing is tuned on those that are "held out". "want: nurse Riverside|clinic due 2026-03-06": a fact that should be
known, in a statement with all these words, one of those with "|" between. "fine:" is as good to know, and not asked
for; "never:" was not said ("you": not of the user); "past:" was true before. "never" counts before all others.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Literal

from companion.core.diary import Entry
from companion.core.facts import Fact
from companion.memory.content_words import plain_words, stem

_FILE = Path(__file__).with_name("conversations.txt")
Ruling = Literal["want", "fine", "never", "past"]


@dataclass(frozen=True)
class Expected:
    ruling: Ruling
    words: tuple[frozenset[str], ...]
    """Stems; of each set one must be there."""
    due: date | None = None

    def fits(self, fact: Fact) -> bool:
        said = set(map(stem, plain_words(f"{fact.statement} {fact.subject}")))
        if self.ruling == "never" and frozenset(("you",)) in self.words and not fact.statement.startswith("You "):
            return False
        return all(said & words for words in self.words)


@dataclass
class Conversation:
    user: str
    held_out: bool
    turns: list[Entry] = field(default_factory=list)
    expected: list[Expected] = field(default_factory=list)


def conversations() -> list[Conversation]:
    return list(_read())


def _read() -> Iterator[Conversation]:
    for part in _FILE.read_text(encoding="utf-8").split("== ")[1:]:
        head, *lines = part.strip().splitlines()
        at = datetime.fromisoformat(head[:16]).astimezone()
        user, *more = head[17:].split()
        conversation = Conversation(user, bool(more))
        for line in lines:
            name, text = line.split(": ", 1)
            if name in ("want", "fine", "never", "past"):
                words, _, due = text.partition(" due ")
                stems = tuple(
                    frozenset(map(stem, word.casefold().split("|"))) for word in words.replace("'t", "").split()
                )
                day = date.fromisoformat(due) if due else None
                conversation.expected.append(Expected(name, stems, day))  # type: ignore[arg-type]
                continue
            who: Literal["user", "companion"] = "user" if name == "User" else "companion"
            conversation.turns.append(Entry(0, at, who, "Eve", text))
            at += timedelta(seconds=20)
        yield conversation
