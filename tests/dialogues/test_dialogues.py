"""Whole conversations in audio time: what is heard and said on the left, what must happen on the right."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing

import pytest

from companion.core import events as ev
from companion.core.audio import BLOCK_S
from companion.core.engines import Message, ReplyLimits
from companion.core.event_record import to_record
from companion.core.intents import Mute, Quit, Say, Stop, Unmute
from companion.talk.floor import Rules
from tests.dialogues.stage import perform, said
from tests.fakes.engines import (
    FixedDetector,
    ScriptedTranscriber,
    SilenceUntil,
)
from tests.fakes.scripted_mind import AbsentMind, NeverEnds, ScriptedMind, bare

ONE_TURN = [
    "SpeechStarted",
    "SpeechPaused",
    "TurnEnded",
    "UserSpoke",
    "ReplyStarted",
    "ClauseStarted",
    "ReplyFinished",
]


async def test_a_question_gets_an_answer() -> None:
    done = await perform([-1.0, 1.0, -5.0], ["How are you?"], ["Well, thank you."])
    assert done.names() == ONE_TURN
    assert said(done.turns) == [("user", "How are you?"), ("companion", "Well, thank you.")]


async def test_states_follow_one_another() -> None:
    done = await perform([-1.0, 1.0, -5.0], ["How are you?"], ["Well, thank you."])
    states = [event.state for event in done.of(ev.StateChanged)]
    assert states == ["listening", "hearing", "thinking", "speaking", "listening"]


async def test_the_stamps_are_in_order_and_in_audio_time() -> None:
    done = await perform([-1.0, 1.0, -5.0], ["How are you?"], ["Well, thank you."])
    (started,) = done.of(ev.ReplyStarted)
    stamps = started.latency
    assert stamps.speech_ended_s == pytest.approx(2.0, abs=0.04)
    assert stamps.turn_decided_s == pytest.approx(2.26, abs=0.04), "after a clear end, 0.24 s"
    order = [
        stamps.speech_ended_s,
        stamps.transcribed_s,
        stamps.first_token_s,
        stamps.first_clause_s,
        stamps.turn_decided_s,
        stamps.first_audio_s,
    ]
    assert None not in order
    assert order == sorted(order, key=lambda stamp: stamp or 0.0)
    assert stamps.gap_s == pytest.approx(0.28, abs=0.04)


async def test_the_same_script_gives_the_same_events() -> None:
    def run() -> object:
        return perform([-0.5, 1.0, -3.0, 0.8, -3.0], ["One.", "Two."], ["First, of all.", "Second."])

    first, second = await run(), await run()  # type: ignore[misc]
    assert [to_record(e) for e in first.events] == [to_record(e) for e in second.events]


async def test_a_pause_to_think_is_not_the_end() -> None:
    done = await perform(
        [0.8, -0.7, 0.8, -4.0],
        ["I was", "I was thinking."],
        ["begun at the pause, and dropped", "Were you."],
        detector=FixedDetector(0.1, 0.9),
    )
    assert done.names("ClauseStarted") == [
        "SpeechStarted", "SpeechPaused", "SpeechPaused", "TurnEnded", "UserSpoke", "ReplyStarted", "ReplyFinished",
    ]  # fmt: skip
    assert said(done.turns)[0] == ("user", "I was thinking.")
    assert done.transcriber.heard_s[1] > 2.0, "the whole turn was transcribed, pause included"


async def test_silence_ends_a_turn_that_sounds_unfinished() -> None:
    done = await perform([0.8, -4.0], ["And then"], ["Yes?"], detector=FixedDetector(0.1))
    (ended,) = done.of(ev.TurnEnded)
    assert ended.why.startswith("no end")
    assert ended.silence_s == pytest.approx(Rules().patience.max_wait_s, abs=0.05)


async def test_speech_over_her_voice_stops_her_and_she_remembers_what_was_heard() -> None:
    # She begins at about 1.3 s, a word every 0.2 s; the user speaks from 2.4 s on.
    done = await perform(
        [1.0, -1.4, 1.0, -3.0],
        ["Tell me.", "No it is."],
        ["One two three four five six seven eight nine ten.", "Fine."],
    )
    (cut,) = done.of(ev.ReplyInterrupted)
    assert cut.heard.startswith("One two three four five")
    assert f"{cut.heard} {cut.unheard}" == "One two three four five six seven eight nine ten."
    (held,) = done.of(ev.VoiceHeld)
    words_begun = 1 + int((held.at_s - done.of(ev.ReplyStarted)[0].at_s) / 0.2)
    assert len(cut.heard.split()) == words_begun, "she finished the word that she was in, and no other"
    assert [turn.interrupted for turn in done.turns] == [False, True, False, False]
    assert "VoiceLowered" in done.names()


async def test_she_ducks_at_once_and_falls_silent_soon_after() -> None:
    done = await perform(
        [1.0, -1.3, 1.0, -3.0], ["Tell me.", "No it is."], ["One two three four five six seven eight.", "Ok."]
    )
    onset = done.of(ev.SpeechStarted)[1]
    assert onset.over_her
    (ducked,) = done.of(ev.VoiceLowered)
    (held,) = done.of(ev.VoiceHeld)
    assert ducked.at_s - onset.at_s <= 0.1
    assert held.at_s - onset.at_s <= Rules().barge_in_s + 0.05


async def test_a_cough_over_her_voice_only_ducks_her() -> None:
    done = await perform([1.0, -1.0, 0.08, -4.0], ["Tell me."], ["One two three four five six seven eight."])
    assert done.of(ev.ReplyInterrupted) == []
    assert [name for name in done.names() if name.startswith("Voice")] == ["VoiceLowered", "VoiceRaised"]
    assert said(done.turns)[-1] == ("companion", "One two three four five six seven eight.")


async def test_a_back_channel_only_holds_her_and_she_goes_on_from_the_very_word() -> None:
    done = await perform([1.0, -1.3, 0.4, -4.0], ["Tell me.", "Mm-hmm."], ["One two three four five six seven eight."])
    names = [name for name in done.names() if name.startswith(("Voice", "Sound"))]
    assert names == ["VoiceLowered", "VoiceHeld", "SoundIgnored", "VoiceRaised"]
    assert done.of(ev.ReplyInterrupted) == []
    assert said(done.turns) == [("user", "Tell me."), ("companion", "One two three four five six seven eight.")]


async def test_stop_stops_her_and_wants_no_answer() -> None:
    done = await perform([1.0, -1.3, 0.4, -4.0], ["Tell me.", "Stop."], ["One two three four five six seven eight."])
    (cut,) = done.of(ev.ReplyInterrupted)
    assert [turn.who for turn in done.turns] == ["user", "companion", "user"]
    assert done.of(ev.TurnEnded)[-1].why == "command"
    assert cut.unheard


async def test_asked_to_go_on_she_says_the_rest() -> None:
    done = await perform(
        [1.0, -1.3, 0.4, -2.0, 0.6, -6.0],
        ["Tell me.", "Stop.", "You were saying?"],
        ["One two three four five six seven eight."],
    )
    (cut,) = done.of(ev.ReplyInterrupted)
    assert said(done.turns)[-1] == ("companion", cut.unheard)
    assert f"{cut.heard} {cut.unheard}" == "One two three four five six seven eight."


async def test_a_yes_over_the_end_of_her_question_answers_it() -> None:
    # She ends at about 2.9 s.
    done = await perform(
        [1.0, -1.45, 0.5, -4.0], ["Tell me.", "Yeah."], ["One two three four five six seven?", "Good."]
    )
    assert said(done.turns)[-2:] == [("user", "Yeah."), ("companion", "Good.")]


async def test_an_answer_begun_at_a_pause_is_dropped_at_no_cost_to_history() -> None:
    mind = ScriptedMind(["Dropped.", "Kept."])
    done = await perform([1.0, -0.16, 1.0, -4.0], ["I went to town.", "I went to town and back."], [], mind=mind)
    assert len(mind.prompts) == 2
    assert said(done.turns) == [("user", "I went to town and back."), ("companion", "Kept.")]
    assert [event.text for event in done.of(ev.ClauseStarted)] == ["Kept."]


async def test_words_are_read_ahead_while_the_user_speaks() -> None:
    mind = ScriptedMind(["Yes."])
    said = "one two three four five six seven eight"
    await perform([3.0, -3.0], [said], [], mind=mind)
    ahead = [text for messages in mind.anticipated if (text := bare(messages[-1]))]
    assert ahead
    assert all(said.startswith(part) for part in ahead)
    assert len(ahead[-1].split()) >= 4


async def test_who_goes_on_while_she_thinks_is_answered_once_for_all() -> None:
    mind = AbsentMind("I want to go", ["Rome it is."])
    done = await perform(
        [1.0, SilenceUntil("UserSpoke"), 1.0, SilenceUntil("ReplyFinished")],
        ["I want to go", "to Rome."],
        [],
        mind=mind,
    )
    assert said(done.turns) == [("user", "I want to go to Rome."), ("companion", "Rome it is.")]
    assert done.of(ev.ReplyInterrupted) == []
    assert bare(mind.prompts[-1][-1]) == "I want to go to Rome."
    told = [type(event).__name__ for event in done.events if isinstance(event, (ev.UserSpoke, ev.TurnTakenBack))]
    assert told == ["UserSpoke", "TurnTakenBack", "UserSpoke"]


async def test_who_goes_on_before_the_words_are_known_loses_none() -> None:
    second_turn_ended = threading.Event()
    ended = 0

    def count(event: ev.Event) -> None:
        nonlocal ended
        ended += isinstance(event, ev.TurnEnded)
        if ended == 2:
            second_turn_ended.set()

    transcriber = ScriptedTranscriber("I want to go", "to Rome.", before=lambda: second_turn_ended.wait(10))
    done = await perform(
        [1.0, SilenceUntil("TurnEnded"), 1.0, SilenceUntil("ReplyFinished")],
        transcriber,
        ["Rome it is."],
        on_event=count,
    )
    assert said(done.turns) == [("user", "I want to go to Rome."), ("companion", "Rome it is.")]


async def test_a_cough_while_she_thinks_does_not_stop_the_thought() -> None:
    released = asyncio.Event()

    class Waiting(ScriptedMind):
        async def reply(self, messages: Sequence[Message], limits: ReplyLimits) -> AsyncGenerator[str, None]:
            await released.wait()
            async with aclosing(super().reply(messages, limits)) as pieces:
                async for piece in pieces:
                    yield piece

    def release(event: ev.Event) -> None:
        if isinstance(event, ev.SoundIgnored):
            released.set()

    done = await perform(
        [1.0, SilenceUntil("UserSpoke"), 0.08, SilenceUntil("ReplyFinished")],
        ["Tell me."],
        [],
        mind=Waiting(["Here it is."]),
        on_event=release,
    )
    assert said(done.turns) == [("user", "Tell me."), ("companion", "Here it is.")]


async def test_noise_is_no_turn() -> None:
    done = await perform([0.1, -1.0, 0.8, -3.0], ["Thanks for watching!"], [])
    assert done.turns == ()
    assert done.of(ev.UserSpoke) == []
    assert [event.why for event in done.of(ev.SoundIgnored)] == ["too short to be speech", "no words in it"]


async def test_a_greeting_is_said_first_and_can_be_interrupted() -> None:
    done = await perform([-1.0, 1.0, -3.0], ["Hello."], ["Hi."], greeting="Good evening to you, my dear old friend.")
    assert [turn.who for turn in done.turns] == ["companion", "user", "companion"]
    assert done.turns[0].interrupted


async def test_a_typed_line_is_answered_and_interrupts_her() -> None:
    done = await perform(
        [1.0, -4.0],
        ["Tell me."],
        ["One two three four five six seven eight nine ten.", "Typed back."],
        intents=[(2.2, Say("wait"))],
    )
    assert said(done.turns)[2:] == [("user", "wait"), ("companion", "Typed back.")]
    assert done.turns[1].interrupted
    typed = done.of(ev.UserSpoke)[1]
    assert typed.typed


async def test_stop_silences_her_and_nothing_else() -> None:
    done = await perform([1.0, -3.0], ["Tell me."], ["One two three four five six."], intents=[(2.0, Stop())])
    assert done.turns[-1].interrupted
    assert done.events[-1] == ev.ConversationEnded(done.events[-1].at_s, turns=1, underruns=0)


async def test_muted_she_hears_nothing() -> None:
    done = await perform([-0.2, 1.0, -2.0, 1.0, -3.0], ["Second."], ["Yes."], intents=[(0.0, Mute()), (2.0, Unmute())])
    assert said(done.turns) == [("user", "Second."), ("companion", "Yes.")]
    onset = done.of(ev.SpeechStarted)[0]
    assert onset.at_s == pytest.approx(3.2, abs=0.05), "muted time counts as time"


async def test_quit_ends_in_mid_sentence() -> None:
    done = await perform([1.0, -60.0], ["Tell me."], ["One two three four five six."], intents=[(2.0, Quit())])
    assert done.turns[-1].interrupted
    assert done.events[-1].at_s < 3.0


async def test_a_sentence_that_the_limit_cuts_off_is_not_begun() -> None:
    done = await perform(
        [1.0, -5.0], ["Tell me."], ["One two three. Four five six seven."], limits=ReplyLimits(max_tokens=5)
    )
    assert said(done.turns)[-1] == ("companion", "One two three.")


async def test_a_reply_that_never_ends_is_bounded() -> None:
    done = await perform([1.0, -30.0], ["Tell me."], [NeverEnds()], limits=ReplyLimits(max_tokens=40))
    (finished,) = done.of(ev.ReplyFinished)
    assert 1 <= len(finished.text.split()) <= 40


async def test_while_somebody_speaks_or_thinks_the_microphone_is_listened_to_without_delay() -> None:
    done = await perform([-1.0, 1.0, -4.0], ["Tell me."], ["One two three four five."])
    (began,), (ended,) = done.of(ev.ReplyStarted), done.of(ev.ReplyFinished)
    eased = [number * BLOCK_S for number, at_ease in enumerate(done.at_ease, start=1) if at_ease]
    assert min(eased) < 0.1, "from the start"
    assert not [at for at in eased if 1.1 < at < ended.at_s - BLOCK_S], "the turn, her thinking, her answer"
    assert began.at_s > 2.0
    assert max(eased) > ended.at_s + 0.5
