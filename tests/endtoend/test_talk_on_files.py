"""`companion talk`, `chat`, `say` and `listen` with files and pipes, as one types them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import IO

import numpy as np
import pytest
import soundfile

from companion.core.audio import HEARING_RATE_HZ, Samples, silence
from tests.bench.measure import minute_of_nothing
from tests.chronicle import Record
from tests.endtoend.live import SMALL, at_rate
from tests.endtoend.sound import spoken_part
from tests.endtoend.words import error_rate, word_distance

pytestmark = pytest.mark.timeout(400)


@pytest.fixture
def companion(tmp_path: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Runs `companion` with the small models."""
    settings = tmp_path / "settings.toml"
    settings.write_text(SMALL)

    def run(
        *arguments: str, text: str | None = None, stdout: IO[str] | int = subprocess.PIPE
    ) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "companion", "--settings", str(settings), *arguments]
        return subprocess.run(command, input=text, stdout=stdout, stderr=subprocess.PIPE, text=True, timeout=300)

    return run


def record(path: Path) -> list[Record]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_a_conversation_from_file_to_file(
    companion: Callable[..., subprocess.CompletedProcess[str]],
    tmp_path: Path,
    say: Callable[[str], Samples],
    hear: Callable[[Samples], str],
) -> None:
    questions = ["What should I cook for dinner tonight?", "What makes a good friend?"]
    pause = silence(25.0, HEARING_RATE_HZ)
    samples = np.concatenate([silence(4.0, HEARING_RATE_HZ), say(questions[0]), pause, say(questions[1])])
    soundfile.write(tmp_path / "in.wav", samples, HEARING_RATE_HZ)
    done = companion(
        "talk", "--mic", str(tmp_path / "in.wav"), "--speaker", str(tmp_path / "out.wav"), "--fast",
        "--events", str(tmp_path / "events.jsonl"),
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    events = record(tmp_path / "events.jsonl")
    asked = [event["text"] for event in events if event["event"] == "UserSpoke"]
    replies = [event["text"] for event in events if event["event"] == "ReplyFinished"]
    assert error_rate(" ".join(questions), " ".join(asked)) <= 0.15
    assert len(replies) == 3, "her greeting and two answers"
    for line in (*asked, *replies):
        assert line in done.stdout
    # The recording is on the clock of the microphone, so each answer can be cut out of it by its stamps.
    out, rate_hz = soundfile.read(tmp_path / "out.wav", dtype="float32")
    started = [event["at_s"] for event in events if event["event"] == "ReplyStarted"][-1]
    ended = [event["at_s"] for event in events if event["event"] == "ReplyFinished"][-1]
    answer = at_rate(out[round(started * rate_hz) : round(ended * rate_hz)], rate_hz)
    assert word_distance(replies[-1], hear(spoken_part(answer))) <= max(2, 0.2 * len(replies[-1].split()))


def test_a_minute_of_nothing_is_no_turn(
    companion: Callable[..., subprocess.CompletedProcess[str]], tmp_path: Path
) -> None:
    soundfile.write(tmp_path / "in.wav", minute_of_nothing(), HEARING_RATE_HZ)
    done = companion("talk", "--mic", str(tmp_path / "in.wav"), "--fast", "--events", str(tmp_path / "events.jsonl"))
    assert done.returncode == 0, done.stderr
    events = record(tmp_path / "events.jsonl")
    assert [event for event in events if event["event"] == "UserSpoke"] == []
    assert events[-1]["at_s"] >= 60.0


def test_chat_answers_each_line_of_a_pipe_and_prints_nothing_else(
    companion: Callable[..., subprocess.CompletedProcess[str]],
) -> None:
    done = companion("chat", text="hello\n\nwhat is your name?\n")
    assert done.returncode == 0, done.stderr
    assert len(done.stdout.splitlines()) == 2
    assert done.stderr == ""


@pytest.fixture
def no_devices(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PULSE_SERVER", f"unix:{tmp_path / 'nowhere'}")


@pytest.mark.usefixtures("no_devices")
def test_without_a_microphone_the_lines_of_a_pipe_are_the_conversation(
    companion: Callable[..., subprocess.CompletedProcess[str]], tmp_path: Path
) -> None:
    done = companion("talk", "--events", str(tmp_path / "events.jsonl"), text="hello\n\nwhat is your name?\n")
    assert done.returncode == 0, done.stderr
    events = record(tmp_path / "events.jsonl")
    assert [event["text"] for event in events if event["event"] == "UserSpoke"] == ["hello", "what is your name?"]
    assert sum(event["event"] == "ReplyFinished" for event in events) == 3, "her greeting and two answers, all whole"
    assert (events[-1]["event"], events[-1]["turns"]) == ("ConversationEnded", 2)
    assert "microphone: none yet" in done.stderr and "default microphone" not in done.stderr


@pytest.mark.usefixtures("no_devices")
def test_without_a_microphone_and_without_lines_there_is_no_conversation(
    companion: Callable[..., subprocess.CompletedProcess[str]],
) -> None:
    done = companion("talk", text="")
    assert (done.returncode, "nothing was typed" in done.stderr) == (6, True), done.stderr


@pytest.mark.parametrize("command", ["chat", "talk"])
@pytest.mark.usefixtures("no_devices")
def test_a_conversation_whose_reader_leaves_ends_in_silence(
    companion: Callable[..., subprocess.CompletedProcess[str]], command: str
) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "w") as unread:
        done = companion(command, text="hello\nhow are you?\n", stdout=unread)
    assert done.returncode == 0
    assert "Traceback" not in done.stderr and "Error" not in done.stderr


@pytest.mark.parametrize("command", ["chat", "talk"])
@pytest.mark.usefixtures("no_devices")
def test_a_conversation_into_a_full_device_ends_with_a_sentence(
    companion: Callable[..., subprocess.CompletedProcess[str]], command: str
) -> None:
    with Path("/dev/full").open("w") as full:
        done = companion(command, text="hello\nhow are you?\n", stdout=full)
    assert done.returncode == 1
    assert "companion: The output cannot be written: No space left on device." in done.stderr
    assert "Traceback" not in done.stderr


def test_what_is_said_can_be_listened_to(
    companion: Callable[..., subprocess.CompletedProcess[str]], tmp_path: Path
) -> None:
    file = tmp_path / "said.wav"
    assert companion("say", "We paid $12 for **two** coffees. 🙂", "--out", str(file)).returncode == 0
    heard = companion("listen", str(file)).stdout
    assert error_rate("We paid twelve dollars for two coffees.", heard) <= 0.15


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("listen", "no-such.wav"), 7, "There is no file"),
        (("talk", "--fast"), 2, "--mic FILE.wav"),
        (("talk", "--mic", "no-such.wav"), 7, "There is no file"),
        (("say", "🙂"), 2, "nothing to say"),
        (("say", "hello", "--out", "/no/such/folder/x.wav"), 2, "cannot be written"),
        (("say", "hello", "--speaker", "x.wav"), 2, "--out x.wav"),
        (("chat", "--speaker", "/no/such/folder/x.wav"), 2, "cannot be written"),
        (("talk", "--events", "/no/such/folder/x.jsonl"), 2, "cannot be written"),
        (("--settings", "no-such.toml", "models"), 3, "no settings file no-such.toml"),
        (("chat", "--bogus"), 2, "usage"),
    ],
)
def test_what_cannot_be_is_one_sentence_and_a_remedy(
    companion: Callable[..., subprocess.CompletedProcess[str]], arguments: tuple[str, ...], code: int, words: str
) -> None:
    done = companion(*arguments)
    assert (done.returncode, words in done.stderr) == (code, True), done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("command", ["talk", "chat", "say", "listen", "doctor", "devices", "models", "bench"])
def test_every_command_explains_itself(
    companion: Callable[..., subprocess.CompletedProcess[str]], command: str
) -> None:
    done = companion(command, "--help")
    assert done.returncode == 0
    assert "usage: companion" in done.stdout


def test_a_recording_is_not_overwritten_by_her_voice(
    companion: Callable[..., subprocess.CompletedProcess[str]], tmp_path: Path
) -> None:
    file = tmp_path / "both.wav"
    soundfile.write(file, silence(1.0, HEARING_RATE_HZ), HEARING_RATE_HZ)
    before = file.read_bytes()
    done = companion("talk", "--mic", str(file), "--speaker", str(tmp_path / "." / "both.wav"), "--fast")
    assert (done.returncode, "same file" in done.stderr) == (2, True)
    assert file.read_bytes() == before


def test_settings_that_are_wrong_are_named_and_kept(
    companion: Callable[..., subprocess.CompletedProcess[str]], tmp_path: Path
) -> None:
    (tmp_path / "settings.toml").write_text("[voice]\nspeed = 11\n")
    done = companion("say", "hello", "--out", str(tmp_path / "x.wav"))
    assert done.returncode == 3
    assert "line 2: voice.speed is 11; it must be a number from 0.5 to 2.0" in done.stderr
    assert (tmp_path / "settings.toml").read_text() == "[voice]\nspeed = 11\n"
