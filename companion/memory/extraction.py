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
_SENTENCE = re.compile(r"[^.!?;]+[.!?;]*")
_NEW_SUBJECT = re.compile(
    r", (?:and|but|so) (?=(?:I|we|my|our|today|tomorrow|now|on|in|next|the|it|they|you)\b|(?:I|we)['’])", re.IGNORECASE
)
_TAG_QUESTION = re.compile(r",? (?:did (?:I|you)|do you|you know|right|okay|isn['’]t it|don['’]t you)[^,?]*\?$")
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
    return [sentence for sentence in sentences(batch) if _plain_fact(batch, sentence, {}) is None]


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


def from_notes(batch: Batch, notes: Sequence[tuple[int, str]], names: Mapping[str, str]) -> Iterator[Fact]:
    """The facts among the notes of a model that were really said. `names` as for `subject_of`."""
    said = sentences(batch)
    for line, note in notes[:MOST_NOTES]:
        # Small models miscount: a note that its line does not hold may be of another.
        in_order = sorted(said, key=lambda sentence: sentence.place != line - 1)
        for statement in map(to_you, _SENTENCE.findall(note)):
            facts = (_lasting(batch, sentence, statement, names) for sentence in in_order)
            if fact := next(filter(None, facts), None):
                yield fact


def sentences(batch: Batch) -> list[Sentence]:
    """Those of the user that tell something."""
    return [
        Sentence(text, place)
        for place, turn in enumerate(batch.turns)
        if turn.who == "user"
        for text in _clauses(turn.text)
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


def _clauses(text: str) -> Iterator[str]:
    """Its sentences, those that say two things about two subjects as two."""
    for sentence in _SENTENCE.findall(" ".join(text.split())):
        stated = _TAG_QUESTION.sub(".", sentence.strip())
        yield from [stated] if stated.endswith("?") else map(str.strip, _NEW_SUBJECT.split(stated))


def _tells_something(text: str) -> bool:
    return not text.endswith("?") and len(text.split()) >= FEWEST_WORDS and bool(content_words(text))


def _plain_fact(batch: Batch, sentence: Sentence, names: Mapping[str, str]) -> Fact | None:
    """What the sentence plainly tells."""
    heard = _said_just_before(batch, sentence)
    return _lasting(batch, sentence, _time_last(to_you(with_name(sentence.text, heard))), names)


def _said_just_before(batch: Batch, sentence: Sentence) -> str:
    """The sentence before it in its turn; of the first one, her question."""
    earlier = " ".join(batch.turns[sentence.place].text.split()).partition(sentence.text.rstrip("."))[0].rstrip()
    if parts := _SENTENCE.findall(earlier):
        return str(parts[-1])
    turns = (*batch.before, *batch.turns[: sentence.place])
    return turns[-1].text if turns and turns[-1].who == "companion" else ""


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
    people = names_in(" ".join(turn.text for turn in (*batch.before, *batch.turns)))
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


def _lines(batch: Batch) -> Iterator[str]:
    for line, turn in enumerate(batch.turns, 1):
        speaker = "User" if turn.who == "user" else "Eve"
        yield f"{line} {speaker}: {' '.join(turn.text.split())[:LONGEST_TURN]}"
