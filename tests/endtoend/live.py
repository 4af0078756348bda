"""`companion talk` as a user runs it, on a sound server of our own, seen through its events and its sound."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import soxr

from companion.core.audio import HEARING_RATE_HZ, Samples

ANSWER_S = 60.0
"""Longest wait for an event; models load within it on two busy cores."""

Record = dict[str, Any]

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


class Talk:
    """A running `companion talk`."""

    def __init__(self, folder: Path, settings: str, *options: str, typed: bool = False) -> None:
        """`typed`: with a pipe as standard input, for `type_line`."""
        self._events_file = folder / "events.jsonl"
        self._events_file.unlink(missing_ok=True)
        settings_file = folder / "settings.toml"
        settings_file.write_text(settings)
        self.log = folder / "talk.log"
        command = [sys.executable, "-m", "companion", "--settings", str(settings_file)]
        command += ["talk", "--events", str(self._events_file), *options]
        with self.log.open("wb") as log:
            stdin = subprocess.PIPE if typed else subprocess.DEVNULL
            self.process = subprocess.Popen(command, stdin=stdin, stdout=log, stderr=log, bufsize=0)
        self._seen = 0

    @property
    def events(self) -> list[Record]:
        """All that has happened."""
        if not self._events_file.exists():
            return []
        complete = self._events_file.read_text(encoding="utf-8").rpartition("\n")[0]
        return [json.loads(line) for line in complete.splitlines()]

    @property
    def unseen(self) -> list[Record]:
        """What has happened since the event that was last waited for."""
        return self.events[self._seen :]

    def wait_for_any(self, *names: str) -> Record:
        """The next event that has one of these names, as `wait_for`."""
        return self._wait_for(lambda event: event["event"] in names, " or ".join(names))

    def wait_for(self, name: str, **fields: object) -> Record:
        """The next event of this name with these fields, counted from the last one that was waited for."""
        wanted = {"event": name, **fields}
        return self._wait_for(lambda event: wanted.items() <= event.items(), f"{name} {fields}")

    def wait_until(self, holds: Callable[[list[Record]], bool], what: str) -> None:
        """Wait until all that has happened fulfils `holds`; all of it counts as seen then."""
        deadline_s = time.monotonic() + ANSWER_S
        while not holds(events := self.events):
            if time.monotonic() > deadline_s or self.process.poll() is not None:
                raise self._missed(what)
            time.sleep(0.02)
        self._seen = len(events)

    def _wait_for(self, fits: Callable[[Record], bool], what: str) -> Record:
        deadline_s = time.monotonic() + ANSWER_S
        while time.monotonic() < deadline_s:
            events = self.events
            for number in range(self._seen, len(events)):
                event = events[number]
                if fits(event):
                    self._seen = number + 1
                    return event
            if self.process.poll() is not None:
                break
            time.sleep(0.02)
        raise self._missed(what)

    def _missed(self, what: str) -> TimeoutError:
        tail = [event for event in self.events if event["event"] != "LevelMeasured"][-12:]
        return TimeoutError(f"no {what}; last events {tail}; output: {self.log.read_text()[-2000:]}")

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
def talking(folder: Path, settings: str = SMALL, greeted: bool = True) -> Iterator[Talk]:
    """`companion talk`, past its greeting and listening if `greeted`; ended when the block is left."""
    talk = Talk(folder, settings)
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
