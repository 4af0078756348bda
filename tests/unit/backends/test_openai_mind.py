"""What a server with chat completions may send: each failure is a sentence, and no word goes where it should not."""

from __future__ import annotations

import asyncio
import json
import time
from contextlib import aclosing

import pytest

from companion.backends import openai_mind
from companion.backends.openai_http import Server
from companion.backends.openai_mind import OpenAiMind
from companion.backends.thoughts import WithoutThoughts
from companion.backends.token_stream import whole
from companion.core.engines import Message, ReplyLimits
from companion.core.errors import CompanionError, EngineError, ModelError
from tests.fakes.chat_server import Answer, ChatServer, event, refusal, reply

QUESTION = [Message("user", "Hello?")]
HELLO = reply("Hel", "lo.")


def mind_at(server: ChatServer, model: str = "", timeout_s: float = 1.5) -> OpenAiMind:
    address = f"{server.address}#{model}" if model else server.address
    return OpenAiMind(Server.at(address, "secret", timeout_s, "language model", "elsewhere.mind"))


async def said(server: ChatServer, model: str = "", max_tokens: int = 20) -> str:
    mind = mind_at(server, model)
    try:
        await mind.open()
        async with aclosing(mind.reply(QUESTION, ReplyLimits(max_tokens))) as pieces:
            return "".join([piece async for piece in pieces])
    finally:
        await mind.close()


async def test_a_reply_and_what_is_asked_for() -> None:
    async with ChatServer(HELLO) as server:
        assert await said(server) == "Hello."
        (request,) = server.requests
        assert (request["model"], request["stream"], request["max_tokens"]) == ("m", True, 20)
        assert request["messages"] == [{"role": "user", "content": "Hello?"}]
        assert "repeat_penalty" not in request, "which only llama.cpp knows"
        assert "authorization: bearer secret" in server.headers[-1].lower()


@pytest.mark.parametrize(
    ("parts", "text"),
    [
        ((b'data: {"choices":[{"del', b'ta":{"content":"Hi"}}]}\n\ndata: [DONE]\n\n'), "Hi"),
        ((b": comment\r\nevent: x\r\n", event(content="Hi").replace(b"\n", b"\r\n"), b"data: [DONE]\n\n"), "Hi"),
        ((event(content="a\u2028b\u0085c"), b"data: [DONE]\n\n"), "a\u2028b\u0085c"),
        ((event(role="assistant"), event(content=None), event(content="Hi"), b"data:[DONE]\n\n"), "Hi"),
        ((event(reasoning_content="Hmm."), event(reasoning="Hm."), event(content="Hi"), b"data: [DONE]\n\n"), "Hi"),
        ((event(content="<thi"), event(content="nk>Hmm. 1 < 2</think>Hi <b"), b"data: [DONE]\n\n"), "Hi <b"),
    ],
)
async def test_a_stream_however_it_is_cut(parts: tuple[bytes, ...], text: str) -> None:
    async with ChatServer(Answer(parts)) as server:
        assert await said(server) == text


async def test_what_was_told_is_answered_soberly() -> None:
    async with ChatServer(HELLO) as server:
        mind = mind_at(server)
        await mind.open()
        for most in (2.0, 0.3):
            await whole(mind.reply(QUESTION, ReplyLimits(most_temperature=most)))
        await mind.close()
        assert [request["temperature"] for request in server.requests] == [0.7, 0.3]


async def test_a_server_that_does_not_stream_is_understood() -> None:
    whole = json.dumps({"choices": [{"message": {"content": "Hello."}, "finish_reason": "stop"}]}).encode()
    async with ChatServer(Answer((whole,), kind="application/json")) as server:
        assert await said(server) == "Hello."


@pytest.mark.parametrize(
    ("answer", "kind", "words", "remedy"),
    [
        (Answer((b"data: {broken\n\n",)), EngineError, "cannot be understood", "address"),
        (Answer((b"data: 7\n\n",)), EngineError, "cannot be understood", "address"),
        (Answer((b'data: {"choices": [{"delta": "x"}]}\n\n',)), EngineError, "cannot be understood", "address"),
        (Answer((b"<html>router</html>",), kind="text/html"), EngineError, "broke off", "again"),
        (Answer((b"{}",), kind="application/json"), EngineError, "cannot be understood", "address"),
        (Answer((event(content="Hel"),)), EngineError, "broke off", "again"),
        (Answer((event(content="Hel"),), breaks_off=True), EngineError, "broke off", "there"),
        (Answer((b'data: {"error": {"message": "out of memory"}}\n\n',)), EngineError, "out of memory", "there"),
        (Answer(hangs=True), EngineError, "said nothing for 1.5 s", "again"),
        (Answer((b"x" * 2_000_000,)), EngineError, "cannot be understood", "address"),
        (refusal(401), EngineError, "does not accept the key", "companion key set mind"),
        (
            refusal(307, Location="https://evil.example/v1"),
            EngineError,
            "sends us on to https://evil",
            "elsewhere.mind",
        ),
        (refusal(308, Location="/v2/chat"), EngineError, "sends us on to another address", "elsewhere.mind"),
        (refusal(503, "loading"), EngineError, "is busy", "moment"),
        (refusal(500, "boom"), EngineError, r"refused to answer \(boom\)", "there"),
        (Answer(closes=True), EngineError, "broke off", "there"),
        (
            Answer((event(reasoning_content="Hmm."), b"data: [DONE]\n\n")),
            EngineError,
            "thought, and came to no answer",
            "thinking off",
        ),
    ],
)
async def test_each_failure_has_a_sentence_and_a_remedy(
    answer: Answer, kind: type[CompanionError], words: str, remedy: str
) -> None:
    async with ChatServer(answer) as server:
        began_s = time.monotonic()
        with pytest.raises(kind, match=words) as caught:
            await said(server)
        assert time.monotonic() - began_s < 3
        assert remedy in caught.value.hint
        assert "secret" not in str(caught.value)


async def test_a_stream_that_stalls_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(openai_mind, "STALL_TIMEOUT_S", 0.2)
    async with ChatServer(Answer((event(content="Hel"),), hangs=True)) as server:
        with pytest.raises(EngineError, match=r"said nothing for 0\.2 s"):
            await said(server)
        await asyncio.wait_for(server.hung_up.wait(), 5)


@pytest.mark.parametrize("away", [refusal(503, Retry_After="0.1"), refusal(429), refusal(502), Answer(closes=True)])
async def test_one_that_is_busy_for_a_moment_is_asked_again(away: Answer) -> None:
    async with ChatServer(away, away, HELLO) as server:
        assert await said(server) == "Hello."
        assert len(server.requests) == 3


@pytest.mark.parametrize(
    "away", [refusal(503, Retry_After="60"), refusal(401), refusal(307), Answer((event(content="x"),), breaks_off=True)]
)
async def test_one_that_refuses_or_has_begun_is_not_asked_again(away: Answer) -> None:
    async with ChatServer(away, HELLO) as server:
        with pytest.raises(EngineError):
            await said(server)
        assert len(server.requests) == 1


async def test_a_model_that_is_not_there_is_told_with_those_that_are() -> None:
    async with ChatServer(HELLO, models=({"id": "qwen3-8b"}, {"id": "gemma3"})) as server:
        with pytest.raises(ModelError, match="does not have the model llama9") as caught:
            await said(server, "llama9")
        assert "qwen3-8b, gemma3" in caught.value.hint
        server.models = ()
        with pytest.raises(ModelError, match="has no model"):
            await said(server)
        assert server.requests == []


async def test_a_model_that_went_away_is_told_with_those_that_are() -> None:
    async with ChatServer(refusal(404, "no such model"), models=({"id": "a"},)) as server:
        mind = mind_at(server, "a")
        await mind.open()
        server.models = ({"id": "b"},)
        with pytest.raises(ModelError, match="does not have the model a") as caught:
            async with aclosing(mind.reply(QUESTION, ReplyLimits())) as pieces:
                await anext(pieces)
        assert "It has: b" in caught.value.hint
        await mind.close()


@pytest.mark.parametrize("listed", [refusal(404), refusal(302, Location="http://evil.example/"), Answer((b"[]",))])
async def test_what_answers_there_and_is_no_such_server(listed: Answer) -> None:
    async with ChatServer(HELLO) as server:
        server.models = listed
        with pytest.raises(EngineError, match=r"nothing at that address|sends us on|cannot be understood"):
            await said(server)
        assert server.requests == []


async def test_what_a_server_does_not_know_is_left_out_and_not_tried_again() -> None:
    unknown = refusal(400, "unrecognized request argument: stream_options")
    async with ChatServer(unknown, HELLO) as server:
        mind = mind_at(server)
        await mind.open()
        for _ in range(2):
            async with aclosing(mind.reply(QUESTION, ReplyLimits())) as pieces:
                assert "".join([piece async for piece in pieces]) == "Hello."
        assert ["stream_options" in request for request in server.requests] == [True, False, False]
        await mind.close()


async def test_a_server_that_takes_no_schema_is_asked_for_json_and_then_in_words() -> None:
    filled = reply('Sure: {"name": "Tom"} there you are.')
    no = refusal(400, "response_format is not supported")
    async with ChatServer(no, no, no, no, filled) as server:
        mind = mind_at(server)
        await mind.open()
        schema = {"type": "object", "properties": {"name": {"type": "string"}}}
        for _ in range(2):
            assert json.loads(await mind.fill(QUESTION, schema, ReplyLimits())) == {"name": "Tom"}
        forms = [request.get("response_format", {}).get("type") for request in server.requests]
        assert forms == ["json_schema", "json_schema", "json_object", "json_object", None, None]
        assert json.dumps(schema) in server.requests[-1]["messages"][-1]["content"]
        await mind.close()


async def test_only_what_can_read_without_writing_is_asked_to_read_ahead() -> None:
    async with ChatServer(HELLO) as server:
        mind = mind_at(server)
        await mind.open()
        await mind.anticipate(QUESTION)
        assert server.requests == []
        await mind.close()


async def test_what_the_server_measured_is_told() -> None:
    usage = {"prompt_tokens": 30, "completion_tokens": 2, "prompt_tokens_details": {"cached_tokens": 20}}
    counted = Answer((*HELLO.parts[:-1], f"data: {json.dumps({'choices': [], 'usage': usage})}\n\n".encode()))
    async with ChatServer(counted) as server:
        mind = mind_at(server)
        await mind.open()
        async with aclosing(mind.reply(QUESTION, ReplyLimits())) as pieces:
            assert [piece async for piece in pieces] == ["Hel", "lo."]
        timings = mind.last_timings
        assert (timings.cached_tokens, timings.read_tokens, timings.written_tokens) == (20, 10, 2)
        await mind.close()


async def test_a_reply_that_was_cut_off_counts_as_one_at_its_limit() -> None:
    async with ChatServer(reply("Hel", "lo", reason="length")) as server:
        mind = mind_at(server)
        await mind.open()
        async with aclosing(mind.reply(QUESTION, ReplyLimits(9))) as pieces:
            [piece async for piece in pieces]
        assert mind.last_timings.written_tokens == 9
        await mind.close()


@pytest.mark.parametrize("size", [1, 2, 5, 100])
def test_thoughts_are_taken_out_however_the_text_is_cut(size: int) -> None:
    text = "<think>Well. a < b</think>Hello, <b>you</b>. <think>Hm</think>Bye <th"
    thoughts = WithoutThoughts()
    pieces = [text[start : start + size] for start in range(0, len(text), size)]
    out = "".join([*map(thoughts.feed, pieces), thoughts.finish()])
    assert out == "Hello, <b>you</b>. Bye <th"
    assert not thoughts.stray_end


def test_thoughts_that_the_prompt_has_begun_are_known_from_the_second_reply_on() -> None:
    first = WithoutThoughts()
    assert first.feed("Hmm.</think>Hello.").endswith("Hello.")
    assert first.stray_end
    second = WithoutThoughts(begins_thinking=True)
    assert second.feed("Hmm.") + second.feed("</think>Hello.") + second.finish() == "Hello."
    third = WithoutThoughts(begins_thinking=True)
    assert third.feed("Hello.") + third.finish() == "Hello.", "it did not think this time"
