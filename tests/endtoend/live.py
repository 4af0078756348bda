"""`companion talk` as a user runs it, on a sound server of our own, seen through its events and its sound."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import soxr

from companion.core.audio import HEARING_RATE_HZ, Samples
from tests.chronicle import Chronicle

SMALL = """\
[hearing]
transcriber = "whisper-tiny.en"
[mind]
engine = "embedded"
model = "smollm2-135m-instruct"
max_reply_tokens = 60
"""
LARGE = """\
[hearing]
transcriber = "whisper-base"
[mind]
engine = "embedded"
model = "qwen2.5-1.5b-instruct"
"""


class Talk(Chronicle):
    """A running `companion talk`, or another command that converses."""

    def __init__(self, folder: Path, settings: str, *options: str, typed: bool = False, command: str = "talk") -> None:
        """`typed`: with a pipe as standard input, for `type_line`."""
        events_file = folder / "events.jsonl"
        events_file.unlink(missing_ok=True)
        settings_file = folder / "settings.toml"
        settings_file.write_text(settings)
        self.log = folder / "talk.log"
        program = [sys.executable, "-m", "companion", "--settings", str(settings_file)]
        with self.log.open("wb") as log:
            stdin = subprocess.PIPE if typed else subprocess.DEVNULL
            self.process = subprocess.Popen(
                [*program, command, "--events", str(events_file), *options],
                stdin=stdin,
                stdout=log,
                stderr=log,
                bufsize=0,
            )
        super().__init__(events_file, lambda: self.process.poll() is None, self.log.read_text)

    def type_line(self, text: str) -> None:
        assert self.process.stdin
        self.process.stdin.write(f"{text}\n".encode())

    def close_input(self) -> None:
        assert self.process.stdin
        self.process.stdin.close()

    def quit(self) -> int:
        """End it as a service manager would; returns its exit code."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(timeout=20)


STORY = (
    "I went for a walk in the park this morning. The sun was out, and the birds were singing in the old trees. "
    "Then a small brown dog came up to me and sat down at my feet. I gave it a piece of bread. "
    "It looked at me for a long time, and then it ran back to the children by the river."
)
"""What she tells at the start if she is a storyteller: words that no ear mistakes for others."""


def storyteller(folder: Path, large: bool = False) -> str:
    """Settings for a persona that begins with STORY."""
    persona = folder / "storyteller.toml"
    persona.write_text(f'name = "Ada"\ncharacter = "You are Ada."\ngreeting = "{STORY}"\n')
    return f'persona = "{persona}"\n{LARGE if large else SMALL}'


@contextmanager
def talking(folder: Path, settings: str = SMALL, greeted: bool = True, command: str = "talk") -> Iterator[Talk]:
    """`companion talk`, or `command`, past its greeting and listening if `greeted`; ended when the block is left."""
    talk = Talk(folder, settings, command=command)
    try:
        if greeted:
            talk.wait_for("ReplyFinished")
            talk.wait_for("StateChanged", state="listening")
        yield talk
    finally:
        if talk.process.poll() is None:
            talk.quit()


def at_rate(samples: Samples, rate_hz: int, wanted_hz: int = HEARING_RATE_HZ) -> Samples:
    """`samples` at another rate."""
    return np.asarray(soxr.resample(samples, rate_hz, wanted_hz), dtype=np.float32)


def espeak(text: str, folder: Path, voice: str = "en-us") -> Samples:
    """A sentence by espeak-ng, at 16 kHz: a voice that no model here was made with."""
    import soundfile

    file = folder / "espeak.wav"
    subprocess.run(["espeak-ng", "-v", voice, "-s", "150", "-w", str(file), text], check=True, env=dict(os.environ))
    samples, rate_hz = soundfile.read(file, dtype="float32")
    return at_rate(samples, rate_hz)
