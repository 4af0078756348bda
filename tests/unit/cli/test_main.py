"""How commands end: exit codes, errors, and output that nobody takes."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

COMPANION = (sys.executable, "-m", "companion")


def run(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*COMPANION, *words], capture_output=True, text=True, timeout=60)


def test_debug_shows_the_traceback_and_keeps_the_exit_code() -> None:
    plain, debug = run("listen", "no-such.wav"), run("--debug", "listen", "no-such.wav")
    assert (plain.returncode, debug.returncode) == (7, 7)
    assert "Traceback" in debug.stderr and "Traceback" not in plain.stderr
    assert "companion: There is no file no-such.wav." in debug.stderr


@pytest.mark.parametrize("command", [["models", "--json"], ["models"]])
def test_a_full_device_is_one_sentence(command: list[str]) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run([*COMPANION, *command], stdout=full, stderr=subprocess.PIPE, text=True, timeout=60)
    assert done.returncode == 1
    assert done.stderr.splitlines()[0] == "companion: The output cannot be written: No space left on device."
    assert "Traceback" not in done.stderr and "Exception" not in done.stderr


def test_a_reader_who_leaves_is_no_failure() -> None:
    process = subprocess.Popen([*COMPANION, "models", "--json"], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout and process.stderr
    process.stdout.close()
    assert process.stderr.read() == b""
    process.stderr.close()
    assert process.wait(timeout=60) == 0


def test_a_closed_output_is_no_failure() -> None:
    done = subprocess.run(["sh", "-c", '"$@" >&-', "sh", *COMPANION, "models", "--json"], capture_output=True)
    assert (done.returncode, done.stderr) == (0, b"")


def test_settings_that_were_named_must_exist() -> None:
    done = run("--settings", "no-such.toml", "models")
    assert done.returncode == 3
    assert "There is no settings file no-such.toml." in done.stderr


def test_models_in_a_file_are_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "models"
    file.touch()
    monkeypatch.setenv("COMPANION_MODELS", str(file))
    done = run("models")
    assert done.returncode == 3
    assert f"COMPANION_MODELS names {file}, which is a file" in done.stderr
    assert "Traceback" not in done.stderr
