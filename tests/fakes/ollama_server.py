"""A small Ollama: its documented API over HTTP, as far as Companion uses it, with faults on request."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Literal

import numpy as np

from tests.fakes.meanings import ThemeEmbedder

Fault = Literal[
    "hang",
    "hang in stream",
    "die in stream",
    "end early",
    "broken json",
    "not json",
    "error 500",
    "error in stream",
    "endless",
]
TOKEN_PAUSE_S = 0.002


@dataclass(frozen=True, slots=True)
class FakeModel:
    """A model that the server has. `capabilities` None: a server too old to tell."""

    size: int = 2_000_000_000
    capabilities: tuple[str, ...] | None = ("completion",)
    family: str = "llama"
    context_length: int = 32768
    thinking: str = ""
    """What it thinks before it answers, if it is not told to leave that."""
    refuses_think: bool = False
    calls: tuple[tuple[str, dict[str, Any]], ...] = ()
    """The tools that it calls where any are offered, in place of what it says: name and arguments."""


class FakeOllama:
    """Serves on a free port of this computer while its `async with` block lasts.

    It says `says` word by word. `requests` keeps what was asked; `hang_ups` counts the replies whose
    client hung up, which ends the generation, as in Ollama; `generating` is the replies under way;
    `began` is set with the first.
    """

    def __init__(self, models: dict[str, FakeModel] | None = None, says: str = "Soup would be nice tonight.") -> None:
        self.models = {"qwen2.5:3b": FakeModel()} if models is None else models
        self.says = says
        self.fault: Fault | None = None
        self.requests: list[tuple[str, dict[str, Any]]] = []
        self.hang_ups = 0
        self.generating = 0
        self.began = asyncio.Event()
        self.connections = 0
        self.address = ""
        self.store: dict[str, FakeModel] = {}
        """What can be pulled, in two layers."""
        self.pull_refusal = ""
        """What it says in place of the second layer."""
        self.cut_at: int | None = None
        """The byte of a pull at which it dies. What came before is kept, and the next pull goes on from there."""
        self.kept: dict[str, int] = {}
        self.began_at = 0
        """The byte at which the last pull began."""
        self._server: asyncio.Server | None = None
        self._tasks: set[asyncio.Task[None]] = set()

    async def __aenter__(self) -> FakeOllama:
        self._server = await asyncio.start_server(self._accept, "127.0.0.1", 0)
        self.address = f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.stop()

    async def stop(self) -> None:
        """Vanish: from now on connections are refused."""
        assert self._server is not None
        self._server.close()
        for task in self._tasks:
            task.cancel()
        if self._tasks:
            await asyncio.wait(self._tasks)

    def asked(self, path: str) -> list[dict[str, Any]]:
        """The bodies of the requests to `path`."""
        return [body for asked, body in self.requests if asked == path]

    def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.create_task(self._serve(reader, writer))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        try:
            while (request := await _read_request(reader)) is not None:
                self.requests.append(request)
                await _Exchange(self, reader, writer).answer(*request)
        except (ConnectionError, _HungUp):
            pass
        finally:
            self.connections -= 1
            writer.close()
            with suppress(ConnectionError):
                await writer.wait_closed()


class _HungUp(Exception):  # noqa: N818
    """The client has closed the connection."""


@dataclass
class _Exchange:
    ollama: FakeOllama
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    head: dict[str, Any] = field(default_factory=dict)

    async def answer(self, path: str, body: dict[str, Any]) -> None:
        if self.ollama.fault == "hang":
            await self.reader.read()
            raise _HungUp
        if self.ollama.fault == "error 500":
            return self._send(500, {"error": "llama runner process has terminated: out of memory"})
        if self.ollama.fault == "not json":
            return self._send_bytes(200, b"<html>Welcome to the router</html>", "text/html")
        if path == "/api/version":
            return self._send(200, {"version": "0.12.0"})
        if path == "/api/tags":
            return self._send(200, {"models": [_listed(tag, model) for tag, model in self.ollama.models.items()]})
        if path == "/api/ps":
            return self._send(200, {"models": []})
        tag = str(body.get("model", ""))
        if path == "/api/pull":
            return await self._pull(tag)
        model = self.ollama.models.get(tag)
        if model is None:
            return self._send(404, {"error": f'model "{tag}" not found, try pulling it first'})
        if path == "/api/delete":
            del self.ollama.models[tag]
            return self._send_bytes(200, b"", "text/plain")
        if path == "/api/show":
            return self._send(200, _shown(model))
        if path == "/api/embed":
            return self._embed(tag, model, body["input"])
        if path == "/api/chat":
            if model.refuses_think and "think" in body:
                return self._send(400, {"error": f'"{tag}" does not support thinking'})
            return await self._chat(tag, model, body)
        return self._send(404, {"error": "404 page not found"})

    def _embed(self, tag: str, model: FakeModel, texts: list[str]) -> None:
        if "embedding" not in (model.capabilities or ()):
            self._send(501, {"error": "this model does not support embeddings"})
            return
        # As of real models, all vectors lean to one side.
        vectors = (ThemeEmbedder().embed(texts) + np.linspace(0.0, 0.6, 64)).tolist()
        self._send(200, {"model": tag, "embeddings": vectors, "total_duration": 9, "prompt_eval_count": len(texts)})

    def _send(self, status: int, body: dict[str, Any]) -> None:
        self._send_bytes(status, json.dumps(body).encode(), "application/json; charset=utf-8")

    def _send_bytes(self, status: int, body: bytes, kind: str) -> None:
        self.writer.write(
            f"HTTP/1.1 {status} X\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body
        )

    async def _pull(self, tag: str) -> None:
        """Stream what a pull says, as far as the fault allows."""
        self.writer.write(
            b"HTTP/1.1 200 OK\r\nContent-Type: application/x-ndjson\r\nTransfer-Encoding: chunked\r\n\r\n"
        )
        self._chunk({"status": "pulling manifest"})
        model = self.ollama.models.get(tag) or self.ollama.store.get(tag)
        if model is None:
            self._chunk({"error": "pull model manifest: file does not exist"})
        else:
            before, self.ollama.began_at = 0, self.ollama.kept.get(tag, 0)
            for digest, total in (("sha256:aa", model.size - 100), ("sha256:bb", 100)):
                kept = min(total, max(0, self.ollama.kept.get(tag, 0) - before))
                for completed in (kept, kept + (total - kept) // 2, total):
                    if self.ollama.cut_at is not None and before + completed > self.ollama.cut_at:
                        self.ollama.kept[tag] = self.ollama.cut_at
                        self._tell_layer(digest, total, self.ollama.cut_at - before)
                        await self.writer.drain()
                        self.writer.transport.abort()
                        raise _HungUp
                    self._tell_layer(digest, total, completed)
                    await self.writer.drain()
                before += total
                gone = asyncio.create_task(self.reader.read(1))
                if digest == "sha256:aa" and not (self.ollama.pull_refusal == "" and await self._goes_on(gone)):
                    gone.cancel()
                    if self.ollama.pull_refusal:
                        self._chunk({"error": self.ollama.pull_refusal})
                        self.writer.write(b"0\r\n\r\n")
                    return
                gone.cancel()
                await asyncio.wait({gone})
            self._chunk({"status": "verifying sha256 digest"})
            self.ollama.models[tag] = model
            self._chunk({"status": "success"})
        self.writer.write(b"0\r\n\r\n")

    def _tell_layer(self, digest: str, total: int, completed: int) -> None:
        self._chunk({"status": f"pulling {digest[7:]}", "digest": digest, "total": total, "completed": completed})

    async def _chat(self, tag: str, model: FakeModel, body: dict[str, Any]) -> None:
        """Stream a reply as chunked NDJSON, until it ends or the client hangs up."""
        self.writer.write(
            b"HTTP/1.1 200 OK\r\nContent-Type: application/x-ndjson\r\nTransfer-Encoding: chunked\r\n\r\n"
        )
        self.head = {"model": tag, "created_at": "2026-01-01T12:00:00.000000Z"}
        gone = asyncio.create_task(self.reader.read(1))
        self.ollama.generating += 1
        self.ollama.began.set()
        try:
            written = 0
            for part in self._parts(model, body):
                await asyncio.wait({gone}, timeout=TOKEN_PAUSE_S)
                if gone.done():
                    self.ollama.hang_ups += 1
                    raise _HungUp
                self._chunk({**self.head, "message": {"role": "assistant", **part}, "done": False})
                written += 1
                if written == 3 and not await self._goes_on(gone):
                    return
            self._chunk({**self.head, **_last_part(body, written)})
            self.writer.write(b"0\r\n\r\n")
        finally:
            self.ollama.generating -= 1
            gone.cancel()
            await asyncio.wait({gone})

    def _parts(self, model: FakeModel, body: dict[str, Any]) -> Iterator[dict[str, Any]]:
        if model.calls and body.get("tools"):
            for name, arguments in model.calls:
                yield {"content": "", "tool_calls": [{"function": {"name": name, "arguments": arguments}}]}
            return
        if model.thinking and body.get("think") is not False:
            yield from ({"content": "", "thinking": f"{word} "} for word in model.thinking.split())
        if self.ollama.fault == "endless":
            while True:
                yield {"content": "and "}
        most = body.get("options", {}).get("num_predict", 1_000_000)
        yield from ({"content": f"{word} "} for word in self.ollama.says.split()[:most])

    async def _goes_on(self, gone: asyncio.Task[bytes]) -> bool:
        """Whether the reply goes on after its third part; else the fault has been done."""
        match self.ollama.fault:
            case "hang in stream":
                await gone
                self.ollama.hang_ups += 1
                raise _HungUp
            case "die in stream":
                await self.writer.drain()
                self.writer.transport.abort()
                raise _HungUp
            case "end early":
                self.writer.write(b"0\r\n\r\n")
            case "broken json":
                self._chunk_bytes(b'{"model": "qwen2.5:3b", "mess\n')
                self.writer.write(b"0\r\n\r\n")
            case "error in stream":
                self._chunk({"error": "an error was encountered while running the model: out of memory"})
                self.writer.write(b"0\r\n\r\n")
            case _:
                return True
        return False

    def _chunk(self, part: dict[str, Any]) -> None:
        self._chunk_bytes(json.dumps(part).encode() + b"\n")

    def _chunk_bytes(self, line: bytes) -> None:
        self.writer.write(f"{len(line):x}\r\n".encode() + line + b"\r\n")


async def _read_request(reader: asyncio.StreamReader) -> tuple[str, dict[str, Any]] | None:
    """Path and JSON body of the next request; None when there is none."""
    try:
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
    except asyncio.IncompleteReadError:
        return None
    request_line, *headers = head.strip().split("\r\n")
    fields = {name.lower(): value.strip() for name, _, value in (header.partition(":") for header in headers)}
    length = int(fields.get("content-length", "0"))
    body = await reader.readexactly(length)
    return request_line.split()[1], json.loads(body) if body else {}


def _listed(tag: str, model: FakeModel) -> dict[str, Any]:
    return {
        "name": tag,
        "model": tag,
        "modified_at": "2026-01-01T12:00:00.000000Z",
        "size": model.size,
        "digest": "a" * 64,
        "details": _details(model),
    }


def _details(model: FakeModel) -> dict[str, Any]:
    return {"format": "gguf", "family": model.family, "parameter_size": "3B", "quantization_level": "Q4_K_M"}


def _shown(model: FakeModel) -> dict[str, Any]:
    shown: dict[str, Any] = {
        "modelfile": "",
        "template": "",
        "details": _details(model),
        "model_info": {"general.architecture": model.family, f"{model.family}.context_length": model.context_length},
    }
    return shown if model.capabilities is None else {**shown, "capabilities": list(model.capabilities)}


def _last_part(body: dict[str, Any], written: int) -> dict[str, Any]:
    words = sum(len(message["content"].split()) for message in body.get("messages", ()))
    return {
        "message": {"role": "assistant", "content": ""},
        "done": True,
        "done_reason": "stop",
        "total_duration": 900_000_000,
        "load_duration": 100_000_000,
        "prompt_eval_count": words,
        "prompt_eval_duration": 300_000_000,
        "eval_count": written,
        "eval_duration": 500_000_000,
    }
