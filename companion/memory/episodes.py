"""What a conversation was about, in a sentence: what a language model is asked, and what of it is kept."""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Iterator, Sequence
from typing import Any

from companion.core.diary import Entry
from companion.core.engines import Message
from companion.core.facts import YOU, Fact
from companion.core.second_person import to_you
from companion.memory.content_words import content_words

FEWEST_TURNS = 4
"""What is shorter was no conversation."""
SHOWN = 24
"""How many turns the model is shown: of a longer conversation the first few, and the last."""
_FIRST = 6
LONGEST_TURN = 160
"""Signs of a turn that it is shown."""
MOST_TOPICS = 4
CONFIDENCE = 0.7
_SMALL = frozenset(("your", "you", "the", "a", "an", "how", "what", "why", "that", "whether", "who", "where"))
_SAID_OF_IT = re.compile(r"(?<=\w) (?:is|are|was|were|has|have|had|wants?|hates?|says?|will)\b.*")
_LONGEST_TOPIC = 12
"""Words."""
_INSTRUCTIONS = (
    "Name the two to four things that the user and Eve talked about, each in a few of the words that were said, so that"
    ' it goes on from "You talked about". The user is "you".'
)
_EXAMPLE = (
    "User: I have my driving test tomorrow and I can't sleep.\n"
    "Eve: What worries you most?\n"
    "User: The parking. And my dad laughing at me if I fail again.\n"
    "Eve: Shall we go through it once more?\n"
    "User: Okay, that helps. And I want pancakes for breakfast. Good night!",
    (
        "your driving test tomorrow",
        "the parking",
        "your dad laughing at you if you fail again",
        "pancakes for breakfast",
    ),
)
SCHEMA: dict[str, Any] = {
    "type": "object",
    "properties": {"topics": {"type": "array", "items": {"type": "string"}, "maxItems": MOST_TOPICS}},
    "required": ["topics"],
    "additionalProperties": False,
}
"""A list, as small models that tell a story make things up, and who did what."""


def worth_summing_up(turns: Sequence[Entry]) -> bool:
    """Whether a conversation was one: some turns, and something that the user said."""
    said = [turn for turn in turns if turn.who == "user" and content_words(turn.text)]
    return len(turns) >= FEWEST_TURNS and len(said) > 1


def messages(turns: Sequence[Entry]) -> list[Message]:
    """What a model is asked about a conversation; the answer follows `SCHEMA`."""
    lines, topics = _EXAMPLE
    return [
        Message("system", _INSTRUCTIONS),
        Message("user", lines),
        Message("assistant", json.dumps({"topics": topics})),
        Message("user", "\n".join(_lines(turns))),
    ]


def episode(turns: Sequence[Entry], answer: str) -> Fact | None:
    """The conversation as a fact, with those topics of the answer that were topics; None if there is none."""
    topics = [topic for topic in _topics(answer) if _was_said(topic, turns)]
    if not topics:
        return None
    listed = " and ".join(filter(None, (", ".join(topics[:-1]), topics[-1])))
    numbers = tuple(turn.number for turn in turns)
    return Fact(0, "episode", YOU, f"You talked about {listed}.", turns[0].at, numbers, CONFIDENCE)


def _topics(answer: str) -> list[str]:
    """Each once, as it goes on in a sentence."""
    try:
        told = json.loads(answer)["topics"]
    except (ValueError, KeyError, TypeError):
        return []
    topics = map(_as_topic, told if isinstance(told, list) else [])
    return list(dict.fromkeys(filter(None, topics)))


def _as_topic(told: object) -> str:
    """As it goes on after "You talked about": without what is said of it."""
    topic = _SAID_OF_IT.sub("", told).strip() if isinstance(told, str) else ""
    if not topic:
        return ""
    turned = to_you(topic).rstrip(".")
    first = turned.partition(" ")[0].casefold()
    return turned if topic[0].isupper() and first not in _SMALL else f"{turned[:1].lower()}{turned[1:]}"


def _was_said(topic: str, turns: Sequence[Entry]) -> bool:
    """All of its words, near each other."""
    words = content_words(topic)
    near = [content_words(f"{one.text} {following.text}") for one, following in itertools.pairwise(turns)]
    return 0 < len(topic.split()) <= _LONGEST_TOPIC and bool(words) and any(words <= said for said in near)


def _lines(turns: Sequence[Entry]) -> Iterator[str]:
    shown = turns if len(turns) <= SHOWN else (*turns[:_FIRST], *turns[_FIRST - SHOWN :])
    for turn in shown:
        speaker = "User" if turn.who == "user" else "Eve"
        yield f"{speaker}: {' '.join(turn.text.split())[:LONGEST_TURN]}"
