"""Where she falls silent when somebody speaks over her."""

from __future__ import annotations

import itertools

import pytest

from companion.talk.holding_point import FINISH_S, HEARD_SHARE, PlacedWord, holding_point_s

LONG_S = FINISH_S + 0.3
SHORT_S = 0.09


def place(*words: tuple[str, float], begin_s: float = 0.0) -> list[PlacedWord]:
    """Words of the given lengths, one behind the other."""
    ends = list(itertools.accumulate((length for _, length in words), initial=begin_s))
    return [PlacedWord(text, *span) for (text, _), span in zip(words, itertools.pairwise(ends), strict=True)]


LONELY = [*place(("birds", SHORT_S), ("remarkable", LONG_S)), *place(("sing.", SHORT_S), begin_s=1.5)]
"""A short word, a long one behind it, a pause, and a short one."""
LONG_END = SHORT_S + LONG_S


@pytest.mark.parametrize(
    ("soonest_s", "held_s", "why"),
    [
        (0.0, 0.0, "nothing of the word was out"),
        (0.01, SHORT_S, "a short word is finished"),
        (SHORT_S - 0.001, SHORT_S, "and all the more at its end"),
        (SHORT_S, SHORT_S, "between two words she is silent at once"),
        (SHORT_S + 0.01, SHORT_S + 0.01, "a long word is not finished"),
        (LONG_END - FINISH_S - 0.01, LONG_END - FINISH_S - 0.01, "nor while much of it is left"),
        (LONG_END - FINISH_S + 0.01, LONG_END, "unless it ends soon"),
        (LONG_END + 0.1, LONG_END + 0.1, "in the pause between two clauses she is silent at once"),
        (1.5, 1.5, "and where the next begins"),
        (1.51, 1.5 + SHORT_S, "the last word is finished"),
        (9.0, 9.0, "behind the last word there is nothing to wait for"),
    ],
)
def test_she_falls_silent_between_two_words_if_one_ends_soon(soonest_s: float, held_s: float, why: str) -> None:
    assert holding_point_s(LONELY, soonest_s) == pytest.approx(held_s), why


@pytest.mark.parametrize("little", ["the", "The", "and", "to", '"a'])
def test_a_little_word_is_followed_by_the_one_that_it_leads_to(little: str) -> None:
    words = place((little, SHORT_S), ("dog", SHORT_S), ("barked", SHORT_S))
    assert holding_point_s(words, 0.01) == pytest.approx(2 * SHORT_S)


def test_if_that_is_too_long_a_little_word_is_left_in_its_beginning_and_finished_near_its_end() -> None:
    words = place(("the", SHORT_S), ("remarkable", LONG_S))
    begun_s, guessed_s = (HEARD_SHARE - 0.05) * SHORT_S, (HEARD_SHARE + 0.05) * SHORT_S
    assert holding_point_s(words, begun_s) == begun_s
    assert holding_point_s(words, guessed_s) == pytest.approx(SHORT_S)


def test_a_little_word_that_is_long_is_not_finished() -> None:
    words = place(("and", LONG_S), ("then", LONG_S))
    soonest_s = LONG_S - FINISH_S - 0.01
    assert holding_point_s(words, soonest_s) == soonest_s


@pytest.mark.parametrize("soonest_s", [0.0, 0.7])
def test_without_words_she_is_silent_at_once(soonest_s: float) -> None:
    assert holding_point_s([], soonest_s) == soonest_s


@pytest.mark.parametrize("texts", [("birds", "remarkable", "sing."), ("the", "of", "and")])
@pytest.mark.parametrize("soonest_s", [step / 50 for step in range(100)])
def test_she_never_falls_silent_too_early_nor_keeps_on_for_long(texts: tuple[str, ...], soonest_s: float) -> None:
    words = [PlacedWord(text, word.begin_s, word.end_s) for text, word in zip(texts, LONELY, strict=True)]
    assert soonest_s <= holding_point_s(words, soonest_s) <= soonest_s + FINISH_S


def test_a_word_without_any_length_is_passed_over() -> None:
    words = [PlacedWord("", 0.5, 0.5), PlacedWord("birds", 0.5, 0.6)]
    assert holding_point_s(words, 0.5) == 0.5
    assert holding_point_s(words, 0.55) == 0.6


def test_a_word_is_heard_once_listeners_would_guess_the_rest() -> None:
    (word,) = place(("birds", 1.0))
    assert not word.heard_at(HEARD_SHARE - 0.01)
    assert word.heard_at(HEARD_SHARE)
    assert word.heard_at(2.0)
