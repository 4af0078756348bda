"""What the user said, sentence by sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from companion.core.diary import Entry
from companion.memory.content_words import content_words

FEWEST_WORDS = 3
"""A sentence of fewer tells nothing."""
SENTENCE = re.compile(r"\S.*?(?:(?<!\bMr)(?<!\bMs)(?<!\bDr)(?<!\bSt)(?<!\bMrs)[.!?;…]+(?=\s|$)|$)", re.DOTALL)
_NEW_SUBJECT = re.compile(
    r", (?:and|but|so) (?=(?:I|we|my|our|today|tomorrow|now|on|in|next|the|it|they|you)\b|(?:I|we)['’])"
    # Without a comma only where the verb is one person's: "Clara and I are ..." is of both.
    r"|,? (?:and|but) (?=(?:I am|I['’]m|I was|my (?:\w+ ){1,2}(?:is|was|has|lives|works|likes|loves))\b)",
    re.IGNORECASE,
)
_TAG_QUESTION = re.compile(r",? (?:did (?:I|you)|do you|you know|right|okay|isn['’]t it|don['’]t you)[^,?]*\?$")


@dataclass(frozen=True, slots=True)
class Batch:
    """Some turns that follow each other in one conversation."""

    before: tuple[Entry, ...]
    """What was said just before them, and was read already."""
    turns: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Sentence:
    """Something the user said."""

    text: str
    place: int
    """Of its turn in the batch."""


def sentences(batch: Batch) -> list[Sentence]:
    """Those of the user that tell something."""
    return [
        Sentence(text, place)
        for place, turn in enumerate(batch.turns)
        if turn.who == "user"
        for text in _clauses(turn.text)
        if _tells_something(text)
    ]


def said_just_before(batch: Batch, sentence: Sentence) -> str:
    """The sentence before it in its turn; of the first one, her question."""
    earlier = " ".join(batch.turns[sentence.place].text.split()).partition(sentence.text.rstrip("."))[0].rstrip()
    if parts := SENTENCE.findall(earlier):
        return str(parts[-1])
    turns = (*batch.before, *batch.turns[: sentence.place])
    return turns[-1].text if turns and turns[-1].who == "companion" else ""


def _clauses(text: str) -> Iterator[str]:
    """Its sentences, those that say two things about two subjects as two."""
    for sentence in SENTENCE.findall(" ".join(text.split())):
        stated = _TAG_QUESTION.sub(".", sentence.strip())
        yield from [stated] if stated.endswith("?") else map(str.strip, _NEW_SUBJECT.split(stated))


def _tells_something(text: str) -> bool:
    return not text.endswith("?") and len(text.split()) >= FEWEST_WORDS and bool(content_words(text))
