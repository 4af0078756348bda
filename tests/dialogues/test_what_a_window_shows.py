"""What a window needs beside the voice: levels, words in step, and a past that can be forgotten."""

from __future__ import annotations

import pytest

from companion.core import events as ev
from companion.core.audio import SILENCE_DB
from companion.core.intents import BeginAnew, Forget, Say
from companion.core.transcript import Turn
from companion.talk.voiced_clause import SENTENCE_PAUSE_S
from tests.dialogues.stage import perform
from tests.fakes.engines import WORD_S
from tests.fakes.scripted_mind import ScriptedMind, bare

TEN = "One two three four five six seven eight nine ten."


def said(turns: tuple[Turn, ...]) -> list[str]:
    return [turn.text for turn in turns]


async def test_her_voice_is_measured_while_she_speaks_and_once_when_she_has_fallen_silent() -> None:
    done = await perform([1.0, -5.0], ["Count."], [TEN])
    levels = done.of(ev.VoiceMeasured)
    began_s = done.of(ev.ReplyStarted)[0].at_s
    spoken_s = done.of(ev.ReplyFinished)[0].at_s - began_s
    assert len(levels) == pytest.approx(20 * (spoken_s - SENTENCE_PAUSE_S), abs=3)
    assert levels[2].db == pytest.approx(-20.0, abs=0.5), "the voice of the stage has an amplitude of 0.1"
    assert [level.db for level in levels].count(SILENCE_DB) == 1, "silence is told once"
    assert levels[-1].db == SILENCE_DB
    assert levels[-1].at_s == pytest.approx(began_s + spoken_s - SENTENCE_PAUSE_S, abs=0.1)


async def test_her_voice_is_measured_as_low_as_it_is_when_she_gives_way() -> None:
    done = await perform([1.0, -1.3, 1.0, -3.0], ["Tell me.", "No it is."], [TEN, "Ok."])
    ducked_s = done.of(ev.VoiceLowered)[0].at_s
    after = next(level for level in done.of(ev.VoiceMeasured) if level.at_s > ducked_s + 0.06)
    assert after.db < -30.0


async def test_a_clause_says_where_each_of_its_written_words_ends() -> None:
    done = await perform([1.0, -5.0], ["How much?"], ["It costs $5 million."])
    (clause,) = done.of(ev.ClauseStarted)
    assert len(clause.ends_s) == len(clause.text.split())
    assert clause.ends_s == pytest.approx((WORD_S, 2 * WORD_S, 5 * WORD_S, 5 * WORD_S)), "five million dollars"
    assert clause.duration_s == pytest.approx(clause.ends_s[-1])


async def test_a_line_may_be_answered_in_writing_only() -> None:
    done = await perform(
        [-4.0], [], [TEN, "Seven."], intents=[(0.5, Say("Count.", silently=True)), (1.0, Say("Three and four?"))]
    )
    written, spoken = done.of(ev.ClauseStarted)
    assert (written.duration_s, written.ends_s) == (0.0, ())
    assert spoken.duration_s > 0
    assert said(done.turns) == ["Count.", TEN, "Three and four?", "Seven."]
    assert min(level.at_s for level in done.of(ev.VoiceMeasured)) >= 1.0


async def test_a_new_conversation_knows_nothing_of_the_old_one() -> None:
    mind = ScriptedMind([TEN, "Hello."])
    done = await perform(
        [-6.0], [], [], mind=mind, intents=[(0.1, Say("Count.")), (1.0, BeginAnew()), (2.0, Say("Hi."))]
    )
    assert done.names() == [
        "UserSpoke", "ReplyStarted", "ClauseStarted", "ReplyInterrupted", "ConversationBegun",
        "UserSpoke", "ReplyStarted", "ClauseStarted", "ReplyFinished",
    ]  # fmt: skip
    assert said(done.turns) == ["Hi.", "Hello."]
    assert [bare(message) for message in mind.prompts[-1] if message.role == "user"] == ["Hi."]
    assert [message.role for message in mind.anticipated[-2]] == ["system", "user"], "the bare prefix is read anew"


async def test_what_was_deleted_is_forgotten() -> None:
    mind = ScriptedMind(["Noted.", "I do not know."])
    done = await perform(
        [1.0, -3.0, -3.0], ["Ada, my number is 12."], [], mind=mind,
        intents=[(3.5, Forget(("Ada, my number is 12.", "Noted."))), (4.0, Say("What is it?"))],
    )  # fmt: skip
    assert said(done.turns) == ["What is it?", "I do not know."]
    assert all("12" not in bare(message) for message in mind.prompts[-1])
