"""What every embedder does."""

from __future__ import annotations

import numpy as np
import pytest

from companion.backends.minilm import MiniLm
from companion.core.engines import Embedder
from companion.core.errors import ModelError
from companion.models.resolver import resolve
from tests.fakes.meanings import ThemeEmbedder


@pytest.fixture(params=["real", "fake"])
def embedder(request: pytest.FixtureRequest) -> Embedder:
    return MiniLm(resolve("minilm-l6-v2", "embedder")) if request.param == "real" else ThemeEmbedder()


def test_like_meanings_are_near_and_each_has_length_one(embedder: Embedder) -> None:
    violin, instrument, car = embedder.embed(["I play the violin.", "Which instrument?", "The car is red. " * 200])
    assert np.allclose([np.linalg.norm(violin), np.linalg.norm(car)], 1, atol=1e-3)
    assert violin @ instrument > violin @ car + 0.1


def test_what_stands_beside_a_text_does_not_change_it(embedder: Embedder) -> None:
    alone = embedder.embed(["soup"])
    together = embedder.embed(["a much longer text about a sister and her car", "soup"])
    assert alone[0] @ together[1] > 0.98


def test_a_damaged_model_is_told(tmp_path_factory: pytest.TempPathFactory) -> None:
    file = tmp_path_factory.mktemp("model") / "model.onnx"
    file.write_bytes(b"\x08 no model")
    with pytest.raises(ModelError, match="damaged"):
        MiniLm(file).warm_up()
