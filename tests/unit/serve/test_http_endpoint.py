"""The endpoint, on a real server on loopback: who is refused, what is answered, and that who hangs up is noticed."""

from __future__ import annotations

import asyncio
import ipaddress
import json
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

import httpx
import pytest

from companion.core.errors import EngineError, UsageError
from companion.serve import http_app, http_server
from companion.serve.access import AllowList, Door
from companion.serve.chat_request import MOST_BODY_BYTES
from companion.serve.http_server import MOST_HEAD_BYTES, serving_http, tls_context
from companion.serve.line import Line
from companion.serve.sockets import listen_at
from tests.fakes.served_her import ScriptedHer

TOKEN = "a" * 64
BEARER = {"Authorization": f"Bearer {TOKEN}"}
HELLO = {"messages": [{"role": "user", "content": "Hello."}]}


@asynccontextmanager
async def served(
    her: ScriptedHer, line: Line | None = None, allowed: tuple[str, ...] = (), most: int = 64
) -> AsyncIterator[str]:
    """The address of an endpoint that serves `her`."""
    listening = listen_at(ipaddress.ip_address("127.0.0.1"), 0)
    app = http_app.http_app(her, line or Line(), TOKEN, {"study.local"})
    async with serving_http(app, listening, Door(AllowList(allowed), most)):
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"


def client(address: str, **options: Any) -> httpx.AsyncClient:
    return httpx.AsyncClient(base_url=address, headers=BEARER, timeout=10, trust_env=False, **options)


def port_of(address: str) -> int:
    return int(address.rpartition(":")[2])


async def said_by(address: str, raw: bytes) -> bytes:
    """What the server answers to `raw`, up to its hanging up."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port_of(address))
    try:
        writer.write(raw)
        return await asyncio.wait_for(reader.read(), 10)
    except ConnectionError:
        return b""
    finally:
        writer.close()


async def test_a_reply_in_openais_form() -> None:
    her = ScriptedHer("Hello you.", "How was it?")
    async with served(her) as address, client(address) as http:
        answer = await http.post("/v1/chat/completions", json={**HELLO, "model": "juno"})
    assert answer.status_code == 200
    body = answer.json()
    assert body["object"] == "chat.completion"
    assert body["model"] == "juno"
    (choice,) = body["choices"]
    assert choice["message"] == {"role": "assistant", "content": "Hello you. How was it?", "refusal": None}
    assert choice["finish_reason"] == "stop"
    assert body["usage"] == {"prompt_tokens": 7, "completion_tokens": 3, "total_tokens": 10}
    assert [asked.persona for asked in her.asked] == ["juno"]
    assert not [name for name in answer.headers if name.startswith("access-control")]
    assert answer.headers["connection"] == "close"


async def test_a_stream_gives_each_clause_as_it_is_said() -> None:
    her = ScriptedHer("Hello you.", "How was it?", holds=asyncio.Event())
    wanted = {**HELLO, "stream": True, "stream_options": {"include_usage": True}}
    events = list[str]()
    async with (
        served(her) as address,
        client(address) as http,
        http.stream("POST", "/v1/chat/completions", json=wanted) as answer,
    ):
        assert answer.headers["content-type"].startswith("text/event-stream")
        async for line in answer.aiter_lines():
            events += [line.removeprefix("data: ")] if line else []
            if "Hello you." in line:
                assert her.holds
                assert her.speaking, "the rest is not written yet"
                her.holds.set()
    assert events.pop() == "[DONE]"
    chunks = [json.loads(event) for event in events]
    assert {chunk["object"] for chunk in chunks} == {"chat.completion.chunk"}
    assert len({chunk["id"] for chunk in chunks}) == 1
    assert chunks[-1]["usage"]["total_tokens"] == 10
    deltas = [chunk["choices"][0]["delta"] for chunk in chunks[:-1]]
    assert deltas[0]["role"] == "assistant"
    assert "".join(delta.get("content", "") for delta in deltas) == "Hello you. How was it?"
    assert [chunk["choices"][0]["finish_reason"] for chunk in chunks[:-1]] == [None, None, None, "stop"]


async def test_the_models_are_her_personas() -> None:
    async with served(ScriptedHer()) as address, client(address) as http:
        listed = (await http.get("/v1/models")).json()
        assert [model["id"] for model in listed["data"]] == ["samantha", "juno"]
        assert (await http.get("/v1/models/juno")).json()["id"] == "juno"
        assert (await http.get("/v1/models/nobody")).json()["error"]["code"] == "model_not_found"


@pytest.mark.parametrize("authorization", [None, "Bearer x", f"Bearer {TOKEN[:-1]}b", f"Basic {TOKEN}", TOKEN])
async def test_without_the_token_nothing_is_told(authorization: str | None) -> None:
    her = ScriptedHer("Hello.")
    headers = {"Authorization": authorization} if authorization else {}
    async with served(her) as address, httpx.AsyncClient(base_url=address, trust_env=False) as http:
        for method, path in (("POST", "/v1/chat/completions"), ("GET", "/v1/models"), ("GET", "/"), ("OPTIONS", "/v1")):
            answer = await http.request(method, path, headers=headers, json=HELLO if method == "POST" else None)
            assert answer.status_code == 401
            assert answer.headers["www-authenticate"] == "Bearer"
            assert answer.json()["error"]["type"] == "authentication_error"
    assert her.asked == []


async def test_two_tokens_are_none() -> None:
    async with served(ScriptedHer()) as address, client(address) as http:
        answer = await http.get("/v1/models", headers=[("Authorization", "Bearer wrong"), *BEARER.items()])
    assert answer.status_code == 401


@pytest.mark.parametrize("host", ["rebound.example", "rebound.example:80", "127.0.0.1.rebound.example", ""])
async def test_a_name_that_is_not_ours_is_refused(host: str) -> None:
    async with served(ScriptedHer()) as address, client(address) as http:
        answer = await http.get("/v1/models", headers={"Host": host})
        assert (answer.status_code, answer.json()["error"]["code"]) == (421, "unknown_host")
        assert (await http.get("/v1/models", headers={"Host": "study.local:80"})).status_code == 200


async def test_another_address_is_refused_at_the_door() -> None:
    async with served(ScriptedHer(), allowed=("127.0.0.1",)) as address:
        elsewhere = httpx.AsyncHTTPTransport(local_address="127.0.0.2")
        async with client(address, transport=elsewhere) as http:
            with pytest.raises(httpx.TransportError):
                await http.get("/v1/models")
        async with client(address) as http:
            assert (await http.get("/v1/models")).status_code == 200
    async with served(ScriptedHer()) as address:
        with pytest.raises(OSError, match="refused"):
            socket.create_connection(("127.0.0.2", port_of(address)), timeout=5)


async def test_what_is_too_large_is_refused_before_it_is_read() -> None:
    async with served(ScriptedHer()) as address:
        head = b"POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
        head += f"Authorization: Bearer {TOKEN}\r\n".encode()
        told = await said_by(address, head + f"Content-Length: {MOST_BODY_BYTES + 1}\r\n\r\n".encode())
        assert told.startswith(b"HTTP/1.1 413")
        assert b"invalid_request_error" in told

        async def endless() -> AsyncIterator[bytes]:
            while True:
                yield b" " * 65536

        async with client(address) as http:
            with suppress(httpx.TransportError):  # who goes on sending may miss what is answered
                answer = await http.post(
                    "/v1/chat/completions", content=endless(), headers={"Content-Type": "application/json"}
                )
                assert answer.status_code == 413
        told = await said_by(address, b"GET / HTTP/1.1\r\nX: " + b"x" * (MOST_HEAD_BYTES + 100))
        assert told.startswith(b"HTTP/1.1 400")


@pytest.mark.parametrize("authorization", [TOKEN, "wrong"])
async def test_what_is_no_http_behind_a_request_does_no_harm(
    caplog: pytest.LogCaptureFixture, authorization: str
) -> None:
    head = f"POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {authorization}\r\n"
    head += "Content-Type: application/json\r\n"
    async with served(ScriptedHer("Hello.")) as address, client(address) as http:
        for rest in (
            b"Transfer-Encoding: chunked\r\n\r\nzz\r\n",
            b"Content-Length: 0\r\n\r\n" + b"x" * (3 * MOST_HEAD_BYTES),
            b"Content-Length: 2\r\n\r\n{}" + b"\xff" * 100 + b"\r\n\r\n",
        ):
            assert (await said_by(address, head.encode() + rest))[:9] in (b"HTTP/1.1 ", b"")
        assert (await http.post("/v1/chat/completions", json=HELLO)).status_code == 200
    assert not [record for record in caplog.records if record.levelname == "ERROR"]


@pytest.mark.parametrize(
    ("content", "kind", "status"),
    [
        (b"{", "application/json", 400),
        (b"[" * 50_000, "application/json", 400),
        (b"{}", "application/json; charset=utf-8", 400),
        (json.dumps(HELLO).encode(), "text/plain", 415),
        (json.dumps({**HELLO, "model": "gpt-4"}).encode(), "application/json", 404),
    ],
)
async def test_what_is_malformed_gets_an_error_object(content: bytes, kind: str, status: int) -> None:
    async with served(ScriptedHer()) as address, client(address) as http:
        answer = await http.post("/v1/chat/completions", content=content, headers={"Content-Type": kind})
    assert answer.status_code == status
    error = answer.json()["error"]
    assert set(error) == {"message", "type", "param", "code"}
    assert error["type"] == "invalid_request_error"


async def test_other_paths_and_methods() -> None:
    async with served(ScriptedHer()) as address, client(address) as http:
        assert (await http.get("/v1/nothing")).json()["error"]["type"] == "invalid_request_error"
        assert (await http.get("/v1/chat/completions")).status_code == 405
        assert (await http.options("/v1/chat/completions", headers={"Origin": "http://a.example"})).status_code == 405


async def test_who_says_nothing_is_let_go(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http_server, "HEAD_S", 0.05)
    monkeypatch.setattr(http_app, "BODY_S", 0.05)
    async with served(ScriptedHer(), most=1) as address:
        assert await said_by(address, b"") == b""
        assert await said_by(address, b"GET /v1/models HTTP/1.1\r\nHost") == b""
        head = f"POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {TOKEN}\r\n"
        told = await said_by(address, f"{head}Content-Type: application/json\r\nContent-Length: 9\r\n\r\n".encode())
        assert told.startswith(b"HTTP/1.1 408")


@pytest.mark.parametrize("stream", [False, True])
async def test_who_hangs_up_frees_her(stream: bool) -> None:
    her = ScriptedHer("Hello.", "And more.", holds=asyncio.Event())
    async with served(her) as address, client(address) as http:
        asking = asyncio.create_task(http.post("/v1/chat/completions", json={**HELLO, "stream": stream}))
        await her.busy()
        asking.cancel()
        await asyncio.wait({asking})
        await asyncio.wait_for(her.idle(), 5)
        assert her.stopped == 1
        assert her.holds
        her.holds.set()
        assert (await http.post("/v1/chat/completions", json=HELLO)).status_code == 200


async def test_one_at_a_time_some_wait_and_the_rest_come_back_later() -> None:
    her = ScriptedHer("Hello.", holds=asyncio.Event(), holds_before=0)
    assert her.holds
    async with served(her, Line(most_waiting=2)) as address, client(address) as http:
        asking = [asyncio.create_task(http.post("/v1/chat/completions", json=HELLO)) for _ in range(5)]
        done, waiting = await asyncio.wait(asking, return_when=asyncio.FIRST_COMPLETED)
        while len(done) < 2:
            more, waiting = await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
            done |= more
        refused = [task.result() for task in done]
        her.holds.set()
        answered = [(await task).status_code for task in waiting]
    assert [(one.status_code, one.headers["retry-after"]) for one in refused] == [(429, "10"), (429, "10")]
    assert refused[0].json()["error"]["code"] == "server_busy"
    assert answered == [200, 200, 200]
    assert her.most_speaking == 1


async def test_who_waits_too_long_is_told() -> None:
    her = ScriptedHer("Hello.", holds=asyncio.Event(), holds_before=0)
    async with served(her, Line(patience_s=0.05)) as address, client(address) as http:
        first = asyncio.create_task(http.post("/v1/chat/completions", json=HELLO))
        await her.busy()
        second = await http.post("/v1/chat/completions", json=HELLO)
        assert (second.status_code, second.headers["retry-after"]) == (503, "10")
        assert her.holds
        her.holds.set()
        assert (await first).status_code == 200


async def test_a_failure_is_told_with_its_remedy_and_the_next_is_answered() -> None:
    her = ScriptedHer(error=EngineError("The language model stopped.", "Say it again."))
    async with served(her) as address, client(address) as http:
        for stream in (False, True):
            answer = await http.post("/v1/chat/completions", json={**HELLO, "stream": stream})
            assert answer.status_code == 503
            assert answer.json()["error"]["message"] == "The language model stopped. Say it again."
        her.clauses = ("I think",)
        answer = await http.post("/v1/chat/completions", json={**HELLO, "stream": True})
        assert answer.text.count("data: ") == 3
        assert "The language model stopped." in answer.text
        assert "[DONE]" not in answer.text
        her.error = RuntimeError("words that somebody said")
        answer = await http.post("/v1/chat/completions", json=HELLO)
        assert (answer.status_code, answer.json()["error"]["type"]) == (500, "server_error")
        assert "words" not in answer.text
        her.error = None
        assert (await http.post("/v1/chat/completions", json=HELLO)).status_code == 200


async def test_nothing_of_a_request_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG", "companion")
    her = ScriptedHer("Quince.", error=RuntimeError("quince"))
    async with served(her) as address, client(address) as http:
        await http.post("/v1/chat/completions?quince=1", json={"messages": [{"role": "user", "content": "quince"}]})
        await said_by(address, b"quince quince\r\n\r\n")
    ours = [record.getMessage() for record in caplog.records if not record.name.startswith("http")]
    assert "quince" not in " ".join(ours).lower()
    assert any(told.startswith("a request failed: ") for told in ours), "its kind is withheld where logs are redacted"


def test_a_certificate_that_is_none_is_told(tmp_path: Path) -> None:
    for name in ("a.pem", "a.key"):
        (tmp_path / name).write_text("no certificate")
    for certificate in ("a.pem", "missing.pem"):
        with pytest.raises(UsageError, match="Certificate"):
            tls_context(tmp_path / certificate, tmp_path / "a.key")


def test_an_address_that_cannot_be_had_is_told() -> None:
    with listen_at(ipaddress.ip_address("127.0.0.1"), 0) as taken, pytest.raises(UsageError, match="in use"):
        listen_at(ipaddress.ip_address("127.0.0.1"), taken.getsockname()[1])
    with pytest.raises(UsageError, match="no address of this computer"):
        listen_at(ipaddress.ip_address("192.0.2.1"), 0)
