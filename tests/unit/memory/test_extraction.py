"""Facts from what was said: what is plain, what a model is asked, and that nothing is kept that was not said."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Literal

import pytest

from companion.core.diary import Entry
from companion.core.facts import YOU, Fact
from companion.memory import extraction, note_taking
from companion.memory.extraction import kind_and_day
from companion.memory.sentences import Batch
from companion.memory.subjects import introduced, names_of, subject_of

TUESDAY = datetime(2026, 11, 24, 20, 0, tzinfo=UTC)


def batch(*said: str, before: Iterable[str] = ()) -> Batch:
    """Turns numbered from 1; those that begin with "Eve: " are hers."""
    turns = []
    for number, text in enumerate((*before, *said), 1):
        who: Literal["user", "companion"] = "companion" if text.startswith("Eve: ") else "user"
        turns.append(Entry(number, TUESDAY + timedelta(minutes=number), who, "Eve", text.removeprefix("Eve: ")))
    read = len(turns) - len(said)
    return Batch(tuple(turns[:read]), tuple(turns[read:]))


def plain(*said: str) -> list[Fact]:
    return list(extraction.plainly_said(batch(*said), {}))


def kept(said: Batch, line: int, note: str) -> list[str]:
    return [fact.statement for fact in extraction.from_notes(said, [(line, note)], {})]


@pytest.mark.parametrize(
    ("said", "statement"),
    [
        ("Well, I live in Paris with my cat.", "You live in Paris with your cat."),
        ("My sister Carla is a florist.", "Your sister Carla is a florist."),
        ("I'm allergic to penicillin, you know.", "You are allergic to penicillin, you know."),
        ("I never eat sweets.", "You never eat sweets."),
        ("I moved to Lyon last week!", "You moved to Lyon last week."),
        ("My father died in March.", "Your father died in March."),
        ("We have a concert on 20 December.", "You have a concert on 20 December."),
        ("On Friday I have my driving test.", "You have your driving test on Friday."),
        ("Tomorrow, my brother is coming.", "Your brother is coming tomorrow."),
        ("I want to learn Dutch.", "You want to learn Dutch."),
        ("I can't stand olives.", "You can't stand olives."),
        ("My neighbour Mr. Petrov keeps 2.5 million bees.", "Your neighbour Mr. Petrov keeps 2.5 million bees."),
        ("I live in Paris, did I tell you?", "You live in Paris."),
        ("Please remember that the key is under the pot.", "The key is under the pot."),
    ],
)
def test_what_is_plain_is_known(said: str, statement: str) -> None:
    assert [fact.statement for fact in plain(said)] == [statement]


@pytest.mark.parametrize(
    "said",
    [
        "I'm so nervous.",
        "It rained the whole day here.",
        "I went to the shop and bought milk.",
        "I can't come to the run today.",
        "Do you think I live in Paris?",
        "If I lived in Paris I would keep bees.",
        "Maybe I have a brother in Rome.",
        "I have been staring at the wall all evening.",
        "She hates the car though.",
        "Tell me about the sea and the ships.",
        "You told me that I live in Paris.",
        "Happy Easter, Samantha.",
    ],
)
def test_chatter_moods_and_what_may_not_be_so_are_not(said: str) -> None:
    assert plain(said) == []


def test_she_is_the_one_that_was_asked_about() -> None:
    assert [
        (fact.subject, fact.statement) for fact in plain("Eve: What does Carla do?", "She's a florist in Ghent.")
    ] == [("Carla", "Carla is a florist in Ghent.")]
    assert [fact.statement for fact in plain("My sister hates it here. She lives in Rome, and she doesn't fly.")][
        1:
    ] == ["Your sister lives in Rome, and she doesn't fly."]
    assert plain("Eve: Did Carla meet Anna?", "She's a florist in Ghent.") == []
    assert plain("Eve: What does your brother do?", "She's a florist in Ghent.") == []
    assert plain("Eve: Is it nice in Ghent?", "She's a florist there.") == []


def test_two_statements_in_a_sentence_are_two_facts() -> None:
    told = plain("My father died in March, and I keep his bees in the garden now.")
    assert [fact.statement for fact in told] == ["Your father died in March.", "You keep his bees in the garden now."]


def test_what_they_are_is_told_by_one_word() -> None:
    assert [fact.statement for fact in plain("I'm a nurse.", "Well, I have a dog.", "I am an architect!")] == [
        "You are a nurse.",
        "You have a dog.",
        "You are an architect.",
    ]
    assert plain("I'm a mess.", "I'm an idiot.", "I have a cold.", "I am a bit.") == []


def test_two_statements_need_no_comma_where_the_second_is_of_one_person() -> None:
    told = plain("My sister Clara lives in Lyon and I am a carpenter.")
    assert [(fact.subject, fact.statement) for fact in told] == [
        ("Clara", "Your sister Clara lives in Lyon."),
        (YOU, "You are a carpenter."),
    ]
    told = plain("My sister Clara and I are both left-handed.")
    assert [fact.statement for fact in told] == ["Your sister Clara and you are both left-handed."]


def test_her_promises_and_what_she_says_of_herself_are_known() -> None:
    promise, thought = plain("Eve: I'll ask you about it tomorrow. I love rainy mornings. I love how you laugh.")
    assert (promise.kind, promise.subject, promise.due) == ("promise", "Eve", date(2026, 11, 25))
    assert promise.statement == "Eve promised: “I'll ask you about it tomorrow.”"
    assert (thought.kind, thought.statement) == ("thought", "Eve said: “I love rainy mornings.”")


@pytest.mark.parametrize(
    ("said", "line", "note", "statements"),
    [
        (("My dog is Rex.", "Eve: And?", "He is a terrier."), 3, "Rex is a terrier.", ["Rex is a terrier."]),
        (("Eve: What does Carla do?", "A florist, in Ghent."), 2, "Carla is a florist.", ["Carla is a florist."]),
        (("I keep bees.", "Eve: Oh!", "And hens."), 3, "You keep bees.", ["You keep bees."]),
        (("I like wine.",), 1, "I like wine from the south.", []),
        (("I like wine.",), 1, "You don't like wine and beer.", []),
        (("I don't like red wine.",), 1, "You like red wine.", []),
        (("My sister lives in Ghent.",), 1, "You live in Ghent.", []),
        (("Tom is a baker in Ghent.",), 1, "You are a baker in Ghent.", []),
        (("If I had a boat in Ghent!",), 1, "You have a boat in Ghent.", []),
        (("Do I keep bees and hens?",), 1, "You keep bees and hens.", []),
        (("Eve: Do you keep bees at home?", "No, never."), 2, "You keep bees at home.", []),
        (("Eve: I keep bees and hens.", "Nice."), 2, "You keep bees and hens.", []),
        (("I keep bees and hens.",), 1, "She keeps bees and hens.", []),
        (("I keep bees.",), 7, "You keep bees in Ghent.", []),
    ],
)
def test_a_note_is_kept_only_if_it_was_said(said: tuple[str, ...], line: int, note: str, statements: list[str]) -> None:
    assert kept(batch(*said), line, note) == statements


def test_a_name_that_begins_a_sentence_is_known_from_the_notes() -> None:
    said = batch("Three with my wife. Ruth is Icelandic, her parents keep a farm.")
    notes = [(1, "Your wife Ruth is Icelandic."), (1, "Ruth's parents keep a farm.")]
    assert [fact.subject for fact in extraction.from_notes(said, notes, {})] == ["Ruth", "Ruth"]


def test_a_fact_has_all_the_turns_that_its_words_are_from() -> None:
    said = batch("Eve: And your dog?", "He is a terrier, of course.", before=["My dog Rex snores."])
    (fact,) = extraction.from_notes(said, [(2, "Rex is a terrier.")], {})
    assert fact.turns == (1, 3)
    assert 0.5 <= fact.confidence < 0.9
    assert fact.subject == "Rex"


def test_the_model_is_shown_the_turns_and_can_cite_those_of_the_user() -> None:
    said = batch("Eve: Hello!", "Fifty of them,\n in hives.")
    assert note_taking.messages(said)[-1].text == "1 Eve: Hello!\n2 User: Fifty of them, in hives."
    schema = note_taking.schema(extraction.unclear(said))
    notes = schema["properties"]["notes"]
    assert notes["items"]["properties"]["line"] == {"enum": [2]}
    assert notes["maxItems"] == note_taking.MOST_NOTES


def test_the_model_is_not_asked_about_what_is_plain_or_says_nothing() -> None:
    assert extraction.unclear(batch("I live in Paris.", "Eve: Yes?", "Do you?", "Hm, no.")) == []


@pytest.mark.parametrize(
    ("answer", "notes"),
    [
        ('{"notes": [{"line": 2, "note": "You sing."}]}', [(2, "You sing.")]),
        ('{"notes": [{"line": 2, "note": "You sing."}, {"line": 3, "no', [(2, "You sing.")]),
        ('{"notes": [{"line": "2", "note": "You sing."}, {"line": 3}, {,}]}', []),
        ('{"notes": []}', []),
        ("I would love to help!", None),
        ("", None),
    ],
)
def test_an_answer_is_read_as_far_as_it_goes(answer: str, notes: list[tuple[int, str]] | None) -> None:
    assert note_taking.notes_in(answer) == notes


@pytest.mark.parametrize(
    ("statement", "kind", "due"),
    [
        ("You have a test on Friday.", "plan", "2026-11-27"),
        ("You are going to walk to Rome in May.", "plan", "2027-05-31"),
        ("You want to learn Dutch.", "plan", None),
        ("You promised Rosa a picture next week.", "promise", "2026-12-06"),
        ("You were in Rome in May.", "fact", None),
        ("Your birthday is on 7 May.", "fact", None),
        ("You always sing on Friday.", "fact", None),
        ("You quit your job today.", "fact", None),
        ("You live in Paris.", "fact", None),
    ],
)
def test_plans_and_promises_have_their_day(statement: str, kind: str, due: str | None) -> None:
    assert kind_and_day(statement, TUESDAY.date()) == (kind, date.fromisoformat(due) if due else None)


@pytest.mark.parametrize(
    ("statement", "subject"),
    [
        ("You live in Paris.", "you"),
        ("Your favourite food is soup.", "you"),
        ("Your sister Anna lives in Rome.", "Anna"),
        ("Your dog's name is Rex.", "Rex"),
        ("You have a cat named Mia.", "Mia"),
        ("Your sister works at night.", "Carla"),
        ("Your boss is angry.", "your boss"),
        ("Tom is your brother.", "Tom"),
        ("Anna's cello is old.", "Anna"),
        ("You'll see.", "you"),
        ("The deadline is near.", "you"),
    ],
)
def test_whom_a_statement_is_about(statement: str, subject: str) -> None:
    assert subject_of(statement, {"your sister": "Carla"}) == subject


def test_names_are_learnt_where_there_is_one() -> None:
    assert introduced("Your sister is called Carla.") == ("your sister", "Carla")
    assert introduced("Your sister is angry.") is None
    told = [
        "Your sister is called Carla.",
        "Your brother Tom sings.",
        "Your brother Paul paints.",
        "Your friend Jo sings.",
    ]
    assert names_of(told) == {"your sister": "Carla"}
