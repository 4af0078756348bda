"""A language model that is still loading: what is asked waits, and a failure is hers to tell."""

from __future__ import annotations

import asyncio

import pytest

from companion.backends.loading_mind import LoadingMind
from companion.core.engines import Message, ReplyLimits
from companion.core.errors import ModelError
from tests.fakes.scripted_mind import ScriptedMind

HELLO = [Message("user", "Hello.")]


async def answer(mind: LoadingMind) -> str:
    return "".join([piece async for piece in mind.reply(HELLO, ReplyLimits())])


async def test_an_answer_waits_until_it_is_loaded() -> None:
    loaded, mind = asyncio.Event(), ScriptedMind(["Hi there."])

    async def load() -> None:
        await loaded.wait()
        await mind.warm_up(HELLO)

    loading = LoadingMind(mind, load())
    await loading.anticipate(HELLO)
    answering = asyncio.create_task(answer(loading))
    await asyncio.sleep(0)
    assert mind.prompts == mind.anticipated == []
    loaded.set()
    assert await answering == "Hi there."
    assert mind.warmed == [tuple(HELLO)]
    await loading.anticipate(HELLO)
    assert len(mind.anticipated) == 1
    await loading.close()


async def test_an_answer_that_is_given_up_does_not_stop_the_loading() -> None:
    loaded, mind = asyncio.Event(), ScriptedMind(["Hi there."])

    async def load() -> None:
        await loaded.wait()

    loading = LoadingMind(mind, load())
    answering = asyncio.create_task(answer(loading))
    await asyncio.sleep(0)
    answering.cancel()
    await asyncio.wait({answering})
    loaded.set()
    assert await answer(loading) == "Hi there."
    await loading.close()


async def test_a_failure_to_load_is_told_to_whoever_asks() -> None:
    async def fail() -> None:
        raise ModelError("It is damaged.", "Fetch it anew.")

    loading = LoadingMind(ScriptedMind([]), fail())
    with pytest.raises(ModelError, match="damaged"):
        await answer(loading)
    await loading.anticipate(HELLO)
    await loading.close()


async def test_closing_gives_up_the_loading() -> None:
    mind = ScriptedMind([])
    loading = LoadingMind(mind, asyncio.Event().wait())  # type: ignore[arg-type]
    await loading.close()
    assert loading.loading.cancelled()
    assert mind.closed
