"""Whose life is spoken of: what the user told is given back to them as theirs."""

from __future__ import annotations

import pytest

from companion.core.engines import Message, ReplyLimits
from companion.talk.her_words import HerWords
from companion.talk.own_words import asks_about_oneself, asks_what_was_told, given_back
from companion.talk.recall_notes import NOTHING_NOTE

TOLD = (
    "My wife Margit died four years ago. She used to paint birds.",
    "I'm learning Italian, of all things.",
    "Thirty-one years at the sawmill.",
)


@pytest.mark.parametrize(
    ("asked", "written", "said"),
    [
        ("What was my wife called?", "My wife is Margit.", "Your wife is Margit."),
        ("Which language am I learning?", "I'm learning Italian.", "You are learning Italian."),
        (
            "For how long was I there, do you recall?",
            "I was there for thirty-one years,",
            "You were there for thirty-one years,",
        ),
        ("Which work did I do?", "I worked at the sawmill.", "You worked at the sawmill."),
        ("What was my wife called, do you remember?", "Margit.", "Margit."),
        ("What was my wife called?", "Your wife was Margit.", "Your wife was Margit."),
        ("What was my wife called?", "I don't know your wife.", "I don't know your wife."),
        ("What was my wife called?", "I don't remember.", "I don't remember."),
        ("Which language am I learning?", "I'm learning to sing.", "I'm learning to sing."),
        ("Which language am I learning?", "I'm curious.", "I'm curious."),
        ("Which language are you learning?", "I'm learning Italian.", "I'm learning Italian."),
        ("I'm learning Italian.", "I'm learning Italian.", "You are learning Italian."),
        ("I am a carpenter and my brother is in Paris.", "My brother is in Paris,", "Your brother is in Paris,"),
        ("I'm learning Italian.", "I'm learning Italian too.", "I'm learning Italian too."),
        ("I'm learning Italian.", "I'm learning to sing.", "I'm learning to sing."),
        ("I'm fine, thanks.", "I'm fine.", "I'm fine."),
        ("I'm learning Italian, and you?", "I'm learning Italian.", "I'm learning Italian."),
    ],
)
def test_what_they_told_of_themselves_is_said_to_them(asked: str, written: str, said: str) -> None:
    assert given_back(written, asked, TOLD) == said


def test_it_is_so_in_a_reply() -> None:
    words = HerWords([Message("user", TOLD[0]), Message("assistant", "Owls?"), Message("user", "Who was my wife?")])
    assert [*words.feed("My wife was Margit. She painted birds."), *words.finish()] == [
        "Your wife was Margit.",
        "She painted birds.",
    ]


@pytest.mark.parametrize(
    "words",
    [
        "Where did I grow up?",
        "And what's my boss called?",
        "do you remember my sister's name",
        "I'm out. What do I avoid?",
    ],
)
def test_who_asks_about_themselves(words: str) -> None:
    assert asks_about_oneself(words)


@pytest.mark.parametrize(
    "words",
    ["Do you love me?", "What do you think of me?", "I grew up in Bergen.", "Where did we go?", "What is rain?"],
)
def test_who_does_not(words: str) -> None:
    assert not asks_about_oneself(words)


@pytest.mark.parametrize(
    ("last", "sober"),
    [
        ("Where did I grow up?", True),
        ("(What you remember: On 1 May I said: “We keep bees.”)\n\nWhat does he keep?", True),
        (f"What was his name? {NOTHING_NOTE}", True),
        ("(What you remember: On 1 May I said: “We keep bees.”)\n\nI was stung.", False),
        ("What does he keep?", False),
        ("Tell me a joke.", False),
    ],
)
def test_what_was_told_is_no_matter_for_invention(last: str, sober: bool) -> None:
    assert asks_what_was_told([Message("user", "Hi."), Message("assistant", "Hey."), Message("user", last)]) is sober


def test_a_temperature_is_lowered_and_never_raised() -> None:
    assert ReplyLimits().temperature(0.7) == 0.7
    assert ReplyLimits(most_temperature=0.2).temperature(0.7) == 0.2
    assert ReplyLimits(most_temperature=0.2).temperature(0.0) == 0.0
