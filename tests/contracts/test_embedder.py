"""What every embedder does."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from companion.backends import served_meanings
from companion.backends.minilm import MiniLm
from companion.backends.served_meanings import OpenAiMeanings
from companion.core.engines import Embedder
from companion.core.errors import ModelError
from companion.models.resolver import resolve
from tests.fakes.embedding_server import KEY
from tests.fakes.meanings import ThemeEmbedder


@pytest.fixture(scope="module")
def llama_server() -> Iterator[OpenAiMeanings]:
    """llama.cpp's own server, with a model that was made for other things: its vectors are poor, and real."""
    model = resolve("smollm2-135m-instruct", "language-model")
    command = [sys.executable, "-m", "tests.fakes.embedding_server", str(model)]
    with (
        pytest.MonkeyPatch.context() as patience,
        subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as server,
    ):
        patience.setattr(served_meanings, "QUESTION_TIMEOUT_S", 60.0)
        assert server.stdin and server.stdout
        yield OpenAiMeanings(f"{server.stdout.readline().strip()}/v1", "any", KEY)
        server.stdin.close()


@pytest.fixture(params=["minilm", "llama.cpp", "fake"])
def embedder(request: pytest.FixtureRequest) -> Embedder:
    if request.param == "llama.cpp":
        served: Embedder = request.getfixturevalue("llama_server")
        return served
    return MiniLm(resolve("minilm-l6-v2", "embedder")) if request.param == "minilm" else ThemeEmbedder()


def test_like_meanings_are_near_and_each_has_length_one(embedder: Embedder, request: pytest.FixtureRequest) -> None:
    violin, instrument, car = embedder.embed(["I play the violin.", "Which instrument?", "The car is red. " * 200])
    assert np.allclose([np.linalg.norm(violin), np.linalg.norm(car)], 1, atol=1e-3)
    assert len(violin) % 64 == 0
    if "llama.cpp" not in request.node.name:  # whose model was made to write
        assert violin @ instrument > violin @ car + 0.1


def test_what_stands_beside_a_text_does_not_change_it(embedder: Embedder) -> None:
    alone = embedder.embed(["soup"])
    together = embedder.embed(["a much longer text about a sister and her car", "soup"])
    assert alone[0] @ together[1] > 0.98


@pytest.mark.parametrize("cached", [False, True])
def test_a_damaged_model_is_told(tmp_path: Path, cached: bool) -> None:
    file = tmp_path / "model.onnx"
    file.write_bytes(b"\x08 no model")
    with pytest.raises(ModelError, match="damaged"):
        MiniLm(file, cache=tmp_path / "cache" if cached else None).warm_up()


def test_the_lighter_copy_means_the_same(tmp_path: Path) -> None:
    file = resolve("minilm-l6-v2", "embedder")
    texts = ["I play the violin.", "Which instrument?", "The car is red. " * 200]
    lighter = MiniLm(file, cache=tmp_path).embed(texts)
    assert np.allclose(lighter, MiniLm(file).embed(texts), atol=1e-4)
    (kept,) = tmp_path.iterdir()
    assert kept.stat().st_size == pytest.approx(file.stat().st_size, rel=0.02)
