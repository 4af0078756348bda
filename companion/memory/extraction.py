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
from companion.memory.content_words import names_in, plain_words
from companion.memory.grounding import ground
from companion.memory.subjects import subject_of

MOST_FACTS = 5
"""In one answer; it is to fit into 200 tokens."""
LONGEST_TURN = 300
"""Signs of one of her turns that the model is shown."""
MOST_SENTENCES = 16
"""Of the user, that it is shown."""
_INSTRUCTIONS = (
    "You keep notes about the user, who talks with Eve. Pick the numbered sentences that a good friend would still know"
    " next month: home, work, family, friends, pets, health, likes and dislikes, plans, promises. Rewrite each as one"
    ' short note that begins with "You", "Your" or a name, in the words that were said, with names instead of he, she'
    ' and it. "n" is the number of the sentence. Questions, chatter and moods get no note.'
)
_EXAMPLES = (
    (
        "[1] What's the weather like over there?\n"
        "Eve: I have no windows, but I hear it is raining.\n"
        "[2] Ha, good one.\n"
        "[3] I'm a bit tired.",
        (),
    ),
    (
        "[1] Morning!\n"
        "[2] I slept badly, the neighbours had a party.\n"
        "Eve: Oh no. Coffee, then?\n"
        "[3] Tea, I never drink coffee.\n"
        "[4] And my brother Paul is coming on Friday.\n"
        "Eve: How nice. What does he do?\n"
        "[5] He's a baker in Ghent.\n"
        "[6] He has two daughters, and he hates flying.",
        (
            (3, "You never drink coffee."),
            (4, "Your brother Paul is coming on Friday."),
            (5, "Paul is a baker in Ghent."),
            (6, "Paul has two daughters and hates flying."),
        ),
    ),
    (
        "[1] Okay, thanks.\n"
        "[2] In May I'm going to walk to Rome, did you know?\n"
        "Eve: That far! Why?\n"
        "[3] I promised my daughter Mia.",
        ((2, "You are going to walk to Rome in May."), (3, "You promised your daughter Mia to walk to Rome.")),
    ),
)
_SENTENCE = re.compile(r"[^.!?;]+[.!?;]*")
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
    """Those of the user."""
    said = [
        (text, place)
        for place, turn in enumerate(batch.turns)
        if turn.who == "user"
        for text in map(str.strip, _SENTENCE.findall(" ".join(turn.text.split())))
    ]
    return [Sentence(number, text, place) for number, (text, place) in enumerate(said[:MOST_SENTENCES], 1)]


def worth_asking(batch: Batch) -> bool:
    """Whether there may be anything in it that a language model would find."""
    return any(_FIRST_PERSON.search(sentence.text) for sentence in sentences(batch))


def messages(batch: Batch) -> list[Message]:
    """What a model is asked about the turns; the answer follows `schema`."""
    asked = [Message("system", _INSTRUCTIONS)]
    for lines, notes in _EXAMPLES:
        answer = {"notes": [{"n": number, "note": note} for number, note in notes]}
        asked += [Message("user", lines), Message("assistant", json.dumps(answer))]
    return [*asked, Message("user", "\n".join(_lines(batch)))]


def schema(batch: Batch) -> dict[str, Any]:
    """The JSON schema of the answer: only what the user said can be cited."""
    numbers = [sentence.number for sentence in sentences(batch)]
    note = {
        "type": "object",
        "properties": {"n": {"enum": numbers}, "note": {"type": "string"}},
        "required": ["n", "note"],
        "additionalProperties": False,
    }
    return {
        "type": "object",
        "properties": {"notes": {"type": "array", "items": note, "maxItems": MOST_FACTS}},
        "required": ["notes"],
        "additionalProperties": False,
    }


def notes_in(answer: str) -> list[tuple[int, str]] | None:
    """Numbers and notes of an answer, even if it was cut short; None if it is nothing of the kind."""
    if '"notes"' not in answer:
        return None
    found = []
    for item in re.findall(r"\{[^{}]*\}", answer):
        try:
            note = json.loads(item)
        except ValueError:
            continue
        if isinstance(note.get("n"), int) and isinstance(note.get("note"), str):
            found.append((note["n"], note["note"]))
    return found


def from_notes(batch: Batch, notes: Sequence[tuple[int, str]], names: Mapping[str, str]) -> Iterator[Fact]:
    """The facts among the notes of a model that were really said. `names` as for `subject_of`."""
    said = sentences(batch)
    people = names_in(" ".join(turn.text for turn in (*batch.before, *batch.turns)))
    for number, note in notes[:MOST_FACTS]:
        for statement in map(to_you, _SENTENCE.findall(note)):
            if not _begins_well(statement, people):
                continue
            # Small models miscount: a note that its sentence does not hold may be of another.
            for sentence in sorted(said, key=lambda sentence: sentence.number != number):
                cited = batch.turns[sentence.place]
                before = (*batch.before, *batch.turns[: sentence.place])
                if found := ground(statement, sentence.text, cited, before):
                    fact = _fact(statement, cited, names)
                    if not _denied_plan(fact):
                        yield replace(fact, turns=found.turns, confidence=found.confidence)
                    break


def _begins_well(statement: str, people: AbstractSet[str]) -> bool:
    """With whom or what it is about, and not with a word that only the conversation explains."""
    first = plain_words(statement)[:2]
    return bool(first) and (first[0] in ("you", "your", "the") or not people.isdisjoint(first))


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


def _fact(statement: str, turn: Entry, names: Mapping[str, str]) -> Fact:
    kind, due = kind_and_day(statement, turn.at.date())
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
        if turn.who == "companion":
            yield f"Eve: {' '.join(turn.text.split())[:LONGEST_TURN]}"
        yield from (f"[{sentence.number}] {sentence.text}" for sentence in said if sentence.place == place)
