"""Facts from what was said: what a language model is asked, and what of its answer is kept."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from companion.core.diary import Entry
from companion.core.engines import Message
from companion.core.facts import Fact, Kind
from companion.core.second_person import to_you
from companion.memory import plain_statements
from companion.memory.coming import coming_day
from companion.memory.content_words import content_words, names_in, plain_words
from companion.memory.grounding import FEWEST_WORDS, ground
from companion.memory.subjects import subject_of

MOST_LINES = 9
"""In one question: as many notes fit into 200 tokens."""
LONGEST_TURN = 300
"""Signs of one of her turns that the model is shown."""
_INSTRUCTIONS = (
    "You keep notes about the user, who talks with Eve. For each numbered line write what a good friend would still know"
    " next month: home, work, family, friends, pets, health, likes and dislikes, plans, promises. A note is one short"
    ' sentence that begins with "You", "Your" or a name, in the words that were said, with names instead of he, she and'
    " it. For moods and chatter write null."
)
_EXAMPLES: tuple[tuple[str, tuple[str | None, ...]], ...] = (
    (
        "1: I slept badly, the neighbours had a party.\n"
        "Eve: Oh no. Coffee, then?\n"
        "2: Tea, I never drink coffee.\n"
        "3: And my brother Paul is coming on Friday.\n"
        "Eve: How nice. What does he do?\n"
        "4: He's a baker in Ghent.\n"
        "5: He has two daughters, and he hates flying.",
        (
            None,
            "You never drink coffee.",
            "Your brother Paul is coming on Friday.",
            "Paul is a baker in Ghent.",
            "Paul has two daughters and hates flying.",
        ),
    ),
    (
        "User: Do you have windows?\n"
        "Eve: None, but I hear it is raining.\n"
        "1: Ha, that was a good one.\n"
        "2: I'm a bit tired today.\n"
        "3: In May I'm going to walk to Rome, by the way.\n"
        "Eve: That far!\n"
        "4: Tell me about Rome.",
        (None, None, "You are going to walk to Rome in May.", None),
    ),
)
_SENTENCE = re.compile(r"[^.!?;]+[.!?;]*")
_NOTE = re.compile(r'"(\d+)"\s*:\s*"((?:[^"\\]|\\.)*)"')
_FIRST_PERSON = re.compile(r"\b(?:I|my|me|we|our|us|mine)\b|\bI['’]\w+", re.IGNORECASE)
_FUTURE = re.compile(
    r"\b(?:will|['’]ll|going to|plan(?:s|ning)? to|intends? to|wants? to|hopes? to|about to|has to|have to|must)\b"
)
_PROMISE = re.compile(r"\bpromised?\b|\bgave (?:your|his|her) word\b", re.IGNORECASE)
_PAST = re.compile(
    r"\b(?:was|were|had|did|went|born|since|came|got|took|made|saw|met|left|began|used to)\b"
    r"|^(?:Your )?[\w'’]+ (?!need|promis|plann|schedul|invit)\w+ed\b",
    re.IGNORECASE,
)
_YEARLY = re.compile(r"\b(?:birthday|anniversary|every|each|always|usually|often)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Batch:
    """Some turns that follow each other in one conversation."""

    before: tuple[Entry, ...]
    """What was said just before them, and was read already."""
    turns: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Sentence:
    """Something the user said, with a number for the model to cite."""

    number: int
    text: str
    place: int
    """Of its turn in the batch."""


def sentences(batch: Batch) -> list[Sentence]:
    """Those of the user that tell something."""
    return _sentences(batch.turns)[:MOST_LINES]


def _sentences(turns: Sequence[Entry]) -> list[Sentence]:
    said = [
        (text.strip(), place)
        for place, turn in enumerate(turns)
        if turn.who == "user"
        for text in _SENTENCE.findall(" ".join(turn.text.split()))
        if _tells_something(text)
    ]
    return [Sentence(number, text, place) for number, (text, place) in enumerate(said, 1)]


def _tells_something(text: str) -> bool:
    return not text.endswith("?") and len(text.split()) >= FEWEST_WORDS and bool(content_words(text))


def worth_asking(batch: Batch) -> bool:
    """Whether there may be anything in it that a language model would find."""
    return bool(sentences(batch)) and any(_FIRST_PERSON.search(turn.text) for turn in batch.turns if turn.who == "user")


def fitting(turns: Sequence[Entry]) -> Sequence[Entry]:
    """As many of the turns as one question has room for, at least one."""
    count = len(turns)
    while count > 1 and len(_sentences(turns[:count])) > MOST_LINES:
        count -= 1
    return turns[:count]


def messages(batch: Batch) -> list[Message]:
    """What a model is asked about the turns; the answer follows `schema`."""
    asked = [Message("system", _INSTRUCTIONS)]
    for lines, notes in _EXAMPLES:
        answer = {str(number): note for number, note in enumerate(notes, 1)}
        asked += [Message("user", lines), Message("assistant", json.dumps(answer))]
    return [*asked, Message("user", "\n".join(_lines(batch)))]


def schema(batch: Batch) -> dict[str, Any]:
    """The JSON schema of the answer: for each line a note, or none. Left to count by themselves, small models miscount."""
    numbers = [str(sentence.number) for sentence in sentences(batch)]
    return {
        "type": "object",
        "properties": {number: {"type": ["string", "null"]} for number in numbers},
        "required": numbers,
        "additionalProperties": False,
    }


def notes_in(answer: str) -> dict[int, str] | None:
    """The notes of an answer by line, even if it was cut short; None if it is nothing of the kind."""
    found = {int(number): json.loads(f'"{note}"', strict=False) for number, note in _NOTE.findall(answer)}
    return found if found or re.match(r'\s*\{\s*("\d+"\s*:|\})', answer) else None


def from_notes(batch: Batch, notes: Mapping[int, str], names: Mapping[str, str]) -> Iterator[Fact]:
    """The facts among the notes of a model that were really said. `names` as for `subject_of`."""
    people = names_in(" ".join(turn.text for turn in (*batch.before, *batch.turns)))
    for sentence in sentences(batch):
        if sentence.number not in notes:
            continue
        # Where the model is wrong about what was said, it may still be right that it is worth a note.
        told = [*map(to_you, _SENTENCE.findall(notes[sentence.number])), to_you(sentence.text)]
        cited, before = batch.turns[sentence.place], (*batch.before, *batch.turns[: sentence.place])
        for statement in told:
            found = ground(statement, sentence.text, cited, before) if _stands_alone(statement, people) else None
            if found:
                fact = _fact(statement, cited, names, sentence.text)
                if not _denied_plan(fact):
                    yield replace(fact, turns=found.turns, confidence=found.confidence)
                break


def _stands_alone(statement: str, people: AbstractSet[str]) -> bool:
    """Whether it begins with whom or what it is about, and not with a word that only the conversation explains."""
    first = plain_words(statement)[:2]
    begins_well = bool(first) and (first[0] in ("you", "your", "the") or not people.isdisjoint(first))
    return begins_well and len(content_words(statement)) > 1


def _denied_plan(fact: Fact) -> bool:
    """ "You can't come today" is over with the day."""
    return fact.kind == "plan" and re.search(r"n['’]t\b|\b(?:not|cannot)\b", fact.statement) is not None


def plainly_said(batch: Batch, names: Mapping[str, str]) -> Iterator[Fact]:
    """The facts that need no language model to be found."""
    for turn in batch.turns:
        if turn.who == "companion":
            yield from _of_herself(turn)
            continue
        for statement in plain_statements.asked_to_remember(turn.text):
            yield _fact(statement, turn, names)
        for statement in plain_statements.plain_statements(turn.text):
            yield replace(_fact(statement, turn, names), confidence=plain_statements.CONFIDENCE)


def _of_herself(turn: Entry) -> Iterator[Fact]:
    said = Fact(0, "thought", turn.name, "", turn.at, (turn.number,), plain_statements.CONFIDENCE)
    for sentence in plain_statements.her_promises(turn.text):
        due = coming_day(sentence, turn.at.date())
        yield replace(said, kind="promise", statement=f"{turn.name} promised: “{sentence}”", due=due)
    for sentence in plain_statements.her_thoughts(turn.text):
        yield replace(said, statement=f"{turn.name} said: “{sentence}”")


def _fact(statement: str, turn: Entry, names: Mapping[str, str], sentence: str = "") -> Fact:
    """`sentence` may tell the day, if the statement does not."""
    today = turn.at.date()
    kind, due = kind_and_day(statement, today)
    if due is None and sentence:
        later_kind, due = kind_and_day(sentence, today)
        kind = later_kind if kind == "fact" and due else kind
    return Fact(0, kind, subject_of(statement, names), statement, turn.at, (turn.number,), due=due)


def kind_and_day(statement: str, today: date) -> tuple[Kind, date | None]:
    """Whether a statement made `today` is a plan or a promise, and for which day."""
    looks_ahead = _FUTURE.search(statement) is not None
    due = None
    if not _YEARLY.search(statement) and (looks_ahead or not _PAST.search(statement)):
        due = coming_day(statement, today)
    if _PROMISE.search(statement):
        return "promise", due or coming_day(statement, today)
    return ("plan", due) if due or looks_ahead else ("fact", None)


def _lines(batch: Batch) -> Iterator[str]:
    said = sentences(batch)
    for place, turn in enumerate(batch.turns):
        told = [sentence for sentence in said if sentence.place == place]
        yield from (f"{sentence.number}: {sentence.text}" for sentence in told)
        if not told:
            speaker = "User" if turn.who == "user" else "Eve"
            yield f"{speaker}: {' '.join(turn.text.split())[:LONGEST_TURN]}"
