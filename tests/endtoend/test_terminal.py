"""The terminal as a person uses it: captions appear, a typed line is answered, keys work."""

from __future__ import annotations

import json
import os
import pty
import re
import select
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.endtoend.live import SMALL

pytestmark = pytest.mark.timeout(300)
ESCAPES = re.compile(r"\x1b\[[0-9;?]*[a-zA-Z]|\x1b[()][A-Z0-9]|\r")
WHERE_IS_THE_CURSOR = "\x1b[6n"


class Screen:
    """A program in a pseudo-terminal of 100 columns."""

    def __init__(self, master: int) -> None:
        self._master = master
        self.text = ""

    def wait_for(self, text: str, seconds: float = 60.0) -> None:
        deadline_s = time.monotonic() + seconds
        while text not in self.text:
            ready, _, _ = select.select([self._master], [], [], 0.2)
            assert time.monotonic() < deadline_s, f"no {text!r} in {self.text[-3000:]!r}"
            if ready:
                raw = os.read(self._master, 65536).decode(errors="replace")
                if WHERE_IS_THE_CURSOR in raw:
                    os.write(self._master, b"\x1b[1;1R")
                self.text += ESCAPES.sub("", raw)

    def press(self, keys: str) -> None:
        """Type, and forget what was on the screen before."""
        self.text = ""
        os.write(self._master, keys.encode())


@contextmanager
def on_screen(*command: str) -> Iterator[tuple[Screen, subprocess.Popen[bytes]]]:
    master, slave = pty.openpty()
    environment = os.environ | {"TERM": "xterm-256color", "COLUMNS": "100", "LINES": "30"}
    # As its controlling terminal: while a line is printed, Ctrl-C is a signal and no key.
    process = subprocess.Popen(("setsid", "--ctty", *command), stdin=slave, stdout=slave, stderr=slave, env=environment)
    os.close(slave)
    try:
        yield Screen(master), process
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()
        os.close(master)


def test_typing_muting_and_quitting(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PULSE_SERVER", f"unix:{tmp_path / 'nowhere'}")
    settings, events = tmp_path / "settings.toml", tmp_path / "events.jsonl"
    settings.write_text(SMALL)
    command = (sys.executable, "-m", "companion", "--settings", str(settings), "talk", "--events", str(events))
    with on_screen(*command) as (screen, process):
        screen.wait_for("Loading the models")
        screen.press("first words\r")
        screen.wait_for("microphone: none yet")
        screen.wait_for("There is no microphone")
        screen.wait_for("type to her")
        screen.wait_for("You  first words")
        assert screen.text.count("You  first words") == screen.text.count("first words"), "only the prompt shows it"
        screen.press("hello there\r")
        screen.wait_for("You  hello there")
        screen.wait_for("Samantha  ")
        screen.press("\x14")
        screen.wait_for("There is no microphone to mute.")
        screen.press("\x03")
        assert process.wait(timeout=30) == 0
    written = [json.loads(line) for line in events.read_text().splitlines()]
    assert [event["text"] for event in written if event["event"] == "UserSpoke"] == ["first words", "hello there"]
    assert written[-1]["event"] == "ConversationEnded"


def test_a_typed_conversation_says_nothing_of_a_microphone(tmp_path: Path) -> None:
    settings = tmp_path / "settings.toml"
    settings.write_text(SMALL)
    with on_screen(sys.executable, "-m", "companion", "--settings", str(settings), "chat") as (screen, process):
        screen.wait_for("Loading the models")
        screen.wait_for("● ready")
        assert "muted" not in screen.text and "microphone" not in screen.text and "Ctrl-T" not in screen.text
        screen.press("\x03")
        assert process.wait(timeout=30) == 0
