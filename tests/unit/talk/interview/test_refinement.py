"""What a model writes is believed no further than it can be checked."""

from __future__ import annotations

import json
from typing import Any

import pytest

from companion.talk.interview.course import Answers
from companion.talk.interview.draft import candidates, drafted
from companion.talk.interview.refinement import BOUND, FREE, refined, request, schema

SAID = Answers("Not so much.", "Straight out, with a joke.", "A long walk with the dog.", "My uncle, he listened.", "")
DRAFT = drafted(SAID)
NAMES = candidates(DRAFT.dials, SAID, ())
OTHER = NAMES[-1]
GOOD: dict[str, Any] = {
    "character": ["You notice when they go quiet, and wait.", "You are on the dog's side in everything."],
    "summary": "Dry, loyal and hard to shock.",
    "name": OTHER.name,
    "why": f"{OTHER.reason}, and I like that",
    "dials": dict(DRAFT.dials),
}


def made(**fields: Any) -> str:
    return json.dumps({**GOOD, **fields})


def test_what_is_good_is_taken() -> None:
    draft = refined(DRAFT, made(), SAID, NAMES)
    assert draft.name == OTHER.name and draft.summary == GOOD["summary"]
    assert draft.why.endswith("and I like that")
    assert draft.character == (*DRAFT.character, *GOOD["character"])


@pytest.mark.parametrize("text", ["", "Sure! Here is", "[]", "null", '{"name": "Ver', "{}"])
def test_what_is_no_answer_changes_nothing(text: str) -> None:
    assert refined(DRAFT, text, SAID, NAMES) == DRAFT


@pytest.mark.parametrize(
    "sentence",
    [
        "You are a helpful assistant.",
        "You grew up by the sea.",
        "You **love** dogs.",
        "They are shy.",
        "You joke never, and are serious.",
        "You miss your uncle.",
        "You let a silence stand as long as it wants.",
        "You love a long walk with the dog.",
        "You can't stand it when they sigh.",
        "You go.",
        "You " + "walk " * 60,
        5,
        None,
    ],
)
def test_sentences_that_describe_nobody_she_could_be_are_left_out(sentence: object) -> None:
    assert refined(DRAFT, made(character=[sentence]), SAID, NAMES).character == DRAFT.character


def test_what_it_says_of_me_is_told_of_them() -> None:
    draft = refined(DRAFT, made(character=["You tease me about the weather."]), SAID, NAMES)
    assert draft.character[-1] == "You tease them about the weather."


@pytest.mark.parametrize("name", ["Uncle", "Beelzebub", "", None, 3])
def test_a_name_that_was_not_offered_is_not_hers(name: object) -> None:
    draft = refined(DRAFT, made(name=name), SAID, NAMES)
    assert (draft.name, draft.why) == (DRAFT.name, DRAFT.why)


@pytest.mark.parametrize("why", ["it is Hebrew for dawn", "you like walks", "", "it's nice. " * 40, None])
def test_a_reason_beside_what_is_known_of_the_name_is_not_given(why: object) -> None:
    assert refined(DRAFT, made(why=why), SAID, NAMES).why == OTHER.reason


def test_dials_stay_near_the_words() -> None:
    far = dict.fromkeys(dict(DRAFT.dials), 0) | {"formality": 10}
    draft = refined(DRAFT, made(dials=far), SAID, NAMES)
    assert draft.dials.directness == DRAFT.dials.directness - BOUND, "they spoke of it"
    assert draft.dials.warmth == DRAFT.dials.warmth - FREE, "they did not"
    assert draft.dials.formality == DRAFT.dials.formality + FREE


@pytest.mark.parametrize("dials", [None, [], {"warmth": "high"}, {"warmth": True}, {"warmth": 1e9}])
def test_dials_that_are_none_change_nothing(dials: object) -> None:
    assert refined(DRAFT, made(dials=dials), SAID, NAMES).dials == DRAFT.dials


def test_the_model_is_asked_with_their_words_and_may_choose_among_the_names() -> None:
    messages = request(SAID, DRAFT, NAMES)
    assert [message.role for message in messages] == ["system", "user", "assistant", "user"]
    assert "Straight out, with a joke." in messages[-1].text
    example = json.loads(messages[2].text)
    form = schema(NAMES)
    assert set(example) == set(form["required"]) == set(form["properties"])
    assert form["properties"]["name"]["enum"] == [name.name for name in NAMES]
