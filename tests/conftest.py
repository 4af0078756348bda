"""Fixtures that many tests share."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from companion.core.audio import Samples
from companion.core.settings import Settings
from tests.sound_server import SoundServer, missing_programs, running_sound_server

os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.null.Keyring"
"""Neither a test nor a child of one asks the keyring of whoever runs it."""

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
"""Widgets need no screen, but where a test starts one."""

TESTS = Path(__file__).parent

REAL_SOUND_TRIES = 3
"""How often a test on real sound is tried. Piper never says the same twice, Whisper mishears about one such sentence
in a hundred, and a busy machine delays blocks of sound: of 140 such tests in a run, one would fail in every other run
for no fault of the code. What needed another try stands in the summary ("RERUN"), so that it is seen if it grows."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        kind = item.path.relative_to(TESTS).parts[0]
        if kind in ("endtoend", "desktop") or "sound_server" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.flaky(reruns=REAL_SOUND_TRIES - 1))
            item.add_marker(pytest.mark.alone)


@pytest.fixture(scope="session", autouse=True)
def diary_of_the_tests(tmp_path_factory: pytest.TempPathFactory) -> None:
    """No test, and no child of one, writes into the diary of whoever runs it."""
    os.environ["COMPANION_DIARY"] = str(tmp_path_factory.mktemp("diary") / "conversations.db")


@pytest.fixture
def sound_server(tmp_path: Path) -> Iterator[SoundServer]:
    """A sound server of this test's own. `make test` installs what it needs."""
    if missing := missing_programs():
        pytest.fail(f"not installed: {', '.join(missing)}; `make test` installs them")
    with running_sound_server(tmp_path) as server:
        yield server


@pytest.fixture(scope="session")
def say() -> Callable[[str], Samples]:
    """A sentence in the starter voice, at 16 kHz."""
    from companion.her_voices import make_synthesizer
    from tests.endtoend.live import at_rate

    synthesizer = make_synthesizer(Settings())
    return lambda text: at_rate(synthesizer.voice(text).samples, synthesizer.rate_hz) * 0.5


@pytest.fixture(scope="session")
def hear() -> Callable[[Samples], str]:
    """What whisper base hears, with its full context: the judge, so it is given time."""
    from companion.backends.whisper import WhisperTranscriber
    from companion.her_voices import resolve_model

    transcriber = WhisperTranscriber(resolve_model("whisper-base", "transcriber"), context_s=30.0)
    return lambda samples: transcriber.transcribe(samples).text
