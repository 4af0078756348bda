"""The language models that could be used: files of this computer, and those of Ollama."""

from __future__ import annotations

from pathlib import Path

import pytest

from companion.cli.found_models import FoundModel, found_models
from companion.core.settings import Mind, Settings
from tests.fakes.ollama_server import FakeModel, FakeOllama
from tests.unit.models.packages import GGUF

NOBODY = "http://127.0.0.1:9"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of models, with one of the user's own, one damaged, and one that is half fetched."""
    monkeypatch.setenv("COMPANION_MODELS", str(tmp_path))
    (tmp_path / "mine.gguf").write_bytes(GGUF)
    (tmp_path / "damaged.gguf").write_bytes(b"GGUF")
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "other.gguf").write_bytes(GGUF)
    (tmp_path / ".partial").mkdir()
    (tmp_path / ".partial" / "half.gguf").write_bytes(GGUF)
    return tmp_path


def settings(**mind: object) -> Settings:
    return Settings(mind=Mind.model_validate({"ollama_address": NOBODY, **mind}))


async def test_whole_files_in_the_folder_are_found(folder: Path) -> None:
    mine, other = await found_models(settings(engine="embedded", model="mine.gguf"))
    assert mine == FoundModel("mine.gguf", "embedded", len(GGUF), str(folder / "mine.gguf"), in_use=True)
    assert (other.name, other.in_use) == (str(folder / "deep" / "other.gguf"), False)


async def test_those_of_ollama_come_with_their_size_and_place(folder: Path) -> None:
    async with FakeOllama({"qwen2.5:3b": FakeModel(), "gpt-oss:120b-cloud": FakeModel()}) as server:
        found = await found_models(settings(ollama_address=server.address))
    theirs = {model.name: model for model in found if model.engine == "ollama"}
    assert theirs["qwen2.5:3b"].in_use
    assert theirs["qwen2.5:3b"].where == "this computer"
    assert theirs["qwen2.5:3b"].size_bytes > 0
    assert theirs["gpt-oss:120b-cloud"].where == "ollama.com"
    assert [model.name for model in found if model.in_use] == ["qwen2.5:3b"]


async def test_with_nothing_in_use_they_are_listed_all_the_same(folder: Path) -> None:
    found = await found_models(settings(engine="ollama"))
    assert [model.in_use for model in found] == [False, False]
