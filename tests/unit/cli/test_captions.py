"""What the terminal shows, event by event."""

from __future__ import annotations

from typing import get_args

import pytest

from companion.cli.captions import STATE_WORDS, Captions, Line
from companion.cli.terminal import plain_line, wrapped
from companion.core import events as ev
from companion.core.echo import EchoState
from companion.core.events import Latency


def test_a_turn_becomes_two_lines_with_the_gap() -> None:
    captions = Captions("Ada")
    assert captions.take(ev.UserSpoke(1.0, "Hi.")) == [Line("you", "You", "Hi.")]
    captions.take(ev.ReplyStarted(1.8, Latency(1.0, first_audio_s=1.8)))
    captions.take(ev.ClauseStarted(1.8, "Hey there,", 0.5))
    captions.take(ev.ClauseStarted(2.3, "friend.", 0.5))
    assert captions.saying == "Hey there, friend."
    assert captions.take(ev.ReplyFinished(3.0, "Hey there, friend.")) == [
        Line("her", "Ada", "Hey there, friend.", note="0.8 s")
    ]
    assert captions.saying == ""


def test_what_was_not_heard_is_struck() -> None:
    (line,) = Captions("Ada").take(ev.ReplyInterrupted(2.0, "One two", "three."))
    assert (line.text, line.struck) == ("One two", "three.")
    assert plain_line(line) == "Ada: One two [not heard: three.]"


def test_a_false_start_leaves_no_line() -> None:
    captions = Captions("Ada")
    captions.take(ev.ClauseStarted(1.8, "One two three.", 0.5))
    assert captions.take(ev.ReplyInterrupted(2.0, "", "One two three.")) == []
    assert captions.saying == ""


def test_a_typed_line_is_not_shown_twice() -> None:
    assert Captions("Ada").take(ev.UserSpoke(1.0, "Hi.", typed=True)) == []


@pytest.mark.parametrize(
    "event", [ev.Faulted(1.0, "It died.", "Start it."), ev.DeviceLost(1.0, "speaker", "It died.", "Start it.")]
)
def test_trouble_is_told_with_its_remedy(event: ev.Event) -> None:
    (line,) = Captions("Ada").take(event)
    assert plain_line(line) == "!: It died. (Start it.)"


def test_do_not_disturb_says_how_long() -> None:
    (line,) = Captions("Ada").take(ev.QuietBegan(10.0, 3610.0))
    assert plain_line(line) == "·: Do not disturb, for 60 minutes."


@pytest.mark.parametrize("state", get_args(ev.State))
def test_every_state_has_words(state: ev.State) -> None:
    assert STATE_WORDS[state]


@pytest.mark.parametrize(("db", "bar"), [(-120.0, " "), (-60.0, " "), (-36.0, "▄"), (-12.0, "█"), (0.0, "█")])
def test_the_meter_follows_the_level(db: float, bar: str) -> None:
    captions = Captions("Ada")
    captions.take(ev.LevelMeasured(1.0, db))
    assert captions.meter() == bar


@pytest.mark.parametrize("width", [20, 25, 40, 100])
def test_lines_are_broken_between_words_and_none_is_lost(width: int) -> None:
    parts = [("a", "Samantha  "), ("b", "It is a vast and mysterious place, full of wonders."), ("c", " And so on.")]
    text = "".join(part for _, part in wrapped(parts, width))
    assert text.split() == "".join(part for _, part in parts).split()
    assert max(len(line.rstrip()) for line in text.split("\n")) <= width


def test_the_state_tells_of_a_microphone_only_where_one_may_be() -> None:
    spoken, typed = Captions("Ada"), Captions("Ada", microphone=False)
    for captions in (spoken, typed):
        captions.take(ev.LevelMeasured(0.0, -12.0))
        captions.take(ev.StateChanged(0.0, "muted"))
    assert (spoken.state_words(), spoken.meter()) == ("○ muted", "█")
    assert (typed.state_words(), typed.meter()) == ("● ready", "")


def test_a_microphone_that_goes_and_returns_is_followed() -> None:
    captions, there = Captions("Ada"), list[bool]()
    for event in (
        ev.DeviceLost(1.0, "speaker", "It has gone.", "Plug it in."),
        ev.DeviceLost(1.0, "microphone", "It has gone.", "Plug it in."),
        ev.DeviceReturned(2.0, "speaker", "loud"),
        ev.DeviceReturned(2.0, "microphone", "usb"),
    ):
        captions.take(event)
        there.append(captions.microphone)
    assert there == [True, False, False, True]


def test_only_deafness_while_she_speaks_is_trouble() -> None:
    captions = Captions("Ada")
    [line] = captions.take(ev.EchoStateChanged(1.0, "half-duplex", "She is deaf."))
    assert (line.kind, line.text) == ("trouble", "She is deaf.")
    states: tuple[EchoState, ...] = ("idle", "headphones", "cancelling")
    for state in states:
        assert captions.take(ev.EchoStateChanged(1.0, state, "All is well.")) == []
