"""The floor, frame by frame. Frames last 32 ms, as Silero's do."""

from __future__ import annotations

import pytest

from companion.talk.turn_taking import (
    Began,
    Decision,
    Dismissed,
    Ended,
    GaveWay,
    Her,
    Paused,
    Resumed,
    Rules,
    TurnTaking,
)

FRAME_S = 0.032


def play(turns: TurnTaking, script: str, her: Her = Her.SILENT) -> list[Decision]:
    """`script`: one character a frame, "#" is speech, "." is silence, "~" lies between the two thresholds."""
    level = {"#": 0.9, "~": 0.4, ".": 0.05}
    return [decision for frame in script for decision in turns.hear(level[frame], FRAME_S, her)]


def kinds(decisions: list[Decision]) -> list[type]:
    return [type(decision) for decision in decisions]


def silence(seconds: float) -> str:
    return "." * round(seconds / FRAME_S + 0.5)


@pytest.mark.parametrize(
    ("script", "expected"),
    [
        ("....", []),
        ("#...", []),  # one frame is a click
        ("##" + silence(0.3), [Began, Dismissed]),  # 64 ms is no word
        ("#####" + silence(0.3), [Began, Paused]),  # a short "yes"
        ("#####" + silence(2.0), [Began, Paused, Ended]),
        ("#####" + silence(0.3) + "###" + silence(0.3), [Began, Paused, Resumed, Paused]),
        ("#####" + silence(0.3) + "#" + silence(0.3), [Began, Paused]),  # a click does not end a pause
        ("##~~~~~~~~" + silence(0.1), [Began]),  # soft speech goes on
        ("~~~~", []),  # but does not begin
    ],
)
def test_the_users_turn(script: str, expected: list[type]) -> None:
    assert kinds(play(TurnTaking(Rules()), script)) == expected


def test_a_verdict_of_complete_ends_the_turn_at_once() -> None:
    turns = TurnTaking(Rules())
    decisions = play(turns, "########" + silence(0.2))
    pause = decisions[-1]
    assert isinstance(pause, Paused)
    assert pause.since_s == pytest.approx(8 * FRAME_S)
    (ended,) = turns.judge(0.9, pause.number)
    assert isinstance(ended, Ended)
    assert (ended.speech_end_s, ended.why) == (pause.since_s, "complete")
    assert ended.silence_s == pytest.approx(turns.now_s - pause.since_s)
    assert not turns.user_has_floor


@pytest.mark.parametrize("resumed", [False, True])
def test_a_verdict_counts_only_for_the_pause_it_was_asked_for(resumed: bool) -> None:
    turns = TurnTaking(Rules())
    first = play(turns, "########" + silence(0.2))[-1]
    assert isinstance(first, Paused)
    play(turns, "####" + (silence(0.2) if not resumed else ""))
    assert turns.judge(0.99, first.number) == []
    assert turns.user_has_floor


def test_an_incomplete_turn_is_waited_for_until_the_longest_silence() -> None:
    turns = TurnTaking(Rules(max_silence_s=1.4))
    pause = play(turns, "########" + silence(0.2))[-1]
    assert isinstance(pause, Paused)
    assert turns.judge(0.1, pause.number) == []
    ended = play(turns, silence(1.3))
    assert kinds(ended) == [Ended]
    assert isinstance(ended[0], Ended)
    assert ended[0].why == "silence"
    assert ended[0].silence_s == pytest.approx(1.4, abs=FRAME_S)


def test_without_a_detector_a_shorter_silence_ends_the_turn() -> None:
    ended = play(TurnTaking(Rules(detector=False, silence_s=0.6)), "########" + silence(0.65))[-1]
    assert isinstance(ended, Ended)
    assert ended.silence_s == pytest.approx(0.6, abs=FRAME_S)


def test_a_turn_that_never_ends_is_taken_as_it_is() -> None:
    turns = TurnTaking(Rules(max_turn_s=5.0))
    decisions = play(turns, "#" * 157)
    assert kinds(decisions) == [Began, Ended]
    assert isinstance(decisions[1], Ended)
    assert decisions[1].why == "too long"
    assert kinds(play(turns, "###")) == [Began], "and what follows is the next turn"


@pytest.mark.parametrize("her", [Her.SPEAKING, Her.THINKING])
def test_speech_must_last_before_she_gives_way(her: Her) -> None:
    turns = TurnTaking(Rules(barge_in_s=0.25))
    assert kinds(play(turns, "####", her)) == [Began]
    assert kinds(play(turns, "####", her)) == [GaveWay]
    assert kinds(play(turns, silence(0.25))) == [Paused]


@pytest.mark.parametrize("her", [Her.SPEAKING, Her.THINKING])
def test_a_cough_does_not_take_the_floor(her: Her) -> None:
    assert kinds(play(TurnTaking(Rules()), "#####" + silence(0.3), her)) == [Began, Dismissed]


def test_began_tells_whether_it_was_over_her_and_when_it_started() -> None:
    turns = TurnTaking(Rules())
    (began,) = play(turns, "...##", Her.SPEAKING)
    assert isinstance(began, Began)
    assert began.onset_s == pytest.approx(3 * FRAME_S)
    assert began.over_her


def test_the_end_of_the_audio_ends_the_turn() -> None:
    turns = TurnTaking(Rules())
    play(turns, "########")
    (ended,) = turns.finish()
    assert isinstance(ended, Ended)
    assert ended.why == "end of audio"
    assert turns.finish() == []


def test_time_passes_while_nothing_is_listened_to() -> None:
    turns = TurnTaking(Rules())
    turns.pass_time(10.0)
    (began,) = play(turns, "##")
    assert isinstance(began, Began)
    assert began.onset_s == pytest.approx(10.0)
    assert not began.over_her
