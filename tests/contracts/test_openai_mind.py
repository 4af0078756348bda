"""A mind behind the real server of llama.cpp: it is free as soon as nobody listens, and says what is wrong with it."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator
from contextlib import aclosing
from dataclasses import replace

import pytest

from companion.backends.llama_process import LlamaProcess
from companion.backends.openai_http import Server
from companion.backends.openai_mind import OpenAiMind
from companion.core.engines import LanguageModel, Message, ReplyLimits
from companion.core.errors import EngineError, ModelError
from companion.core.tools import tool_caller
from tests.fakes.tools import FORECAST
from tests.served import served, server_of, works

QUESTION = Message("user", "What should I cook for dinner tonight?")
LONG_PROMPT = [Message("user", " ".join(f"Word {number} is a number." for number in range(420)))]
FREED_S = 1.0
"""llama.cpp notices between two pieces of a prompt, within 0.5 s (see `llama_server.BATCH_TOKENS`)."""

SCHEMA = {
    "type": "object",
    "properties": {"name": {"type": "string", "maxLength": 12}, "age": {"type": "integer", "enum": [7, 8]}},
    "required": ["name", "age"],
    "additionalProperties": False,
}


@pytest.fixture
async def far() -> AsyncIterator[tuple[OpenAiMind, LlamaProcess]]:
    async with served() as both:
        yield both


async def said(mind: LanguageModel, messages: list[Message], max_tokens: int = 8) -> str:
    async with aclosing(mind.reply(messages, ReplyLimits(max_tokens))) as pieces:
        return "".join([piece async for piece in pieces])


async def until(process: LlamaProcess, *, working: bool) -> float:
    """Seconds until the server works, or no more."""
    began_s = time.monotonic()
    while await works(process) != working:
        assert time.monotonic() - began_s < 15, "it did not come to that"
        await asyncio.sleep(0.02)
    return time.monotonic() - began_s


@pytest.mark.alone
async def test_a_reply_that_is_closed_frees_the_server(far: tuple[OpenAiMind, LlamaProcess]) -> None:
    mind, process = far
    async with aclosing(mind.reply([QUESTION], ReplyLimits(2000))) as pieces:
        assert await anext(pieces)
        assert await works(process)
    assert await until(process, working=False) < FREED_S


@pytest.mark.alone
@pytest.mark.parametrize("ahead", [False, True])
async def test_reading_that_is_cancelled_frees_the_server(far: tuple[OpenAiMind, LlamaProcess], ahead: bool) -> None:
    mind, process = far
    task = asyncio.create_task(mind.anticipate(LONG_PROMPT) if ahead else mind.warm_up(LONG_PROMPT))
    await until(process, working=True)
    task.cancel()
    await asyncio.wait({task})
    assert await until(process, working=False) < FREED_S


async def test_what_was_read_ahead_is_not_read_again(far: tuple[OpenAiMind, LlamaProcess]) -> None:
    mind, _ = far
    question = "I have some leeks and two potatoes and I wonder what I should cook for dinner tonight?"
    await mind.anticipate([Message("user", question.removesuffix(" for dinner tonight?"))])
    await said(mind, [Message("user", question)])
    timings = mind.last_timings
    assert timings.cached_tokens and timings.cached_tokens > 20
    assert timings.read_tokens is not None and timings.read_tokens < 16
    assert timings.read_s and timings.written_s


async def test_json_follows_its_schema(far: tuple[OpenAiMind, LlamaProcess]) -> None:
    text = await far[0].fill([Message("user", "Who is Tom, who is seven?")], SCHEMA, ReplyLimits(100))
    assert set(filled := json.loads(text)) == {"name", "age"}
    assert filled["age"] in (7, 8)


async def test_it_says_whether_its_model_has_learned_to_call_tools(far: tuple[OpenAiMind, LlamaProcess]) -> None:
    assert tool_caller(far[0]) is None, "SmolLM2-135M has not"
    async with aclosing(far[0].reply_or_call([QUESTION], [FORECAST], ReplyLimits(12))) as items:
        assert [item async for item in items], "a server that is asked all the same gives words or a call"


async def test_it_says_where_it_is_and_what_it_runs(far: tuple[OpenAiMind, LlamaProcess]) -> None:
    mind, _ = far
    info = mind.info()
    assert (info.part, info.name, info.where) == ("language model", "llama.cpp's server", "this computer")
    assert "SmolLM2" in info.model or "smollm2" in info.model.lower()
    assert mind.context_tokens == 4096


async def test_a_conversation_that_is_too_long_is_told(far: tuple[OpenAiMind, LlamaProcess]) -> None:
    with pytest.raises(EngineError, match="longer than the 4096 tokens") as caught:
        await said(far[0], [Message("user", "word " * 6000)])
    assert "mind.context_tokens" in caught.value.hint
    assert await said(far[0], [QUESTION])


@pytest.mark.parametrize(("key", "words"), [("", "wants a key"), ("wrong", "does not accept the key")])
async def test_a_wrong_key_is_told(far: tuple[OpenAiMind, LlamaProcess], key: str, words: str) -> None:
    mind = OpenAiMind(replace(server_of(far[1]), key=key))
    with pytest.raises(EngineError, match=words) as caught:
        await said_once(mind)
    assert "companion key set mind" in caught.value.hint


async def test_a_server_that_is_killed_in_mid_reply_is_told_at_once(far: tuple[OpenAiMind, LlamaProcess]) -> None:
    mind, process = far
    pieces = mind.reply([QUESTION], ReplyLimits(2000))
    async with aclosing(pieces):
        assert await anext(pieces)
        await process.stop()
        began_s = time.monotonic()
        with pytest.raises(EngineError, match="broke off"):
            async for _ in pieces:
                pass
        assert time.monotonic() - began_s < 3
    with pytest.raises(EngineError, match="does not answer"):
        await said(mind, [QUESTION])


async def test_nobody_at_that_address() -> None:
    with pytest.raises(EngineError, match=r"The language model at http://127.0.0.1:9 does not answer"):
        await said_once(OpenAiMind(Server.at("http://127.0.0.1:9", "", 5.0, "language model", "elsewhere.mind")))


async def said_once(mind: OpenAiMind) -> None:
    try:
        await mind.open()
        await said(mind, [QUESTION])
    except (EngineError, ModelError):
        await mind.close()
        raise
    await mind.close()
    raise AssertionError("it went well")
