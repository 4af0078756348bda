"""`companion listen --microphone` on a real sound server: what is said is understood, and heard again."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from companion.core.audio import HEARING_RATE_HZ, Samples, level_db
from tests.sound_server import SoundServer

pytestmark = pytest.mark.timeout(120)

COMMAND = [sys.executable, "-m", "companion", "--settings"]
OPTIONS = ["listen", "--microphone", "--json"]
TEN_S = ["--seconds", "10"]


@pytest.fixture
def settings(tmp_path: Path) -> str:
    file = tmp_path / "settings.toml"
    file.write_text('[hearing]\ntranscriber = "whisper-tiny.en"\n')
    return str(file)


def first_level(process: subprocess.Popen[str]) -> None:
    assert process.stdout
    assert "level_db" in json.loads(process.stdout.readline())


def test_a_sentence_is_understood_and_played_back(
    sound_server: SoundServer, settings: str, say: Callable[[str], Samples]
) -> None:
    command = [*COMMAND, settings, *OPTIONS, *TEN_S, "--play-back"]
    with sound_server.record() as recording:
        process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        first_level(process)
        sound_server.speak(say("What shall we have for dinner tonight?"), HEARING_RATE_HZ)
        out, _ = process.communicate(timeout=60)
    records = [json.loads(line) for line in out.splitlines()]
    assert process.returncode == 0
    assert records[-1] == {"played": True}
    assert "dinner" in records[-2]["text"].lower()
    assert max(record["level_db"] for record in records if "level_db" in record) > -40.0
    assert level_db(recording.samples) > -50.0, "it was heard at the speaker"


def test_sigterm_ends_it_at_once(sound_server: SoundServer, settings: str) -> None:
    process = subprocess.Popen([*COMMAND, settings, *OPTIONS, "--seconds", "60"], stdout=subprocess.PIPE, text=True)
    first_level(process)
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=10)
    assert process.returncode == -signal.SIGTERM


def test_without_a_microphone_it_says_so(settings: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PULSE_SERVER", f"unix:{tmp_path / 'nowhere'}")
    done = subprocess.run([*COMMAND, settings, *OPTIONS], capture_output=True, text=True)
    assert done.returncode == 6
    assert "no microphone" in done.stderr
