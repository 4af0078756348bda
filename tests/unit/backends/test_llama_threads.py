"""How many threads a model gets, on machines of different size."""

from __future__ import annotations

from pathlib import Path

import pytest

from companion.backends.llama_cpp import SMALL_MODEL_BYTES, reading_threads, writing_threads


@pytest.fixture
def small(tmp_path: Path) -> Path:
    return _weights(tmp_path / "small.gguf", SMALL_MODEL_BYTES - 1)


@pytest.fixture
def large(tmp_path: Path) -> Path:
    return _weights(tmp_path / "large.gguf", SMALL_MODEL_BYTES)


def _weights(file: Path, length: int) -> Path:
    with file.open("wb") as hollow:
        hollow.truncate(length)
    return file


def test_a_small_model_writes_with_one_thread(small: Path, large: Path) -> None:
    assert [writing_threads(small, 2), writing_threads(large, 2)] == [1, 2]


@pytest.mark.parametrize(("threads", "processors", "given"), [(2, 1, 1), (2, 2, 1), (2, 3, 2), (4, 4, 1), (4, 8, 4)])
def test_a_small_model_reads_with_one_thread_where_no_processor_is_left_over(
    small: Path, threads: int, processors: int, given: int
) -> None:
    assert reading_threads(small, threads, processors) == given


def test_a_large_model_reads_with_all_its_threads(large: Path) -> None:
    assert reading_threads(large, 2, 2) == 2
