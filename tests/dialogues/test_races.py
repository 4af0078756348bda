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
from companion.core.audio import HEARING_RATE_HZ, Samples, silence
from companion.core.engines import Message, ReplyLimits
from companion.core.errors import DeviceError, EngineError
from companion.core.intents import Mute, Quit, Say, Stop, Unmute
from companion.core.transcript import History, Turn
from companion.talk import speaker_watch
from companion.talk.attention import Attention, Habits
from companion.talk.exchange import Exchange
from companion.talk.floor import Her
from companion.talk.guesses import MOST
from companion.talk.parts import Recognizers, Thinking
from companion.talk.voiced_clause import SENTENCE_PAUSE_S
from companion.talk.workers import Worker
from tests.dialogues.stage import Dialogue, perform, prompt
from tests.fakes.engines import WORD_S, FixedDetector, ScriptedTranscriber, SilenceUntil, UnpluggedAt
from tests.fakes.scripted_mind import BreaksOff, NeverEnds, Scripted, ScriptedMind, bare

TEN = "One two three four five six seven eight nine ten."
ASKED = ("user", "Tell me.")
HEARD_AT_HOLD = "One two three four five six"
UNHEARD_AT_HOLD = "seven eight nine ten."


def said(done: Dialogue) -> list[tuple[str, str]]:
    return [(turn.who, turn.text) for turn in done.turns]


def voice(done: Dialogue) -> str:
    """What became of her voice, in order."""
    kinds = {
        "VoiceLowered": "lowered",
        "VoiceHeld": "held",
        "VoiceRaised": "raised",
        "ReplyStarted": "began",
        "ReplyFinished": "finished",
        "ReplyInterrupted": "interrupted",
    }
    return " ".join(kinds[name] for name in done.names() if name in kinds)


def check_she_remembers_what_was_heard(done: Dialogue, *replies: str) -> None:
    """Each reply stands once in history, cut where its event says; the others were heard by nobody."""
    hers = [turn for turn in done.turns if turn.who == "companion"]
    whole = [" ".join(filter(None, (turn.text, turn.unheard))) for turn in hers]
    assert whole == list(replies)
    told = [(e.heard, e.unheard) for e in done.of(ev.ReplyInterrupted)] + [
        (e.text, "") for e in done.of(ev.ReplyFinished)
    ]
    assert sorted(told) == sorted((turn.text, turn.unheard) for turn in hers)
    assert all(turn.interrupted == bool(turn.unheard) for turn in hers)


# --- speech and her first sound


@pytest.mark.parametrize("gap_ms", range(240, 720, 20))
async def test_speech_about_the_moment_of_her_first_sound(gap_ms: int) -> None:
    """Whichever comes first, each of the user's words is answered once, and she remembers what was heard."""
    done = await perform(
        [1.0, -gap_ms / 1000, 1.0, -4.0], ["Tell me.", "Tell me no more."], [TEN, "Fine."], mind=Obedient()
    )
    if len(done.of(ev.TurnEnded)) == 1:
        assert said(done) == [("user", "Tell me no more."), ("companion", "Fine.")]
        assert voice(done) == "began finished"
        return
    if not done.of(ev.ReplyInterrupted)[0].heard:
        # Both began at once: she falls silent within a word, and it is one turn.
        assert said(done) == [("user", "Tell me. Tell me no more."), ("companion", "Fine.")]
        assert voice(done) == "began lowered interrupted began finished"
        return
    assert gap_ms >= 540, "she had hardly begun"
    assert [who for who, _ in said(done)] == ["user", "companion", "user", "companion"]
    assert voice(done) == "began lowered held interrupted began finished"
    check_she_remembers_what_was_heard(done, TEN, "Fine.")
    assert len(done.turns[1].text.split()) <= 3


@pytest.mark.parametrize("gap_ms", range(240, 720, 20))
async def test_a_cough_about_the_moment_of_her_first_sound(gap_ms: int) -> None:
    done = await perform([1.0, -gap_ms / 1000, 0.08, -4.0], ["Tell me.", "Tell me."], [], mind=Obedient())
    assert said(done) == [ASKED, ("companion", TEN)]
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
    assert said(done) == [("user", "I went to town and back."), ("companion", "Kept.")]
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
    assert said(done) == [("user", "I went to town and back."), ("companion", "Kept.")]


class AbsentMind(ScriptedMind):
    """Thinks for ever about `puzzle`; `given_up` counts how often it was told to leave that."""

    def __init__(self, puzzle: str, replies: Sequence[Scripted]) -> None:
        super().__init__(replies)
        self._puzzle = puzzle
        self.given_up = 0

    async def reply(self, messages: Sequence[Message], limits: ReplyLimits) -> AsyncGenerator[str, None]:
        if bare(messages[-1]) == self._puzzle:
            try:
                await asyncio.Event().wait()
            finally:
                self.given_up += 1
        async with aclosing(super().reply(messages, limits)) as pieces:
            async for piece in pieces:
                yield piece


async def test_who_pauses_often_is_guessed_at_only_so_often() -> None:
    pauses = MOST + 2
    words = [f"{number}{number}" for number in range(1, pauses + 2)]
    texts = [" ".join(words[:count]) for count in range(1, pauses + 2)]
    mind = ScriptedMind([f"Guess {number}." for number in range(MOST)] + ["Kept."])
    done = await perform([*[0.35, -0.16] * pauses, 0.5, -4.0], texts, [], mind=mind)
    assert len(mind.prompts) == MOST + 1
    assert said(done) == [("user", texts[-1]), ("companion", "Kept.")]


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
    assert [text for who, text in said(done) if who == "user"] == ["Tell me.", "No it is.", "Not that."]


async def test_a_stop_right_after_a_back_channel_holds_her_again_where_she_is_by_then() -> None:
    done = await perform([1.0, -1.3, 0.3, -0.2, 0.4, -4.0], ["Tell me.", "Mm-hmm.", "Stop."], [TEN])
    assert voice(done) == "began lowered held raised lowered held interrupted"
    check_she_remembers_what_was_heard(done, TEN)
    assert said(done)[-1] == ("user", "Stop.")


async def test_speech_again_while_she_is_still_held_is_one_turn_with_what_was_said_before() -> None:
    """Nobody knows yet what the first sound was when the second begins: she stays silent until they are understood."""
    done = await perform(
        [1.0, -1.4, 0.3, -0.06, 0.3, -4.0],
        ["Tell me.", "Mm-hmm. Yeah."],
        [TEN],
    )
    assert voice(done) == "began lowered held raised finished"
    assert said(done) == [ASKED, ("companion", TEN)]


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
    assert said(done) == [("companion", TEN)]


@pytest.mark.parametrize("onset_ms", range(0, 300, 20))
async def test_speech_about_the_moment_the_greeting_begins(onset_ms: int) -> None:
    done = await perform([-onset_ms / 1000, 1.0, -4.0], ["Tell me."], ["Fine."], greeting=TEN)
    if said(done)[0] == ASKED:
        assert onset_ms <= 160, "who speaks as she begins goes first; who speaks later cuts her off"
        assert said(done)[1:] == [("companion", "Fine.")]
        return
    check_she_remembers_what_was_heard(done, TEN, "Fine.")
    assert len(done.turns[0].text.split()) <= 2
    assert said(done)[1:] == [ASKED, ("companion", "Fine.")]


# --- a sudden sound


async def test_a_knock_lowers_her_voice_for_a_moment() -> None:
    done = await perform([1.0, -1.42, 0.02, -4.0], ["Tell me."], [TEN])
    assert said(done) == [ASKED, ("companion", TEN)]
    assert voice(done) == "began lowered raised finished"
    (lowered,), (raised,) = done.of(ev.VoiceLowered), done.of(ev.VoiceRaised)
    assert lowered.at_s == pytest.approx(2.44, abs=0.011)
    assert 0.15 < raised.at_s - lowered.at_s < 0.3
    assert len(done.of(ev.SpeechStarted)) == 1, "nobody spoke but the user before"


@pytest.mark.parametrize("gap_ms", range(1200, 1700, 40))
async def test_she_ends_by_herself_about_the_moment_of_a_knock(gap_ms: int) -> None:
    done = await perform([1.0, -gap_ms / 1000, 0.02, -4.0], ["Tell me."], ["One two three four five."])
    assert said(done) == [ASKED, ("companion", "One two three four five.")]
    assert voice(done) in ("began finished", "began lowered raised finished", "began lowered finished raised")


# --- she comes to her end by herself


@pytest.mark.parametrize("gap_ms", range(1200, 1700, 40))
async def test_she_ends_by_herself_about_the_moment_of_a_cough(gap_ms: int) -> None:
    done = await perform([1.0, -gap_ms / 1000, 0.08, -4.0], ["Tell me."], ["One two three four five."])
    assert said(done) == [ASKED, ("companion", "One two three four five.")]
    assert voice(done) in ("began finished", "began lowered raised finished", "began lowered finished raised")
    check_she_remembers_what_was_heard(done, "One two three four five.")


@pytest.mark.parametrize("gap_ms", range(1000, 1700, 40))
async def test_she_ends_by_herself_about_the_moment_of_speech(gap_ms: int) -> None:
    done = await perform(
        [1.0, -gap_ms / 1000, 1.0, -4.0], ["Tell me.", "No it is."], ["One two three four five.", "Fine."]
    )
    assert [who for who, _ in said(done)] == ["user", "companion", "user", "companion"]
    check_she_remembers_what_was_heard(done, "One two three four five.", "Fine.")
    assert voice(done).endswith("began finished")


# --- keys


async def test_stop_by_key_while_she_is_held_ends_her_reply_and_not_the_users_turn() -> None:
    done = await perform([1.0, -1.4, 0.6, -4.0], ["Tell me.", "No it is."], [TEN, "Fine."], intents=[(2.8, Stop())])
    assert voice(done) == "began lowered held interrupted began finished"
    assert done.turns[1] == Turn("companion", HEARD_AT_HOLD, UNHEARD_AT_HOLD, True, done.turns[1].at_s)
    assert said(done)[2:] == [("user", "No it is."), ("companion", "Fine.")]


async def test_a_line_typed_while_she_is_held_interrupts_her_and_both_are_answered() -> None:
    done = await perform(
        [1.0, -1.4, 0.6, -4.0], ["Tell me.", "No it is."], [TEN, "Typed.", "Fine."], intents=[(2.8, Say("stop"))]
    )
    check_she_remembers_what_was_heard(done, TEN, "Typed.", "Fine.")
    assert [text for who, text in said(done) if who == "user"] == ["Tell me.", "stop", "No it is."]


async def test_a_line_typed_while_the_user_speaks_is_answered_and_its_answer_interrupted_in_good_order() -> None:
    done = await perform([1.0, -4.0], ["Tell me."], [TEN, "Fine."], intents=[(0.5, Say("Hello."))])
    check_she_remembers_what_was_heard(done, TEN, "Fine.")
    assert [who for who, _ in said(done)] == ["user", "companion", "user", "companion"]
    assert done.turns[1].interrupted


@pytest.mark.parametrize("at_s", [2.43, 2.5, 2.6, 2.8])
async def test_mute_while_she_is_lowered_or_held_lets_her_go_on(at_s: float) -> None:
    done = await perform([1.0, -1.4, 0.6, -4.0], ["Tell me."], [TEN], intents=[(at_s, Mute()), (3.5, Unmute())])
    assert said(done) == [ASKED, ("companion", TEN)]
    assert voice(done) in ("began lowered raised finished", "began lowered held raised finished")


# --- devices


@pytest.mark.parametrize("speech_s", [0.02, 0.12, 0.3])
async def test_a_microphone_lost_while_she_is_lowered_or_held_lets_her_go_on(speech_s: float) -> None:
    gone = DeviceError("It has gone.", "Plug it in.")
    done = await perform([1.0, -1.4, speech_s, gone, -4.0], ["Tell me."], [TEN])
    assert said(done) == [ASKED, ("companion", TEN)]
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
    assert said(done) == [ASKED, ("companion", TEN)]
    (began,), (finished,) = done.of(ev.ReplyStarted), done.of(ev.ReplyFinished)
    assert finished.at_s - began.at_s >= 2.2, "ten words and the pause behind them"


# --- faults

DIES = BreaksOff("One two three. Four five six seven eight nine ten. And", EngineError("It died.", "Start it."))


async def test_a_mind_that_died_while_she_was_held_is_told_of_when_she_has_gone_on() -> None:
    done = await perform([1.0, -1.4, 0.4, -4.0], ["Tell me.", "Mm-hmm."], [DIES])
    assert voice(done) == "began lowered held raised finished"
    assert [fault.message for fault in done.of(ev.Faulted)] == ["It died."]
    assert said(done) == [ASKED, ("companion", DIES.said)]
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
    assert said(went_on) == [("user", "I was here."), ("companion", "Fine.")]
    ended = await perform([1.0, -4.0], ["Tell me."], [died])
    assert [fault.message for fault in ended.of(ev.Faulted)] == ["It died."]
    assert said(ended) == [ASKED]


async def test_a_transcriber_that_fails_while_she_is_held_lets_her_go_on() -> None:
    done = await perform([1.0, -1.4, 0.4, -4.0], ["Tell me.", EngineError("No.", "Hint.")], [TEN])
    assert voice(done) == "began lowered held raised finished"
    assert [fault.message for fault in done.of(ev.Faulted)] == ["No."]
    assert said(done) == [ASKED, ("companion", TEN)]


async def test_a_detector_that_fails_leaves_the_words_to_decide() -> None:
    class Failing(FixedDetector):
        def completeness(self, turn: Samples) -> float:
            raise EngineError("No ear.", "Hint.")

    done = await perform([1.0, -4.0], ["Tell me."], ["Fine."], detector=Failing(0.0))
    assert [fault.message for fault in done.of(ev.Faulted)] == ["No ear."]
    assert said(done) == [ASKED, ("companion", "Fine.")]


async def test_a_turn_that_has_ended_before_it_could_be_understood_is_transcribed_once() -> None:
    """Blocks that come all at once leave no time in between, as when the computer was busy."""
    done = await perform(
        [1.0, SilenceUntil("SpeechStarted"), -1.0, SilenceUntil("ReplyFinished")], ["Tell me."], ["Fine."]
    )
    assert len(done.transcriber.heard_s) == 1
    assert said(done) == [ASKED, ("companion", "Fine.")]


# --- her own voice


async def test_her_own_words_come_back_over_her_voice_do_not_stop_her() -> None:
    done = await perform([1.0, -1.6, 0.6, -4.0], ["Tell me.", "Three four five six."], [TEN])
    assert voice(done) == "began lowered held raised finished"
    assert said(done) == [ASKED, ("companion", TEN)]
    assert [event.why for event in done.of(ev.SoundIgnored)] == ["her own voice"]


async def test_her_last_words_come_back_late_are_not_answered() -> None:
    done = await perform([1.0, -2.9, 0.6, -4.0], ["Tell me.", "Eight nine ten."], [TEN])
    assert said(done) == [ASKED, ("companion", TEN)]
    assert done.of(ev.SoundIgnored)


async def test_who_repeats_her_words_long_after_is_answered() -> None:
    done = await perform([1.0, -7.0, 0.6, -4.0], ["Tell me.", "Eight nine ten."], [TEN, "Yes."])
    assert said(done)[2:] == [("user", "Eight nine ten."), ("companion", "Yes.")]


async def test_a_cough_as_she_begins_has_her_begin_again() -> None:
    done = await perform([1.0, -0.48, 0.1, -4.0], ["Tell me.", ""], [TEN])
    assert voice(done) == "began lowered raised finished"
    (ignored,), (finished,) = done.of(ev.SoundIgnored), done.of(ev.ReplyFinished)
    assert finished.at_s - ignored.at_s == pytest.approx(10 * WORD_S + SENTENCE_PAUSE_S, abs=0.05), "from its start"
    assert said(done) == [ASKED, ("companion", TEN)]
