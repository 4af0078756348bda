"""What is known of the user, as the user would say it."""

from __future__ import annotations

import pytest

from companion.talk.first_person import from_you


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("You live in Lyon.", "I live in Lyon."),
        ("Your sister is Mara.", "My sister is Mara."),
        ("You are allergic to nuts.", "I am allergic to nuts."),
        ("You're tired, and your cat is too.", "I am tired, and my cat is too."),
        ("Mara told you that you were late.", "Mara told me that I was late."),
        ("You and Mara went to Rome.", "I and Mara went to Rome."),
        ("Mara lives with you.", "Mara lives with me."),
        ("The red bike is yours, you bought it yourself.", "The red bike is mine, I bought it myself."),
        ("You weren't home.", "I wasn't home."),
        ("Mara's youth was hard.", "Mara's youth was hard."),
        ("", ""),
    ],
)
def test_the_users_own_words(statement: str, said: str) -> None:
    assert from_you(statement) == said
