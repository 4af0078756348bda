"""When she answers what could go on: as soon as the language model takes it for complete."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Sequence

import pytest

from companion.core import events as ev
from companion.core.engines import Message, ReplyLimits
from tests.dialogues.stage import perform
from tests.fakes.scripted_mind import ScriptedMind

PLAIN = "I went home."
TOO_LONG_TO_BE_READ_AHEAD = "I went home and slept until the next morning."
"""In a turn of a second, of which a glance sees three words."""


def mind_that_says(finality: float | None, *replies: str) -> ScriptedMind:
    mind = ScriptedMind(replies)
    if finality is not None:
        mind.finalities = {PLAIN: finality}
    return mind


@pytest.mark.parametrize(("finality", "after_s"), [(3.0, 0.24), (None, 0.41), (-1.0, 0.94)])
async def test_what_the_language_model_takes_for_complete_is_answered_sooner(
    finality: float | None, after_s: float
) -> None:
    mind = mind_that_says(finality, "Did you?")
    done = await perform([-1.0, 1.0, -5.0], [PLAIN], [], mind=mind)
    (ended,) = done.of(ev.TurnEnded)
    assert ended.silence_s == pytest.approx(after_s, abs=0.04)
    assert [(turn.who, turn.text) for turn in done.turns] == [("user", PLAIN), ("companion", "Did you?")]
    assert len(mind.prompts) == 1, "it was thought about once, whenever it was answered"


async def test_who_goes_on_after_what_seemed_complete_is_answered_once() -> None:
    mind = mind_that_says(3.0, "Did you?", "To bed?")
    done = await perform([-1.0, 1.0, -0.2, 1.0, -5.0], [PLAIN, "I went home and to bed."], [], mind=mind)
    assert [turn.text for turn in done.turns] == ["I went home and to bed.", "To bed?"]


class SlowToWeigh(ScriptedMind):
    """Says what it was asked for, in order; its verdict takes longer than to compose an answer."""

    def __init__(self, replies: tuple[str, ...]) -> None:
        super().__init__(replies)
        self.order: list[str] = []

    async def finality(self, messages: Sequence[Message]) -> float | None:
        for _ in range(50):
            await asyncio.sleep(0)
        if messages[-1].text.endswith(TOO_LONG_TO_BE_READ_AHEAD):
            self.order.append("weighed")
        return 3.0

    def reply(self, messages: Sequence[Message], limits: ReplyLimits) -> AsyncGenerator[str, None]:
        self.order.append("asked")
        return super().reply(messages, limits)


async def test_the_verdict_on_the_words_comes_before_an_answer_to_them_is_asked_for() -> None:
    mind = SlowToWeigh(("Did you?",))
    done = await perform([-1.0, 1.0, -5.0], [TOO_LONG_TO_BE_READ_AHEAD], [], mind=mind)
    assert mind.order == ["weighed", "asked"]
    (ended,) = done.of(ev.TurnEnded)
    assert ended.silence_s == pytest.approx(0.24, abs=0.04)
