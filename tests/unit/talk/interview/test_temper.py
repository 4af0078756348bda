"""Dials from what people say."""

from __future__ import annotations

import pytest

from companion.core.persona import Dials
from companion.talk.interview.course import Answers
from companion.talk.interview.cues import hints
from companion.talk.interview.temper import BASE, adjectives, change_in, dials_of, examples, promises, ways


@pytest.mark.parametrize(
    ("said", "dial", "up"),
    [
        ("Straight out, please.", "directness", True),
        ("Don't sugarcoat things.", "directness", True),
        ("Gently.", "directness", False),
        ("Make me laugh.", "humour", True),
        ("No jokes, please.", "humour", False),
        ("In few words.", "length", False),
        ("Not too many words.", "length", False),
        ("Tell me long stories.", "length", True),
        ("Not too formal, like an old friend.", "formality", False),
        ("With good manners.", "formality", True),
        ("Ask me questions.", "curiosity", True),
        ("Warm and kind.", "warmth", True),
    ],
)
def test_words_turn_dials(said: str, dial: str, up: bool) -> None:
    moved = hints(said)[dial]
    assert moved and (moved > 0) is up


@pytest.mark.parametrize(
    ("never", "dial", "up"),
    [
        ("Lie to me.", "directness", True),
        ("Flatter me.", "directness", True),
        ("Be harsh with me.", "directness", False),
        ("Make fun of me.", "humour", False),
        ("Lecture me.", "length", False),
        ("Ask too many questions.", "curiosity", False),
        ("Be cold.", "warmth", True),
    ],
)
def test_what_she_must_never_do_turns_them_the_other_way(never: str, dial: str, up: bool) -> None:
    moved = hints(never, forbidding=True)[dial]
    assert moved and (moved > 0) is up


def test_a_but_ends_what_a_not_is_about() -> None:
    assert hints("Not formal, but funny")["humour"] > 0
    assert hints("a joke now and then")["humour"] < hints("jokes")["humour"]


def test_who_says_nothing_of_it_gets_the_middle() -> None:
    assert dials_of(Answers()) == Dials(**BASE)
    assert dials_of(Answers(evening="Blunt jokes about formal stories")) == Dials(**BASE)


def test_dials_stay_in_their_range() -> None:
    said = Answers("Not so much", "Blunt, funny, in few words, warm and casual", "", "", "flatter me or be cold")
    assert all(0 <= value <= 10 for _, value in dials_of(said))


@pytest.mark.parametrize(
    ("wish", "moved"),
    [
        ("A bit more direct.", {"directness": 2}),
        ("warmer, and fewer jokes please", {"warmth": 2, "humour": -2}),
        ("She is too serious.", {"humour": 2}),
        ("Don't be so formal.", {"formality": -2}),
        ("fewer questions", {"curiosity": -2}),
        ("Another name.", {}),
    ],
)
def test_a_wish_turns_dials(wish: str, moved: dict[str, int]) -> None:
    assert change_in(wish) == moved


def test_words_follow_the_dials() -> None:
    frank, gentle = Dials(directness=9, length=1), Dials(directness=1, warmth=9)
    assert "frank" in adjectives(frank) and "gentle" in adjectives(gentle)
    assert promises(frank) != promises(gentle) and ways(frank) != ways(gentle)
    assert [one.reply for one in examples(frank)] != [one.reply for one in examples(gentle)]
    assert adjectives(Dials()) and promises(Dials()) and ways(Dials()), "also where no dial was turned"
