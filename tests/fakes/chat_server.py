"""A server with OpenAI's chat completions that answers what the test has written down, byte by byte if need be."""

from __future__ import annotations

import asyncio
import json
import ssl
from contextlib import suppress
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any


@dataclass
class Answer:
    """One answer: its status, and its body in the parts in which it is sent."""

    parts: tuple[bytes, ...] = ()
    status: int = 200
    kind: str = "text/event-stream"
    headers: dict[str, str] = field(default_factory=dict)
    hangs: bool = False
    """Nothing follows, and the connection stays."""
    breaks_off: bool = False
    """The connection ends without the end of the body."""
    closes: bool = False
    """The connection ends without a word."""


def event(**delta: object) -> bytes:
    """One event with a piece of a reply."""
    return b"data: " + json.dumps({"choices": [{"index": 0, "delta": delta}]}, ensure_ascii=False).encode() + b"\n\n"


def reply(*pieces: str, reason: str = "stop") -> Answer:
    """A reply in good order."""
    end = json.dumps({"choices": [{"index": 0, "delta": {}, "finish_reason": reason}]}).encode()
    return Answer((*(event(content=piece) for piece in pieces), b"data: " + end + b"\n\n", b"data: [DONE]\n\n"))


def refusal(status: int, message: str = "", **headers: str) -> Answer:
    return Answer((json.dumps({"error": {"message": message}}).encode(),), status, "application/json", headers)


class ChatServer:
    """Serves on a free port of this computer while its `async with` block lasts. `answers` are given in order, the last
    of them again and again; `requests` keeps what was asked."""

    def __init__(self, *answers: Answer, models: tuple[dict[str, Any], ...] = ({"id": "m"},)) -> None:
        self.answers = list(answers)
        self.models: Answer | tuple[dict[str, Any], ...] = models
        self.properties: dict[str, Any] | None = None
        """What it says of itself at /props; None: no such address, as with all but llama.cpp."""
        self.requests: list[dict[str, Any]] = []
        self.headers: list[str] = []
        self.hung_up = asyncio.Event()
        self.tls: ssl.SSLContext | None = None
        self._tasks: set[asyncio.Task[None]] = set()

    async def __aenter__(self) -> ChatServer:
        self._server = await asyncio.start_server(self._accept, "127.0.0.1", 0, ssl=self.tls)
        scheme = "https" if self.tls else "http"
        self.address = f"{scheme}://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.close()
        for task in self._tasks:
            task.cancel()
        if self._tasks:
            await asyncio.wait(self._tasks)

    def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.create_task(self._serve(reader, writer))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError, asyncio.IncompleteReadError):
            head = (await reader.readuntil(b"\r\n\r\n")).decode()
            self.headers.append(head)
            length = next(
                (int(line[15:]) for line in head.splitlines() if line.lower().startswith("content-length:")), 0
            )
            body = await reader.readexactly(length)
            await self._send(self._answer(head, body), reader, writer)
        writer.close()
        with suppress(ConnectionError):
            await writer.wait_closed()

    def _answer(self, head: str, body: bytes) -> Answer:
        path = head.split()[1]
        if path.endswith("/models"):
            if isinstance(self.models, Answer):
                return self.models
            return Answer((json.dumps({"data": self.models}).encode(),), kind="application/json")
        if path.endswith("/props"):
            if self.properties is None:
                return refusal(404, "Not Found")
            return Answer((json.dumps(self.properties).encode(),), kind="application/json")
        self.requests.append(json.loads(body))
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]

    async def _send(self, answer: Answer, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if answer.closes:
            return
        head = [f"HTTP/1.1 {answer.status} X", f"Content-Type: {answer.kind}", "Transfer-Encoding: chunked"]
        head += [f"{name.replace('_', '-')}: {value}" for name, value in answer.headers.items()]
        writer.write(("\r\n".join([*head, "Connection: close"]) + "\r\n\r\n").encode())
        for part in answer.parts:
            writer.write(f"{len(part):x}\r\n".encode() + part + b"\r\n")
            await writer.drain()
        if answer.hangs:
            await reader.read()
            self.hung_up.set()
        elif not answer.breaks_off:
            writer.write(b"0\r\n\r\n")
            await writer.drain()
