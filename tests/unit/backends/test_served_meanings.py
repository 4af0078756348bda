"""Meanings by a server, which may refuse, hang or talk nonsense: each costs one sentence and a remedy."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import numpy as np
import pytest

from companion.backends import served_meanings
from companion.backends.meanings import choose_embedder
from companion.backends.minilm import MiniLm
from companion.backends.served_meanings import OllamaMeanings, OpenAiMeanings
from companion.core.errors import EngineError, ModelError
from companion.core.settings import Memory, Mind, Settings
from tests.fakes.ollama_server import FakeModel, FakeOllama, Fault

TEXTS = ["I play the violin.", "Which instrument?", "The car is red."]
EMBEDS = FakeModel(capabilities=("embedding",), family="nomic-bert")


@pytest.fixture
async def ollama() -> AsyncIterator[FakeOllama]:
    async with FakeOllama({"qwen2.5:3b": FakeModel(), "nomic-embed-text:latest": EMBEDS}) as server:
        yield server


async def test_ollama_tells_what_is_alike(ollama: FakeOllama) -> None:
    embedder = OllamaMeanings(ollama.address, "nomic-embed-text:latest", 5)
    violin, instrument, car = await asyncio.to_thread(embedder.embed, TEXTS)
    assert np.allclose([np.linalg.norm(violin), np.linalg.norm(car)], 1, atol=1e-3)
    assert violin @ instrument > violin @ car + 0.3
    assert abs(violin @ car) < 0.4, "what all have in common is taken out"
    asked = ollama.asked("/api/embed")[-1]
    assert (asked["model"], asked["input"], asked["keep_alive"]) == ("nomic-embed-text:latest", TEXTS, "5m")
    info = embedder.info()
    assert (info.model, info.where) == ("ollama:nomic-embed-text:latest", "this computer")


@pytest.mark.parametrize(
    ("tag", "kind", "words"),
    [("bge-m3", ModelError, "does not have"), ("qwen2.5:3b", EngineError, "HTTP status 501")],
)
async def test_a_model_that_cannot_is_told(ollama: FakeOllama, tag: str, kind: type[Exception], words: str) -> None:
    with pytest.raises(kind, match=words):
        await asyncio.to_thread(OllamaMeanings(ollama.address, tag).warm_up)


@pytest.mark.parametrize("fault", ["hang", "error 500", "not json"])
async def test_a_server_that_fails_is_told_and_left_alone(
    ollama: FakeOllama, fault: Fault, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(served_meanings, "QUESTION_TIMEOUT_S", 0.2)
    embedder = OllamaMeanings(ollama.address, "nomic-embed-text:latest")
    await asyncio.to_thread(embedder.warm_up)
    ollama.fault = fault
    asked = len(ollama.requests)
    for _ in range(2):
        with pytest.raises(EngineError, match="found by its words"):
            await asyncio.to_thread(embedder.embed, ["hello"])
    assert len(ollama.requests) == asked + 1
    ollama.fault = None
    monkeypatch.setattr(embedder, "_rests_until_s", 0.0)
    await asyncio.to_thread(embedder.embed, ["hello"])


async def test_a_server_that_is_gone_is_told(ollama: FakeOllama) -> None:
    await ollama.stop()
    with pytest.raises(EngineError, match="does not answer"):
        await asyncio.to_thread(OllamaMeanings(ollama.address, "nomic-embed-text").warm_up)


def resolve(name: str) -> Path:
    return Path(f"/models/{name}/model.onnx")


@pytest.mark.parametrize(
    ("memory", "engine", "model"),
    [
        ("auto", "ollama", "ollama:nomic-embed-text:latest"),
        ("auto", "auto", "minilm-l6-v2"),
        ("auto", "embedded", "minilm-l6-v2"),
        ("minilm", "ollama", "minilm-l6-v2"),
        ("ollama:bge-m3", "embedded", "ollama:bge-m3"),
        ("http://127.0.0.1:9/v1#e5", "embedded", "http://127.0.0.1:9/v1#e5"),
        ("other", "embedded", "other"),
    ],
)
async def test_the_settings_choose(ollama: FakeOllama, memory: str, engine: Any, model: str) -> None:
    mind = Mind(engine=engine, ollama_address=ollama.address)
    embedder = await choose_embedder(Settings(memory=Memory(embedder=memory), mind=mind), resolve)
    assert embedder.info().model == model


async def test_ollama_without_such_a_model_leaves_it_to_ones_own(ollama: FakeOllama) -> None:
    del ollama.models["nomic-embed-text:latest"]
    settings = Settings(mind=Mind(engine="ollama", ollama_address=ollama.address))
    assert isinstance(await choose_embedder(settings, resolve), MiniLm)
    await ollama.stop()
    with pytest.raises(EngineError):
        await choose_embedder(settings, resolve)


class Answers(BaseHTTPRequestHandler):
    """OpenAI's protocol, as far as it is used; `answer` is what comes in place of vectors."""

    answer: object = None
    asked: dict[str, Any]

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        type(self).asked = {"path": self.path, "key": self.headers["Authorization"], **body}
        rows = [{"index": n, "embedding": [1.0, float(len(text)), -n]} for n, text in enumerate(body["input"])]
        content = json.dumps(self.answer or {"data": rows[::-1]}).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None: ...


@pytest.fixture
def address() -> Iterator[str]:
    Answers.answer = None
    with ThreadingHTTPServer(("127.0.0.1", 0), Answers) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/v1"
        server.shutdown()
        thread.join()


def test_openais_protocol_is_spoken(address: str) -> None:
    embedder = OpenAiMeanings(address, "e5", "secret")
    assert embedder.embed(["one", "three"]).shape == (2, 64)
    asked = {"path": "/v1/embeddings", "key": "Bearer secret", "model": "e5", "input": ["one", "three"]}
    assert Answers.asked == asked


@pytest.mark.parametrize(
    "answer",
    [
        {"data": []},
        {"data": [{"index": 0, "embedding": "x"}]},
        {"error": "no"},
        [1],
        {"data": [{"index": 0, "embedding": [float("nan"), 1, 2]}]},
        {"data": [{"index": 0, "embedding": [1.0, 2.0]}]},
        {"data": [{"index": 0, "embedding": []}]},
    ],
    ids=repr,
)
def test_what_are_no_vectors_is_told(address: str, answer: object) -> None:
    embedder = OpenAiMeanings(address)
    embedder.warm_up()
    Answers.answer = answer
    with pytest.raises(EngineError):
        embedder.embed(["hello"])
