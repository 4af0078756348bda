"""What someone says of themselves, said to them."""

from __future__ import annotations

import pytest

from companion.core.second_person import to_you


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("I live with my sister", "You live with your sister."),
        ("I'm allergic to nuts!", "You are allergic to nuts."),
        ("Well, actually I was born in Rome.", "You were born in Rome."),
        ("my sister gave me a book of mine", "Your sister gave you a book of yours."),
        ("I’ve got two dogs, and I’ll get a third", "You have got two dogs, and you will get a third."),
        ("We moved, it is our first flat", "You moved, it is your first flat."),
        ("Iceland is mysterious", "Iceland is mysterious."),
        ("Anyway, on Friday I have a test.", "On Friday you have a test."),
        ("  …and ", "…and."),
        ("", ""),
    ],
)
def test_to_you(said: str, told: str) -> None:
    assert to_you(said) == told
