"""Short lines in an interview, and lines of a conversation that ask for one."""

from __future__ import annotations

import pytest

from companion.core.intents import INTERVIEW_ME
from companion.talk.interview.meaning import Meaning, Wish, agreement_of, meaning_of, wish_in


@pytest.mark.parametrize(
    ("said", "meaning"),
    [
        ("Skip.", Meaning.SKIP),
        ("Um, skip this one, please.", Meaning.SKIP),
        ("Next question.", Meaning.SKIP),
        ("I skip breakfast on Sundays.", Meaning.ANSWER),
        ("Go back.", Meaning.BACK),
        ("Can we go back one?", Meaning.BACK),
        ("Going back to my village.", Meaning.ANSWER),
        ("Stop the interview.", Meaning.LEAVE),
        ("Okay, never mind.", Meaning.LEAVE),
        ("I don't want to do this anymore.", Meaning.LEAVE),
        ("I stop the car and look at the sea.", Meaning.ANSWER),
        ("What was the question?", Meaning.REPEAT),
        ("Sorry?", Meaning.UNKNOWING),
        ("Pardon?", Meaning.REPEAT),
        ("I don't know.", Meaning.UNKNOWING),
        ("Hmm, I'm not really sure.", Meaning.UNKNOWING),
        ("That's a good question.", Meaning.UNKNOWING),
        ("Well", Meaning.UNKNOWING),
        ("", Meaning.UNKNOWING),
        ("I don't know anybody who laughs like my grandmother.", Meaning.ANSWER),
        ("A quiet one.", Meaning.ANSWER),
    ],
)
def test_what_an_answer_means(said: str, meaning: Meaning) -> None:
    assert meaning_of(said) is meaning


@pytest.mark.parametrize(
    ("said", "meaning"),
    [
        ("Yes.", Meaning.YES),
        ("Yes, please do.", Meaning.YES),
        ("Yes, I like her.", Meaning.YES),
        ("Oh, go ahead.", Meaning.YES),
        ("No.", Meaning.NO),
        ("No, thank you.", Meaning.NO),
        ("Not really.", Meaning.NO),
        ("Yes, but a bit more direct.", Meaning.ANSWER),
        ("No, she should be funnier.", Meaning.ANSWER),
        ("Never mind.", Meaning.LEAVE),
        ("What did you say?", Meaning.REPEAT),
    ],
)
def test_what_an_answer_to_yes_or_no_means(said: str, meaning: Meaning) -> None:
    assert agreement_of(said) is meaning


@pytest.mark.parametrize(
    ("said", "wish"),
    [
        (INTERVIEW_ME, Wish.SURELY),
        ("Can we do the interview again?", Wish.SURELY),
        ("Find out who you should be.", Wish.SURELY),
        ("I'd like you to be someone else.", Wish.SURELY),
        ("Let's start over.", Wish.PERHAPS),
        ("Okay, let's start all over again, please.", Wish.PERHAPS),
        ("Could we begin from scratch?", Wish.PERHAPS),
        ("I had to start over with the dough.", Wish.NONE),
        ("I have an interview tomorrow.", Wish.NONE),
        ("Interview me about the war of 1812.", Wish.NONE),
        ("Let's start.", Wish.NONE),
    ],
)
def test_who_asks_for_an_interview(said: str, wish: Wish) -> None:
    assert wish_in(said) is wish
