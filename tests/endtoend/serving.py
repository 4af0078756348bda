"""`companion serve` as a user runs it, with the real models, on loopback."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil

LOADED_S = 180.0


class Serving:
    """A running `companion serve --wyoming` on free ports."""

    def __init__(self, folder: Path, settings: str, *options: str) -> None:
        """`settings`: as the file holds them. Raises RuntimeError if it does not come to serve."""
        self._settings_file = folder / "settings.toml"
        self._settings_file.write_text(settings)
        self._said, self._notes = folder / "serve.out", folder / "serve.err"
        started = self._command("--port", "0", "--wyoming", "--wyoming-port", "0", *options)
        with self._said.open("wb") as out, self._notes.open("wb") as err:
            self.process = subprocess.Popen(started, stdin=subprocess.DEVNULL, stdout=out, stderr=err)
        self._wait_until_it_serves()
        self.token = subprocess.run(self._command("--show-token"), capture_output=True, text=True).stdout.strip()

    @property
    def said(self) -> str:
        return self._said.read_text()

    @property
    def notes(self) -> str:
        return self._notes.read_text()

    @property
    def address(self) -> str:
        """Of the endpoint, without a slash."""
        found = re.search(r"(https?://\S+)/v1,", self.said)
        assert found
        return found[1]

    @property
    def wyoming(self) -> tuple[str, int]:
        """Host and port."""
        found = re.search(r"tcp://([\d.]+):(\d+)", self.said)
        assert found
        return found[1], int(found[2])

    @property
    def bearer(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"}

    def memory_mb(self) -> float:
        """Of the process that serves; the language model is another."""
        return float(psutil.Process(self.process.pid).memory_info().rss / 1e6)

    def end(self) -> int:
        """End it as a service manager would; returns its exit code."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(timeout=30)

    def _command(self, *options: str) -> list[str]:
        return [sys.executable, "-m", "companion", "--settings", str(self._settings_file), "serve", *options]

    def _wait_until_it_serves(self) -> None:
        deadline_s = time.monotonic() + LOADED_S
        while "Ctrl-C ends it." not in self.said:
            if self.process.poll() is not None or time.monotonic() > deadline_s:
                self.process.kill()
                raise RuntimeError(f"it does not serve: {self.notes[-2000:]}")
            time.sleep(0.05)


@contextmanager
def serving(folder: Path, settings: str, *options: str) -> Iterator[Serving]:
    """Ended when the block is left."""
    served = Serving(folder, settings, *options)
    try:
        yield served
    finally:
        if served.process.poll() is None:
            served.end()
