"""The stand-in of the language model: it asks while there is an interview, and is not noticed otherwise."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping, Sequence
from typing import Any

from companion.core.engines import Message, ReplyLimits
from companion.core.errors import EngineError
from companion.core.events import ReplyFinished, ReplyInterrupted
from companion.core.persona import Persona
from companion.talk.interview.course import FROM_THE_START
from companion.talk.interview.interviewer import MEANWHILE, MOMENT, SHALL_I, Interviewer
from companion.talk.interview.questions import LEFT, QUESTIONS, WHAT_ELSE
from tests.fakes.scripted_mind import ScriptedMind
from tests.unit.talk.interview.test_course import ANSWERS

SYSTEM = Message("system", "You are Ada.")
NOTHING = json.dumps({})


class Talk:
    """What was said, to an interviewer that hears all of it each time, as from a conversation."""

    def __init__(self, mind: ScriptedMind, begun: bool = True) -> None:
        self.mind = mind
        self.interviewer = Interviewer(mind, "Robin", ("Vera",), begun=begun)
        self.adopted: list[Persona] = []
        self.interviewer.adopt = self.adopted.append
        self.messages = [SYSTEM]
        if begun:
            self.messages += [Message("user", "(It is noon.)\n\nHello."), Message("assistant", FROM_THE_START.words)]

    async def guess(self, text: str) -> str:
        """The reply to `text`, which nobody hears."""
        asked = [*self.messages, Message("user", text)]
        return "".join([piece async for piece in self.interviewer.reply(asked, ReplyLimits())]).strip()

    async def say(self, *texts: str) -> str:
        reply = ""
        for text in texts:
            reply = await self.guess(text)
            self.messages += [Message("user", text), Message("assistant", reply)]
            self.hear(reply)
        await asyncio.sleep(0)
        return reply

    def hear(self, reply: str) -> None:
        self.interviewer.beside(lambda event: None)(ReplyFinished(0.0, reply))


async def test_it_asks_and_offers_and_becomes() -> None:
    talk = Talk(ScriptedMind([NOTHING]))
    offer = await talk.say(*ANSWERS)
    assert offer.endswith(SHALL_I)
    assert not talk.adopted
    await talk.say("Yes.")
    assert [persona.name in offer for persona in talk.adopted] == [True]
    assert talk.adopted[0].name not in ("Vera", "Robin")
    assert len(talk.mind.schemas) == 1, "one call, whatever was asked for in vain"


async def test_a_reply_that_nobody_heard_changes_nothing() -> None:
    talk = Talk(ScriptedMind([NOTHING]))
    await talk.say(*ANSWERS)
    await talk.guess("Yes.")
    await talk.say("Yes, but warmer.")
    assert not talk.adopted
    talk.interviewer.beside(lambda event: None)(ReplyInterrupted(0.0, "", await talk.guess("Yes.")))
    await asyncio.sleep(0)
    assert not talk.adopted, "nothing of it was heard"


async def test_a_farewell_that_was_cut_off_counts() -> None:
    talk = Talk(ScriptedMind([NOTHING]))
    await talk.say(*ANSWERS)
    first, _, rest = (await talk.guess("Yes.")).partition(" ")
    talk.interviewer.beside(lambda event: None)(ReplyInterrupted(0.0, first, rest))
    await asyncio.sleep(0)
    assert len(talk.adopted) == 1


async def test_a_model_that_fails_costs_its_part_alone() -> None:
    talk = Talk(ScriptedMind([EngineError("It died.", "Try again.")]))
    assert (await talk.say(*ANSWERS)).endswith(SHALL_I)
    await talk.say("Yes.")
    assert "never gave up" in talk.adopted[0].character


async def test_the_model_thinks_while_the_last_question_is_asked() -> None:
    talk = Talk(ScriptedMind([NOTHING]))
    await talk.say(*ANSWERS[:-1])
    await asyncio.sleep(0)
    assert len(talk.mind.schemas) == 1
    for _ in range(5):
        await asyncio.sleep(0)
    assert MOMENT not in await talk.say(ANSWERS[-1])


async def test_no_asks_what_to_change_and_a_change_is_told() -> None:
    talk = Talk(ScriptedMind([NOTHING]))
    await talk.say(*ANSWERS)
    assert await talk.say("No.") == WHAT_ELSE
    changed = await talk.say("A bit warmer.")
    assert "warmth 8" in changed and "grandmother" not in changed
    await talk.say("Yes.")
    assert talk.adopted[0].dials.warmth == 8


async def test_an_interview_that_was_left_can_be_held_again_with_the_same_answers() -> None:
    talk = Talk(ScriptedMind([NOTHING, NOTHING]))
    await talk.say(*ANSWERS[:-1], "Stop the interview.", "Interview me.")
    assert (await talk.say(*ANSWERS)).endswith(SHALL_I)


async def test_the_next_one_takes_another_name() -> None:
    talk = Talk(ScriptedMind([NOTHING, NOTHING]))
    await talk.say(*ANSWERS, "Yes.", "Interview me.", *ANSWERS, "Yes.")
    first, second = talk.adopted
    assert first.name != second.name


async def test_all_else_goes_to_the_model() -> None:
    talk = Talk(ScriptedMind(["Rainy.", "Sunny."]), begun=False)
    assert await talk.say("What's the weather?") == "Rainy."
    assert (await talk.say("Interview me.")).endswith(QUESTIONS["company"].asked)
    assert await talk.say("Stop the interview.") == LEFT
    assert await talk.say("And tomorrow?") == "Sunny."
    assert talk.mind.prompts[-1][-1].text == "And tomorrow?"


async def test_it_reads_ahead_only_outside_of_an_interview() -> None:
    talk = Talk(ScriptedMind(["Rainy."]), begun=False)
    await talk.interviewer.anticipate([SYSTEM, Message("user", "What")])
    assert len(talk.mind.anticipated) == 1
    await talk.say("Interview me.")
    await talk.interviewer.anticipate([*talk.messages, Message("user", "Not so")])
    assert len(talk.mind.anticipated) == 1


async def test_notes_and_examples_are_no_answers() -> None:
    talk = Talk(ScriptedMind([]), begun=False)
    talk.interviewer = Interviewer(talk.mind, prefix=lambda: 3)
    talk.messages = [SYSTEM, Message("user", "Interview me."), Message("assistant", "No.")]
    await talk.say("(What you remember: Let's start over.)\n\nInterview me.")
    assert (await talk.say("(It is noon.)\n\nSkip.")).endswith(QUESTIONS["manner"].asked)


async def test_while_the_model_thinks_long_she_says_something(monkeypatch: Any) -> None:
    from companion.talk.interview import interviewer

    monkeypatch.setattr(interviewer, "PATIENCE_S", 0.0)
    monkeypatch.setattr(interviewer, "LONGEST_S", 0.05)

    class Slow(ScriptedMind):
        async def fill(self, messages: Sequence[Message], schema: Mapping[str, Any], limits: ReplyLimits) -> str:
            await asyncio.Event().wait()
            return ""

    reply = await Talk(Slow([])).say(*ANSWERS)
    assert all(line in reply for line in (MOMENT, *MEANWHILE)) and reply.endswith(SHALL_I)


async def test_it_ends_what_it_began() -> None:
    talk = Talk(ScriptedMind([NOTHING]))
    await talk.guess(ANSWERS[0])
    await talk.say(*ANSWERS[:-1])
    await talk.interviewer.close()
    assert talk.mind.closed
    assert [task for task in asyncio.all_tasks() if task is not asyncio.current_task()] == []
