"""Any repository of the hub: what is taken of it, and what is said where nothing can be."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from companion.core.errors import ModelError
from companion.models.download import Patience
from companion.models.hub import Hub, Listed
from companion.models.hub_choice import choose, hub_model
from companion.models.installation import install
from companion.models.resolver import locate, resolve
from companion.models.shelf import damage, strangers
from tests.fakes.hub_server import FakeHub
from tests.unit.models.packages import GGUF

WHISPER = b"\x06\0\0\0\x0c\0WhisperSpec\0" + bytes(40)


def listed(*paths: str) -> list[Listed]:
    return [Listed(path, 10, "") for path in paths]


@pytest.mark.parametrize(
    ("paths", "wanted", "purpose", "names"),
    [
        (["README.md", "m-Q4_K_M.gguf"], "", "language-model", {"m-Q4_K_M.gguf"}),
        (["m-Q2_K.gguf", "m-Q4_K_M.gguf", "m-Q8_0.gguf", "mmproj-f16.gguf"], "", "language-model", {"m-Q4_K_M.gguf"}),
        (["m-Q2_K.gguf", "m-Q8_0.gguf"], "m-Q2_K.gguf", "language-model", {"m-Q2_K.gguf"}),
        (["model.bin", "config.json", "tokenizer.json", "vocabulary.json", "README.md"], "", "transcriber", None),
        (["a/v.onnx", "a/v.onnx.json", "a/MODEL_CARD"], "", "voice", {"v.onnx", "v.onnx.json"}),
    ],
)
def test_what_is_taken(paths: list[str], wanted: str, purpose: str, names: set[str] | None) -> None:
    choice = choose(listed(*paths), "them/theirs", wanted=wanted)
    assert choice.purpose == purpose
    assert set(choice.take.values()) == (names or set(paths) - {"README.md"})


@pytest.mark.parametrize(
    ("paths", "wanted", "words"),
    [
        (["model.safetensors"], "", "holds nothing that can be run here"),
        (["a-Q2_K.gguf", "a-Q8_0.gguf"], "", "holds 2 models"),
        (["m.gguf"], "n.gguf", "has no file n.gguf"),
        (["m-Q4_K_M-00001-of-00002.gguf"], "", "only a part of a model"),
        (["model.onnx"], "model.onnx", "is nothing that can be run here"),
    ],
)
def test_what_cannot_be_taken_is_said(paths: list[str], wanted: str, words: str) -> None:
    with pytest.raises(ModelError, match=words) as error:
        choose(listed(*paths), "them/theirs", wanted=wanted)
    assert error.value.hint


@pytest.fixture
def server(models: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeHub]:
    for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    with FakeHub({"their-Q4_K_M.gguf": GGUF, "README.md": b"# Hello"}) as server:
        yield server


def hub_at(server: FakeHub) -> Hub:
    return Hub(server.address, Patience(attempts=2, pause_s=0.01, stall_s=1.0), 1.0)


def test_any_mind_of_the_hub_is_installed_and_found_by_its_name(server: FakeHub, models: Path) -> None:
    hub = hub_at(server)
    model = hub_model(hub, "them/theirs", "")
    assert (model.licence, model.size) == ("mit", 1_000_000)
    install(model, hub=hub, asked="them/theirs")
    assert resolve("them/theirs", "language-model").read_bytes() == GGUF
    (stranger,) = strangers(set())
    assert (stranger.receipt.asked, stranger.size) == ("them/theirs", len(GGUF))
    assert damage(stranger.folder, ()) == []
    (stranger.folder / "their-Q4_K_M.gguf").write_bytes(GGUF[:-1])
    assert damage(stranger.folder, ()) == ["their-Q4_K_M.gguf has changed since it came"]
    assert locate(model) is None


def test_ears_of_the_hub_take_what_the_engine_needs(server: FakeHub, models: Path) -> None:
    server.files = {"model.bin": WHISPER, "config.json": b"{}", "tokenizer.json": b"{}", "vocabulary.json": b"[]"}
    hub = hub_at(server)
    install(hub_model(hub, "them/theirs", ""), hub=hub, asked="them/theirs")
    assert resolve("them/theirs", "transcriber") == models / "them--theirs"


@pytest.mark.parametrize(
    ("fault", "words"), [("not json", "does not answer as a model hub"), ("no repository", "has no them/theirs, or")]
)
def test_a_repository_that_cannot_be_looked_into(server: FakeHub, fault: str, words: str) -> None:
    server.fault = fault  # type: ignore[assignment]
    with pytest.raises(ModelError, match=words):
        hub_model(hub_at(server), "them/theirs", "")
