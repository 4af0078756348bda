"""Which token Whisper may write next."""

from __future__ import annotations

import numpy as np
import pytest

from companion.backends.whisper_tokens import LATEST_BEGINNING, TokenRules

WORDS, END, START, NO_SPEECH, NO_TIMES, ZERO = 10, 10, 11, 12, 13, 14
VOCABULARY = ZERO + 200
RULES = TokenRules(START, END, ZERO, NO_SPEECH, VOCABULARY, suppressed=[7, START, NO_SPEECH])


def logits(**likely: float) -> np.ndarray:
    """Zero, but for the tokens `t<id>`."""
    row = np.zeros(VOCABULARY, np.float32)
    for name, value in likely.items():
        row[int(name[1:])] = value
    return row


@pytest.mark.parametrize(
    ("row", "before", "expected"),
    [
        pytest.param(logits(t3=9, t16=1), [], 16, id="a transcript begins with a time"),
        pytest.param(logits(t100=9, t20=1), [], 20, id="which is an early one"),
        pytest.param(logits(t20=9, t3=1), [ZERO], 3, id="then comes a word"),
        pytest.param(logits(t7=9, t3=8), [ZERO], 3, id="but none that is suppressed"),
        pytest.param(logits(t13=9, t3=8), [ZERO, 3], 3, id="nor that there are no times"),
        pytest.param(logits(t3=9), [ZERO, 3], 3, id="a word that is likelier than all times together"),
        pytest.param(logits(t3=2, t50=1), [ZERO, 3], 50, id="a time if all together are likelier than any word"),
        pytest.param(logits(t3=9, t10=8), [ZERO, 3, 30], END, id="behind the time of an end no word"),
        pytest.param(logits(t3=9, t30=8, t40=8.5), [ZERO, 3, 30], 40, id="but another time"),
        pytest.param(logits(t20=9, t40=8), [ZERO, 3, 30], 40, id="which is no earlier one"),
        pytest.param(logits(t40=9, t3=1), [ZERO, 3, 30, 30], 3, id="a second segment begins with a word"),
        pytest.param(logits(t10=9), [ZERO, 3], END, id="the end"),
    ],
)
def test_the_next_token(row: np.ndarray, before: list[int], expected: int) -> None:
    assert RULES.choose(row, before)[0] == expected


def test_the_latest_beginning_is_a_second() -> None:
    late = logits(**{f"t{ZERO + LATEST_BEGINNING + 1}": 9.0, f"t{ZERO + LATEST_BEGINNING}": 5.0})
    assert RULES.choose(late, [])[0] == ZERO + LATEST_BEGINNING


def test_its_probability_is_a_share_of_what_was_allowed() -> None:
    row = logits(t7=50)
    row[ZERO:] = -50
    allowed = ZERO - 4  # without 7, the start, no speech, and no times
    _, log_probability = RULES.choose(row, [ZERO, 3])
    assert log_probability == pytest.approx(-np.log(allowed), abs=1e-4)


def test_the_row_is_left_as_it_was() -> None:
    row = logits(t3=9)
    before = row.copy()
    RULES.choose(row, [])
    assert (row == before).all()


def test_the_probability_of_no_speech() -> None:
    assert RULES.no_speech(logits()) == pytest.approx(1 / VOCABULARY)
    assert RULES.no_speech(logits(t12=100)) == pytest.approx(1.0)
