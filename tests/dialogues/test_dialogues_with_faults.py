"""Dialogues in which an engine or a device fails."""

from __future__ import annotations

import pytest

from companion.core import events as ev
from companion.core.errors import DeviceError, EngineError
from companion.talk.voiced_clause import SENTENCE_PAUSE_S
from tests.dialogues.stage import perform, said
from tests.fakes.engines import (
    WORD_S,
    PiecewiseSynthesizer,
    PluggedSpeaker,
    UnpluggedAt,
)
from tests.fakes.scripted_mind import BreaksOff


@pytest.mark.parametrize(
    ("reply", "message"),
    [("", "no answer"), ("🙂", ""), (EngineError("It died.", "Start it."), "It died.")],
)
async def test_a_reply_that_fails_costs_a_turn_and_no_more(reply: str | Exception, message: str) -> None:
    done = await perform([1.0, -2.0, 1.0, -3.0], ["One.", "Two."], [reply, "Fine."])
    faults = done.of(ev.Faulted)
    assert [message in fault.message for fault in faults] == ([True] if message else [])
    assert said(done.turns)[-2:] == [("user", "Two."), ("companion", "Fine.")]


async def test_a_mind_that_dies_in_mid_sentence_keeps_what_was_said() -> None:
    dies = BreaksOff("One two three. Four", EngineError("It died.", "Start it."))
    done = await perform([1.0, -4.0, 1.0, -3.0], ["One.", "Two."], [dies, "Fine."])
    assert [fault.message for fault in done.of(ev.Faulted)] == ["It died."]
    assert done.turns[1].text == "One two three. Four"
    assert done.turns[1].interrupted
    assert said(done.turns)[-1] == ("companion", "Fine.")


async def test_a_transcriber_that_fails_costs_a_turn_and_no_more() -> None:
    done = await perform([1.0, -2.0, 1.0, -3.0], [EngineError("No.", "Hint."), "Two."], ["Fine."])
    assert [fault.message for fault in done.of(ev.Faulted)] == ["No."]
    assert said(done.turns) == [("user", "Two."), ("companion", "Fine.")]


async def test_a_voice_made_piece_by_piece_is_heard_as_one_made_at_once() -> None:
    script, says = [1.0, -2.0, 1.0, -5.0], ["Tell me.", "Stop."]
    text = "One two three four five. Six seven eight nine ten. Eleven twelve."
    whole = await perform(script, says, [text])
    pieces = await perform(script, says, [text], synthesizer=PiecewiseSynthesizer())
    assert pieces.of(ev.ReplyInterrupted)
    assert pieces.events == whole.events


async def test_a_voice_that_breaks_in_mid_clause_costs_the_rest_of_the_clause() -> None:
    voice = PiecewiseSynthesizer(breaks_at="three")
    text = "One two three four five. Six seven eight nine ten."
    done = await perform([1.0, -5.0, 1.0, -3.0], ["One.", "Two."], [text, "Fine."], synthesizer=voice)
    assert ["Her voice failed" in fault.message for fault in done.of(ev.Faulted)] == [True]
    sounds = [event.at_s for event in done.of(ev.ClauseStarted)]
    assert sounds[1] - sounds[0] == pytest.approx(5 * WORD_S + SENTENCE_PAUSE_S, abs=0.03), "as if nothing had been"
    assert said(done.turns)[1] == ("companion", text)
    assert said(done.turns)[-1] == ("companion", "Fine.")


async def test_with_nobody_to_voice_it_an_answer_waits_for_a_pause_to_think() -> None:
    script, says = [1.0, -0.7, 1.0, -3.0], ["I had a day.", "I had a day. What now?"]
    for speaker, turns in ((UnpluggedAt(0.0, away_s=60.0), 1), (None, 2)):
        done = await perform(script, says, ["Sleep.", "Sleep."], speaker=speaker)
        assert len(done.of(ev.UserSpoke)) == turns


async def test_a_microphone_that_vanishes_is_told_and_taken_up_again() -> None:
    gone = DeviceError("It has gone.", "Plug it in.")
    done = await perform([1.0, -0.5, gone, -1.0, 1.0, -3.0], ["One.", "Two."], ["First one.", "Second."])
    (lost,) = done.of(ev.DeviceLost)
    assert (lost.part, lost.message, lost.hint) == ("microphone", "It has gone.", "Plug it in.")
    assert len(done.of(ev.DeviceReturned)) == 1
    assert [text for _, text in said(done.turns)] == ["One.", "First one.", "Two.", "Second."]
    assert not done.turns[1].interrupted, "she went on speaking meanwhile"


async def test_a_speaker_that_vanishes_is_told_and_she_goes_on_when_it_is_back() -> None:
    text = "One two three four five. Six seven eight nine ten. Eleven twelve."
    done = await perform([1.0, -3.0], ["Tell me."], [text], speaker=PluggedSpeaker(until_s=1.8))
    (lost,) = done.of(ev.DeviceLost)
    assert lost.part == "speaker"
    assert [event.part for event in done.of(ev.DeviceReturned)] == ["speaker"]
    assert [event.text for event in done.of(ev.ReplyFinished)] == [text]
    assert not done.turns[-1].interrupted


async def test_who_speaks_while_the_speaker_is_away_is_told_only_what_was_heard_before() -> None:
    text = "One two three four five. Six seven eight nine ten. Eleven twelve."
    done = await perform(
        [1.0, -2.5, 1.0, -3.0], ["Tell me.", "What was that?"], [text, "Fine."], speaker=PluggedSpeaker(1.8)
    )
    (cut,) = done.of(ev.ReplyInterrupted)
    assert cut.heard.startswith("One two three four five.")
    assert "Eleven" in cut.unheard
    assert said(done.turns)[-1] == ("companion", "Fine.")
