"""Which language model is chosen, and what is said about it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from types import SimpleNamespace

import psutil
import pytest

from companion.backends import mind as minds
from companion.backends.llama_cpp import LlamaCpp
from companion.core.engines import EngineInfo
from companion.core.errors import EngineError, ModelError
from companion.core.settings import Mind
from tests.fakes.ollama_server import FakeModel, FakeOllama

NOBODY = "http://127.0.0.1:9"
"""The discard port: nothing answers there."""


@pytest.fixture
async def server() -> AsyncIterator[FakeOllama]:
    async with FakeOllama() as server:
        yield server


@pytest.fixture(autouse=True)
def llama_is_not_started(monkeypatch: pytest.MonkeyPatch) -> None:
    async def opened(self: LlamaCpp) -> None:
        pass

    monkeypatch.setattr(LlamaCpp, "open", opened)


@pytest.fixture(autouse=True)
def memory(monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """How much memory is free; the test may change it."""
    free = SimpleNamespace(available=8_000_000_000)
    monkeypatch.setattr(psutil, "virtual_memory", lambda: free)
    return free


def installed(*names: str) -> minds.Resolve:
    def resolve(name: str) -> Path:
        if name not in names:
            raise ModelError(f"The model {name} is not installed.", "Install it.")
        return Path("models") / Path(name).name

    return resolve


async def choice(settings: Mind, resolve: minds.Resolve) -> tuple[EngineInfo, str]:
    """What is opened, and the notes about it."""
    notes: list[str] = []
    mind = await minds.open_mind(settings, resolve, notes.append)
    await mind.close()
    return mind.info(), " ".join(notes)


async def test_auto_takes_ollama_when_it_has_a_chat_model(server: FakeOllama) -> None:
    info, notes = await choice(Mind(ollama_address=server.address), installed(minds.CAPABLE))
    assert (info.name, info.model) == ("Ollama", "qwen2.5:3b")
    assert "qwen2.5:3b on Ollama" in notes


async def test_auto_takes_the_embedded_model_when_ollama_does_not_answer() -> None:
    info, notes = await choice(Mind(ollama_address=NOBODY), installed(minds.CAPABLE, minds.SMALL))
    assert (info.name, info.model) == ("llama.cpp", minds.CAPABLE)
    assert "does not answer" in notes
    assert minds.CAPABLE in notes


async def test_auto_takes_the_embedded_model_when_ollama_can_only_embed(server: FakeOllama) -> None:
    server.models = {"all-minilm:latest": FakeModel(capabilities=("embedding",))}
    info, notes = await choice(Mind(ollama_address=server.address), installed(minds.CAPABLE))
    assert info.name == "llama.cpp"
    assert "has no chat model" in notes


async def test_a_name_that_ollama_lacks_is_looked_for_among_the_embedded(server: FakeOllama) -> None:
    info, notes = await choice(Mind(ollama_address=server.address, model=minds.SMALL), installed(minds.SMALL))
    assert (info.name, info.model) == ("llama.cpp", minds.SMALL)
    assert f"does not have {minds.SMALL}" in notes


async def test_a_tag_that_ollama_has_is_taken(server: FakeOllama) -> None:
    server.models["gemma3:4b"] = FakeModel()
    info, _ = await choice(Mind(ollama_address=server.address, model="gemma3:4b"), installed())
    assert (info.name, info.model) == ("Ollama", "gemma3:4b")


async def test_embedded_does_not_ask_ollama(server: FakeOllama) -> None:
    info, _ = await choice(Mind(engine="embedded", ollama_address=server.address), installed(minds.CAPABLE))
    assert info.name == "llama.cpp"
    assert not server.requests


async def test_little_memory_takes_the_small_model(memory: SimpleNamespace) -> None:
    memory.available = minds.MEMORY_FOR_CAPABLE - 1
    info, notes = await choice(Mind(engine="embedded"), installed(minds.CAPABLE, minds.SMALL))
    assert info.model == minds.SMALL
    assert "3.5 GB of memory" in notes


async def test_the_small_model_stands_in_for_a_missing_one() -> None:
    info, notes = await choice(Mind(engine="embedded"), installed(minds.SMALL))
    assert info.model == minds.SMALL
    assert f"{minds.CAPABLE} is not installed" in notes


async def test_without_any_model_the_capable_one_is_asked_for() -> None:
    with pytest.raises(ModelError, match=minds.CAPABLE):
        await choice(Mind(engine="embedded"), installed())


async def test_a_file_is_called_by_its_name() -> None:
    info, _ = await choice(Mind(engine="embedded", model="/models/mine.gguf"), installed("/models/mine.gguf"))
    assert info.model == "mine"


async def test_insisting_on_an_ollama_that_does_not_answer() -> None:
    with pytest.raises(EngineError, match="does not answer") as caught:
        await choice(Mind(engine="ollama", ollama_address=NOBODY), installed(minds.CAPABLE))
    assert "ollama serve" in caught.value.hint


@pytest.mark.parametrize(
    ("wanted", "pull"), [("auto", "ollama pull qwen2.5:3b"), ("gemma3:4b", "ollama pull gemma3:4b")]
)
async def test_insisting_on_an_ollama_that_lacks_the_model(server: FakeOllama, wanted: str, pull: str) -> None:
    server.models = {}
    with pytest.raises(ModelError) as caught:
        await choice(Mind(engine="ollama", ollama_address=server.address, model=wanted), installed())
    assert pull in caught.value.hint


def test_a_small_model_gets_a_short_context_and_never_more_than_is_set(tmp_path: Path) -> None:
    small = tmp_path / "small.gguf"
    small.write_bytes(b"GGUF")

    assert minds.context_tokens(Mind(context_tokens=4096), small) == minds.CONTEXT_OF_SMALL
    assert minds.context_tokens(Mind(context_tokens=1024), small) == 1024


def test_a_large_model_gets_the_context_that_is_set(tmp_path: Path) -> None:
    large = tmp_path / "large.gguf"
    with large.open("wb") as file:
        file.truncate(1_000_000_000)  # sparse

    assert minds.context_tokens(Mind(context_tokens=8192), large) == 8192
