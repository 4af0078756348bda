"""`companion bench --live` as a user runs it, on its own sound server with the real models."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from companion.core.audio import HEARING_RATE_HZ
from companion.diagnostics.live.levels import find
from tests.endtoend.live import SMALL
from tests.signals import babble
from tests.sound_server import SoundServer

pytestmark = pytest.mark.timeout(400)


def command(folder: Path, *options: str) -> list[str]:
    settings = folder / "settings.toml"
    settings.write_text(SMALL)
    return [sys.executable, "-m", "companion", "--settings", str(settings), "bench", "--live", *options]


def test_a_tiny_run_measures_answers_at_the_audio(tmp_path: Path) -> None:
    options = ("--only", "response", "--turns", "2", "--json")
    done = subprocess.run(command(tmp_path, *options), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    report = json.loads(done.stdout)
    assert report["models"] == ["whisper-tiny.en", "smollm2-135m-instruct", "piper-en_US-joe-medium"]
    (agent,) = report["agents"]
    found = agent["response"]
    assert found["turns"] == 2
    assert found["answered"] + found["cut_off"] + found["spoiled"] == 2
    assert all(0 < latency < 15_000 for latency in found["latency"]["all_ms"])
    assert found["cpu_s_per_turn"] > 0.1
    assert found["peak_memory_mb"] > 300, "the models count"
    assert agent["pauses"] is agent["barge_in"] is agent["not_interruptions"] is None


def test_ctrl_c_leaves_nothing_running(tmp_path: Path) -> None:
    # What shells start in the background ignores Ctrl-C, and so would all that is started by it.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    bench = subprocess.Popen(
        command(tmp_path, "--only", "response", "--turns", "1"), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    signal.signal(signal.SIGINT, before)
    deadline_s = time.monotonic() + 120
    family: list[psutil.Process] = []
    while not any("talk" in process.cmdline() for process in family if process.is_running()):
        assert time.monotonic() < deadline_s and bench.poll() is None, "the agent must start"
        time.sleep(0.1)
        family = psutil.Process(bench.pid).children(recursive=True)
    bench.send_signal(signal.SIGINT)
    assert bench.wait(timeout=60) == 130
    _, alive = psutil.wait_procs(family, timeout=10)
    assert alive == []


def test_two_recordings_have_one_clock(sound_server: SoundServer) -> None:
    """What is at the microphone and at what it is made of comes at the same time by both recordings' clocks."""
    sound = babble(1.0, HEARING_RATE_HZ)
    with sound_server.record("microphone") as first, sound_server.record("mic_in.monitor") as second:
        for _ in range(3):
            sound_server.speak(sound, HEARING_RATE_HZ)
        first.wait_for_s(0.3)
        starts = [recording.started_s + find(sound, recording.samples).start_s for recording in (first, second)]
    assert abs(starts[0] - starts[1]) < 0.03
