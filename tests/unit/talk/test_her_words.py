"""What she says of what is written: a model's words are looked at, others are not."""

from __future__ import annotations

import pytest

from companion.core.engines import AsWritten, Message
from companion.talk.her_words import HerWords

ASKED = [Message("assistant", "How do you like to be spoken to?"), Message("user", "Sorry?")]
WRITTEN = "All right, once more. How do you like to be spoken to? Take your time."


def said(piece: str) -> str:
    words = HerWords(ASKED, enough_words=3)
    return " ".join([*words.feed(piece), *words.finish()])


def test_a_models_words_are_cut_and_others_are_said_as_they_stand() -> None:
    assert said(WRITTEN) != WRITTEN
    assert said(AsWritten(WRITTEN)) == WRITTEN


def test_they_may_come_in_pieces() -> None:
    words = HerWords(ASKED, enough_words=3)
    clauses = [clause for piece in WRITTEN.split(" ") for clause in words.feed(AsWritten(f"{piece} "))]
    assert " ".join([*clauses, *words.finish()]) == WRITTEN
    assert not words.ended


def test_what_a_model_writes_behind_a_sentence_of_the_program_s_own_is_said_to_its_end() -> None:
    words = HerWords([Message("user", "What shall I cook?")])
    said = words.feed(AsWritten("One moment. "))
    for piece in ("Leek ", "soup, ", "with ", "bread ", "and *", "butter*"):
        said += words.feed(piece)
    spoken = " ".join(said + words.finish())
    assert spoken.split() == ["One", "moment.", "Leek", "soup,", "with", "bread", "and", "butter"]


@pytest.mark.parametrize("in_parts", [False, True])
def test_where_the_first_sentence_is_not_said_the_next_begins_as_soon(in_parts: bool) -> None:
    asked = [Message("assistant", "Maybe you could rest."), Message("user", "I did.")]
    words = HerWords(asked, in_parts=in_parts)
    pieces = ["Maybe you could go out. ", "I think that a ", "long walk ", "to the ", "park "]
    given = [(number, clause) for number, piece in enumerate(pieces) for clause in words.feed(piece)]
    assert given[0] == ((2, "I think that a") if in_parts else (3, "I think that a long walk"))
