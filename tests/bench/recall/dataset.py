"""The conversations and the questions about them, read from the files in `conversations` and in `friends`.

A file holds sessions ("== 2024-03-02 19:10"), turns ("Nora: ...  #tag", tagged where a question is about them) and
questions ("kind: ... #tag #tag", with the turns that answer). "companion: NAME" at the top says that NAME is the
companion and "Me" the user; elsewhere two people talk. Every second question is held out: nothing is tuned on it.

In `friends` two people talk, as in the public sets of long conversations: they answer each other at some length, and
are asked about by others, in the third person. Some of those questions name the wrong one of the two ("swapped").
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Literal, TypeAlias, get_args

from companion.memory.importers.turn import PastTurn, Who
from tests.bench.recall.small_talk import small_talk

_Own: TypeAlias = Literal["fact", "several", "time", "preference", "changed", "never"]
_OfFriends: TypeAlias = Literal["single", "multi", "temporal", "open", "swapped"]
Kind: TypeAlias = _Own | _OfFriends
KINDS: tuple[Kind, ...] = (*get_args(_Own), *get_args(_OfFriends))
_FOLDER = Path(__file__).parent
_TAG = re.compile(r"\s+#(\w+)")


@dataclass(frozen=True)
class Asked:
    """A question and the ids of the turns that answer it: none, where it was never said."""

    kind: Kind
    text: str
    evidence: frozenset[str]
    held_out: bool


@dataclass(frozen=True)
class Conversation:
    name: str
    turns: tuple[PastTurn, ...]
    questions: tuple[Asked, ...]
    asked_at: datetime
    """A week after the last turn."""


def conversations() -> list[Conversation]:
    """Those of one hand, with small talk between the sessions; the same each time."""
    return [_with_small_talk(_read(path)) for path in sorted(_FOLDER.glob("conversations/*.txt"))]


def talks_of_friends() -> list[Conversation]:
    """Those of two friends, as they stand."""
    return [_read(path) for path in sorted(_FOLDER.glob("friends/*.txt"))]


def _read(path: Path) -> Conversation:
    companion = ""
    at = datetime.min
    turns: list[PastTurn] = []
    questions: list[Asked] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        tags = _TAG.findall(line)
        head, _, text = _TAG.sub("", line).partition(": ")
        if head == "companion":
            companion = text
        elif line.startswith("== "):
            at = at if line == "== questions" else datetime.fromisoformat(line[3:])
        elif head in KINDS:
            questions.append(Asked(head, text, frozenset(tags), len(questions) % 2 == 1))
        else:
            who: Who = "companion" if head == companion else "user" if head == "Me" else "other"
            turns.append(PastTurn(at, "" if who == "user" else head, text, who, tags[0] if tags else f"{len(turns)}"))
            at += timedelta(minutes=1)
    unknown = {tag for asked in questions for tag in asked.evidence} - {turn.id for turn in turns}
    assert not unknown, f"{path.name}: {unknown}"
    return Conversation(path.stem, tuple(turns), tuple(questions), turns[-1].at + timedelta(days=7))


def _with_small_talk(conversation: Conversation) -> Conversation:
    turns = conversation.turns
    speakers = list({(turn.speaker, turn.who): None for turn in turns})[:2]
    days = sorted({turn.at.date() for turn in turns})
    chatter = [
        PastTurn(at, *speakers[number % 2][:1], text, speakers[number % 2][1], f"chat {number}")
        for number, (at, text) in enumerate(small_talk(days, seed=len(turns)))
    ]
    return replace(conversation, turns=tuple(sorted([*turns, *chatter], key=lambda turn: turn.at)))
