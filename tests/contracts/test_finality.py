"""How a reply that is asked for while the language model weighs the words fits in, with the real model."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import aclosing

import pytest

from companion.backends.llama_cpp import LlamaCpp
from companion.core.engines import LanguageModel, Message, ReplyLimits
from tests.served import gguf, served

SAID = [Message("system", "You are Samantha."), Message("user", "It has been raining since this morning.")]


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

    async def weigh() -> None:
        assert await mind.finality(SAID) is not None
        order.append("weighed")

    async def answer() -> None:
        async with aclosing(mind.reply(SAID, ReplyLimits(8))) as pieces:
            assert await anext(pieces)
            order.append("answered")

    async with asyncio.TaskGroup() as both:
        both.create_task(weigh())
        await asyncio.sleep(0)
        both.create_task(answer())

    assert order == ["weighed", "answered"]
