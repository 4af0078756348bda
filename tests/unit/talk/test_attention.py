"""When she listens, and to whom: every way to talk, sleep, do-not-disturb and mute, in seconds of audio."""

from __future__ import annotations

import pytest

from companion.core import events as ev
from companion.core.intents import (
    DoNotDisturb,
    HoldToTalk,
    Intent,
    Mute,
    Quit,
    ReleaseToTalk,
    Say,
    Sleep,
    Stop,
    Tap,
    Unmute,
    Wake,
)
from companion.core.settings import WayToTalk
from companion.talk.attention import (
    TAP_WAIT_S,
    Attention,
    BeginQuiet,
    Close,
    EndQuiet,
    EndTurn,
    FallAsleep,
    Habits,
    Interrupt,
    Listening,
    Open,
    PlaySound,
    Step,
    WakeUp,
    event_of,
)
from companion.talk.floor import Her
from tests.unit.talk.attentive import (
    BLOCK_S,
    EVERYTHING,
    HER_NAME,
    NOTHING,
    OPENED,
    SPEAKING,
    THINKING,
    attentive,
    exchange,
    held,
    passing,
)

# --- at first


@pytest.mark.parametrize(
    ("way", "listening", "state"),
    [
        ("open", EVERYTHING, "listening"),
        ("push-to-talk", NOTHING, "waiting"),
        ("tap-to-talk", NOTHING, "waiting"),
        ("by-name", HER_NAME, "waiting"),
    ],
)
def test_each_way_begins(way: WayToTalk, listening: Listening, state: str) -> None:
    attention = attentive(way)
    assert (attention.listening, attention.state) == (listening, state)
    assert attention.may_speak
    assert not attention.holding


@pytest.mark.parametrize("intent", [Quit(), Stop(), Say("Hi."), Wake(), Unmute(), ReleaseToTalk(), DoNotDisturb(0)])
@pytest.mark.parametrize("way", ["open", "push-to-talk", "tap-to-talk"])
def test_what_changes_nothing_has_no_steps(way: WayToTalk, intent: Intent) -> None:
    attention = attentive(way)
    before = attention.listening
    assert attention.ask(intent) == []
    assert attention.listening is before


# --- push-to-talk


def test_a_held_key_is_one_turn() -> None:
    attention = attentive("push-to-talk")
    assert attention.ask(HoldToTalk()) == [Open()]
    assert attention.listening is EVERYTHING
    assert held(attention)
    assert attention.ask(HoldToTalk()) == [], "keys repeat themselves"
    assert passing(attention, 3.0, floor=True) == []
    assert attention.ask(ReleaseToTalk()) == []
    assert held(attention), "the last sound is still on its way"
    assert passing(attention, 0.1, floor=True) == [EndTurn("key released"), Close()]
    assert not held(attention)
    assert attention.question("What time is it?") == "What time is it?", "transcribed after the release"
    assert exchange(attention) == []
    assert attention.listening is NOTHING, "no follow-up without the key"


def test_without_a_tail_the_release_is_the_end() -> None:
    attention = attentive("push-to-talk", release_tail_s=0.0)
    attention.ask(HoldToTalk())
    assert attention.ask(ReleaseToTalk()) == [EndTurn("key released"), Close()]


def test_a_key_pressed_again_at_once_goes_on_with_the_turn() -> None:
    attention = attentive("push-to-talk")
    attention.ask(HoldToTalk())
    attention.ask(ReleaseToTalk())
    passing(attention, 0.06, floor=True)
    assert attention.ask(HoldToTalk()) == []
    assert passing(attention, 1.0, floor=True) == []
    assert attention.holding


def test_a_key_held_in_silence_stays_open() -> None:
    attention = attentive("push-to-talk", sleep_after_s=5.0)
    attention.ask(HoldToTalk())
    assert passing(attention, 20.0) == []
    assert attention.listening is EVERYTHING


@pytest.mark.parametrize("her", [THINKING, SPEAKING])
@pytest.mark.parametrize(
    ("way", "key", "steps"),
    [
        ("push-to-talk", HoldToTalk(), [Interrupt(), Open()]),
        ("tap-to-talk", Tap(), [Interrupt(), *OPENED]),
        ("open", HoldToTalk(), [Interrupt()]),
        ("by-name", Tap(), [Interrupt(), PlaySound("listening")]),
    ],
)
def test_a_talk_key_stops_her(way: WayToTalk, key: Intent, steps: list[Step], her: Her) -> None:
    attention = attentive(way)
    passing(attention, 1.0, her)
    assert attention.ask(key) == steps
    assert attention.listening is EVERYTHING


# --- tap-to-talk


def test_a_tap_opens_the_microphone_for_one_turn() -> None:
    attention = attentive("tap-to-talk")
    assert attention.ask(Tap()) == OPENED
    assert passing(attention, 2.0) == []
    assert passing(attention, 30.0, floor=True) == [], "a long turn"
    assert passing(attention, 0.5, THINKING) == []
    assert attention.question("Hi.") == "Hi."
    assert attention.listening is EVERYTHING, "the user may still go on"
    assert passing(attention, 0.02, SPEAKING) == [Close()]
    assert passing(attention, 5.0, SPEAKING) == []
    assert attention.listening is NOTHING


def test_a_second_tap_ends_the_turn() -> None:
    attention = attentive("tap-to-talk")
    attention.ask(Tap())
    passing(attention, 1.0, floor=True)
    assert attention.ask(Tap()) == [EndTurn("key tapped"), Close()]
    assert attention.question("Hi.") == "Hi."


def test_a_tap_ends_a_turn_in_the_open_microphone_too() -> None:
    attention = attentive("open")
    passing(attention, 1.0, floor=True)
    assert attention.ask(Tap()) == [EndTurn("key tapped")]
    assert attention.listening is EVERYTHING


def test_after_a_tap_and_silence_the_microphone_closes() -> None:
    attention = attentive("tap-to-talk")
    attention.ask(Tap())
    assert passing(attention, TAP_WAIT_S - BLOCK_S) == []
    assert passing(attention, BLOCK_S) == [Close()]
    assert passing(attention, TAP_WAIT_S) == []


def test_a_cough_after_a_tap_does_not_close_the_microphone() -> None:
    attention = attentive("tap-to-talk")
    attention.ask(Tap())
    passing(attention, 0.2, floor=True)
    assert passing(attention, 1.0) == []
    assert attention.listening is EVERYTHING


def test_sounds_can_be_off() -> None:
    attention = attentive("tap-to-talk", sounds=False)
    assert attention.ask(Tap()) == [Open()]
    assert attention.ask(Sleep()) == [Interrupt(), FallAsleep(), Close()]
    assert attention.ask(Tap()) == [WakeUp("key"), Open()]


# --- by name


def test_by_name_only_a_call_is_answered() -> None:
    attention = attentive("by-name")
    assert attention.question("What time is it?") is None
    assert attention.question("Samantha said so.") is None
    assert attention.question("Samantha, what time is it?") == "What time is it?"
    assert attention.listening is HER_NAME, "asking changes nothing"


def test_a_mere_call_is_told_from_a_question() -> None:
    attention = attentive("by-name")
    assert attention.only_calls("Hey Samantha.")
    assert not attention.only_calls("Hey Samantha, what time is it?")


def test_after_her_reply_no_name_is_needed_for_a_while() -> None:
    attention = attentive("by-name", follow_up_s=8.0)
    assert attention.engage() == []
    exchange(attention)
    assert attention.question("And tomorrow?") == "And tomorrow?"
    passing(attention, 7.9)
    assert attention.question("And tomorrow?") == "And tomorrow?"
    passing(attention, 0.1)
    assert attention.question("And tomorrow?") is None
    assert attention.state == "waiting"


def test_over_her_voice_no_name_is_needed() -> None:
    attention = attentive("by-name")
    passing(attention, 1.0, SPEAKING)
    assert attention.question("Wait.") == "Wait."


def test_a_turn_begun_in_time_may_end_late() -> None:
    attention = attentive("by-name", follow_up_s=2.0)
    exchange(attention)
    passing(attention, 1.9)
    passing(attention, 6.0, floor=True)
    passing(attention, 3.0, THINKING)
    assert attention.question("And tomorrow?") == "And tomorrow?"


def test_a_turn_begun_too_late_is_not_hers_however_long_it_is_thought_of() -> None:
    attention = attentive("by-name", follow_up_s=2.0)
    exchange(attention)
    passing(attention, 2.0)
    passing(attention, 6.0, floor=True)
    passing(attention, 3.0, THINKING)
    assert attention.question("And tomorrow?") is None


def test_a_cough_in_the_follow_up_does_not_keep_it_open() -> None:
    attention = attentive("by-name", follow_up_s=2.0)
    exchange(attention)
    passing(attention, 1.0)
    passing(attention, 0.2, floor=True)
    passing(attention, 1.0)
    assert attention.question("And tomorrow?") is None


def test_what_is_added_to_a_call_before_she_answers_is_hers() -> None:
    attention = attentive("by-name")
    attention.engage()
    passing(attention, 0.4, THINKING)
    passing(attention, 1.0, floor=True)
    assert attention.question("What is the weather? In Paris.") is not None


@pytest.mark.parametrize("release", [[ReleaseToTalk()], []])
def test_by_name_a_key_does_for_the_name(release: list[Intent]) -> None:
    attention = attentive("by-name", follow_up_s=1.0, release_tail_s=0.0)
    attention.ask(HoldToTalk())
    passing(attention, 5.0, floor=True)
    for intent in release:
        attention.ask(intent)
    assert attention.question("What time is it?") == "What time is it?"


def test_by_name_a_wake_word_does_for_the_name() -> None:
    attention = attentive("by-name")
    passing(attention, 1.0, floor=True)
    assert attention.hear_wake_word() == []
    passing(attention, 1.0, floor=True)
    assert attention.question("What time is it?") == "What time is it?"


# --- sleep


# --- do not disturb


@pytest.mark.parametrize(
    ("step", "event"),
    [
        (FallAsleep(), ev.FellAsleep(7.0)),
        (WakeUp("name"), ev.WokeUp(7.0, "name")),
        (BeginQuiet(60.0), ev.QuietBegan(7.0, 67.0)),
        (EndQuiet(), ev.QuietEnded(7.0)),
        (Open(), None),
        (PlaySound("awake"), None),
    ],
)
def test_some_steps_are_events(step: Step, event: ev.Event | None) -> None:
    assert event_of(step, 7.0) == event


# --- mute


def test_muted_hears_nothing_whatever_the_key() -> None:
    attention = attentive(sleep_after_s=1.0)
    assert attention.ask(Mute()) == [Close()]
    assert (attention.state, attention.listening) == ("muted", NOTHING)
    assert attention.ask(Tap()) == []
    assert attention.ask(HoldToTalk()) == []
    assert passing(attention, 60.0) == [], "nor does she fall asleep"
    assert attention.ask(Unmute()) == [Open()]
    assert attention.state == "listening"


def test_a_conversation_may_begin_muted() -> None:
    attention = Attention(Habits(), ("Samantha",), muted=True)
    assert attention.state == "muted"
    assert attention.ask(Unmute()) == [Open()]


def test_mute_ends_a_held_key() -> None:
    attention = attentive("push-to-talk")
    attention.ask(HoldToTalk())
    attention.ask(ReleaseToTalk())
    assert attention.ask(Mute()) == [Close()]
    assert passing(attention, 1.0, floor=True) == []
    attention.ask(Unmute())
    assert attention.listening is NOTHING
