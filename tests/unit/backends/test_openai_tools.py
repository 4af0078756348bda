"""Tools with a server that has OpenAI's chat completions: calls in pieces, and servers that take none."""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import aclosing
from typing import Any

import pytest

from companion.backends.openai_http import Server
from companion.backends.openai_mind import OpenAiMind
from companion.backends.tool_calls import CallsInPieces
from companion.core.engines import Message, ReplyLimits
from companion.core.errors import EngineError
from companion.core.tools import ToolCall, tool_caller
from tests.fakes.chat_server import Answer, ChatServer, event, refusal, reply
from tests.fakes.tools import FORECAST, LYON

QUESTION = [Message("user", "What will the weather be in Lyon?")]
NAME = FORECAST.offered_as
LLAMA_CPP = {"id": "m", "owned_by": "llamacpp"}


def call(index: int | None, arguments: object = "", **function: str) -> bytes:
    """One event with a piece of a call."""
    numbered = {} if index is None else {"index": index}
    return event(tool_calls=[{**numbered, "function": {**function, "arguments": arguments}}])


def calling(*pieces: bytes, reason: str = "tool_calls") -> Answer:
    end = json.dumps({"choices": [{"index": 0, "delta": {}, "finish_reason": reason}]}).encode()
    return Answer((*pieces, b"data: " + end + b"\n\n", b"data: [DONE]\n\n"))


ONE_CALL = calling(call(0, name=NAME), call(0, '{"ci'), call(0, 'ty": "Ly'), call(0, 'on"}'))


async def opened(server: ChatServer, timeout_s: float = 1.5) -> OpenAiMind:
    mind = OpenAiMind(Server.at(server.address, "", timeout_s, "language model", "elsewhere.mind"))
    await mind.open()
    return mind


async def items(mind: OpenAiMind, limits: ReplyLimits | None = None) -> list[str | ToolCall]:
    async with aclosing(mind.reply_or_call(QUESTION, [FORECAST], limits or ReplyLimits(40))) as found:
        return [item async for item in found]


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (ONE_CALL, [LYON]),
        (calling(call(0, '{"city": "Lyon"}', name=NAME), reason="stop"), [LYON]),
        (calling(call(None, name=NAME), call(None, '{"city": '), call(None, '"Lyon"}')), [LYON]),
        (calling(call(0, {"city": "Lyon"}, name=NAME)), [LYON]),
        (calling(event(content="One moment."), call(0, '{"city": "Lyon"}', name=NAME)), ["One moment.", LYON]),
        (
            calling(
                event(reasoning_content="The user wants the weather."),
                event(content="<think>I must look.</think>"),
                call(0, '{"city": "Lyon"}', name=NAME),
            ),
            [LYON],
        ),
        (
            calling(call(1, '{"city": "Paris"', name=NAME), call(0, '{"city": "Lyon"}', name=NAME), call(1, "}")),
            [LYON, ToolCall(NAME, {"city": "Paris"})],
        ),
        (calling(call(0, name=NAME), reason="stop"), [ToolCall(NAME, {})]),
        (reply("It may ", "rain."), ["It may ", "rain."]),
    ],
)
async def test_calls_however_they_are_cut_and_thoughts_are_not_said(
    answer: Answer, expected: Sequence[str | ToolCall]
) -> None:
    async with ChatServer(answer) as server:
        mind = await opened(server)
        assert tool_caller(mind) is mind
        assert await items(mind) == expected
        (request,) = server.requests
        assert request["tools"] == [
            {
                "type": "function",
                "function": {
                    "name": NAME,
                    "description": FORECAST.description,
                    "parameters": dict(FORECAST.parameters),
                },
            }
        ]
        await mind.close()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('{{"name": "weather__get_forecast", "arguments": {"city": "Lyon"}}}', [LYON]),
        ('\n{"name": "weather__get_forecast", "parameters": {"city": "Lyon"}}', [LYON]),
        ('<tool_call>\n{"name": "weather__get_forecast", "arguments": {"city": "Lyon"}}\n</tool_call>', [LYON]),
        ('```json\n{"name": "weather__get_forecast", "arguments": {"city": "Lyon"}}\n```', [LYON]),
        ('[TOOL_CALLS] [{"name": "weather__get_forecast", "arguments": {"city": "Lyon"}}]', [LYON]),
        ("<b>Lyon</b> is sunny.", ["<b>Lyon</b> is sunny."]),
        ("<", ["<"]),
        (" [laughs] Rain.", [" [laughs] Rain."]),
    ],
)
@pytest.mark.parametrize("size", [1, 3, 200])
async def test_a_call_that_is_written_as_text_is_not_said(
    text: str, expected: Sequence[str | ToolCall], size: int
) -> None:
    pieces = [text[at : at + size] for at in range(0, len(text), size)]
    async with ChatServer(reply(*pieces)) as server:
        mind = await opened(server)
        found = await items(mind, ReplyLimits(100))
        words = "".join(item for item in found if isinstance(item, str))
        assert [*([words] if words else []), *(item for item in found if isinstance(item, ToolCall))] == expected
        await mind.close()


async def test_a_call_in_an_answer_that_does_not_stream() -> None:
    function = {"name": NAME, "arguments": '{"city": "Lyon"}'}
    message = {"content": None, "tool_calls": [{"id": "a", "type": "function", "function": function}]}
    body = json.dumps({"choices": [{"message": message, "finish_reason": "tool_calls"}]}).encode()
    async with ChatServer(Answer((body,), kind="application/json")) as server:
        mind = await opened(server)
        assert await items(mind) == [LYON]
        await mind.close()


@pytest.mark.parametrize(
    "broken",
    [
        calling(call(0, '{"city": "Ly', name=NAME), reason="length"),
        calling(call(0, "Lyon", name=NAME)),
        calling(call(0, "[1]", name=NAME)),
        calling(call(0, '{"city": "Lyon"}')),
        reply('{"name": "weather__get_'),
        reply('{"city": "Lyon"}'),
        reply("```json\nLyon"),
    ],
)
async def test_where_a_call_cannot_be_read_she_answers_without(broken: Answer) -> None:
    async with ChatServer(broken, reply("It may rain.")) as server:
        mind = await opened(server)
        assert await items(mind) == ["It may rain."]
        assert ["tools" in request for request in server.requests] == [True, False]
        assert tool_caller(mind), "the next time it may be readable"
        await mind.close()


async def test_a_prompt_that_is_read_ahead_is_not_read_anew_without_tools() -> None:
    async with ChatServer(calling(call(0, "{", name=NAME), reason="length"), reply("No.")) as server:
        mind = await opened(server)
        assert await items(mind, ReplyLimits(1)) == []
        assert len(server.requests) == 1
        await mind.close()


@pytest.mark.parametrize("status", [400, 422, 500, 501])
async def test_a_server_that_takes_no_tools_is_offered_none_again(status: int) -> None:
    told = '"auto" tool choice requires --enable-auto-tool-choice'
    async with ChatServer(refusal(status, told), refusal(status, told), reply("It may rain.")) as server:
        mind = await opened(server)
        assert await items(mind) == ["It may rain."]
        assert "stream_options" in server.requests[-1], "it was not that"
        assert tool_caller(mind) is None
        await mind.close()


async def test_what_fails_is_told_as_ever() -> None:
    async with ChatServer(refusal(401)) as server:
        mind = await opened(server)
        with pytest.raises(EngineError, match="wants a key"):
            await items(mind)
        await mind.close()


TEMPLATE = "{% if tools %}{{ tools | tojson }}{% endif %}{{ messages }}"


@pytest.mark.parametrize(
    ("properties", "able"),
    [
        ({"chat_template_caps": {"supports_tools": True, "supports_tool_calls": True}}, True),
        ({"chat_template_caps": {"supports_tools": False, "supports_tool_calls": False}}, False),
        ({"chat_template_caps": {"supports_tools": True, "supports_tool_calls": False}}, False),
        ({"chat_template": TEMPLATE}, True),
        ({"chat_template": "{{ messages }}", "chat_template_tool_use": TEMPLATE}, True),
        ({"chat_template": "{{ messages }}"}, False),
        ({}, False),
        (None, False),
    ],
)
async def test_llama_cpp_tells_whether_its_model_has_learned_to(properties: dict[str, Any] | None, able: bool) -> None:
    async with ChatServer(ONE_CALL, models=(LLAMA_CPP,)) as server:
        server.properties = properties
        mind = await opened(server)
        assert mind.calls_tools is able
        await mind.close()


async def test_the_name_of_a_tool_may_come_again() -> None:
    async with ChatServer(ONE_CALL, models=(LLAMA_CPP,)) as server:
        server.properties = {"chat_template": TEMPLATE, "default_generation_settings": {"n_ctx": 2048}}
        mind = await opened(server)
        assert mind.context_tokens == 2048
        assert await items(mind) == [LYON]
        (request,) = server.requests
        assert not [key for key in request if key.startswith("dry_")]
        assert request["logit_bias"]
        await mind.close()


def test_of_no_call_there_is_none() -> None:
    calls = CallsInPieces()
    assert not calls.take({"content": "Hello."})
    assert not calls.take({"tool_calls": None})
    assert calls.whole() == []
