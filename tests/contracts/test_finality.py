"""How a reply that is asked for while the language model weighs the words fits in, with the real model."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import aclosing

import pytest

from companion.backends.llama_cpp import LlamaCpp
from companion.core.engines import LanguageModel, Message, ReplyLimits
from tests.served import gguf, served

SAID = [Message("system", "You are Samantha.")]
TRIES = 20
"""A server overtakes now and then: where a reply was sent right behind the question, 1 in 12 began first."""


@pytest.fixture(params=["llama.cpp", "openai"])
async def mind(request: pytest.FixtureRequest) -> AsyncIterator[LanguageModel]:
    if request.param == "openai":
        async with served() as (elsewhere, _):
            yield elsewhere
        return
    embedded = LlamaCpp(gguf(), "smollm2-135m-instruct")
    await embedded.open()
    yield embedded
    await embedded.close()


async def test_a_reply_that_is_asked_for_meanwhile_is_begun_behind_it(mind: LanguageModel) -> None:
    order: list[str] = []

    async def weigh(said: list[Message]) -> None:
        assert await mind.finality(said) is not None
        order.append("weighed")

    async def answer(said: list[Message]) -> None:
        async with aclosing(mind.reply(said, ReplyLimits(8))) as pieces:
            assert await anext(pieces)
            order.append("answered")

    for count in range(TRIES):
        said = [*SAID, Message("user", f"It has been raining for {count} days.")]
        async with asyncio.TaskGroup() as both:
            both.create_task(weigh(said))
            await asyncio.sleep(0)
            both.create_task(answer(said))

    assert order == ["weighed", "answered"] * TRIES
