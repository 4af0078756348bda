"""Settings changed in mid-conversation: which hold at once, which wait, and which are refused."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping

import pytest

from companion.core import events as ev
from companion.core.engines import Tone
from companion.core.settings import Settings
from companion.live_settings import LiveSettings, LiveVoice, habits_of, rules_of, tone_of
from companion.talk.attention import Habits
from companion.talk.floor import Rules
from companion.talk.voiced_openings import OPENINGS, VoicedOpenings
from companion.talk.workers import Worker
from tests.fakes.engines import EvenSynthesizer


class Talk:
    """Stands for a conversation: remembers what it was told to go by."""

    def __init__(self) -> None:
        self.rules: Rules | None = None
        self.habits: Habits | None = None
        self.ducked_gain = 0.0
        self.keep = True
        self.events: list[ev.Event] = []

    def now_s(self) -> float:
        return 1.5

    def adjust(self, rules: Rules, habits: Habits, ducked_gain: float) -> None:
        self.rules, self.habits, self.ducked_gain = rules, habits, ducked_gain

    def want(self, keep: bool) -> None:
        self.keep = keep


class Changed:
    def __init__(self, change: Callable[[Mapping[str, object]], None], talk: Talk) -> None:
        self.change = change
        self.talk = talk


@pytest.fixture
def running() -> Changed:
    talk = Talk()
    live = LiveSettings(Settings(), talk, None, talk.want, talk.events.append)
    return Changed(live.change, talk)


def test_what_is_live_holds_at_once(running: Changed) -> None:
    running.change({"turn_taking.silence_s": 1, "talking.way_to_talk": "by-name", "turn_taking.ducked_gain": 0.5})
    running.change({"hearing.speech_threshold": 0.7})
    talk = running.talk
    assert talk.rules and talk.habits
    assert (talk.rules.patience.unclear_wait_s, talk.rules.speech_threshold) == (1.0, 0.7), "both changes hold"
    assert (talk.habits.way_to_talk, talk.ducked_gain) == ("by-name", 0.5)
    assert talk.events[-1] == ev.Configured(1.5, ("hearing.speech_threshold",), ())


def test_what_is_read_at_the_start_waits_unless_it_is_as_it_was(running: Changed) -> None:
    running.change({"mind.model": "other", "voice.speed": 1.2})
    running.change({"mind.model": "auto"})
    assert running.talk.events == [
        ev.Configured(1.5, ("voice.speed",), ("mind.model",)),
        ev.Configured(1.5, ("mind.model",), ()),
    ]


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"voice.volume": 3.0}, "voice.volume cannot be 3.0"),
        ({"voice.colour": "blue"}, "no setting called voice.colour"),
        ({"": 1}, "no setting called"),
        ({"memory.keep": False, "voice.volume": "loud"}, "voice.volume cannot be 'loud'"),
    ],
)
def test_what_is_not_allowed_changes_nothing(running: Changed, changes: dict[str, object], message: str) -> None:
    running.change(changes)
    (fault,) = running.talk.events
    assert isinstance(fault, ev.Faulted)
    assert message in fault.message
    assert running.talk.rules is None
    assert running.talk.keep


def test_private_mode_begins_and_ends(running: Changed) -> None:
    running.change({"memory.keep": False})
    assert not running.talk.keep
    running.change({"memory.keep": True})
    assert running.talk.keep


def test_what_concerns_the_window_alone_is_done_with(running: Changed) -> None:
    running.change({"window.always_on_top": False})
    assert running.talk.events == [ev.Configured(1.5, ("window.always_on_top",), ())]


class Tuned(EvenSynthesizer):
    """Remembers in which tone each clause was voiced."""

    def __init__(self) -> None:
        self.tone = Tone()
        self.voiced: list[tuple[str, float]] = []

    def tune(self, tone: Tone) -> None:
        self.tone = tone

    def voice(self, text: str):  # type: ignore[no-untyped-def]
        self.voiced.append((text, self.tone.volume))
        return super().voice(text)


async def test_openings_are_voiced_anew_in_another_tone() -> None:
    voice = Tuned()
    openings = VoicedOpenings(voice)
    openings.warm_up()
    voice.voiced.clear()
    with Worker("voice") as worker:
        live = LiveVoice(openings, worker, Tone())
        live.tune(Tone())
        live.tune(Tone(volume=0.25))
        live.tune(Tone(volume=0.5))
        await asyncio.wait({task for task in asyncio.all_tasks() if task.get_name() == "voice openings"})
        await live.close()
    assert {volume for _, volume in voice.voiced} == {0.5}, "the same tone is nothing, an outdated one is given up"
    assert [text for text, _ in voice.voiced] == list(OPENINGS["en"])
    openings.voice(OPENINGS["en"][0])
    assert len(voice.voiced) == len(OPENINGS["en"]), "they are kept"


async def test_another_voice_takes_over_and_voices_her_openings() -> None:
    old, new = Tuned(), Tuned()
    openings = VoicedOpenings(old)
    openings.warm_up()
    old.voiced.clear()
    with Worker("voice") as worker:
        live = LiveVoice(openings, worker, Tone())
        live.become(new, Tone(volume=0.5))
        await asyncio.wait({task for task in asyncio.all_tasks() if task.get_name() == "voice openings"})
        await live.close()
    openings.voice("Good evening.")
    assert not old.voiced and new.voiced[-1][0] == "Good evening."
    live.tune(Tone(volume=0.5))
    assert not [task for task in asyncio.all_tasks() if task.get_name() == "voice openings"], "it has that tone already"


def test_the_settings_mean_what_the_conversation_begins_with() -> None:
    settings = Settings()
    assert habits_of(settings.talking).sleep_after_s == 60 * settings.talking.sleep_after_minutes
    assert rules_of(settings).patience.clear_wait_s == settings.turn_taking.min_silence_s
    assert tone_of(settings) == Tone()
