"""A file of conversations, and a diary that is open on it; some rooms have their own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from companion.memory.store import SqliteDiary, open_diary


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "data" / "conversations.db"


@pytest.fixture
def diary(file: Path) -> Iterator[SqliteDiary]:
    diary = open_diary(file)
    yield diary
    diary.close()
