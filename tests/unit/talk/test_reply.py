"""Where she falls silent when somebody speaks over her."""

from __future__ import annotations

import pytest

from companion.talk.reply import FINISH_LONG_WORD_S, FINISH_WORD_S, HEARD_SHARE, holding_point_s

SHORT = FINISH_WORD_S * 0.8
"""A word that is finished, however little of it was out."""
LONG = FINISH_LONG_WORD_S + 0.3
"""A word that is left in its beginning, and finished near its end."""
WORDS = [(0.0, SHORT), (SHORT, SHORT + LONG), (1.5, 1.5 + SHORT)]
"""A short word, a long one behind it, a pause, and a short one."""
LONG_END = SHORT + LONG
BEGUN = SHORT + 0.01
GUESSED = SHORT + HEARD_SHARE * LONG + 0.01


@pytest.mark.parametrize(
    ("soonest_s", "held_s", "why"),
    [
        (0.0, 0.0, "nothing of the word was out"),
        (0.01, SHORT, "a short word is finished"),
        (SHORT - 0.001, SHORT, "and all the more at its end"),
        (SHORT, SHORT, "between two words she is silent at once"),
        (BEGUN, BEGUN, "a long word is not finished"),
        (LONG_END - FINISH_LONG_WORD_S - 0.01, LONG_END - FINISH_LONG_WORD_S - 0.01, "nor while much of it is left"),
        (LONG_END - FINISH_LONG_WORD_S + 0.01, LONG_END, "unless listeners would guess the rest, and it ends soon"),
        (LONG_END - 0.01, LONG_END, "or it is nearly out"),
        (LONG_END + 0.1, LONG_END + 0.1, "in the pause between two clauses she is silent at once"),
        (1.5, 1.5, "and where the next begins"),
        (1.51, 1.5 + SHORT, "the last word is finished"),
        (9.0, 9.0, "behind the last word there is nothing to wait for"),
    ],
)
def test_she_falls_silent_between_two_words_if_one_ends_soon(soonest_s: float, held_s: float, why: str) -> None:
    assert holding_point_s(WORDS, soonest_s) == pytest.approx(held_s), why


@pytest.mark.parametrize("share_out", [0.1, HEARD_SHARE - 0.01, HEARD_SHARE + 0.01, 0.9])
@pytest.mark.parametrize("left_s", [0.05, FINISH_WORD_S - 0.01, FINISH_WORD_S + 0.01, FINISH_LONG_WORD_S + 0.01])
def test_she_is_more_patient_with_a_word_that_listeners_would_guess(share_out: float, left_s: float) -> None:
    end_s = left_s / (1 - share_out)
    soonest_s = share_out * end_s
    patience_s = FINISH_LONG_WORD_S if share_out > HEARD_SHARE else FINISH_WORD_S
    assert holding_point_s([(0.0, end_s)], soonest_s) == pytest.approx(end_s if left_s <= patience_s else soonest_s)


@pytest.mark.parametrize("soonest_s", [0.0, 0.7])
def test_without_words_she_is_silent_at_once(soonest_s: float) -> None:
    assert holding_point_s([], soonest_s) == soonest_s


@pytest.mark.parametrize("soonest_s", [step / 50 for step in range(100)])
def test_she_never_falls_silent_too_early_nor_keeps_on_for_long(soonest_s: float) -> None:
    held_s = holding_point_s(WORDS, soonest_s)
    assert soonest_s <= held_s <= soonest_s + FINISH_LONG_WORD_S


def test_a_word_without_any_length_is_passed_over() -> None:
    assert holding_point_s([(0.5, 0.5), (0.5, 0.6)], 0.5) == 0.5
    assert holding_point_s([(0.5, 0.5), (0.5, 0.6)], 0.55) == 0.6
