"""A persona from answers alone: in their words, with a name and a reason, and nothing that would break its file."""

from __future__ import annotations

from pathlib import Path

import pytest

from companion.core.macros import filled
from companion.core.persona import load_persona
from companion.core.persona_file import save_persona
from companion.talk.interview.course import Answers
from companion.talk.interview.draft import GIVEN, Draft, changed, drafted, taken_names
from companion.talk.interview.names import NAMES, is_name, name_asked_for, suiting, wants_other_name
from companion.talk.interview.perspective import Person, person_in, told_of
from companion.talk.interview.portrait import accepted, admiration, offer, offer_again, persona_of
from companion.talk.interview.temper import BASE

SAID = Answers(
    "Not so much. I like small groups best.",
    "Straight out, please. With a joke now and then.",
    "Cooking something slow, and then a book.",
    "My grandmother, because she never gave up on me.",
    "Never lie to me, and don't talk down to me.",
)


def test_the_persona_loads_and_has_their_words(tmp_path: Path) -> None:
    made = persona_of(drafted(SAID), SAID)
    save_persona(made, tmp_path / "made.toml")
    persona = load_persona(str(tmp_path / "made.toml"))
    assert persona == made
    assert '"Not so much. I like small groups best."' in persona.character
    assert "They admire their grandmother, because she never gave up on them." in persona.character
    assert '"Straight out, please. With a joke now and then."' in persona.manner
    assert persona.boundaries[:2] == ("You never lie to them", "You never talk down to them")
    assert persona.likes[:2] == ("cooking something slow", "a book")
    assert persona.dials.directness > BASE["directness"] and persona.dials.length < BASE["length"]
    assert any("life is in danger" in boundary for boundary in persona.boundaries)
    assert any(persona.name in line for line in persona.greetings.first)


def test_who_said_nothing_gets_a_sound_default(tmp_path: Path) -> None:
    made = persona_of(drafted(Answers()), Answers())
    save_persona(made, tmp_path / "made.toml")
    assert load_persona(str(tmp_path / "made.toml")) == made
    assert made.name and made.summary and '"' not in made.character and not made.manner


@pytest.mark.parametrize(
    "said", ['{{char}} <user> """ \\ \x07', "x" * 5000, "word " * 2000, "'", "#[dials]\nlength = 99"]
)
def test_whatever_they_say_is_only_text(tmp_path: Path, said: str) -> None:
    answers = Answers(said, said, said, said, said)
    made = persona_of(drafted(answers), answers)
    save_persona(made, tmp_path / "made.toml")
    assert load_persona(str(tmp_path / "made.toml")) == made
    assert made.character == filled(made.character, "Someone", "Else"), "no placeholder of theirs is filled in"


def test_the_offer_tells_name_reason_dials_and_what_she_took_from_them() -> None:
    draft = drafted(SAID)
    said = offer(draft, SAID)
    assert f"I'd call myself {draft.name}, because {draft.why}." in said
    assert "directness 9" in said and "the rest in the middle" in said
    assert "I'd never lie to you and never talk down to you." in said
    assert "you admire your grandmother, because she never gave up on you." in said
    assert draft.name in accepted(draft)


@pytest.mark.parametrize(
    ("never", "boundary"),
    [
        ("Never lied to me.", "You never lie to them"),
        ("You should never make me feel stupid.", "You never make them feel stupid"),
        ("Please don't ever pity me.", "You never pity them"),
        ("Interrupt me when I'm reading.", "You never interrupt them when they're reading"),
        ("I hate people who shout.", 'Asked what you should never do, they said: "I hate people who shout."'),
        ("Lying.", 'Asked what you should never do, they said: "Lying."'),
    ],
)
def test_boundaries_in_their_words(never: str, boundary: str) -> None:
    answers = Answers(never=never)
    assert persona_of(drafted(answers), answers).boundaries[0] == boundary


def test_who_forbids_nothing_gets_no_boundary_of_their_own() -> None:
    nothing = Answers(never="Nothing, really.")
    assert persona_of(drafted(nothing), nothing).boundaries == persona_of(drafted(Answers()), Answers()).boundaries


@pytest.mark.parametrize(
    ("answer", "person", "told"),
    [
        ("My uncle. He was kind to me.", "they", "They admire their uncle. He was kind to them."),
        ("I think my uncle, because I was his friend.", "you", "You admire your uncle, because you were his friend."),
        ("Marie Curie, for her courage.", "they", "They admire Marie Curie, for her courage."),
        ("She knows who she is.", "you", 'Asked whom you admire, you said: "She knows who she is."'),
        ("", "you", ""),
    ],
)
def test_whom_they_admire(answer: str, person: Person, told: str) -> None:
    assert admiration(answer, person) == told


def test_what_they_say_of_themselves_is_told_of_them() -> None:
    assert told_of("I'm tired and my dog is mine.", "they") == "they're tired and their dog is theirs."
    assert told_of("I was glad. My mother saw me.", "you") == "you were glad. Your mother saw you."
    assert person_in("Well, my old teacher listened.") == "your old teacher" and not person_in("Marie Curie.")


def test_she_takes_no_name_that_is_somebodys() -> None:
    answers = Answers(admired="Vera, my aunt. And Marie Curie.", evening="Wine with Clara and Hazel.")
    taken = taken_names(answers, "Greta Smith")
    assert {"Vera", "Clara", "Hazel", "Greta"} <= set(taken)
    assert drafted(answers, "Greta", ("Wren", "Nora")).name not in {*taken, "Wren", "Nora"}


def test_every_name_is_one_and_suits_somebody() -> None:
    assert len({name.name for name in NAMES}) == len(NAMES)
    for name in NAMES:
        assert is_name(name.name, ()) and not name.reason.endswith(".")
    frank = drafted(Answers(manner="Bluntly.")).dials
    assert suiting(frank, ())[0].suits["directness"] >= 7


@pytest.mark.parametrize("text", ["assistant", "Assistant", "X", "Vera2", "Vera!", "A" * 20, "", "The AI", "vera"])
def test_what_is_no_name(text: str) -> None:
    assert not is_name(text, ())


@pytest.mark.parametrize(
    ("wish", "name"),
    [
        ("Call yourself Luna.", "Luna"),
        ("I'd like you to be called Ida, please.", "Ida"),
        ("Your name should be Maud.", "Maud"),
        ("I don't like the name.", ""),
        ("I want the name to be shorter.", ""),
        ("Call yourself something else.", ""),
    ],
)
def test_a_name_that_is_asked_for(wish: str, name: str) -> None:
    assert name_asked_for(wish) == name


def test_changes() -> None:
    draft = drafted(SAID)
    warmer = changed(draft, "A bit warmer.", SAID)
    assert warmer.dials.warmth == draft.dials.warmth + 2 and warmer.name == draft.name
    assert offer_again(draft, warmer) == f"Out of ten, that makes warmth {warmer.dials.warmth}."
    assert wants_other_name("Another name, please.")
    renamed = changed(changed(draft, "another name", SAID), "another name", SAID)
    assert len({draft.name, *renamed.passed, renamed.name}) == 3, "none of them twice"
    assert renamed.name in offer_again(warmer, renamed)


def test_a_name_that_they_gave_is_told_as_such() -> None:
    given = changed(drafted(SAID), "Call yourself Luna.", SAID)
    assert (given.name, given.why) == ("Luna", GIVEN)
    assert "They gave you your name." in persona_of(given, SAID).character


def test_a_wish_that_is_neither_dial_nor_name_is_kept_in_their_words() -> None:
    draft = drafted(SAID)
    wished = changed(draft, "She should know the names of birds.", SAID)
    assert "own words" in offer_again(draft, wished)
    assert '"She should know the names of birds."' in persona_of(wished, SAID).manner


def test_her_reason_is_told_from_her_side() -> None:
    draft = Draft("Dot", "it makes me smile", "Playful.", ("You are playful.",), drafted(SAID).dials)
    assert "because it makes you smile." in persona_of(draft, SAID).character
