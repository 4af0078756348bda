"""How she stands and breathes."""

from __future__ import annotations

from itertools import combinations, pairwise

import pytest

from companion.ui.breath import GENTLE, LIVELY, POSES, RESTING, SLOW, Breath
from companion.ui.mood import Mood

FRAME_S = 1 / 30


def settled(mood: Mood, yours_db: float = -120, hers_db: float = -120) -> Breath:
    breath = Breath()
    breath.set_mood(mood)
    breath.set_levels(yours_db, hers_db)
    for _ in range(90):
        breath.advance(FRAME_S)
    return breath


@pytest.mark.parametrize("mood", POSES)
def test_she_arrives_at_every_mood_by_small_steps(mood: Mood) -> None:
    breath = settled("asleep")
    breath.set_mood(mood)
    before = breath.pose
    while breath.pose != POSES[mood]:
        breath.advance(FRAME_S)
        assert abs(breath.pose.sunk - before.sunk) < 0.2
        before = breath.pose
    assert breath.pose == POSES[mood]


@pytest.mark.parametrize(("one", "other"), list(combinations(POSES, 2)))
def test_no_two_moods_have_one_shape(one: Mood, other: Mood) -> None:
    signs = ("petals", "sunk", "ring", "beads", "slash", "mark")
    assert any(abs(getattr(POSES[one], sign) - getattr(POSES[other], sign)) >= 0.8 for sign in signs)


@pytest.mark.parametrize(
    ("mood", "pace"),
    [("asleep", SLOW), ("listening", GENTLE), ("speaking", LIVELY), ("muted", RESTING), ("trouble", RESTING)],
)
def test_in_silence_she_takes_no_more_frames_than_her_breath_needs(mood: Mood, pace: int) -> None:
    assert settled(mood).pace == pace


def test_a_change_and_a_voice_are_lively() -> None:
    breath = settled("muted")
    breath.set_mood("asleep")
    assert breath.pace == LIVELY
    breath = settled("listening")
    breath.set_levels(-20, -120)
    assert breath.pace == LIVELY
    assert settled("listening", yours_db=-20).pace == LIVELY
    assert settled("listening", yours_db=-55).pace == GENTLE, "the noise of a room is no voice"


def test_voices_are_followed_and_let_go() -> None:
    breath = settled("speaking", yours_db=-30, hers_db=-9)
    assert breath.hers == 1.0
    assert 0.4 < breath.yours < 0.6
    breath.set_levels(-120, -120)
    for _ in range(90):
        breath.advance(FRAME_S)
    assert breath.hers == breath.yours == 0.0


def test_she_breathes_in_and_out() -> None:
    breath = settled("listening")
    breaths = []
    for _ in range(150):
        breath.advance(FRAME_S)
        breaths.append(breath.breath)
    assert min(breaths) < -0.99
    assert max(breaths) > 0.99
    assert max(abs(b - a) for a, b in pairwise(breaths)) < 0.05


@pytest.mark.parametrize("mood", POSES)
def test_still_means_still(mood: Mood) -> None:
    breath = settled("speaking", hers_db=-9)
    breath.set_still(True)
    breath.set_mood(mood)
    breath.set_levels(-9, -9)
    assert breath.pose == POSES[mood], "there at once"
    assert breath.pace == RESTING
    breath.advance(1.0)
    assert (breath.breath, breath.turned, breath.yours, breath.hers) == (0, 0, 0, 0)


def test_motion_comes_back() -> None:
    breath = Breath()
    breath.set_still(True)
    breath.set_mood("speaking")
    breath.set_still(False)
    assert breath.pace == LIVELY
