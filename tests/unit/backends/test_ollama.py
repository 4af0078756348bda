"""Ollama as a server that may refuse, hang, die or talk nonsense: each costs one sentence and a remedy."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import aclosing

import pytest

from companion.backends.ollama import Ollama
from companion.backends.ollama_server import LARGEST_BY_DEFAULT, OllamaModel, choose, probe, where
from companion.core.engines import Message, PromptTimings, ReplyLimits
from companion.core.errors import CompanionError, EngineError, ModelError
from companion.core.tools import Tool, ToolCall, tool_caller
from tests.fakes.ollama_server import FakeModel, FakeOllama, Fault

TAG = "qwen2.5:3b"
QUESTION = [Message("system", "You are Ada."), Message("user", "What should I cook?")]
LIMITS = ReplyLimits(max_tokens=50)
DEADLINE_S = 5.0


@pytest.fixture
async def server() -> AsyncIterator[FakeOllama]:
    async with FakeOllama() as server:
        yield server


async def read(mind: Ollama, limits: ReplyLimits = LIMITS) -> str:
    async with aclosing(mind.reply(QUESTION, limits)) as pieces:
        return "".join([piece async for piece in pieces])


async def answer(server: FakeOllama, tag: str = TAG, limits: ReplyLimits = LIMITS) -> str:
    mind = Ollama(server.address, tag)
    await mind.open()
    try:
        return await read(mind, limits)
    finally:
        await mind.close()


async def until_hung_up(server: FakeOllama) -> None:
    deadline_s = time.monotonic() + DEADLINE_S
    while server.generating or not server.hang_ups:
        assert time.monotonic() < deadline_s, "the server went on generating"
        await asyncio.sleep(0.005)


async def test_a_reply_is_what_the_server_says_with_its_timings(server: FakeOllama) -> None:
    mind = Ollama(server.address, TAG, context_tokens=2048, temperature=0.3, keep_alive_minutes=5)
    await mind.open()
    assert (await read(mind)).strip() == server.says
    assert mind.last_timings == PromptTimings(None, 7, 0.3, 5, 0.5)
    (asked,) = server.asked("/api/chat")
    assert asked["messages"] == [{"role": m.role, "content": m.text} for m in QUESTION]
    assert asked["stream"] is True
    assert asked["keep_alive"] == "5m"
    options = asked["options"]
    assert (options["num_ctx"], options["num_predict"], options["temperature"]) == (2048, 50, 0.3)
    assert "think" not in asked
    await mind.close()


async def test_the_context_is_no_larger_than_what_the_model_was_trained_for() -> None:
    async with FakeOllama({TAG: FakeModel(context_length=1500)}) as server:
        mind = Ollama(server.address, TAG, context_tokens=4096)
        await mind.open()
        assert mind.context_tokens == 1500
        await mind.close()


async def test_a_model_that_thinks_is_told_not_to(server: FakeOllama) -> None:
    server.models[TAG] = FakeModel(capabilities=("completion", "thinking"), thinking="hm what does he like")
    assert (await answer(server)).strip() == server.says
    assert server.asked("/api/chat")[0]["think"] is False


async def test_thinking_is_never_part_of_the_reply(server: FakeOllama) -> None:
    server.models[TAG] = FakeModel(capabilities=None, thinking="hm what does he like")
    assert (await answer(server)).strip() == server.says


async def test_a_server_that_refuses_the_word_think_is_asked_without_it(server: FakeOllama) -> None:
    server.models[TAG] = FakeModel(capabilities=("completion", "thinking"), refuses_think=True)
    mind = Ollama(server.address, TAG)
    await mind.open()
    for _ in range(2):
        assert (await read(mind)).strip() == server.says
    assert [asked.get("think") for asked in server.asked("/api/chat")] == [False, None, None]
    await mind.close()


async def test_closing_the_reply_hangs_up_and_ends_the_generation(server: FakeOllama) -> None:
    server.fault = "endless"
    mind = Ollama(server.address, TAG)
    await mind.open()
    async with aclosing(mind.reply(QUESTION, ReplyLimits(max_tokens=100_000))) as pieces:
        assert await anext(pieces) == "and "
        assert server.generating == 1
    await until_hung_up(server)
    server.fault = None
    assert (await read(mind)).strip() == server.says
    await mind.close()


async def test_cancelling_before_the_first_token_hangs_up_too(server: FakeOllama) -> None:
    server.models[TAG] = FakeModel(thinking="hm " * 100_000)
    mind = Ollama(server.address, TAG)
    await mind.open()
    task = asyncio.create_task(read(mind))
    await server.began.wait()
    task.cancel()
    await asyncio.wait({task})
    assert task.cancelled()
    await until_hung_up(server)
    await mind.close()


async def test_a_reply_that_never_ends_is_ended(server: FakeOllama) -> None:
    server.fault = "endless"
    assert await answer(server, limits=ReplyLimits(max_tokens=40)) == "and " * 40
    await until_hung_up(server)


@pytest.mark.parametrize(
    ("fault", "says", "remedy"),
    [
        ("die in stream", "stopped in the middle", "start Ollama anew"),
        ("end early", "stopped in the middle", "start Ollama anew"),
        ("broken json", "cannot be understood", "update Ollama"),
        ("not json", "cannot be understood", "what else answers at that address"),
        ("error 500", "out of memory", "smaller model"),
        ("error in stream", "out of memory", "smaller model"),
        ("hang in stream", "said nothing for 0.2 s", "smaller model"),
        ("hang", "said nothing for 0.2 s", "smaller model"),
    ],
)
async def test_a_fault_in_a_reply_costs_that_reply_only(
    server: FakeOllama, fault: Fault, says: str, remedy: str
) -> None:
    mind = Ollama(server.address, TAG)
    await mind.open()
    server.fault = fault
    with pytest.raises(EngineError) as caught:
        await read(mind, ReplyLimits(first_token_timeout_s=0.2, between_tokens_timeout_s=0.2))
    assert says in caught.value.message
    assert remedy in caught.value.hint
    assert caught.value.message.count("\n") == 0
    server.fault = None
    assert (await read(mind)).strip() == server.says
    await mind.close()


async def test_a_server_that_went_away_costs_one_reply_and_says_how_to_start_it(server: FakeOllama) -> None:
    mind = Ollama(server.address, TAG)
    await mind.open()
    await server.stop()
    with pytest.raises(EngineError, match=r"does not answer at http://127\.0\.0\.1") as caught:
        await read(mind)
    assert "ollama serve" in caught.value.hint
    await mind.close()


async def test_nothing_there_to_open(server: FakeOllama) -> None:
    await server.stop()
    with pytest.raises(EngineError, match="does not answer"):
        await Ollama(server.address, TAG).open()


async def test_a_server_that_hangs_when_opened(server: FakeOllama, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("companion.backends.ollama.OPEN_TIMEOUT_S", 0.1)
    server.fault = "hang"
    with pytest.raises(EngineError, match="takes connections, but does not answer"):
        await Ollama(server.address, TAG).open()


async def test_a_missing_model_names_the_command_that_fetches_it(server: FakeOllama) -> None:
    with pytest.raises(ModelError, match="does not have the model gemma3:4b") as caught:
        await Ollama(server.address, "gemma3:4b").open()
    assert "ollama pull gemma3:4b" in caught.value.hint


async def test_a_model_removed_during_the_conversation(server: FakeOllama) -> None:
    mind = Ollama(server.address, TAG)
    await mind.open()
    server.models.clear()
    with pytest.raises(ModelError) as caught:
        await read(mind)
    assert f"ollama pull {TAG}" in caught.value.hint
    await mind.close()


async def test_a_model_that_only_embeds_is_refused(server: FakeOllama) -> None:
    server.models["all-minilm:latest"] = FakeModel(capabilities=("embedding",))
    with pytest.raises(ModelError, match="cannot hold a conversation"):
        await Ollama(server.address, "all-minilm:latest").open()


async def test_an_address_that_is_none() -> None:
    for address in ("http://127.0.0.1:port", "ftp://127.0.0.1"):
        with pytest.raises(CompanionError) as caught:
            await Ollama(address, TAG).open()
        assert caught.value.hint


async def test_a_proxy_in_the_environment_is_not_used_for_this_computer(
    server: FakeOllama, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    monkeypatch.delenv("no_proxy", raising=False)
    monkeypatch.delenv("NO_PROXY", raising=False)
    assert (await answer(server)).strip() == server.says


async def test_probe_lists_models_and_knows_which_can_chat(server: FakeOllama) -> None:
    server.models = {
        "qwen2.5:3b": FakeModel(size=1_900_000_000),
        "all-minilm:latest": FakeModel(size=46_000_000, capabilities=("embedding",), family="bert"),
        "nomic-embed-text:latest": FakeModel(size=270_000_000, capabilities=None, family="nomic-bert"),
        "llama3:8b": FakeModel(size=4_700_000_000, capabilities=None),
    }
    models = await probe(server.address, DEADLINE_S)
    assert [(model.name, model.is_chat) for model in models] == [
        ("qwen2.5:3b", True),
        ("all-minilm:latest", False),
        ("nomic-embed-text:latest", False),
        ("llama3:8b", True),
    ]
    assert models[0].size == 1_900_000_000


@pytest.mark.parametrize("fault", ["hang", "not json", "error 500"])
async def test_probe_does_not_wait_for_a_server_in_trouble(server: FakeOllama, fault: Fault) -> None:
    server.fault = fault
    began_s = time.monotonic()
    with pytest.raises(EngineError):
        await probe(server.address, timeout_s=0.2)
    assert time.monotonic() - began_s < 2.0


async def test_probe_where_nothing_answers(server: FakeOllama) -> None:
    await server.stop()
    with pytest.raises(EngineError, match="does not answer"):
        await probe(server.address)


def chat(name: str, size: int) -> OllamaModel:
    return OllamaModel(name, size, is_chat=True)


def test_auto_takes_the_largest_that_is_not_too_slow() -> None:
    models = [chat("small:1b", 10**9), chat("good:8b", 5 * 10**9), chat("huge:70b", 40 * 10**9)]
    assert choose(models, "auto") == models[1]
    assert choose([chat("huge:70b", 40 * 10**9), chat("big:30b", LARGEST_BY_DEFAULT + 1)], "auto") == chat(
        "big:30b", LARGEST_BY_DEFAULT + 1
    )


def test_auto_never_sends_words_away_and_never_takes_an_embedder() -> None:
    models = [chat("gpt-oss:120b-cloud", 400), OllamaModel("all-minilm:latest", 10**8, is_chat=False)]
    assert choose(models, "auto") is None
    assert choose([], "auto") is None


def test_a_tag_without_a_version_means_the_latest() -> None:
    models = [chat("llama3:8b", 1), chat("llama3:latest", 2)]
    assert choose(models, "llama3") == models[1]
    assert choose(models, "llama3:8b") == models[0]
    assert choose(models, "gemma3:4b") is None


def test_where_the_words_go() -> None:
    assert where("http://127.0.0.1:11434") == where("localhost:11434") == where("http://[::1]:11434") == "this computer"
    assert where("http://10.0.0.7:11434") == "http://10.0.0.7:11434"
    assert Ollama("http://127.0.0.1:11434", "gpt-oss:120b-cloud").info().where == "ollama.com"
    assert Ollama("http://127.0.0.1:11434", TAG).info().where == "this computer"


CAPABLE = FakeModel(capabilities=("completion", "tools"), calls=(("weather__get_forecast", {"city": "Lyon"}),))
FORECAST = Tool("weather", "get_forecast", "The forecast.", {"type": "object", "properties": {"city": {}}})


async def test_a_model_that_has_learned_to_calls_the_tools_that_it_is_offered() -> None:
    async with FakeOllama({TAG: CAPABLE}) as server:
        mind = Ollama(server.address, TAG)
        await mind.open()
        try:
            caller = tool_caller(mind)
            assert caller
            async with aclosing(caller.reply_or_call(QUESTION, [FORECAST], LIMITS)) as items:
                assert [item async for item in items] == [ToolCall("weather__get_forecast", {"city": "Lyon"})]
            (asked,) = server.asked("/api/chat")
            assert asked["tools"][0]["function"] == {
                "name": "weather__get_forecast",
                "description": "The forecast.",
                "parameters": {"type": "object", "properties": {"city": {}}},
            }
            assert (await read(mind)).strip() == server.says
            assert not server.asked("/api/chat")[-1].get("tools")
        finally:
            await mind.close()


async def test_a_model_that_has_not_learned_to_is_offered_none(server: FakeOllama) -> None:
    mind = Ollama(server.address, TAG)
    await mind.open()
    try:
        assert tool_caller(mind) is None
    finally:
        await mind.close()
