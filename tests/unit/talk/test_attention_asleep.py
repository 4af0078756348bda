"""Asleep, or not to be disturbed: what she hears then, and what wakes her."""

from __future__ import annotations

import pytest

from companion.core.intents import (
    DoNotDisturb,
    HoldToTalk,
    Intent,
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
    BeginQuiet,
    Close,
    EndQuiet,
    FallAsleep,
    Interrupt,
    Open,
    PlaySound,
    Step,
    WakeUp,
)
from companion.talk.floor import Her
from tests.unit.talk.attentive import (
    EVERYTHING,
    HER_NAME,
    NOTHING,
    OPENED,
    SILENT,
    SLEPT,
    SPEAKING,
    THINKING,
    WOKE_BY_KEY,
    attentive,
    exchange,
    passing,
)


def test_after_a_set_silence_she_falls_asleep() -> None:
    attention = attentive(sleep_after_s=60.0)
    assert passing(attention, 59.98) == []
    assert passing(attention, 0.02) == SLEPT
    assert (attention.state, attention.listening) == ("asleep", HER_NAME)
    assert passing(attention, 600.0) == []
    assert attention.question("What time is it?") is None


def test_by_default_habits_she_never_sleeps() -> None:
    assert attentive().pass_time(100_000.0, SILENT, False) == []


@pytest.mark.parametrize("way", ["push-to-talk", "tap-to-talk"])
def test_with_keys_a_sleeping_microphone_is_off_already(way: WayToTalk) -> None:
    attention = attentive(way, sleep_after_s=5.0)
    assert passing(attention, 5.0) == SLEPT
    assert attention.listening is NOTHING


def test_the_microphone_can_be_off_while_she_sleeps() -> None:
    attention = attentive(sleep_after_s=5.0, asleep_microphone="off")
    assert passing(attention, 5.0) == [*SLEPT, Close()]
    assert attention.hear_wake_word() == []
    assert attention.ask(Tap()) == [*WOKE_BY_KEY, Open()]
    assert attention.listening is EVERYTHING


@pytest.mark.parametrize("intent", [Stop(), Say("Hi."), Tap(), Wake(), Unmute()])
def test_keys_and_lines_keep_her_awake(intent: Intent) -> None:
    attention = attentive(sleep_after_s=60.0)
    passing(attention, 59.0)
    attention.ask(intent)
    assert passing(attention, 59.0) == []


def test_talk_keeps_her_awake() -> None:
    attention = attentive(sleep_after_s=60.0)
    passing(attention, 59.0)
    exchange(attention)
    assert passing(attention, 59.98) == []
    assert passing(attention, 0.02) == SLEPT


def test_talk_among_others_does_not_keep_her_awake() -> None:
    attention = attentive("by-name", sleep_after_s=60.0)
    for _ in range(30):
        passing(attention, 3.0, floor=True)
        passing(attention, 0.4, THINKING)
        assert attention.question("They talk and talk.") is None
    assert passing(attention, 60.0) == SLEPT


@pytest.mark.parametrize(("her", "floor"), [(SILENT, True), (THINKING, False), (SPEAKING, True)])
def test_she_does_not_fall_asleep_in_the_middle_of_a_turn(her: Her, floor: bool) -> None:
    attention = attentive(sleep_after_s=1.0)
    passing(attention, 0.98)
    assert passing(attention, 100.0, her, floor) == []


def test_she_can_be_sent_to_sleep() -> None:
    attention = attentive()
    assert attention.ask(Sleep()) == [Interrupt(), *SLEPT]
    assert attention.ask(Sleep()) == [Interrupt()]


@pytest.mark.parametrize(
    ("intent", "why"), [(Say("Hi."), "typed line"), (Wake(), "key"), (Unmute(), "key"), (HoldToTalk(), "key")]
)
def test_what_wakes_her(intent: Intent, why: str) -> None:
    attention = attentive()
    attention.ask(Sleep())
    assert attention.ask(intent) == [WakeUp(why), PlaySound("awake")]
    assert attention.listening is EVERYTHING


@pytest.mark.parametrize("intent", [Stop(), Quit(), ReleaseToTalk(), DoNotDisturb(0)])
def test_what_does_not_wake_her(intent: Intent) -> None:
    attention = attentive()
    attention.ask(Sleep())
    assert attention.ask(intent) == []
    assert attention.state == "asleep"


def test_her_name_wakes_her() -> None:
    attention = attentive()
    attention.ask(Sleep())
    assert attention.question("Samantha, are you there?") == "Are you there?"
    assert attention.engage() == [WakeUp("name"), PlaySound("awake")]
    assert attention.state == "listening"


def test_the_wake_word_wakes_her() -> None:
    attention = attentive()
    attention.ask(Sleep())
    assert attention.hear_wake_word() == [WakeUp("wake word"), PlaySound("awake")]


def test_sleep_ends_a_tap_and_the_follow_up() -> None:
    attention = attentive("tap-to-talk")
    attention.ask(Tap())
    assert attention.ask(Sleep()) == [Interrupt(), *SLEPT, Close()]
    named = attentive("by-name")
    exchange(named)
    named.ask(Sleep())
    assert named.listening is HER_NAME


def test_do_not_disturb_is_silent_and_deaf_until_its_time() -> None:
    attention = attentive()
    assert attention.ask(DoNotDisturb(2.0)) == [Interrupt(), BeginQuiet(120.0), Close()]
    assert (attention.state, attention.listening, attention.may_speak) == ("quiet", NOTHING, False)
    assert attention.hear_wake_word() == []
    assert passing(attention, 119.98) == []
    assert passing(attention, 0.02) == [EndQuiet(), Open()]
    assert (attention.state, attention.listening, attention.may_speak) == ("listening", EVERYTHING, True)


def test_do_not_disturb_passes_also_while_she_is_shown_to_answer() -> None:
    attention = attentive()
    attention.ask(DoNotDisturb(1.0))
    assert passing(attention, 60.0, SPEAKING) == [EndQuiet(), Open()]


def test_a_typed_line_is_answered_without_a_voice() -> None:
    attention = attentive()
    attention.ask(DoNotDisturb(1.0))
    assert attention.ask(Say("Hi.")) == []
    assert not attention.may_speak


@pytest.mark.parametrize(
    ("intent", "steps"),
    [
        (DoNotDisturb(0), [EndQuiet(), Open()]),
        (Wake(), [EndQuiet(), Open()]),
        (HoldToTalk(), [EndQuiet(), Open()]),
        (Tap(), [EndQuiet(), *OPENED]),
    ],
)
def test_who_acts_ends_do_not_disturb(intent: Intent, steps: list[Step]) -> None:
    attention = attentive()
    attention.ask(DoNotDisturb(60))
    assert attention.ask(intent) == steps
    assert attention.may_speak


def test_do_not_disturb_may_be_set_anew() -> None:
    attention = attentive()
    attention.ask(DoNotDisturb(1))
    assert attention.ask(DoNotDisturb(2)) == [Interrupt(), BeginQuiet(120.0)]
    assert passing(attention, 119.0) == []


def test_do_not_disturb_lets_go_of_the_keys() -> None:
    attention = attentive("push-to-talk")
    attention.ask(HoldToTalk())
    attention.ask(DoNotDisturb(1))
    assert not attention.holding
    assert attention.ask(ReleaseToTalk()) == []


def test_nobody_hears_her_fall_asleep_or_wake_while_she_must_not_disturb() -> None:
    attention = attentive(sleep_after_s=1.0)
    attention.ask(DoNotDisturb(1))
    assert passing(attention, 59.0) == [], "quiet is no silence of the user's"
    assert attention.ask(Sleep()) == [Interrupt(), FallAsleep()]
    assert attention.state == "quiet"
    assert attention.ask(Say("Hi.")) == [WakeUp("typed line")]


def test_asleep_before_do_not_disturb_is_asleep_after() -> None:
    attention = attentive()
    attention.ask(Sleep())
    attention.ask(DoNotDisturb(1))
    assert passing(attention, 60.0) == [EndQuiet(), Open()]
    assert attention.state == "asleep"
