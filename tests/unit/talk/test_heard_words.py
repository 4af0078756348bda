"""What of a written clause was heard: exact where nothing was rewritten, never too much where something was."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from companion.talk.heard_words import heard_part

COST = ("It costs $5, **really**.", "It costs five dollars, really.")
LEARNT = ("It made $5 million last year", "It made five million dollars last year")
TIME = ("At 7:30 pm we eat 3 kg of fish", "At seven thirty PM we eat three kilograms of fish")
EMOJI = ("Hello 😊 my friend 🎉", "Hello my friend")
START = ("*smiles* Hello there", "Hello there")

CASES = [
    (COST, 0, "", "It costs $5, **really**."),
    (COST, 1, "It", "costs $5, **really**."),
    (COST, 2, "It costs", "$5, **really**."),
    (COST, 3, "It costs", "$5, **really**."),
    (COST, 4, "It costs $5,", "**really**."),
    (COST, 5, "It costs $5, **really**.", ""),
    (COST, 99, "It costs $5, **really**.", ""),
    (COST, -1, "", "It costs $5, **really**."),
    (LEARNT, 2, "It made", "$5 million last year"),
    (LEARNT, 3, "It made", "$5 million last year"),
    (LEARNT, 4, "It made", "$5 million last year"),
    (LEARNT, 5, "It made $5 million", "last year"),
    (LEARNT, 6, "It made $5 million last", "year"),
    (TIME, 1, "At", "7:30 pm we eat 3 kg of fish"),
    (TIME, 2, "At", "7:30 pm we eat 3 kg of fish"),
    (TIME, 3, "At 7:30", "pm we eat 3 kg of fish"),
    (TIME, 4, "At 7:30 pm", "we eat 3 kg of fish"),
    (TIME, 7, "At 7:30 pm we eat", "3 kg of fish"),
    (TIME, 8, "At 7:30 pm we eat 3 kg", "of fish"),
    (EMOJI, 0, "", "Hello 😊 my friend 🎉"),
    (EMOJI, 1, "Hello 😊", "my friend 🎉"),
    (EMOJI, 2, "Hello 😊 my", "friend 🎉"),
    (EMOJI, 3, "Hello 😊 my friend 🎉", ""),
    (START, 1, "*smiles* Hello", "there"),
    (("Oh — no", "Oh, no"), 1, "Oh —", "no"),
    (("the cat and the dog and 2 birds", "the cat and the dog and two birds"), 4, "the cat and the", "dog and 2 birds"),
    (("See e.g. this", "See for example this"), 2, "See", "e.g. this"),
    (("See e.g. this", "See for example this"), 3, "See e.g.", "this"),
    (("don’t go", "don't go"), 1, "don’t", "go"),
    (("", ""), 0, "", ""),
    (("😊", ""), 0, "", "😊"),
    (("😊", ""), 1, "😊", ""),
    (("one  two", "one two"), 1, "one", "two"),
]


@pytest.mark.parametrize(("clause", "count", "heard", "unheard"), CASES)
def test_heard_part(clause: tuple[str, str], count: int, heard: str, unheard: str) -> None:
    assert heard_part(*clause, count) == (heard, unheard)


words = st.lists(st.sampled_from(["the", "a", "cat", "$5", "five", "dollars", "—", "😊", "It's", "ok,"]), max_size=12)


@settings(max_examples=150, deadline=None)
@given(written=words, spoken=words, count=st.integers(-1, 14))
def test_nothing_is_lost_and_more_heard_is_never_less(written: list[str], spoken: list[str], count: int) -> None:
    text, form = " ".join(written), " ".join(spoken)
    heard, unheard = heard_part(text, form, count)
    assert f"{heard} {unheard}".split() == written
    assert len(heard_part(text, form, count + 1)[0]) >= len(heard)


@settings(max_examples=60, deadline=None)
@given(written=words, count=st.integers(0, 12))
def test_exact_where_nothing_was_rewritten(written: list[str], count: int) -> None:
    text = " ".join(written)
    assert heard_part(text, text, count) == (" ".join(written[:count]), " ".join(written[count:]))
