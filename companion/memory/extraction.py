"""Facts from what was said: those that are plain, and those that a language model is asked about."""

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
from companion.memory.coming import coming_day
from companion.memory.content_words import content_words, names_in, plain_words
from companion.memory.grounding import FEWEST_WORDS, ground
from companion.memory.lasting import is_lasting
from companion.memory.plain_words import CONFIDENCE, asked_to_remember, her_promises, her_thoughts
from companion.memory.references import with_name
from companion.memory.subjects import subject_of
from companion.memory.times import MONTHS, WEEKDAYS

MOST_LINES = 8
"""In one question."""
MOST_NOTES = 4
LONGEST_LINE = 240
"""Signs of what the model is shown."""
_INSTRUCTIONS = (
    "The user talks with Eve. Rewrite each numbered line of the user as one short sentence to the user that is"
    ' understood by itself: it begins with "You", "Your" or a name, uses names instead of he, she, it and there, and'
    ' only words that were said. "n" is the number of the line. Skip lines that tell nothing.'
)
_EXAMPLES: tuple[tuple[str, tuple[tuple[int, str], ...]], ...] = (
    (
        "User: My brother Paul is coming on Friday.\n"
        "Eve: How nice. What does he do?\n"
        "1: A baker in Ghent, with two daughters.\n"
        "Eve: And what do you want to show him?\n"
        "2: The harbour, probably.\n"
        "3: Ha, he'll like that.\n"
        "4: He's crazy about ships, and he can't swim.",
        (
            (1, "Paul is a baker in Ghent with two daughters."),
            (2, "You want to show Paul the harbour."),
            (4, "Paul is crazy about ships and can't swim."),
        ),
    ),
    (
        "User: I never drink coffee.\n"
        "Eve: Since when?\n"
        "1: Since the hospital, three years ago.\n"
        "2: My wife says that tea is healthier.\n"
        "3: She drinks it with honey.",
        (
            (1, "You never drink coffee since the hospital three years ago."),
            (2, "Your wife says that tea is healthier."),
            (3, "Your wife drinks tea with honey."),
        ),
    ),
)
_SENTENCE = re.compile(r"[^.!?;]+[.!?;]*")
_FUTURE = re.compile(
    r"\b(?:will|['’]ll|going to|plan(?:s|ning)? to|intends? to|wants? to|hopes? to|about to|has to|have to|must)\b"
)
_PROMISE = re.compile(r"\bpromised?\b|\bgave (?:your|his|her) word\b", re.IGNORECASE)
_PAST = re.compile(
    r"\b(?:was|were|had|did|went|born|since|came|(?<!have )(?<!has )got|took|made|saw|met|left|began|used to)\b"
    r"|^(?:Your )?[\w'’]+ (?!need|promis|plann|schedul|invit)\w+ed\b",
    re.IGNORECASE,
)
_YEARLY = re.compile(r"\b(?:birthday|anniversary|every|each|always|usually|often)\b", re.IGNORECASE)
_TODAY = re.compile(r"\btoday\b", re.IGNORECASE)
_CAPITAL_TIMES = tuple(name.title() for name in (*WEEKDAYS, *MONTHS))
_TIME_FIRST = re.compile(
    rf"(?P<when>(?:On|In|By|At|Next|This|Tomorrow|The day after|{'|'.join(_CAPITAL_TIMES)})\b"
    r"(?: (?!your?\b)[\w]+){0,3}?),? (?P<rest>your? \w.+)\.$"
)
_TITLES = frozenset(("doctor", "dr", "professor", "mr", "mrs", "ms", "aunt", "uncle"))
_DENIED = re.compile(r"n['’]t\b|\b(?:not|cannot)\b")


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


def plainly_said(batch: Batch, names: Mapping[str, str]) -> Iterator[Fact]:
    """The facts that need no language model to be found. `names` as for `subject_of`."""
    for turn in batch.turns:
        if turn.who == "companion":
            yield from _of_herself(turn)
            continue
        for statement in asked_to_remember(turn.text):
            yield _fact(statement, turn, names)
    for sentence in sentences(batch):
        if fact := _plain_fact(batch, sentence, names):
            yield fact


def unclear(batch: Batch) -> list[Sentence]:
    """What the user said that may tell more than is plain: what a language model is to be asked about."""
    return [sentence for sentence in sentences(batch) if _plain_fact(batch, sentence, {}) is None][:MOST_LINES]


def messages(batch: Batch, asking: Sequence[Sentence]) -> list[Message]:
    """What a model is asked about these sentences of the batch; the answer follows `schema`."""
    asked = [Message("system", _INSTRUCTIONS)]
    for lines, notes in _EXAMPLES:
        answer = {"notes": [{"n": number, "note": note} for number, note in notes]}
        asked += [Message("user", lines), Message("assistant", json.dumps(answer))]
    return [*asked, Message("user", "\n".join(_lines(batch, asking)))]


def schema(asking: Sequence[Sentence]) -> dict[str, Any]:
    """The JSON schema of the answer: only these sentences can be cited."""
    note = {
        "type": "object",
        "properties": {"n": {"enum": list(range(1, len(asking) + 1))}, "note": {"type": "string"}},
        "required": ["n", "note"],
        "additionalProperties": False,
    }
    return {
        "type": "object",
        "properties": {"notes": {"type": "array", "items": note, "maxItems": MOST_NOTES}},
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


def from_notes(
    batch: Batch, asking: Sequence[Sentence], notes: Sequence[tuple[int, str]], names: Mapping[str, str]
) -> Iterator[Fact]:
    """The facts among the notes of a model that were really said. `names` as for `subject_of`."""
    for number, note in notes[:MOST_NOTES]:
        # Small models miscount: a note that its line does not hold may be of another.
        lines = [*asking[number - 1 : number], *asking[: number - 1], *asking[number:]]
        for statement in map(to_you, _SENTENCE.findall(note)):
            facts = (_lasting(batch, sentence, statement, names) for sentence in lines)
            if fact := next(filter(None, facts), None):
                yield fact


def sentences(batch: Batch) -> list[Sentence]:
    """Those of the user that tell something."""
    return [
        Sentence(text.strip(), place)
        for place, turn in enumerate(batch.turns)
        if turn.who == "user"
        for text in _SENTENCE.findall(" ".join(turn.text.split()))
        if _tells_something(text)
    ]


def kind_and_day(statement: str, today: date) -> tuple[Kind, date | None]:
    """Whether a statement made `today` is a plan or a promise, and for which day."""
    looks_ahead = _FUTURE.search(statement) is not None
    due = None
    if not _YEARLY.search(statement) and (looks_ahead or not _PAST.search(statement)):
        due = coming_day(statement, today)
    if due == today and not looks_ahead and _TODAY.search(statement):
        due = None
    if _PROMISE.search(statement):
        return "promise", due or coming_day(statement, today)
    return ("plan", due) if due or looks_ahead else ("fact", None)


def _tells_something(text: str) -> bool:
    return not text.endswith("?") and len(text.split()) >= FEWEST_WORDS and bool(content_words(text))


def _plain_fact(batch: Batch, sentence: Sentence, names: Mapping[str, str]) -> Fact | None:
    """What the sentence plainly tells."""
    turns = (*batch.before, *batch.turns[: sentence.place])
    asked = turns[-1].text if turns and turns[-1].who == "companion" else ""
    return _lasting(batch, sentence, _time_last(to_you(with_name(sentence.text, asked))), names)


def _time_last(statement: str) -> str:
    """ "On Friday you have a test." as "You have a test on Friday."."""
    match = _TIME_FIRST.match(statement)
    if match is None:
        return statement
    when = match["when"]
    when = when if when.startswith(_CAPITAL_TIMES) else f"{when[0].lower()}{when[1:]}"
    return f"{match['rest'][0].upper()}{match['rest'][1:]} {when}."


def _lasting(batch: Batch, sentence: Sentence, statement: str, names: Mapping[str, str]) -> Fact | None:
    """The statement as a fact, if the sentence says so, and it stands for itself and is worth knowing."""
    cited, before = batch.turns[sentence.place], (*batch.before, *batch.turns[: sentence.place])
    people = names_in(" ".join(turn.text for turn in (*before, cited)))
    if not _stands_alone(statement, people) or any(asked_to_remember(sentence.text)):
        return None
    found = ground(statement, sentence.text, cited, before)
    fact = _fact(statement, cited, names)
    if found is None or not is_lasting(statement, fact.due is not None):
        return None
    if fact.kind == "plan" and _DENIED.search(statement.partition(",")[0]):
        return None
    return replace(fact, turns=found.turns, confidence=found.confidence)


def _stands_alone(statement: str, people: frozenset[str]) -> bool:
    """Whether it begins with whom or what it is about, and not with a word that only the conversation explains."""
    first, *more = plain_words(statement) or [""]
    name = more[0] if more and first in _TITLES else first
    return (first in ("you", "your", "the") or name in people) and len(content_words(statement)) > 1


def _fact(statement: str, turn: Entry, names: Mapping[str, str]) -> Fact:
    kind, due = kind_and_day(statement, turn.at.date())
    return Fact(0, kind, subject_of(statement, names), statement, turn.at, (turn.number,), due=due)


def _of_herself(turn: Entry) -> Iterator[Fact]:
    said = Fact(0, "thought", turn.name, "", turn.at, (turn.number,), CONFIDENCE)
    for sentence in her_promises(turn.text):
        due = coming_day(sentence, turn.at.date())
        yield replace(said, kind="promise", statement=f"{turn.name} promised: “{sentence}”", due=due)
    for sentence in her_thoughts(turn.text):
        yield replace(said, statement=f"{turn.name} said: “{sentence}”")


def _lines(batch: Batch, asking: Sequence[Sentence]) -> Iterator[str]:
    """What was said, with the sentences that are asked about numbered from 1."""
    numbers = {sentence: number for number, sentence in enumerate(asking, 1)}
    for place, turn in enumerate((*batch.before, *batch.turns), -len(batch.before)):
        if turn.who == "companion":
            yield f"Eve: {' '.join(turn.text.split())[:LONGEST_LINE]}"
            continue
        for text in map(str.strip, _SENTENCE.findall(" ".join(turn.text.split()))):
            yield f"{numbers.get(Sentence(text, place), 'User')}: {text[:LONGEST_LINE]}"
