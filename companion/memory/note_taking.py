"""What a language model is asked about some turns, and its answer."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from typing import Any

from companion.core.engines import Message
from companion.memory.sentences import Batch, Sentence

MOST_NOTES = 4
"""In one answer; it is to fit into 200 tokens."""
LONGEST_TURN = 400
"""Signs of a turn that the model is shown."""
_INSTRUCTIONS = (
    "You keep notes about the user. Write down what a good friend would still know next month: who the user is, home,"
    " work, family, friends, pets, health, likes and dislikes, plans and promises. Each note is one short sentence that"
    ' begins with "You", "Your" or a name, says one thing, and uses the words of the line it is from. "line" is the'
    " number of that line. Use names instead of he, she, it and there. Questions, moods and small talk get no note."
)
_EXAMPLES: tuple[tuple[str, tuple[tuple[int, str], ...]], ...] = (
    (
        "1 User: Morning! I slept badly, the neighbours had a party.\n"
        "2 Eve: Oh no. Coffee, then?\n"
        "3 User: Tea, I never drink coffee. My brother Paul is coming on Friday.\n"
        "4 Eve: How nice. What does he do?\n"
        "5 User: He is a baker in Ghent, and he has two daughters.",
        (
            (3, "You never drink coffee."),
            (3, "Your brother Paul is coming on Friday."),
            (5, "Paul is a baker in Ghent."),
            (5, "Paul has two daughters."),
        ),
    ),
    (
        "1 User: What's the weather like over there?\n"
        "2 Eve: I have no windows, but I hear it is raining.\n"
        "3 User: Ha, good one. I'm a bit tired. Tell me a joke!",
        (),
    ),
    (
        "1 Eve: What does she do all day?\n"
        "2 User: My daughter? Mia swims. Her school is by the sea.\n"
        "3 Eve: And in summer?\n"
        "4 User: Sailing, with my wife. She hates flying.",
        (
            (2, "Your daughter Mia swims."),
            (2, "Mia's school is by the sea."),
            (4, "Mia is sailing in summer with your wife."),
            (4, "Your wife hates flying."),
        ),
    ),
)


def messages(batch: Batch) -> list[Message]:
    """What a model is asked about a batch; the answer follows `schema`."""
    asked = [Message("system", _INSTRUCTIONS)]
    for lines, notes in _EXAMPLES:
        answer = {"notes": [{"line": line, "note": note} for line, note in notes]}
        asked += [Message("user", lines), Message("assistant", json.dumps(answer))]
    return [*asked, Message("user", "\n".join(_lines(batch)))]


def schema(asking: Sequence[Sentence]) -> dict[str, Any]:
    """The JSON schema of the answer: only the turns of these sentences can be cited."""
    note = {
        "type": "object",
        "properties": {
            "line": {"enum": sorted({sentence.place + 1 for sentence in asking})},
            "note": {"type": "string"},
        },
        "required": ["line", "note"],
        "additionalProperties": False,
    }
    return {
        "type": "object",
        "properties": {"notes": {"type": "array", "items": note, "maxItems": MOST_NOTES}},
        "required": ["notes"],
        "additionalProperties": False,
    }


def notes_in(answer: str) -> list[tuple[int, str]] | None:
    """Lines and notes of an answer, even if it was cut short; None if it is nothing of the kind."""
    if '"notes"' not in answer:
        return None
    found = []
    for item in re.findall(r"\{[^{}]*\}", answer):
        try:
            note = json.loads(item)
        except ValueError:
            continue
        if isinstance(note.get("line"), int) and isinstance(note.get("note"), str):
            found.append((note["line"], note["note"]))
    return found


def _lines(batch: Batch) -> Iterator[str]:
    for line, turn in enumerate(batch.turns, 1):
        speaker = "User" if turn.who == "user" else "Eve"
        yield f"{line} {speaker}: {' '.join(turn.text.split())[:LONGEST_TURN]}"
