"""A reply that is a help desk's from beginning to end is not said: the model is asked once more."""

from __future__ import annotations

from companion.core import events as ev
from companion.core.errors import EngineError
from companion.core.intents import Say
from companion.talk.recall_notes import AGAIN_NOTE
from tests.dialogues.stage import perform
from tests.fakes.scripted_mind import ScriptedMind

REFUSAL = "I'm sorry, but I can't do that."


async def said(*replies: str | Exception) -> tuple[list[str], ScriptedMind]:
    mind = ScriptedMind([*replies])
    done = await perform([-6.0], [], [], mind=mind, intents=[(0.1, Say("It's snowing."))])
    return [event.text for event in done.of(ev.ReplyFinished)], mind


async def test_the_second_answer_is_said_and_the_first_never_was() -> None:
    texts, mind = await said(REFUSAL, "Is it lying yet?")
    assert texts == ["Is it lying yet?"]
    first, second = mind.prompts
    assert second[:-1] == first[:-1], "what was read is not read again"
    assert second[-1].text == f"{first[-1].text} {AGAIN_NOTE}"


async def test_one_that_is_no_better_leaves_the_first() -> None:
    texts, mind = await said(REFUSAL, "How can I help you today?")
    assert texts == ["I can't do that."]
    assert len(mind.prompts) == 2


async def test_a_model_that_fails_then_leaves_the_first() -> None:
    texts, _ = await said(REFUSAL, EngineError("It broke.", "Mend it."))
    assert texts == ["I can't do that."]


async def test_what_has_a_word_of_hers_in_it_is_said_at_once() -> None:
    texts, mind = await said(f"Snow! {REFUSAL}")
    assert texts == ["Snow!"]
    assert len(mind.prompts) == 1
