"""The floor: when things are told, and how long is waited."""

from __future__ import annotations

import pytest

from companion.talk.end_of_turn import PatienceRules
from companion.talk.floor import (
    COMMAND,
    TOO_SHORT,
    Began,
    Decision,
    Ended,
    GaveWay,
    Her,
    Paused,
    Resumed,
    Rules,
    SoftEnded,
    TookFloor,
)
from tests.unit.talk.floor_script import (
    CLICK,
    FINISHED,
    FRAME_S,
    GOES_ON,
    LONG,
    LONGEST,
    MM_HM,
    OPEN,
    OVER_HER,
    PATIENCE,
    PAUSE,
    PLAIN,
    SHE_ENDS,
    SOFT_END,
    STOP,
    WHILE_SHE_THINKS,
    WHOLE,
    WORD,
    Final,
    Finish,
    Play,
    Step,
    names,
    silence,
)


def test_speech_that_follows_a_sudden_sound_began_with_it() -> None:
    (_, began) = Play()(OVER_HER, "..!.#")
    assert isinstance(began, Began)
    assert began.onset_s == pytest.approx(2 * FRAME_S)


def test_what_began_before_the_sudden_sound_keeps_its_onset() -> None:
    (_, began) = Play()(OVER_HER, "..#!#")
    assert isinstance(began, Began)
    assert began.onset_s == pytest.approx(2 * FRAME_S)


def test_who_does_not_listen_is_not_startled() -> None:
    play = Play()
    play(OVER_HER, "!")
    play.turns.pass_time(0.02)
    assert names(play("." * 10)) == ""


def test_a_sound_that_may_yet_be_too_short_costs_her_no_reply_while_she_thinks() -> None:
    play = Play()
    (began,) = play(WHILE_SHE_THINKS, "SSS")  # speech for certain, but shorter than MIN_SPEECH_S
    assert isinstance(began, Began)
    assert play(silence(0.3)) == [TOO_SHORT]
    (_, took) = play("SSSSS")
    assert took == TookFloor()


def test_began_tells_when_speech_started_and_whether_over_her() -> None:
    for her in Her:
        (began,) = Play()(her, "...##")
        assert isinstance(began, Began)
        assert began.onset_s == pytest.approx(3 * FRAME_S)
        assert began.over_her is (her is Her.SPEAKING)


def test_ends_and_pauses_are_stamped_with_the_end_of_speech() -> None:
    play = Play()
    began, soft, paused, ended = play("..", WORD, silence(1.2))
    assert isinstance(began, Began) and isinstance(paused, Paused) and isinstance(ended, Ended)
    assert soft == SoftEnded(1)
    assert paused.number == 1
    assert paused.since_s == ended.speech_end_s == pytest.approx(10 * FRAME_S)
    assert ended.silence_s == pytest.approx(1.2, abs=FRAME_S)


def test_a_click_in_a_pause_moves_the_end_of_speech() -> None:
    play = Play()
    play(WORD, PAUSE, CLICK, silence(1.2))
    ended = play.decisions[-1]
    assert isinstance(ended, Ended)
    assert ended.speech_end_s == pytest.approx(16 * FRAME_S)


@pytest.mark.parametrize(
    ("steps", "silence_s"),
    [
        ([FINISHED, WHOLE], 0.28),
        ([WHOLE], 0.4),
        ([], 1.2),
        ([OPEN], 2.5),
        ([OPEN, GOES_ON], 2.5),
        ([OPEN, GOES_ON, FINISHED, WHOLE], 0.28),
    ],
)
def test_the_wait_is_as_long_as_the_evidence_asks_for_and_the_last_word_counts(
    steps: list[Step], silence_s: float
) -> None:
    play = Play()
    play(WORD, SOFT_END, *steps, LONGEST)
    ended = play.decisions[-1]
    assert isinstance(ended, Ended)
    assert ended.silence_s == pytest.approx(silence_s, abs=FRAME_S)


@pytest.mark.parametrize(
    ("script", "speaking", "floor", "must_prove", "paused"),
    [
        ([], False, False, False, False),
        ([WORD], True, True, False, False),
        ([WORD, SOFT_END], False, True, False, True),
        ([WORD, SOFT_END, WORD], True, True, False, False),
        ([WORD, SOFT_END, Finish()], False, False, False, False),
        ([OVER_HER, "##"], True, True, True, False),
        ([WHILE_SHE_THINKS, "##"], True, True, True, False),
        ([OVER_HER, WORD], True, True, True, False),
        ([OVER_HER, WORD, SOFT_END], False, True, True, True),
        ([OVER_HER, WORD, SOFT_END, WHOLE], False, True, False, True),
        ([OVER_HER, WORD, SOFT_END, MM_HM], False, False, False, False),
        ([OVER_HER, "##", PAUSE], False, False, False, False),
        ([OVER_HER, WORD, SHE_ENDS, "#"], True, True, False, False),
    ],
)
def test_what_it_says_of_the_floor(
    script: list[Step], speaking: bool, floor: bool, must_prove: bool, paused: bool
) -> None:
    play = Play()
    play(*script)
    turns = play.turns
    assert (turns.user_is_speaking, turns.user_has_floor, turns.must_prove) == (speaking, floor, must_prove)
    assert turns.is_paused(1) is paused
    assert not turns.is_paused(2)


@pytest.mark.parametrize(("finality", "silence_s"), [(3.0, 0.28), (1.0, 1.2), (-1.0, 1.2)])
def test_a_plain_sentence_that_is_complete_is_answered_sooner(finality: float, silence_s: float) -> None:
    play = Play()
    play(WORD, SOFT_END, PLAIN, Final(finality))
    assert play.turns.asks_for_sound(1) is (finality < PATIENCE.complete_log_odds)
    play(LONGEST)
    ended = play.decisions[-1]
    assert isinstance(ended, Ended)
    assert ended.silence_s == pytest.approx(silence_s, abs=FRAME_S)
    assert not play.turns.asks_for_sound(1), "it is over"


def test_what_comes_late_ends_a_silence_that_is_long_enough_and_is_void_once_the_user_goes_on() -> None:
    play = Play()
    (*_, ended) = play(WORD, SOFT_END, PLAIN, silence(0.3), Final(3.0))
    assert isinstance(ended, Ended)
    play(WORD, SOFT_END, PLAIN, WORD)
    assert play(Final(3.0)) == []
    assert play(SOFT_END, Final(3.0, ago=1)) == [SoftEnded(3)]


def test_a_turn_that_never_ends_is_taken_as_it_is() -> None:
    play = Play(Rules(max_turn_s=5.0, patience=PATIENCE))
    assert names(play("#" * 157)) == "Began Ended(too long)"
    assert names(play("###")) == "Began", "and what follows is the next turn"


def test_a_turn_that_never_ends_over_her_takes_the_floor_first() -> None:
    play = Play(Rules(max_turn_s=0.64, take_floor_s=9.0, patience=PATIENCE))
    assert names(play(OVER_HER, "#" * 20)) == "Began GaveWay TookFloor Ended(too long)"


def test_a_long_turn_may_end_only_where_speech_is() -> None:
    """A pause that stretches over the limit is judged as a pause; the limit strikes when speech goes on."""
    play = Play(Rules(max_turn_s=0.64, patience=PATIENCE))
    assert names(play(WORD, silence(1.0))) == "Began SoftEnded Paused"
    assert names(play("###")) == "Resumed Ended(too long)"


def test_who_pauses_long_is_waited_for_longer_the_next_time() -> None:
    def silence_of_last_turn(pauses: int) -> float:
        play = Play()
        for _ in range(pauses):
            play(WORD, OPEN, PAUSE, OPEN, silence(1.8))
        play(WORD, LONGEST)
        ended = play.decisions[-1]
        assert isinstance(ended, Ended)
        return ended.silence_s

    assert silence_of_last_turn(0) == pytest.approx(1.2, abs=FRAME_S)
    assert silence_of_last_turn(4) > 1.5


def test_time_passes_while_nothing_is_listened_to() -> None:
    play = Play()
    play.turns.pass_time(10.0)
    (began,) = play("##")
    assert isinstance(began, Began)
    assert began.onset_s == pytest.approx(10.0)
    assert play.turns.now_s == pytest.approx(10.0 + 2 * FRAME_S)


def test_why_a_command_ended_is_known_by_name() -> None:
    play = Play()
    play(OVER_HER, WORD, SOFT_END, STOP)
    ended = play.decisions[-1]
    assert isinstance(ended, Ended)
    assert ended.why == COMMAND
    assert Play()("##", PAUSE)[-1] is TOO_SHORT


def test_steps_over_her_voice_come_as_soon_as_their_limits_are_reached() -> None:
    play = Play()
    at_s: dict[type[Decision], float] = {}
    play(OVER_HER)
    for _ in range(30):
        at_s |= {type(decision): play.turns.now_s for decision in play("#")}
    assert at_s == {
        Began: pytest.approx(0.064),
        GaveWay: pytest.approx(0.16),
        TookFloor: pytest.approx(0.8),
    }


def test_soft_speech_over_the_pause_resumes_it() -> None:
    assert names(Play()(WORD, PAUSE, "#~")) == "Began SoftEnded Paused Resumed"
    assert Play()(WORD, PAUSE, "~~~") == Play()(WORD, PAUSE)
    assert isinstance(Play()(WORD, PAUSE, "##")[-1], Resumed)


QUICK = Rules(
    soft_end_s=0.096, pause_s=0.2, patience=PatienceRules(unclear_wait_s=0.3, max_wait_s=2.5, slow_pace_s=9.0)
)
"""Rules under which an unclear end is waited for as long as the user's pace asks, and no longer."""


def wait_after(*script: Step) -> float:
    play = Play(QUICK)
    play(*script)
    play(WORD, LONGEST)
    ended = play.decisions[-1]
    assert isinstance(ended, Ended)
    return ended.silence_s


def test_gaps_too_short_to_be_told_as_pauses_teach_nothing_of_the_users_pace() -> None:
    assert wait_after(LONG * 3, SOFT_END, LONG * 3, LONGEST) == wait_after(LONG * 3, LONG * 3, LONGEST)


def test_who_never_pauses_is_answered_sooner_and_sooner() -> None:
    assert wait_after(*[WORD, LONGEST] * 8) < wait_after() - FRAME_S
