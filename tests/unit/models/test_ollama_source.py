"""Ollama pulls with the same progress, can be stopped, and its failures are said in plain words."""

from __future__ import annotations

import asyncio
import random
import threading
from collections.abc import Callable

import pytest

from companion.core.errors import ModelError
from companion.models.ollama_source import pull, remove
from companion.models.work import InstallationStoppedError
from tests.fakes.ollama_server import FakeModel, FakeOllama, Fault

TAG = "tiny:1b"


async def beside(work: Callable[[], None]) -> None:
    """The server lives in this loop, so the pull runs in a thread."""
    await asyncio.to_thread(work)


async def test_a_pull_tells_all_bytes_and_the_model_is_there() -> None:
    told: list[tuple[int, int, str]] = []
    async with FakeOllama({}) as server:
        server.store = {TAG: FakeModel(size=1000)}
        await beside(lambda: pull(TAG, server.address, progress=lambda *step: told.append(step)))
        assert TAG in server.models
    assert told[-1][:2] == (1000, 1000)
    assert [step[0] for step in told] == sorted(step[0] for step in told)


@pytest.mark.parametrize("number", range(10))
async def test_cut_at_any_byte_it_is_not_there_and_goes_on_from_that_byte(number: int) -> None:
    told: list[int] = []
    async with FakeOllama({}) as server:
        server.store = {TAG: FakeModel(size=1_000_000)}
        server.cut_at = at = random.Random(number).randrange(1, 1_000_000)
        with pytest.raises(ModelError, match="broke off") as error:
            await beside(lambda: pull(TAG, server.address))
        assert "goes on where it stopped" in error.value.hint
        assert TAG not in server.models
        server.cut_at = None
        await beside(lambda: pull(TAG, server.address, progress=lambda done, total, text: told.append(done)))
        assert TAG in server.models
        assert server.began_at == at
    assert told[-1] == 1_000_000


async def test_it_can_be_stopped_which_hangs_up() -> None:
    stop = threading.Event()

    def stop_at_the_first_layer(done: int, total: int, text: str) -> None:
        if done:
            stop.set()

    async with FakeOllama({}) as server:
        server.store = {TAG: FakeModel(size=1000)}
        server.fault = "hang in stream"
        with pytest.raises(InstallationStoppedError, match="was stopped"):
            await beside(lambda: pull(TAG, server.address, progress=stop_at_the_first_layer, stop=stop))
        assert TAG not in server.models
        server.fault = None
        await beside(lambda: pull(TAG, server.address))
        assert TAG in server.models


FAULTS: list[tuple[Fault | None, str, str]] = [
    ("hang", "", "has said nothing for"),
    ("hang in stream", "", "has said nothing for"),
    ("die in stream", "", "broke off"),
    ("end early", "", f"stopped before {TAG} had come whole"),
    ("broken json", "", "not Ollama, or not one that can be understood"),
    ("not json", "", "not Ollama, or not one that can be understood"),
    ("error 500", "", "could not fetch .*out of memory"),
    (None, "open /usr/share/ollama: no space left on device", "disk filled up"),
    (None, "the model you are attempting to pull requires a newer version of Ollama", "needs a newer Ollama"),
    (None, "dial tcp: lookup registry.example: no such host", "could not reach its own store"),
    (None, "max retries exceeded: EOF", "could not fetch .*max retries"),
]


@pytest.mark.parametrize(("fault", "refusal", "words"), FAULTS)
async def test_what_goes_wrong_is_said_in_plain_words(fault: Fault | None, refusal: str, words: str) -> None:
    async with FakeOllama({}) as server:
        server.store = {TAG: FakeModel(size=1000)}
        server.fault, server.pull_refusal = fault, refusal
        with pytest.raises(ModelError, match=words) as error:
            await beside(lambda: pull(TAG, server.address, stall_s=1.0))
        assert error.value.hint
        assert TAG not in server.models


async def test_a_tag_that_nobody_has() -> None:
    async with FakeOllama({}) as server:
        with pytest.raises(ModelError, match="knows no model nonsense:1b"):
            await beside(lambda: pull("nonsense:1b", server.address))


def test_no_ollama_there() -> None:
    with pytest.raises(ModelError, match="does not answer") as error:
        pull(TAG, "http://127.0.0.1:9")  # nothing listens on the discard port
    assert "ollama serve" in error.value.hint


async def test_one_is_removed() -> None:
    async with FakeOllama({TAG: FakeModel()}) as server:
        await beside(lambda: remove(TAG, server.address))
        assert TAG not in server.models
        with pytest.raises(ModelError, match="knows no model"):
            await beside(lambda: remove(TAG, server.address))
