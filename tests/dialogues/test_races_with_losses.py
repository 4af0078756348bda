"""Devices and engines that fail in the middle of another race."""

from __future__ import annotations

import pytest

from companion.core import events as ev
from companion.core.audio import Samples
from companion.core.errors import DeviceError, EngineError
from companion.talk import speaker_watch
from tests.dialogues.races import ASKED, HEARD_AT_HOLD, TEN, check_she_remembers_what_was_heard, voice
from tests.dialogues.stage import perform, said
from tests.fakes.engines import FixedDetector, SilenceUntil, UnpluggedAt
from tests.fakes.scripted_mind import BreaksOff


@pytest.mark.parametrize("speech_s", [0.02, 0.12, 0.3])
async def test_a_microphone_lost_while_she_is_lowered_or_held_lets_her_go_on(speech_s: float) -> None:
    gone = DeviceError("It has gone.", "Plug it in.")
    done = await perform([1.0, -1.4, speech_s, gone, -4.0], ["Tell me."], [TEN])
    assert said(done.turns) == [ASKED, ("companion", TEN)]
    assert voice(done) in ("began lowered raised finished", "began lowered held raised finished")
    assert [type(event) for event in done.events if "Device" in type(event).__name__] == [
        ev.DeviceLost,
        ev.DeviceReturned,
    ]


LOST_WHILE_LOWERED = 2.5


LOST_WHILE_HELD = 2.7


@pytest.fixture
def soon_back(monkeypatch: pytest.MonkeyPatch) -> None:
    """A lost speaker is looked for all the time."""
    monkeypatch.setattr(speaker_watch, "RETRY_S", 0.0)


@pytest.mark.usefixtures("soon_back")
@pytest.mark.parametrize("lost_at_s", [LOST_WHILE_LOWERED, LOST_WHILE_HELD])
async def test_a_speaker_lost_under_a_back_channel_says_the_rest_when_it_is_back(lost_at_s: float) -> None:
    done = await perform([1.0, -1.4, 0.4, -4.0], ["Tell me.", "Mm-hmm."], [TEN], speaker=UnpluggedAt(lost_at_s))
    assert [event.part for event in done.of(ev.DeviceReturned)] == ["speaker"]
    check_she_remembers_what_was_heard(done, TEN)
    assert done.of(ev.ReplyInterrupted) == []


@pytest.mark.usefixtures("soon_back")
@pytest.mark.parametrize("lost_at_s", [LOST_WHILE_LOWERED, LOST_WHILE_HELD])
async def test_a_speaker_lost_under_speech_that_is_meant_costs_the_rest_of_the_reply(lost_at_s: float) -> None:
    done = await perform(
        [1.0, -1.4, 1.0, -4.0],
        ["Tell me.", "No it is."],
        [TEN, "Fine."],
        speaker=UnpluggedAt(lost_at_s),
    )
    check_she_remembers_what_was_heard(done, TEN, "Fine.")
    assert done.turns[1].text in ("One two three four five", HEARD_AT_HOLD)


@pytest.mark.usefixtures("soon_back")
@pytest.mark.parametrize("lost_at_s", [LOST_WHILE_LOWERED, LOST_WHILE_HELD])
async def test_a_speaker_that_is_back_while_the_user_still_speaks_waits_for_them(lost_at_s: float) -> None:
    done = await perform([1.0, -1.4, 0.75, -4.0], ["Tell me.", "Mm-hmm."], [TEN], speaker=UnpluggedAt(lost_at_s))
    (back,) = done.of(ev.DeviceReturned)
    assert done.of(ev.VoiceHeld)[0].at_s < back.at_s < 3.15, "the user spoke until 3.15 s"
    (finished,) = done.of(ev.ReplyFinished)
    (raised,) = done.of(ev.VoiceRaised)
    assert finished.at_s - raised.at_s == pytest.approx(2.0 + 0.22, abs=0.1), "she says her clause from its start"
    assert voice(done) == "began lowered held raised finished"
    check_she_remembers_what_was_heard(done, TEN)


@pytest.mark.usefixtures("soon_back")
@pytest.mark.parametrize("lost_at_s", [1.12, 1.2, 1.3, 1.36, 1.38, 1.4])
@pytest.mark.parametrize("away_s", [0.04, 0.5])
async def test_a_speaker_lost_about_the_moment_of_her_first_sound_costs_nothing(
    lost_at_s: float, away_s: float
) -> None:
    """Whether a guess waits, is given the floor, or has just begun: she says it all once the speaker is back."""
    done = await perform([1.0, -4.0], ["Tell me."], [TEN], speaker=UnpluggedAt(lost_at_s, away_s))
    assert said(done.turns) == [ASKED, ("companion", TEN)]
    (began,), (finished,) = done.of(ev.ReplyStarted), done.of(ev.ReplyFinished)
    assert finished.at_s - began.at_s >= 2.2, "ten words and the pause behind them"


DIES = BreaksOff("One two three. Four five six seven eight nine ten. And", EngineError("It died.", "Start it."))


async def test_a_mind_that_died_while_she_was_held_is_told_of_when_she_has_gone_on() -> None:
    done = await perform([1.0, -1.4, 0.4, -4.0], ["Tell me.", "Mm-hmm."], [DIES])
    assert voice(done) == "began lowered held raised finished"
    assert [fault.message for fault in done.of(ev.Faulted)] == ["It died."]
    assert said(done.turns) == [ASKED, ("companion", DIES.said)]
    assert done.turns[-1].interrupted


async def test_a_mind_that_died_while_she_was_held_is_told_of_when_the_floor_is_taken() -> None:
    done = await perform([1.0, -1.4, 0.4, -4.0], ["Tell me.", "No it is."], [DIES, "Fine."])
    assert voice(done) == "began lowered held interrupted began finished"
    assert [fault.message for fault in done.of(ev.Faulted)] == ["It died."]
    check_she_remembers_what_was_heard(done, DIES.said, "Fine.")


async def test_a_guess_that_failed_is_told_of_only_if_it_was_the_answer() -> None:
    died = EngineError("It died.", "Start it.")
    went_on = await perform([1.0, -0.16, 1.0, -4.0], ["I was", "I was here."], [died, "Fine."])
    assert went_on.of(ev.Faulted) == []
    assert said(went_on.turns) == [("user", "I was here."), ("companion", "Fine.")]
    ended = await perform([1.0, -4.0], ["Tell me."], [died])
    assert [fault.message for fault in ended.of(ev.Faulted)] == ["It died."]
    assert said(ended.turns) == [ASKED]


async def test_a_transcriber_that_fails_while_she_is_held_lets_her_go_on() -> None:
    done = await perform([1.0, -1.4, 0.4, -4.0], ["Tell me.", EngineError("No.", "Hint.")], [TEN])
    assert voice(done) == "began lowered held raised finished"
    assert [fault.message for fault in done.of(ev.Faulted)] == ["No."]
    assert said(done.turns) == [ASKED, ("companion", TEN)]


async def test_a_detector_that_fails_leaves_the_words_to_decide() -> None:
    class Failing(FixedDetector):
        def completeness(self, turn: Samples) -> float:
            raise EngineError("No ear.", "Hint.")

    done = await perform([1.0, -4.0], ["Tell me."], ["Fine."], detector=Failing(0.0))
    assert [fault.message for fault in done.of(ev.Faulted)] == ["No ear."]
    assert said(done.turns) == [ASKED, ("companion", "Fine.")]


async def test_a_turn_that_has_ended_before_it_could_be_understood_is_transcribed_once() -> None:
    """Blocks that come all at once leave no time in between, as when the computer was busy."""
    done = await perform(
        [1.0, SilenceUntil("SpeechStarted"), -1.0, SilenceUntil("ReplyFinished")], ["Tell me."], ["Fine."]
    )
    assert len(done.transcriber.heard_s) == 1
    assert said(done.turns) == [ASKED, ("companion", "Fine.")]
