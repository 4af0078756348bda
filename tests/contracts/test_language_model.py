"""What every language model does, scripted, on Ollama, and embedded; and what the embedded one does besides."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import time
from collections.abc import AsyncIterator
from contextlib import aclosing

import httpx
import psutil
import pytest

from companion.backends import llama_cpp
from companion.backends.fallback_mind import FallbackMind
from companion.backends.llama_cpp import RESTARTS, LlamaCpp
from companion.backends.ollama import Ollama
from companion.core.engines import LanguageModel, Message, ReplyLimits
from companion.core.errors import EngineError
from tests.contracts.minds import CHARACTER, LONG_PROMPT, LONG_REPLY, QUESTION, SOON_S, cpu_s, embedded, read, until
from tests.fakes.ollama_server import FakeOllama
from tests.fakes.scripted_mind import ScriptedMind
from tests.served import gguf, served


@pytest.fixture
async def llama() -> AsyncIterator[LlamaCpp]:
    async with embedded() as mind:
        yield mind


@pytest.fixture(params=["scripted", "ollama", "llama.cpp", "openai", "fallback"])
async def mind(request: pytest.FixtureRequest) -> AsyncIterator[LanguageModel]:
    if request.param == "llama.cpp":
        async with embedded() as real:
            yield real
    elif request.param in ("openai", "fallback"):
        async with served() as (elsewhere, _):
            both = FallbackMind(
                elsewhere, lambda: pytest.fail("it is there"), lambda message, hint: pytest.fail(message)
            )
            yield elsewhere if request.param == "openai" else both
    elif request.param == "ollama":
        async with FakeOllama(says=LONG_REPLY) as server:
            far = Ollama(server.address, "qwen2.5:3b")
            await far.open()
            yield far
            await far.close()
            assert server.generating == 0
    else:
        yield ScriptedMind([LONG_REPLY] * 3)


async def test_a_reply_comes_in_pieces_and_no_longer_than_allowed(mind: LanguageModel) -> None:
    pieces = await read(mind, [CHARACTER, QUESTION], max_tokens=8)
    assert 3 <= len(pieces) <= 8
    assert all(pieces)
    written = mind.last_timings.written_tokens
    assert written is not None and written <= 8


async def test_a_reply_that_is_closed_makes_room_for_the_next(mind: LanguageModel) -> None:
    async with aclosing(mind.reply([CHARACTER, QUESTION], ReplyLimits(2000))) as pieces:
        assert await anext(pieces)
    began_s = time.monotonic()
    assert await read(mind, [CHARACTER, QUESTION], max_tokens=3)
    assert time.monotonic() - began_s < SOON_S


async def test_a_reply_whose_task_is_cancelled_makes_room_for_the_next(mind: LanguageModel) -> None:
    begun = asyncio.Event()

    async def consume() -> None:
        async with aclosing(mind.reply([CHARACTER, QUESTION], ReplyLimits(2000))) as pieces:
            async for _ in pieces:
                begun.set()

    task = asyncio.create_task(consume())
    await begun.wait()
    task.cancel()
    await asyncio.wait({task})
    assert task.cancelled()
    assert await read(mind, [CHARACTER, QUESTION], max_tokens=3)


async def test_warming_up_comes_before_a_reply_and_is_none(mind: LanguageModel) -> None:
    await mind.warm_up([CHARACTER, Message("user", "Hello."), Message("assistant", "Hello you.")])
    assert await read(mind, [CHARACTER, QUESTION], max_tokens=3)


async def test_what_is_still_being_said_is_read_ahead_and_is_no_reply(mind: LanguageModel) -> None:
    before = mind.last_timings
    for said in ("What should", "What should I cook", "What should I cook for dinner"):
        await mind.anticipate([CHARACTER, Message("user", said)])
    if not isinstance(mind, Ollama):  # which reads a prompt only to write a word, and says so
        assert mind.last_timings == before
    assert await read(mind, [CHARACTER, QUESTION], max_tokens=3)


async def test_reading_ahead_that_is_cancelled_makes_room_for_the_reply(mind: LanguageModel) -> None:
    task = asyncio.create_task(mind.anticipate([CHARACTER, QUESTION]))
    await asyncio.sleep(0)
    task.cancel()
    await asyncio.wait({task})
    assert await read(mind, [CHARACTER, QUESTION], max_tokens=3)


async def test_reading_ahead_raises_nothing_even_when_closed(mind: LanguageModel) -> None:
    await mind.close()
    await mind.anticipate([CHARACTER, QUESTION])


SCHEMA = {
    "type": "object",
    "properties": {"name": {"type": "string", "maxLength": 12}, "age": {"type": "integer", "enum": [7, 8]}},
    "required": ["name", "age"],
    "additionalProperties": False,
}


async def test_json_is_filled_in_by_its_schema(llama: LlamaCpp) -> None:
    text = await llama.fill([Message("user", "Who is Tom, who is seven?")], SCHEMA, ReplyLimits(100))
    assert set(filled := json.loads(text)) == {"name", "age"}
    assert filled["age"] in (7, 8)


async def test_ollama_is_given_the_schema_and_told_not_to_guess() -> None:
    async with FakeOllama(says='{"name": "Tom", "age": 7}') as server:
        mind = Ollama(server.address, "qwen2.5:3b")
        await mind.open()
        assert json.loads(await mind.fill([QUESTION], SCHEMA, ReplyLimits(100))) == {"name": "Tom", "age": 7}
        await mind.close()
        (request,) = server.asked("/api/chat")
        assert request["format"] == SCHEMA
        assert request["options"]["temperature"] == 0


async def test_what_was_read_of_the_conversation_is_still_there_after_something_else(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(llama_cpp, "SMALL_MODEL_BYTES", 0)
    async with embedded() as llama:
        said = [CHARACTER, QUESTION]
        said.append(Message("assistant", "".join(await read(llama, said, max_tokens=3)).strip()))
        await llama.fill([Message("system", "Be brief."), Message("user", "Who is Tom?")], SCHEMA, ReplyLimits(40))
        await read(llama, [*said, Message("user", "And then?")], max_tokens=3)
        timings = llama.last_timings
    assert timings.read_tokens is not None and timings.read_tokens < 30


async def test_once_closed_it_replies_no_more_and_leaves_no_task(mind: LanguageModel) -> None:
    before = asyncio.all_tasks()
    await read(mind, [CHARACTER, QUESTION], max_tokens=3)
    await mind.close()
    await mind.close()
    with pytest.raises(EngineError):
        await read(mind, [QUESTION], max_tokens=3)
    assert not {task for task in asyncio.all_tasks() - before if "_serve" not in repr(task)}


async def test_the_embedded_model_reads_only_what_is_new_after_warming_up(llama: LlamaCpp) -> None:
    await llama.warm_up([CHARACTER])
    await read(llama, [CHARACTER, QUESTION], max_tokens=3)
    timings = llama.last_timings
    assert timings.cached_tokens is not None and timings.read_tokens is not None
    assert timings.cached_tokens >= 250
    assert timings.read_tokens <= 20


BEGUN_QUESTION = "I have some leeks and two potatoes and I wonder what I should"
FINISHED_QUESTION = BEGUN_QUESTION + " cook for dinner tonight?"


async def test_after_reading_ahead_a_reply_reads_only_the_last_words_and_is_the_same(llama: LlamaCpp) -> None:
    messages = [CHARACTER, Message("user", FINISHED_QUESTION)]
    await llama.warm_up([CHARACTER])
    without = await read(llama, messages, max_tokens=24)
    read_without = llama.last_timings.read_tokens
    await read(llama, [Message("user", "Something else altogether, to be read in between.")], max_tokens=1)

    await llama.warm_up([CHARACTER])
    await llama.anticipate([CHARACTER, Message("user", BEGUN_QUESTION)])
    ahead = await read(llama, messages, max_tokens=24)
    timings = llama.last_timings
    assert "".join(ahead) == "".join(without)
    assert timings.cached_tokens is not None and timings.read_tokens is not None and read_without is not None
    assert timings.read_tokens < 16, "four words, and what the template puts behind them"
    assert timings.read_tokens <= read_without - 10, "the words that were read ahead"


async def test_each_reading_ahead_goes_on_where_the_last_one_ended(llama: LlamaCpp) -> None:
    await llama.warm_up([CHARACTER])
    words = FINISHED_QUESTION.split()
    for count in range(2, len(words), 3):
        await llama.anticipate([CHARACTER, Message("user", " ".join(words[:count]))])
    await read(llama, [CHARACTER, Message("user", FINISHED_QUESTION)], max_tokens=3)
    assert llama.last_timings.read_tokens is not None and llama.last_timings.read_tokens < 16


async def test_words_that_were_misheard_ahead_cost_only_themselves(llama: LlamaCpp) -> None:
    messages = [CHARACTER, Message("user", FINISHED_QUESTION)]
    await llama.warm_up([CHARACTER])
    without = await read(llama, messages, max_tokens=12)
    await llama.anticipate([CHARACTER, Message("user", "I have some leeks and too pot at")])
    assert await read(llama, messages, max_tokens=12) == without
    assert llama.last_timings.cached_tokens is not None and llama.last_timings.cached_tokens >= 250


async def test_reading_ahead_does_not_disturb_a_conversation_of_many_turns(llama: LlamaCpp) -> None:
    messages = [CHARACTER, QUESTION, Message("assistant", "Soup."), Message("user", "And tomorrow, what about")]
    await llama.anticipate(messages)
    messages[-1] = Message("user", "And tomorrow, what about tomorrow?")
    await read(llama, messages, max_tokens=3)
    assert llama.last_timings.read_tokens is not None and llama.last_timings.read_tokens < 16


async def test_a_sentence_that_is_whole_is_more_final_than_the_same_broken_off(llama: LlamaCpp) -> None:
    await llama.warm_up([CHARACTER])

    async def finality(said: str) -> float:
        odds = await llama.finality([CHARACTER, Message("user", said)])
        assert odds is not None
        return odds

    broken_off = await finality("When I get home from work.")
    whole = await finality("When I get home from work, I usually take the dog for a walk.")
    assert whole > 1.0 > broken_off
    assert await finality("When I get home from work, I usually take the dog for a walk!") == pytest.approx(whole)


async def test_what_was_weighed_is_not_read_again_for_the_reply(llama: LlamaCpp) -> None:
    await llama.warm_up([CHARACTER])
    messages = [CHARACTER, Message("user", FINISHED_QUESTION)]
    await llama.finality(messages)
    await read(llama, messages, max_tokens=1)
    assert llama.last_timings.read_tokens is not None and llama.last_timings.read_tokens < 12


async def test_a_mind_that_is_closed_weighs_nothing(mind: LanguageModel) -> None:
    await mind.close()
    assert await mind.finality([CHARACTER, QUESTION]) is None


async def test_a_server_that_dies_while_it_reads_ahead_is_noticed_only_by_the_next_reply(llama: LlamaCpp) -> None:
    assert llama.pid is not None
    child = psutil.Process(llama.pid)
    at_rest_s = cpu_s(child)
    task = asyncio.create_task(llama.anticipate(LONG_PROMPT))
    await until(lambda: cpu_s(child) > at_rest_s + 0.2)
    child.kill()
    await task
    assert await read(llama, [QUESTION], max_tokens=3)


async def test_closing_while_it_reads_ahead_raises_nothing(llama: LlamaCpp) -> None:
    assert llama.pid is not None
    child = psutil.Process(llama.pid)
    at_rest_s = cpu_s(child)
    task = asyncio.create_task(llama.anticipate(LONG_PROMPT))
    await until(lambda: cpu_s(child) > at_rest_s + 0.2)
    await llama.close()
    await task


async def test_reading_ahead_that_is_cancelled_stops_the_reading(llama: LlamaCpp) -> None:
    assert llama.pid is not None
    child = psutil.Process(llama.pid)
    at_rest_s = cpu_s(child)
    task = asyncio.create_task(llama.anticipate(LONG_PROMPT))
    await until(lambda: cpu_s(child) > at_rest_s + 0.2)
    task.cancel()
    await asyncio.wait({task})
    began_s = time.monotonic()
    assert await read(llama, [QUESTION], max_tokens=1)
    assert time.monotonic() - began_s < SOON_S


async def test_every_turn_finds_all_turns_before_it_in_the_cache(llama: LlamaCpp) -> None:
    messages = [CHARACTER, QUESTION]
    said = "".join(await read(llama, messages, max_tokens=12))
    for question in ("And tomorrow?", "Is that healthy?", "What do I need to buy?"):
        cached, new = llama.last_timings.cached_tokens, llama.last_timings.read_tokens
        assert cached is not None and new is not None
        messages += [Message("assistant", said.strip()), Message("user", question)]
        said = "".join(await read(llama, messages, max_tokens=12))
        found, read_anew = llama.last_timings.cached_tokens, llama.last_timings.read_tokens
        assert found is not None and read_anew is not None
        assert found >= cached + new
        assert read_anew <= 45


async def test_cancelling_while_the_prompt_is_read_stops_the_reading(llama: LlamaCpp) -> None:
    await llama.warm_up([CHARACTER])
    assert llama.pid is not None
    child = psutil.Process(llama.pid)
    task = asyncio.create_task(read(llama, LONG_PROMPT, max_tokens=5))
    at_rest_s = cpu_s(child)
    await until(lambda: cpu_s(child) > at_rest_s + 0.3)
    task.cancel()
    await asyncio.wait({task})
    assert task.cancelled()
    began_s = time.monotonic()
    assert await read(llama, [QUESTION], max_tokens=1)
    assert time.monotonic() - began_s < SOON_S
    assert llama.last_timings.read_tokens is not None and llama.last_timings.read_tokens < 60
    await asyncio.sleep(0.1)
    at_rest_s = cpu_s(child)
    await asyncio.sleep(0.5)
    assert cpu_s(child) - at_rest_s <= 0.05, "it went on reading"


async def test_a_reply_that_takes_too_long_to_begin(llama: LlamaCpp) -> None:
    with pytest.raises(EngineError, match=r"said nothing for 0\.3 s"):
        async with aclosing(llama.reply(LONG_PROMPT, ReplyLimits(first_token_timeout_s=0.3))) as pieces:
            await anext(pieces)
    assert await read(llama, [QUESTION], max_tokens=1)


async def test_a_prompt_longer_than_the_context_is_refused_with_a_remedy(llama: LlamaCpp) -> None:
    endless = [Message("user", "word " * 6000)]
    with pytest.raises(EngineError, match="longer than the 4096 tokens") as caught:
        await read(llama, endless, max_tokens=1)
    assert "mind.context_tokens" in caught.value.hint
    assert await read(llama, [QUESTION], max_tokens=1)


async def test_a_crash_in_mid_stream_costs_one_reply_and_too_many_are_refused(llama: LlamaCpp) -> None:
    pids = set()
    for _ in range(RESTARTS + 1):
        with pytest.raises(EngineError, match="stopped unexpectedly"):
            async with aclosing(llama.reply([QUESTION], ReplyLimits(2000))) as pieces:
                async for _ in pieces:
                    if llama.pid is not None and llama.pid not in pids:
                        pids.add(llama.pid)
                        os.kill(llama.pid, signal.SIGKILL)
    assert len(pids) == RESTARTS + 1
    with pytest.raises(EngineError, match="within a minute"):
        await read(llama, [QUESTION], max_tokens=3)


async def test_a_crash_between_replies_is_not_noticed(llama: LlamaCpp) -> None:
    assert llama.pid is not None
    killed = psutil.Process(llama.pid)
    killed.kill()
    await until(lambda: llama.pid is None)
    assert await read(llama, [QUESTION], max_tokens=3)
    assert llama.pid not in (None, killed.pid)


async def test_the_server_is_for_us_alone(llama: LlamaCpp) -> None:
    assert llama.pid is not None
    child = psutil.Process(llama.pid)
    listening = [c.laddr for c in child.net_connections("tcp") if c.status == psutil.CONN_LISTEN]
    assert [address.ip for address in listening] == ["127.0.0.1"]
    async with httpx.AsyncClient(trust_env=False) as stranger:
        for path in ("slots", "props", "v1/chat/completions"):
            url = f"http://127.0.0.1:{listening[0].port}/{path}"
            refused = await (stranger.post(url, json={"messages": []}) if "chat" in path else stranger.get(url))
            assert refused.status_code == 401
    assert str(gguf()) not in " ".join(child.cmdline())
