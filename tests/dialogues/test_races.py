"""Races: two things at once, or one in the middle of another; in audio time, so that each happens every time.

"Tell me." ends at 1.0 s. Her answer is heard from 1.38 s on, a word every 0.2 s. Speech that begins at 2.4 s lowers
her voice at 2.48 s and holds it at 2.54 s, in the sixth word.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing

import pytest

from companion.core import events as ev
from companion.core.audio import HEARING_RATE_HZ, silence
from companion.core.engines import Message, ReplyLimits
from companion.core.intents import Mute, Quit, Say, Stop, Unmute
from companion.core.transcript import History, Turn
from companion.talk.attention import Attention, Habits
from companion.talk.exchange import Exchange
from companion.talk.floor import Her
from companion.talk.guesses import MOST
from companion.talk.parts import Recognizers, Thinking
from companion.talk.voiced_clause import SENTENCE_PAUSE_S
from companion.talk.workers import Worker
from tests.dialogues.races import (
    ASKED,
    HEARD_AT_HOLD,
    TEN,
    UNHEARD_AT_HOLD,
    check_she_remembers_what_was_heard,
    voice,
)
from tests.dialogues.stage import perform, prompt, said
from tests.fakes.engines import WORD_S, FixedDetector, ScriptedTranscriber, SilenceUntil
from tests.fakes.scripted_mind import AbsentMind, NeverEnds, Scripted, ScriptedMind, bare

# --- speech and her first sound


@pytest.mark.parametrize("gap_ms", range(240, 720, 20))
async def test_speech_about_the_moment_of_her_first_sound(gap_ms: int) -> None:
    """Whichever comes first, each of the user's words is answered once, and she remembers what was heard."""
    done = await perform(
        [1.0, -gap_ms / 1000, 1.0, -4.0], ["Tell me.", "Tell me no more."], [TEN, "Fine."], mind=Obedient()
    )
    if len(done.of(ev.TurnEnded)) == 1:
        assert said(done.turns) == [("user", "Tell me no more."), ("companion", "Fine.")]
        assert voice(done) == "began finished"
        return
    if not done.of(ev.ReplyInterrupted)[0].heard:
        # Both began at once: she falls silent within a word, and it is one turn.
        assert said(done.turns) == [("user", "Tell me. Tell me no more."), ("companion", "Fine.")]
        assert voice(done) == "began lowered interrupted began finished"
        return
    assert gap_ms >= 540, "she had hardly begun"
    assert [who for who, _ in said(done.turns)] == ["user", "companion", "user", "companion"]
    assert voice(done) == "began lowered held interrupted began finished"
    check_she_remembers_what_was_heard(done, TEN, "Fine.")
    assert len(done.turns[1].text.split()) <= 3


@pytest.mark.parametrize("gap_ms", range(240, 720, 20))
async def test_a_cough_about_the_moment_of_her_first_sound(gap_ms: int) -> None:
    done = await perform([1.0, -gap_ms / 1000, 0.08, -4.0], ["Tell me.", "Tell me."], [], mind=Obedient())
    assert said(done.turns) == [ASKED, ("companion", TEN)]
    check_she_remembers_what_was_heard(done, TEN)


class Obedient(ScriptedMind):
    """Answers "Tell me." with ten words, and anything else with one."""

    def __init__(self) -> None:
        super().__init__([])

    async def reply(self, messages: Sequence[Message], limits: ReplyLimits) -> AsyncGenerator[str, None]:
        self._replies = [TEN if bare(messages[-1]) == "Tell me." else "Fine."]
        async with aclosing(super().reply(messages, limits)) as pieces:
            async for piece in pieces:
                yield piece


async def test_who_begins_again_before_the_answer_has_its_words_is_not_spoken_over() -> None:
    """The turn has ended, its guess is ready, and speech begins before the guess is given the floor."""
    emitted: list[ev.Event] = []
    with Worker("hear") as hear, Worker("detect") as detect:
        recognizers = Recognizers(ScriptedTranscriber("Tell me."), hear, None, detect)
        thinking = Thinking(ScriptedMind(["Fine."]), prompt(), ReplyLimits())
        attention = Attention(Habits(), ("Ada",))
        exchange = Exchange(
            recognizers, attention, thinking, None, History(), emitted.append, lambda: 0.0, lambda: None
        )
        sound = silence(1.0, HEARING_RATE_HZ)
        exchange.begin_turn(over_her=False)
        understood = await exchange.understand(sound, 0.0)
        exchange.guess(understood.text)
        await settle(exchange)
        exchange.end_turn(sound, ev.Latency(0.0, 0.0), answer=True)
        exchange.begin_turn(over_her=False)
        await settle(exchange)
        before: Her = exchange.her
        assert not [event for event in emitted if isinstance(event, ev.ReplyStarted)]
        exchange.go_on()
        assert (before, exchange.her) == (Her.THINKING, Her.SPEAKING)
        exchange.follow()
        assert [event.text for event in emitted if isinstance(event, ev.ReplyFinished)] == ["Fine."]


async def settle(exchange: Exchange) -> None:
    while pending := exchange.computing:
        await asyncio.wait(pending)


# --- speech while an answer is begun on a guess


async def test_who_speaks_on_while_a_guess_waits_is_answered_once() -> None:
    mind = ScriptedMind(["Dropped.", "Kept."])
    done = await perform([1.0, -0.16, 1.0, -4.0], ["I went to town.", "I went to town and back."], [], mind=mind)
    assert [bare(prompt[-1]) for prompt in mind.prompts] == ["I went to town.", "I went to town and back."]
    assert said(done.turns) == [("user", "I went to town and back."), ("companion", "Kept.")]
    assert voice(done) == "began finished"


async def test_a_guess_that_is_still_being_thought_of_is_given_up_when_speech_goes_on() -> None:
    mind = AbsentMind("I went to town", ["Kept."])
    done = await perform(
        [1.0, SilenceUntil("SpeechPaused"), 1.0, SilenceUntil("ReplyFinished")],
        ["I went to town", "I went to town and back."],
        [],
        mind=mind,
        detector=FixedDetector(0.0, 0.9),
    )
    assert mind.given_up == 1
    assert said(done.turns) == [("user", "I went to town and back."), ("companion", "Kept.")]


async def test_who_pauses_often_is_guessed_at_only_so_often() -> None:
    pauses = MOST + 2
    words = [f"{number}{number}" for number in range(1, pauses + 2)]
    texts = [" ".join(words[:count]) for count in range(1, pauses + 2)]
    mind = ScriptedMind([f"Guess {number}." for number in range(MOST)] + ["Kept."])
    done = await perform([*[0.35, -0.16] * pauses, 0.5, -4.0], texts, [], mind=mind)
    assert len(mind.prompts) == MOST + 1
    assert said(done.turns) == [("user", texts[-1]), ("companion", "Kept.")]


@pytest.mark.parametrize("reply", [TEN, NeverEnds()])
async def test_quit_while_a_guess_waits_leaves_no_trace(reply: Scripted) -> None:
    done = await perform([1.0, -4.0], ["Tell me."], [reply], intents=[(1.2, Quit())])
    assert done.turns == ()
    assert voice(done) == ""
    assert done.events[-1].at_s < 1.3


async def test_quit_while_a_guess_is_being_thought_of_leaves_no_trace() -> None:
    mind = AbsentMind("Tell me.", [])
    done = await perform([1.0, SilenceUntil("never")], ["Tell me."], [], mind=mind, intents=[(1.3, Quit())])
    assert mind.given_up == 1
    assert done.turns == ()


# --- over her voice, again and again


async def test_two_barge_ins_in_a_row_the_second_over_the_answer_to_the_first() -> None:
    done = await perform([1.0, -1.4, 1.0, -1.4, 1.0, -4.0], ["Tell me.", "No it is.", "Not that."], [TEN, TEN, "Fine."])
    assert voice(done) == "began lowered held interrupted began lowered held interrupted began finished"
    check_she_remembers_what_was_heard(done, TEN, TEN, "Fine.")
    assert [text for who, text in said(done.turns) if who == "user"] == ["Tell me.", "No it is.", "Not that."]


async def test_a_stop_right_after_a_back_channel_holds_her_again_where_she_is_by_then() -> None:
    done = await perform([1.0, -1.3, 0.3, -0.2, 0.4, -4.0], ["Tell me.", "Mm-hmm.", "Stop."], [TEN])
    assert voice(done) == "began lowered held raised lowered held interrupted"
    check_she_remembers_what_was_heard(done, TEN)
    assert said(done.turns)[-1] == ("user", "Stop.")


async def test_speech_again_while_she_is_still_held_is_one_turn_with_what_was_said_before() -> None:
    """Nobody knows yet what the first sound was when the second begins: she stays silent until they are understood."""
    done = await perform(
        [1.0, -1.4, 0.3, -0.06, 0.3, -4.0],
        ["Tell me.", "Mm-hmm. Yeah."],
        [TEN],
    )
    assert voice(done) == "began lowered held raised finished"
    assert said(done.turns) == [ASKED, ("companion", TEN)]


async def test_speech_again_while_she_is_still_held_that_is_meant_takes_the_floor() -> None:
    done = await perform(
        [1.0, -1.4, 0.3, -0.06, 0.3, -4.0],
        ["Tell me.", "Yeah but why?"],
        [TEN, "Fine."],
    )
    assert voice(done) == "began lowered held interrupted began finished"
    check_she_remembers_what_was_heard(done, TEN, "Fine.")


async def test_a_back_channel_during_the_greeting_lets_her_go_on() -> None:
    done = await perform([-0.8, 0.4, -4.0], ["Mm-hmm."], [], greeting=TEN)
    assert voice(done) == "began lowered held raised finished"
    assert said(done.turns) == [("companion", TEN)]


@pytest.mark.parametrize("onset_ms", range(0, 300, 20))
async def test_speech_about_the_moment_the_greeting_begins(onset_ms: int) -> None:
    done = await perform([-onset_ms / 1000, 1.0, -4.0], ["Tell me."], ["Fine."], greeting=TEN)
    if said(done.turns)[0] == ASKED:
        assert onset_ms <= 160, "who speaks as she begins goes first; who speaks later cuts her off"
        assert said(done.turns)[1:] == [("companion", "Fine.")]
        return
    check_she_remembers_what_was_heard(done, TEN, "Fine.")
    assert len(done.turns[0].text.split()) <= 2
    assert said(done.turns)[1:] == [ASKED, ("companion", "Fine.")]


# --- a sudden sound


async def test_a_knock_lowers_her_voice_for_a_moment() -> None:
    done = await perform([1.0, -1.42, 0.02, -4.0], ["Tell me."], [TEN])
    assert said(done.turns) == [ASKED, ("companion", TEN)]
    assert voice(done) == "began lowered raised finished"
    (lowered,), (raised,) = done.of(ev.VoiceLowered), done.of(ev.VoiceRaised)
    assert lowered.at_s == pytest.approx(2.44, abs=0.011)
    assert 0.15 < raised.at_s - lowered.at_s < 0.3
    assert len(done.of(ev.SpeechStarted)) == 1, "nobody spoke but the user before"


@pytest.mark.parametrize("gap_ms", range(1200, 1700, 40))
async def test_she_ends_by_herself_about_the_moment_of_a_knock(gap_ms: int) -> None:
    done = await perform([1.0, -gap_ms / 1000, 0.02, -4.0], ["Tell me."], ["One two three four five."])
    assert said(done.turns) == [ASKED, ("companion", "One two three four five.")]
    assert voice(done) in ("began finished", "began lowered raised finished", "began lowered finished raised")


# --- she comes to her end by herself


@pytest.mark.parametrize("gap_ms", range(1200, 1700, 40))
async def test_she_ends_by_herself_about_the_moment_of_a_cough(gap_ms: int) -> None:
    done = await perform([1.0, -gap_ms / 1000, 0.08, -4.0], ["Tell me."], ["One two three four five."])
    assert said(done.turns) == [ASKED, ("companion", "One two three four five.")]
    assert voice(done) in ("began finished", "began lowered raised finished", "began lowered finished raised")
    check_she_remembers_what_was_heard(done, "One two three four five.")


@pytest.mark.parametrize("gap_ms", range(1000, 1700, 40))
async def test_she_ends_by_herself_about_the_moment_of_speech(gap_ms: int) -> None:
    done = await perform(
        [1.0, -gap_ms / 1000, 1.0, -4.0], ["Tell me.", "No it is."], ["One two three four five.", "Fine."]
    )
    assert [who for who, _ in said(done.turns)] == ["user", "companion", "user", "companion"]
    check_she_remembers_what_was_heard(done, "One two three four five.", "Fine.")
    assert voice(done).endswith("began finished")


# --- keys


async def test_stop_by_key_while_she_is_held_ends_her_reply_and_not_the_users_turn() -> None:
    done = await perform([1.0, -1.4, 0.6, -4.0], ["Tell me.", "No it is."], [TEN, "Fine."], intents=[(2.8, Stop())])
    assert voice(done) == "began lowered held interrupted began finished"
    assert done.turns[1] == Turn("companion", HEARD_AT_HOLD, UNHEARD_AT_HOLD, True, done.turns[1].at_s)
    assert said(done.turns)[2:] == [("user", "No it is."), ("companion", "Fine.")]


async def test_a_line_typed_while_she_is_held_interrupts_her_and_both_are_answered() -> None:
    done = await perform(
        [1.0, -1.4, 0.6, -4.0], ["Tell me.", "No it is."], [TEN, "Typed.", "Fine."], intents=[(2.8, Say("stop"))]
    )
    check_she_remembers_what_was_heard(done, TEN, "Typed.", "Fine.")
    assert [text for who, text in said(done.turns) if who == "user"] == ["Tell me.", "stop", "No it is."]


async def test_a_line_typed_while_the_user_speaks_is_answered_and_its_answer_interrupted_in_good_order() -> None:
    done = await perform([1.0, -4.0], ["Tell me."], [TEN, "Fine."], intents=[(0.5, Say("Hello."))])
    check_she_remembers_what_was_heard(done, TEN, "Fine.")
    assert [who for who, _ in said(done.turns)] == ["user", "companion", "user", "companion"]
    assert done.turns[1].interrupted


@pytest.mark.parametrize("at_s", [2.43, 2.5, 2.6, 2.8])
async def test_mute_while_she_is_lowered_or_held_lets_her_go_on(at_s: float) -> None:
    done = await perform([1.0, -1.4, 0.6, -4.0], ["Tell me."], [TEN], intents=[(at_s, Mute()), (3.5, Unmute())])
    assert said(done.turns) == [ASKED, ("companion", TEN)]
    assert voice(done) in ("began lowered raised finished", "began lowered held raised finished")


# --- devices


# --- faults


# --- her own voice


async def test_her_own_words_come_back_over_her_voice_do_not_stop_her() -> None:
    done = await perform([1.0, -1.6, 0.6, -4.0], ["Tell me.", "Three four five six."], [TEN])
    assert voice(done) == "began lowered held raised finished"
    assert said(done.turns) == [ASKED, ("companion", TEN)]
    assert [event.why for event in done.of(ev.SoundIgnored)] == ["her own voice"]


async def test_her_last_words_come_back_late_are_not_answered() -> None:
    done = await perform([1.0, -2.9, 0.6, -4.0], ["Tell me.", "Eight nine ten."], [TEN])
    assert said(done.turns) == [ASKED, ("companion", TEN)]
    assert done.of(ev.SoundIgnored)


async def test_who_repeats_her_words_long_after_is_answered() -> None:
    done = await perform([1.0, -7.0, 0.6, -4.0], ["Tell me.", "Eight nine ten."], [TEN, "Yes."])
    assert said(done.turns)[2:] == [("user", "Eight nine ten."), ("companion", "Yes.")]


async def test_a_cough_as_she_begins_has_her_begin_again() -> None:
    done = await perform([1.0, -0.48, 0.1, -4.0], ["Tell me.", ""], [TEN])
    assert voice(done) == "began lowered raised finished"
    (ignored,), (finished,) = done.of(ev.SoundIgnored), done.of(ev.ReplyFinished)
    assert finished.at_s - ignored.at_s == pytest.approx(10 * WORD_S + SENTENCE_PAUSE_S, abs=0.05), "from its start"
    assert said(done.turns) == [ASKED, ("companion", TEN)]
