"""Parts of a first sentence, for a voice that joins them: soon there, of words alone, and nothing lost between them."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from companion.core.joining import Opening
from companion.talk.clauses import BREATHS_WORDS, ClauseSplitter
from tests.unit.talk.test_clauses import bare, texts


def parts(text: str, piece_chars: int = 10**9, may_open: Callable[[str], bool] = bool) -> list[str]:
    splitter = ClauseSplitter("en", may_open)
    pieces = (text[start : start + piece_chars] for start in range(0, len(text), piece_chars))
    return [clause for piece in pieces for clause in splitter.feed(piece)] + splitter.finish()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "I'm sorry to hear that you missed the meeting. Maybe you could call them and say so.",
            "I'm sorry to hear / that you missed the / meeting. | Maybe you could call them and say so.",
        ),
        ("Oh, I'd love that. Tell me more.", "Oh, I'd love that. | Tell me more."),
        ("Of course, we can talk about something else.", "Of course, | we can talk about / something else."),
        ("Well, I think it is 3 pm now.", "Well, I think it / is 3 pm now."),
        ("I think it is 3 pm now in town.", "I think it is 3 pm / now in town."),
        ("It is 3 or 4 of them, he said to her.", "It is 3 or 4 of / them, | he said to her."),
        ("I have been to the U.S. many times.", "I have been to / the U.S. many times."),
        ("Mr. Smith went to the town by bus today.", "Mr. Smith went to the town by bus today."),
        ('He said "come with me to the sea" and left.', 'He said "come with me to the sea" and left.'),
        ("Four words are enough.", "Four words are enough."),
        ("我很高兴你能来这里看我。你呢？", "我很高兴你能来这里看我。 | 你呢？"),
    ],
)
def test_a_part_ends_between_plain_words_that_belong_together(text: str, expected: str) -> None:
    told = [f"{part} /" if isinstance(part, Opening) else f"{part} |" for part in parts(text)]
    assert " ".join(told).removesuffix(" |") == expected


def test_a_part_is_given_with_the_first_letters_of_the_word_behind_it() -> None:
    splitter = ClauseSplitter("en", bool)
    assert splitter.feed("I'm sorry to hear") == splitter.feed(" ") == []
    (opening,) = splitter.feed("th")
    assert isinstance(opening, Opening)
    assert (opening, opening.after) == ("I'm sorry to hear", "th")


def test_parts_grow_so_that_the_next_is_ready_in_time() -> None:
    given_words = [len(part.split()) for part in parts(f"It {'really ' * 40}rains.") if isinstance(part, Opening)]
    assert tuple(given_words[: len(BREATHS_WORDS)]) == BREATHS_WORDS
    assert set(given_words[len(BREATHS_WORDS) :]) == {BREATHS_WORDS[-1]}


def test_words_that_may_not_be_given_yet_are_waited_for() -> None:
    asked: list[str] = []

    def from_six_words_on(beginning: str) -> bool:
        asked.append(beginning)
        return len(beginning.split()) >= 6

    assert parts("It is not known what this will become.", may_open=from_six_words_on)[0] == "It is not known what this"
    assert asked[:3] == ["It is not known", "It is not known what", "It is not known what this"]


@settings(max_examples=150, deadline=None)
@given(text=texts, data=st.data())
def test_no_character_is_lost_and_the_pieces_do_not_matter(text: str, data: st.DataObject) -> None:
    clauses = parts(text)
    assert bare("".join(clauses)) == bare(text)
    assert parts(text, data.draw(st.integers(1, 7))) == clauses
    assert parts(text, may_open=lambda _: False) == parts(text, 1, lambda _: False)


@settings(max_examples=150, deadline=None)
@given(text=texts)
def test_behind_a_part_more_always_comes(text: str) -> None:
    clauses = parts(text, 3)
    for clause, following in pairwise([*clauses, ""]):
        if isinstance(clause, Opening):
            assert following.startswith(clause.after)


def test_an_opening_may_be_copied_and_sent_to_another_process() -> None:
    opening = Opening("I'm sorry to", "hear")
    for other in (copy.deepcopy(opening), pickle.loads(pickle.dumps(opening))):
        assert (other, other.after) == (opening, "hear")
    assert type(str(opening)) is str
