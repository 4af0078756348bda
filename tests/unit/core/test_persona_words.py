"""Dials become words; every step of each says something of its own, and longer means longer."""

from __future__ import annotations

from itertools import pairwise

import pytest

from companion.core.persona import Dials, Persona
from companion.core.persona_words import dial_words, longest_reply_tokens, manner_words, taste_words


def with_dials(**dials: int) -> Persona:
    return Persona(version=2, name="Ada", character="Ada.", dials=Dials(**dials))


@pytest.mark.parametrize("dial", Dials.model_fields)
def test_each_dial_has_five_steps_in_words(dial: str) -> None:
    said = [dial_words(Dials(**{dial: value})) for value in range(11)]
    assert len(set(said)) == 5
    changes = [at for at, (one, other) in enumerate(pairwise(said)) if one != other]
    assert changes == [1, 3, 6, 8]


def test_the_length_dial_bounds_replies() -> None:
    bounds = [longest_reply_tokens(with_dials(length=value)) or 0 for value in range(11)]
    assert bounds == sorted(bounds)
    assert bounds[0] < 60 < 300 < bounds[10]
    assert longest_reply_tokens(Persona(name="Ada", character="Ada.")) is None


def test_a_persona_of_the_first_version_says_what_it_said() -> None:
    old = Persona(name="Ada", character="Ada.", manner="Slowly.\nIn rhyme.\n")
    assert manner_words(old) == "Slowly.\nIn rhyme."
    assert taste_words(old) == ""


def test_likes_and_boundaries_are_sentences() -> None:
    persona = Persona(
        version=2, name="Ada", character="Ada.", likes=("rain", "tea", "maps"), boundaries=("You never lie", "No sums!")
    )
    assert taste_words(persona) == "You like rain, tea and maps. You never lie. No sums!"
