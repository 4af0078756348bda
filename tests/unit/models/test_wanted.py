"""What a user means by the name of a model."""

from __future__ import annotations

from pathlib import Path

import pytest

from companion.core.errors import ModelError
from companion.models.catalogue import catalogue
from companion.models.wanted import InOllama, OnDisk, OnHub, Wanted, wanted


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("bartowski/Some-GGUF", OnHub("bartowski/Some-GGUF", "")),
        ("bartowski/Some-GGUF:some-Q4_K_M.gguf", OnHub("bartowski/Some-GGUF", "some-Q4_K_M.gguf")),
        ("rhasspy/piper-voices:en/en_GB/x.onnx", OnHub("rhasspy/piper-voices", "en/en_GB/x.onnx")),
        ("hub:owner/repo", OnHub("owner/repo", "")),
        ("https://huggingface.co/owner/repo", OnHub("owner/repo", "")),
        ("https://huggingface.co/owner/repo/resolve/main/deep/m.gguf", OnHub("owner/repo", "deep/m.gguf")),
        ("hf.co/owner/repo", OnHub("owner/repo", "")),
        ("qwen2.5:3b", InOllama("qwen2.5:3b")),
        ("someone/mymodel:latest", InOllama("someone/mymodel:latest")),
        ("ollama:mymodel", InOllama("mymodel")),
        ("./mine.gguf", OnDisk(Path("mine.gguf"))),
        ("/models/mine.gguf", OnDisk(Path("/models/mine.gguf"))),
    ],
)
def test_names(name: str, meant: Wanted) -> None:
    assert wanted(name, catalogue()) == meant


def test_a_name_of_the_catalogue_comes_first() -> None:
    assert wanted("whisper-base", catalogue()) is catalogue().find("whisper-base")


def test_a_name_that_means_nothing_is_answered_with_the_nearest() -> None:
    with pytest.raises(ModelError) as error:
        wanted("whisper-bas", catalogue())
    assert error.value.hint == "Did you mean whisper-base?"
