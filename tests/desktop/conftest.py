"""What the tests on the desktop share: a desktop and a sound server for each module."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from companion.diagnostics.sound_server import SoundServer, running_sound_server
from tests.desktop.desktop import Desktop, running_desktop


@pytest.fixture(scope="module")
def desktop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desktop]:
    """With a tray, without a compositor."""
    with running_desktop(tmp_path_factory.mktemp("desktop")) as desktop:
        yield desktop


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SoundServer]:
    """Seen by programs that are given its environment; this process does not listen to it through PortAudio."""
    with running_sound_server(tmp_path_factory.mktemp("sound")) as server:
        yield server
