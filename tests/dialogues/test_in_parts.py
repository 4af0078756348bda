"""Her first sentence in parts that join: she begins before it is written, and what was heard stays exact."""

from __future__ import annotations

from itertools import pairwise

import pytest

from companion.core import events as ev
from companion.core.engines import ReplyLimits
from companion.core.event_record import to_record
from tests.dialogues.stage import perform, said
from tests.fakes.engines import WORD_S, JoiningSynthesizer, PluggedSpeaker

TEN = "One two three four five six seven eight nine ten."
PARTS = [
    ("", "One two three four", "five"),
    ("One two three four", "five six seven eight", "nine"),
    ("One two three four five six seven eight", "nine ten.", ""),
]


async def test_each_part_is_voiced_as_it_sounds_between_the_others() -> None:
    voice = JoiningSynthesizer()
    done = await perform([1.0, -5.0], ["Tell me."], [f"{TEN} Eleven it is, and more of it."], synthesizer=voice)
    assert voice.parts == PARTS
    assert said(done.turns)[-1] == ("companion", f"{TEN} Eleven it is, and more of it.")
    records = [to_record(event) for event in done.of(ev.ClauseStarted)]
    assert [record["text"] for record in records[:3]] == [part for _, part, _ in PARTS], "as a window gets them"


async def test_between_parts_there_is_no_pause() -> None:
    done = await perform([1.0, -5.0], ["Tell me."], [TEN], synthesizer=JoiningSynthesizer())
    starts = [clause.at_s for clause in done.of(ev.ClauseStarted)]
    assert [later - sooner for sooner, later in pairwise(starts)] == pytest.approx([4 * WORD_S] * 2, abs=0.001)


async def test_a_voice_that_does_not_join_speaks_at_phrases() -> None:
    voice = JoiningSynthesizer()
    voice.joins = False
    done = await perform([1.0, -5.0], ["Tell me."], [TEN], synthesizer=voice)
    assert voice.parts == []
    assert [clause.text for clause in done.of(ev.ClauseStarted)] == [TEN]


@pytest.mark.parametrize("after_s", [1.0, 1.2, 1.4, 1.6, 1.8])
async def test_what_was_heard_is_exact_wherever_she_is_interrupted(after_s: float) -> None:
    done = await perform(
        [1.0, -after_s, 1.0, -3.0], ["Tell me.", "No it is."], [TEN, "Fine."], synthesizer=JoiningSynthesizer()
    )
    (cut,), (held,) = done.of(ev.ReplyInterrupted), done.of(ev.VoiceHeld)
    words_begun = 1 + int((held.at_s - done.of(ev.ReplyStarted)[0].at_s) / WORD_S)
    assert f"{cut.heard} {cut.unheard}" == TEN
    assert len(cut.heard.split()) == words_begun


async def test_after_a_cough_she_goes_on_from_the_very_word() -> None:
    done = await perform([1.0, -1.3, 0.4, -5.0], ["Tell me.", "Mm-hmm."], [TEN], synthesizer=JoiningSynthesizer())
    assert done.of(ev.ReplyInterrupted) == []
    assert said(done.turns)[-1] == ("companion", TEN)


async def test_a_speaker_that_is_lost_between_parts_costs_none_of_them() -> None:
    speaker = PluggedSpeaker(4 * WORD_S + 0.05)
    done = await perform([1.0, -6.0], ["Tell me."], [TEN], synthesizer=JoiningSynthesizer(), speaker=speaker)
    assert [type(event) for event in done.events if isinstance(event, ev.DeviceLost | ev.DeviceReturned)] == [
        ev.DeviceLost, ev.DeviceReturned,
    ]  # fmt: skip
    assert said(done.turns)[-1] == ("companion", TEN)


async def test_a_sentence_that_was_begun_is_said_as_far_as_the_limit_lets_it() -> None:
    limits = ReplyLimits(max_tokens=6)
    done = await perform([1.0, -5.0], ["Tell me."], [TEN], limits=limits, synthesizer=JoiningSynthesizer())
    assert said(done.turns)[-1] == ("companion", "One two three four five six")


async def test_a_help_desks_sentence_is_not_begun() -> None:
    voice = JoiningSynthesizer()
    done = await perform(
        [1.0, -5.0], ["Tell me."], ["How can I help you with that today? It rains in town today."], synthesizer=voice
    )
    assert said(done.turns)[-1] == ("companion", "It rains in town today.")
