"""Facts from what was said: those that are plain, and those among the notes of a language model that were said."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from companion.core.diary import Entry
from companion.core.facts import Fact, Kind
from companion.core.second_person import to_you
from companion.memory.coming import coming_day
from companion.memory.content_words import content_words, names_in, plain_words
from companion.memory.grounding import ground
from companion.memory.lasting import is_lasting
from companion.memory.note_taking import MOST_NOTES
from companion.memory.plain_words import CONFIDENCE, asked_to_remember, her_promises, her_thoughts
from companion.memory.references import with_name
from companion.memory.sentences import SENTENCE, Batch, Sentence, said_just_before, sentences
from companion.memory.subjects import RELATIONS, subject_of
from companion.memory.times import MONTHS, WEEKDAYS

_FUTURE = re.compile(
    r"\b(?:will|['’]ll|going to|plan(?:s|ning)? to|intends? to|wants? to|hopes? to|about to|has to|have to|must)\b"
)
_PROMISE = re.compile(r"\bpromised?\b|\bgave (?:your|his|her) word\b", re.IGNORECASE)
_PAST = re.compile(
    r"\b(?:was|were|had|did|went|born|since|came|(?<!have )(?<!has )got|took|made|saw|met|left|began|used to)\b"
    r"|^(?:Your )?[\w'’]+ (?!need|promis|plann|schedul|invit)\w+ed\b",
    re.IGNORECASE,
)
_IN_JEST = (
    *("mess", "wreck", "fool", "idiot", "moron", "dummy", "genius", "monster", "failure", "loser", "disaster", "joke"),
    *("fan", "believer", "sucker", "bit", "little", "lot", "while", "goner", "liar", "coward", "pig", "zombie"),
)
"""What people call themselves for a moment, and are not next month."""
_YEARLY = re.compile(r"\b(?:birthday|anniversary|every|each|always|usually|often)\b", re.IGNORECASE)
_TODAY = re.compile(r"\btoday\b", re.IGNORECASE)
_CAPITAL_TIMES = tuple(name.title() for name in (*WEEKDAYS, *MONTHS))
_TIME_FIRST = re.compile(
    rf"(?P<when>(?:On|In|By|At|Next|This|Tomorrow|The day after|{'|'.join(_CAPITAL_TIMES)})\b"
    r"(?: (?!your?\b)[\w]+){0,3}?),? (?P<rest>your? \w.+)\.$"
)
_WHAT_THEY_ARE = re.compile(
    rf"You are an? (?!(?:{'|'.join(_IN_JEST)})\.)\w{{3,}}\.$|You have an? (?:{RELATIONS})\.$", re.IGNORECASE
)
"""One word says it: "You are a carpenter.", "You have a dog."."""
_TITLES = frozenset(("doctor", "dr", "professor", "mr", "mrs", "ms", "aunt", "uncle"))
_DENIED = re.compile(r"n['’]t\b|\b(?:not|cannot)\b")


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


def from_notes(batch: Batch, notes: Sequence[tuple[int, str]], names: Mapping[str, str]) -> Iterator[Fact]:
    """The facts among the notes of a model that were really said. `names` as for `subject_of`."""
    said = sentences(batch)
    # A name that only begins sentences is told from other words by the model's notes.
    people = names_in(" ".join(note for _, note in notes))
    for line, note in notes[:MOST_NOTES]:
        # Small models miscount: a note that its line does not hold may be of another.
        in_order = sorted(said, key=lambda sentence: sentence.place != line - 1)
        for statement in map(to_you, SENTENCE.findall(note)):
            facts = (_lasting(batch, sentence, statement, names, people) for sentence in in_order)
            if fact := next(filter(None, facts), None):
                yield fact


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


def _plain_fact(batch: Batch, sentence: Sentence, names: Mapping[str, str]) -> Fact | None:
    """What the sentence plainly tells."""
    heard = said_just_before(batch, sentence)
    return _lasting(batch, sentence, _time_last(to_you(with_name(sentence.text, heard))), names)


def _time_last(statement: str) -> str:
    """ "On Friday you have a test." as "You have a test on Friday."."""
    match = _TIME_FIRST.match(statement)
    if match is None:
        return statement
    when = match["when"]
    when = when if when.startswith(_CAPITAL_TIMES) else f"{when[0].lower()}{when[1:]}"
    return f"{match['rest'][0].upper()}{match['rest'][1:]} {when}."


def _lasting(
    batch: Batch, sentence: Sentence, statement: str, names: Mapping[str, str], people: frozenset[str] = frozenset()
) -> Fact | None:
    """The statement as a fact, if the sentence says so, and it stands for itself and is worth knowing."""
    cited, before = batch.turns[sentence.place], (*batch.before, *batch.turns[: sentence.place])
    people |= names_in(" ".join(turn.text for turn in (*batch.before, *batch.turns)))
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
    told = len(content_words(statement)) > 1 or _WHAT_THEY_ARE.match(statement) is not None
    return (first in ("you", "your", "the") or name in people) and told


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
