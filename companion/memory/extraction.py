"""Facts from what was said: what a language model is asked, and what of its answer is kept."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from companion.core.diary import Entry
from companion.core.engines import Message
from companion.core.facts import Fact, Kind
from companion.core.second_person import to_you
from companion.memory import plain_statements
from companion.memory.coming import coming_day
from companion.memory.grounding import ground
from companion.memory.subjects import subject_of

MOST_FACTS = 4
"""In one answer; it is to fit into 200 tokens."""
LONGEST_TURN = 400
"""Signs of a turn that the model is shown."""
_INSTRUCTIONS = (
    "You keep notes about the user. Write down what a good friend would still know next month: who the user is, home,"
    " work, family, friends, pets, health, likes and dislikes, plans and promises. Each note is one short sentence that"
    ' begins with "You", "Your" or a name, says one thing, and uses the words of the line it is from. "line" is the'
    " number of that line. Use names instead of he, she and it. Questions, moods of the day and small talk get no note;"
    ' often there is nothing to note: {"notes": []}.'
)
_EXAMPLES = (
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
        "1 Eve: What do you do all day?\n"
        "2 User: I teach maths, but I quit my job last week. In May I'm going to walk to Rome.\n"
        "3 Eve: That far!\n"
        "4 User: I promised my daughter Mia. She hates flying.",
        (
            (2, "You quit your job last week."),
            (2, "You are going to walk to Rome in May."),
            (4, "Your daughter Mia hates flying."),
        ),
    ),
)
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


def worth_asking(batch: Batch) -> bool:
    """Whether there may be anything in it that a language model would find."""
    return any(_FIRST_PERSON.search(turn.text) for turn in batch.turns if turn.who == "user")


def messages(batch: Batch) -> list[Message]:
    """What a model is asked about the turns; the answer follows `schema`."""
    asked = [Message("system", _INSTRUCTIONS)]
    for lines, notes in _EXAMPLES:
        answer = {"notes": [{"line": line, "note": note} for line, note in notes]}
        asked += [Message("user", lines), Message("assistant", json.dumps(answer))]
    return [*asked, Message("user", "\n".join(_lines(batch.turns)))]


def schema(batch: Batch) -> dict[str, Any]:
    """The JSON schema of the answer: only lines of the user can be cited."""
    lines = [line for line, turn in enumerate(batch.turns, 1) if turn.who == "user"]
    note = {
        "type": "object",
        "properties": {"line": {"enum": lines}, "note": {"type": "string"}},
        "required": ["line", "note"],
        "additionalProperties": False,
    }
    return {
        "type": "object",
        "properties": {"notes": {"type": "array", "items": note, "maxItems": MOST_FACTS}},
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


def from_notes(batch: Batch, notes: Sequence[tuple[int, str]], names: Mapping[str, str]) -> Iterator[Fact]:
    """The facts among the notes of a model that were really said. `names` as for `subject_of`."""
    for line, note in notes[:MOST_FACTS]:
        if not 1 <= line <= len(batch.turns) or (cited := batch.turns[line - 1]).who != "user":
            continue
        statement = to_you(note)
        if found := ground(statement, cited, (*batch.before, *batch.turns[: line - 1])):
            fact = _fact(statement, cited, names)
            yield replace(fact, turns=found.turns, confidence=found.confidence)


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


def _lines(turns: Sequence[Entry]) -> Iterator[str]:
    for line, turn in enumerate(turns, 1):
        speaker = "User" if turn.who == "user" else turn.name
        yield f"{line} {speaker}: {' '.join(turn.text.split())[:LONGEST_TURN]}"
