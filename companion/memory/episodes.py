"""What a conversation was about, in a sentence or two: what a language model is asked, and what of it is kept."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from typing import Any

from companion.core.diary import Entry
from companion.core.engines import Message
from companion.core.facts import YOU, Fact
from companion.memory.content_words import content_words, names_in

FEWEST_TURNS = 4
"""What is shorter was no conversation."""
SHOWN = 24
"""How many turns the model is shown: of a longer conversation the first few, and the last."""
_FIRST = 6
LONGEST_TURN = 160
"""Signs of a turn that it is shown."""
GROUNDED = 0.6
"""The part of the summary's words that must have been said."""
CONFIDENCE = 0.7
_MOST_WORDS = 45
_INSTRUCTIONS = (
    'Say in one or two short sentences what the conversation was about and how it ended. Begin with "You". Only what'
    " was said, in the words that were used; the user is you, she goes by her name."
)
_EXAMPLE = (
    "User: I have my driving test tomorrow and I can't sleep.\n"
    "Eve: What worries you most?\n"
    "User: The parking. And my dad laughing at me if I fail again.\n"
    "Eve: Shall we go through it once more?\n"
    "User: Okay, that helps. Good night!",
    "You could not sleep because of your driving test tomorrow, above all the parking. You went through it with Eve and"
    " said good night.",
)
SCHEMA: dict[str, Any] = {
    "type": "object",
    "properties": {"summary": {"type": "string"}},
    "required": ["summary"],
    "additionalProperties": False,
}


def worth_summing_up(turns: Sequence[Entry]) -> bool:
    """Whether a conversation was one: some turns, and something that the user said."""
    said = [turn for turn in turns if turn.who == "user" and content_words(turn.text)]
    return len(turns) >= FEWEST_TURNS and len(said) > 1


def messages(turns: Sequence[Entry]) -> list[Message]:
    """What a model is asked about a conversation; the answer follows `SCHEMA`."""
    lines, summary = _EXAMPLE
    return [
        Message("system", _INSTRUCTIONS),
        Message("user", lines),
        Message("assistant", json.dumps({"summary": summary})),
        Message("user", "\n".join(_lines(turns))),
    ]


def episode(turns: Sequence[Entry], answer: str) -> Fact | None:
    """The conversation as a fact; None if the answer is none, or tells what was not said."""
    summary = _summary(answer)
    if not summary or not _was_said(summary, turns):
        return None
    numbers = tuple(turn.number for turn in turns)
    return Fact(0, "episode", YOU, summary, turns[0].at, numbers, CONFIDENCE)


def _summary(answer: str) -> str:
    """As many whole sentences of the answer as it may have."""
    try:
        told = json.loads(answer)["summary"]
    except (ValueError, KeyError, TypeError):
        return ""
    kept = ""
    for sentence in re.findall(r"[^.!?]+[.!?]+", told if isinstance(told, str) else ""):
        if len(f"{kept}{sentence}".split()) <= _MOST_WORDS:
            kept += sentence
    return " ".join(kept.split())


def _was_said(summary: str, turns: Sequence[Entry]) -> bool:
    said = frozenset[str]().union(*(content_words(f"{turn.name} {turn.text}") for turn in turns))
    told = content_words(summary)
    names = content_words(" ".join(names_in(summary)))
    return names <= said and len(told & said) >= GROUNDED * len(told) > 0


def _lines(turns: Sequence[Entry]) -> Iterator[str]:
    shown = turns if len(turns) <= SHOWN else (*turns[:_FIRST], *turns[_FIRST - SHOWN :])
    for turn in shown:
        speaker = "User" if turn.who == "user" else turn.name
        yield f"{speaker}: {' '.join(turn.text.split())[:LONGEST_TURN]}"
