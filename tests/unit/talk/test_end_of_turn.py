"""The table of cases that decides the end of a turn, and how the user's pace is learned."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.talk.end_of_turn import Evidence, Pace, PatienceRules, patience, sound_matters

RULES = PatienceRules()
SLOW_PACE_S = RULES.slow_pace_s
PACE_S = 0.64
CLEAR, LIKELY, UNCLEAR, DOUBTFUL, LONGEST = 0.24, 0.41, 0.8, 1.0, 2.5
"""Seconds, by the rules' defaults, for a user whose pace is `PACE_S`."""

FINISHED, EITHER, GOES_ON = 0.95, 0.3, 0.02
"""Completeness, as Smart Turn gives it."""


@pytest.mark.parametrize(
    ("text", "finished", "either", "not_judged", "goes_on"),
    [
        ("Thank you.", CLEAR, LIKELY, LIKELY, UNCLEAR),
        ("What should I cook for dinner tonight?", CLEAR, CLEAR, LIKELY, UNCLEAR),
        ("I went to the shop.", LIKELY, UNCLEAR, UNCLEAR, UNCLEAR),
        (None, UNCLEAR, UNCLEAR, UNCLEAR, DOUBTFUL),
        ("", UNCLEAR, UNCLEAR, UNCLEAR, DOUBTFUL),
        ("If it rains tomorrow.", UNCLEAR, DOUBTFUL, DOUBTFUL, LONGEST),
        ("I went to the shop", UNCLEAR, DOUBTFUL, DOUBTFUL, LONGEST),
        ("I went to the shop and.", DOUBTFUL, LONGEST, LONGEST, LONGEST),
    ],
)
def test_words_and_sound_decide_together(
    text: str | None, finished: float, either: float, not_judged: float, goes_on: float
) -> None:
    waits = [
        patience(Evidence(completeness, text, pace_pause_s=PACE_S), RULES).wait_s
        for completeness in (FINISHED, EITHER, None, GOES_ON)
    ]
    assert waits == pytest.approx([finished, either, not_judged, goes_on])


@pytest.mark.parametrize(
    ("finality", "finished", "either", "not_judged", "goes_on"),
    [
        (2.0, CLEAR, CLEAR, CLEAR, CLEAR),
        (1.99, LIKELY, UNCLEAR, UNCLEAR, UNCLEAR),
        (None, LIKELY, UNCLEAR, UNCLEAR, UNCLEAR),
        (0.5, LIKELY, UNCLEAR, UNCLEAR, UNCLEAR),
        (0.49, UNCLEAR, UNCLEAR, UNCLEAR, DOUBTFUL),
    ],
)
def test_of_a_plain_sentence_the_language_model_says_more_than_the_sound(
    finality: float | None, finished: float, either: float, not_judged: float, goes_on: float
) -> None:
    waits = [
        patience(Evidence(completeness, "I went to the shop.", finality, pace_pause_s=PACE_S), RULES).wait_s
        for completeness in (FINISHED, EITHER, None, GOES_ON)
    ]
    assert waits == pytest.approx([finished, either, not_judged, goes_on])


@pytest.mark.parametrize(
    ("finality", "either", "goes_on"), [(2.0, CLEAR, CLEAR), (0.5, CLEAR, UNCLEAR), (0.4, UNCLEAR, UNCLEAR)]
)
def test_a_question_that_may_well_go_on_is_no_more_than_a_plain_sentence(
    finality: float, either: float, goes_on: float
) -> None:
    waits = [
        patience(Evidence(completeness, "Where is my coat?", finality, pace_pause_s=PACE_S), RULES).wait_s
        for completeness in (EITHER, GOES_ON)
    ]
    assert waits == pytest.approx([either, goes_on])


@pytest.mark.parametrize(
    ("finality", "finished", "either", "not_judged", "goes_on"),
    [
        (2.0, LIKELY, UNCLEAR, UNCLEAR, UNCLEAR),
        (1.99, UNCLEAR, UNCLEAR, UNCLEAR, DOUBTFUL),
        (0.5, UNCLEAR, UNCLEAR, UNCLEAR, DOUBTFUL),
        (0.49, UNCLEAR, DOUBTFUL, DOUBTFUL, LONGEST),
        (None, UNCLEAR, DOUBTFUL, DOUBTFUL, LONGEST),
        (-9.0, UNCLEAR, DOUBTFUL, DOUBTFUL, LONGEST),
    ],
)
def test_a_mark_that_is_missing_is_made_up_for_by_the_language_model(
    finality: float | None, finished: float, either: float, not_judged: float, goes_on: float
) -> None:
    waits = [
        patience(Evidence(completeness, "I went to the shop", finality, pace_pause_s=PACE_S), RULES).wait_s
        for completeness in (FINISHED, EITHER, None, GOES_ON)
    ]
    assert waits == pytest.approx([finished, either, not_judged, goes_on])


@pytest.mark.parametrize("text", [None, "Thank you.", "If it rains tomorrow.", "I went to the shop and."])
def test_where_the_words_tell_more_the_language_model_says_nothing(text: str | None) -> None:
    for completeness in (FINISHED, EITHER, None, GOES_ON):
        with_it = [patience(Evidence(completeness, text, finality), RULES) for finality in (9.0, None, -9.0)]
        assert with_it[0] == with_it[1] == with_it[2]


def test_what_is_complete_needs_no_more_words_however_slow_the_user() -> None:
    slow = Evidence(FINISHED, "I went to the shop.", 3.0, pace_pause_s=SLOW_PACE_S)
    assert patience(slow, RULES).wait_s == CLEAR
    assert patience(slow, RULES).why == "a clear end: the words are complete, the sound is finished"


@pytest.mark.parametrize(
    ("text", "finality", "matters"),
    [
        (None, None, True),
        ("Thank you.", None, True),
        ("I went to the shop.", None, True),
        ("I went to the shop.", 1.0, True),
        ("I went to the shop.", 3.0, False),
        ("I went to the shop.", 0.0, True),
    ],
)
def test_the_sound_is_judged_only_where_that_could_change_the_wait(
    text: str | None, finality: float | None, matters: bool
) -> None:
    assert sound_matters(Evidence(0.3, text, finality), RULES) is matters


@pytest.mark.parametrize(
    ("text", "completeness", "pace_pause_s", "wait_s"),
    [
        ("I went to the shop.", FINISHED, SLOW_PACE_S, SLOW_PACE_S * 1.25),
        ("Where can I find a good?", FINISHED, SLOW_PACE_S, SLOW_PACE_S * 1.25),
        ("Where can I find a good?", None, SLOW_PACE_S, SLOW_PACE_S * 1.25),
        ("Thank you.", FINISHED, SLOW_PACE_S, CLEAR),  # needs no more words, however slow the user
        ("I went to the shop.", EITHER, 0.3, 0.5),  # a quick user is waited for less, within bounds
        ("I went to the shop.", GOES_ON, 1.6, 2.0),
        ("I went to the shop", GOES_ON, 0.3, LONGEST),
    ],
)
def test_where_there_is_doubt_the_users_pace_decides(
    text: str, completeness: float | None, pace_pause_s: float, wait_s: float
) -> None:
    evidence = Evidence(completeness, text, pace_pause_s=pace_pause_s)
    assert patience(evidence, RULES).wait_s == pytest.approx(wait_s)


@pytest.mark.parametrize("text", ["Thank you.", "What should I cook for dinner tonight?", "I went to the shop."])
def test_an_answer_that_is_read_waits_for_a_pause_to_think(text: str) -> None:
    heard = patience(Evidence(FINISHED, text), RULES)
    read = patience(Evidence(FINISHED, text, answer_is_read=True), RULES)
    assert heard.wait_s < read.wait_s == RULES.read_wait_s
    assert read.why == f"{heard.why}, the answer is read"


def test_an_answer_that_is_read_never_shortens_a_wait() -> None:
    assert patience(Evidence(GOES_ON, "and", answer_is_read=True), RULES).wait_s == LONGEST


def test_the_reason_is_told_in_words() -> None:
    assert patience(Evidence(FINISHED, "Thank you."), RULES).why == (
        "a clear end: the words are whole, the sound is finished"
    )
    slow = patience(Evidence(FINISHED, "I went to the shop.", pace_pause_s=1.0), RULES)
    assert slow.why == "unclear: the words may be whole, the sound is finished, the user pauses much"


@pytest.mark.parametrize(
    ("completeness", "wait_s"),
    [(0.5, LIKELY), (0.499, UNCLEAR), (0.1, UNCLEAR)],
)
def test_the_limits_of_the_sound(completeness: float, wait_s: float) -> None:
    evidence = Evidence(completeness, "I went to the shop.", pace_pause_s=PACE_S)
    assert patience(evidence, RULES).wait_s == pytest.approx(wait_s)


def test_no_wait_is_longer_than_the_longest() -> None:
    rules = PatienceRules(max_wait_s=0.3)
    for text in (None, "Yes.", "I went to the shop.", "and"):
        for completeness in (None, FINISHED, EITHER, GOES_ON):
            assert patience(Evidence(completeness, text), rules).wait_s <= 0.3


@given(
    text=st.none() | st.text(),
    completeness=st.none() | st.floats(0, 1),
    finality=st.none() | st.floats(-7, 7),
    language=st.sampled_from(["en", "fr", "xx"]),
)
def test_any_evidence_gives_a_bounded_wait(
    text: str | None, completeness: float | None, finality: float | None, language: str
) -> None:
    wait_s = patience(Evidence(completeness, text, finality, language), RULES).wait_s
    assert RULES.clear_wait_s <= wait_s <= RULES.max_wait_s


@given(low=st.floats(0, 1), high=st.floats(0, 1), text=st.sampled_from([None, "Yes.", "Why not?", "I slept.", "and"]))
def test_a_surer_sound_never_makes_her_wait_longer(low: float, high: float, text: str | None) -> None:
    low, high = sorted((low, high))
    waits = [patience(Evidence(completeness, text), RULES).wait_s for completeness in (low, high)]
    assert waits[1] <= waits[0]


CLOCK_S = itertools.count(10.0, 10.0)


def finish(pace: Pace) -> None:
    """A turn long after the one before is over."""
    onset_s = next(CLOCK_S)
    pace.finished(onset_s, onset_s + 2.0)


def turns_with(pace: Pace, pause_s: float, count: int) -> float:
    for _ in range(count):
        pace.went_on(pause_s)
        finish(pace)
    return pace.pause_s


def test_pauses_in_every_turn_are_soon_learned() -> None:
    assert turns_with(Pace(), 1.2, 4) > 1.1


def test_a_user_without_pauses_is_waited_for_less_and_less() -> None:
    pace = Pace()
    levels = []
    for _ in range(40):
        finish(pace)
        levels.append(pace.pause_s)
    assert levels == sorted(levels, reverse=True)
    assert levels[-1] == pytest.approx(Pace.BOUNDS_S[0])


def test_short_pauses_pull_the_level_down_to_themselves() -> None:
    assert turns_with(Pace(), 0.5, 200) == pytest.approx(0.5, abs=0.02)


def test_the_longest_pause_of_a_turn_counts() -> None:
    pace = Pace(0.9)
    pace.went_on(0.9)
    pace.went_on(0.3)
    finish(pace)
    assert pace.pause_s == pytest.approx(0.9)
    finish(pace)
    assert pace.pause_s < 0.9


def test_the_first_turns_tell_more_than_the_prior_does() -> None:
    pace = Pace()
    for _ in range(5):
        finish(pace)
    assert pace.pause_s < 0.4
    assert turns_with(pace, 0.9, 2) > 0.75, "and a user who does pause is known after two"


@pytest.mark.parametrize(("after_s", "learned"), [(0.8, True), (1.2, False)])
def test_a_pause_that_was_answered_by_mistake_is_learned(after_s: float, learned: bool) -> None:
    pace = Pace(0.4)
    pace.finished(10.0, 12.0)
    before_s = pace.pause_s
    pace.finished(12.0 + after_s, 15.0)
    assert (pace.pause_s > before_s) is learned


def test_the_pace_is_bounded_and_can_be_kept() -> None:
    assert Pace(9.0).pause_s == Pace.BOUNDS_S[1]
    assert Pace(0.0).pause_s == Pace.BOUNDS_S[0]
    assert turns_with(Pace(), 60.0, 3) == Pace.BOUNDS_S[1]
    assert Pace(Pace(0.8).pause_s).pause_s == 0.8
