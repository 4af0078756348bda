"""Fixtures that many tests share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.sound_server import SoundServer, missing_programs, running_sound_server


@pytest.fixture
def sound_server(tmp_path: Path) -> Iterator[SoundServer]:
    """A sound server of this test's own. `make test` installs what it needs."""
    if missing := missing_programs():
        pytest.fail(f"not installed: {', '.join(missing)}; `make test` installs them")
    with running_sound_server(tmp_path) as server:
        yield server
