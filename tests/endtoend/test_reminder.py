"""A reminder asked for aloud, with real ears, a real mouth and a real file: told at its time by another run."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
import soundfile

from companion.core.audio import HEARING_RATE_HZ, Samples, silence
from tests.chronicle import Record
from tests.endtoend.live import SMALL, at_rate
from tests.endtoend.sound import spoken_part

pytestmark = pytest.mark.timeout(400)

AHEAD = timedelta(seconds=90)
"""The other run must be listening by then, on a machine where nothing was loaded before."""


def test_a_reminder_set_by_voice_speaks_at_its_time_after_a_restart(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    say: Callable[[str], Samples],
    hear: Callable[[Samples], str],
) -> None:
    monkeypatch.setenv("COMPANION_DIARY", str(tmp_path / "conversations.db"))
    asked = np.concatenate([silence(4.0, HEARING_RATE_HZ), say("Remind me to water the plants in ninety seconds.")])
    began = datetime.now().astimezone()
    first = converse(tmp_path, "first", asked, "--fast")
    said = [event["text"] for event in first if event["event"] == "ReplyFinished"]
    assert said[-1] == "All right, in one minute and thirty seconds I'll remind you to water the plants."

    second = converse(tmp_path, "second", silence(AHEAD.total_seconds() + 12, HEARING_RATE_HZ))
    [due] = [event for event in second if event["event"] == "ReminderDue"]
    assert (due["kind"], due["text"], due["late"]) == ("reminder", "water the plants", False)
    due_at = datetime.fromisoformat(str(due["due_at"]))
    assert due_at - began >= AHEAD
    reminded = "You asked me to remind you to water the plants."
    [told] = [event for event in second if event["event"] == "ReplyFinished" and event["text"] == reminded]
    assert float(str(told["at_s"])) > float(str(due["at_s"]))
    out, rate_hz = soundfile.read(tmp_path / "second-out.wav", dtype="float32")
    spoken = at_rate(out[round(float(str(due["at_s"])) * rate_hz) :], rate_hz)
    assert "remind you" in hear(spoken_part(spoken)).lower()
    # It was told once, and is gone.
    left = companion(tmp_path, "reminders", "--json")
    assert (left.returncode, left.stdout) == (0, "")


def converse(folder: Path, name: str, heard: Samples, *options: str) -> list[Record]:
    """The events of a conversation with a file as microphone."""
    soundfile.write(folder / f"{name}.wav", heard, HEARING_RATE_HZ)
    events = folder / f"{name}.jsonl"
    files = ("--mic", str(folder / f"{name}.wav"), "--speaker", str(folder / f"{name}-out.wav"))
    done = companion(folder, "talk", *files, "--events", str(events), *options)
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in events.read_text(encoding="utf-8").splitlines()]


def companion(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    settings = folder / "settings.toml"
    settings.write_text(SMALL)
    command = [sys.executable, "-m", "companion", "--settings", str(settings), *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
