"""The desktop app as a person has it, on a desktop and a sound server of our own."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import psutil

from companion.core.paths import models_folder
from tests.chronicle import Chronicle, Record
from tests.desktop.desktop import Desktop
from tests.sound_server import wait_until

TITLE = "^Samantha"
"""The floating window's."""

END_S = 15.0
"""Longest time for the program and its engine to end."""


class Home(NamedTuple):
    """A person's folders, empty at first; models are shared with the real ones."""

    folder: Path

    @classmethod
    def made(cls, folder: Path, settings: str = "") -> Home:
        """Without `settings` there is no settings file, as after installing."""
        home = cls(folder)
        for part in ("", ".config/companion", ".local/share", ".cache", ".local/state"):
            (folder / part).mkdir(parents=True, exist_ok=True)
        if settings:
            home.settings_file.write_text(settings)
        return home

    @property
    def settings_file(self) -> Path:
        return self.folder / ".config" / "companion" / "settings.toml"

    @property
    def environment(self) -> dict[str, str]:
        return {
            "HOME": str(self.folder),
            "XDG_CONFIG_HOME": str(self.folder / ".config"),
            "XDG_DATA_HOME": str(self.folder / ".local/share"),
            "XDG_CACHE_HOME": str(self.folder / ".cache"),
            "XDG_STATE_HOME": str(self.folder / ".local/state"),
            "COMPANION_MODELS": str(models_folder()),
            "COMPANION_DIARY": str(self.folder / "conversations.db"),
        }


class App(Chronicle):
    """A running `companion`. As a Chronicle it tells the events that reached the window."""

    def __init__(
        self, home: Home, environment: dict[str, str], options: Sequence[str] = (), measured: bool = True
    ) -> None:
        """`measured`: with a window's log, whose clock costs nearly 1 % of a core."""
        self.home = home
        self.environment = os.environ | environment | home.environment
        self._window_log = home.folder / "window.jsonl"
        self.log = home.folder / "app.log"
        events = home.folder / "events.jsonl"
        for old in (events, self._window_log):
            old.unlink(missing_ok=True)
        self.command = [sys.executable, "-m", "companion", "--events", str(events)]
        self.command += [*(["--window-log", str(self._window_log)] if measured else []), *options]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                self.command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, env=self.environment
            )
        super().__init__(events, self.runs, self.log.read_text)
        self._seen_processes: set[psutil.Process] = set()

    def runs(self) -> bool:
        return self.process.poll() is None

    def processes(self) -> list[psutil.Process]:
        """It and all that it has started and that still runs."""
        with contextlib.suppress(psutil.NoSuchProcess):
            me = psutil.Process(self.process.pid)
            self._seen_processes.update([me, *me.children(recursive=True)])
        return [each for each in self._seen_processes if _lives(each)]

    def engine(self) -> psutil.Process:
        """The engine's process, once there is one."""
        wait_until(lambda: bool(self._engines()), f"the engine; {self.output()}")
        return self._engines()[0]

    def window_log(self) -> list[Record]:
        """What the window measured of itself."""
        if not self._window_log.exists():
            return []
        complete = self._window_log.read_text().rpartition("\n")[0]
        return [json.loads(line) for line in complete.splitlines()]

    def wait_for_window_log(self, within_s: float = 30.0, **fields: object) -> Record:
        """The first line of the window's log with these fields."""
        found: list[Record] = []

        def there() -> bool:
            found[:] = [line for line in self.window_log() if fields.items() <= line.items()]
            return bool(found)

        wait_until(there, f"{fields} in the window's log; {self.output()}", within_s)
        return found[0]

    def wait_until_listening(self) -> None:
        """Past her greeting."""
        self.wait_for("ReplyFinished")
        self.wait_for("StateChanged", state="listening")

    def output(self) -> str:
        return self.log.read_text()[-2000:]

    def run_beside(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """`companion` once more, by the same person."""
        command = [sys.executable, "-m", "companion", *arguments]
        return subprocess.run(command, env=self.environment, capture_output=True, text=True, timeout=60)

    def ask_to_end(self) -> None:
        """As a service manager and a session do."""
        self.process.send_signal(signal.SIGTERM)

    def freeze(self) -> None:
        """Have the window hang, until `thaw`."""
        self.process.send_signal(signal.SIGSTOP)

    def thaw(self) -> None:
        self.process.send_signal(signal.SIGCONT)

    def left(self) -> int:
        """Its exit code, once it has ended. Raises AssertionError if anything of it stays behind."""
        code = self.process.wait(timeout=END_S)
        self.processes()
        with contextlib.suppress(TimeoutError):
            wait_until(lambda: not self.processes(), "the end of all its processes", END_S)
        assert not self.processes(), f"left behind: {[each.cmdline() for each in self.processes()]}"
        return code

    def quit(self) -> int:
        self.processes()
        self.ask_to_end()
        return self.left()

    def kill_all(self) -> None:
        """For good, whatever it does."""
        for each in self.processes():
            with contextlib.suppress(psutil.NoSuchProcess):
                each.kill()
        self.process.wait(timeout=END_S)

    def _engines(self) -> list[psutil.Process]:
        engines = []
        for each in self.processes():
            with contextlib.suppress(psutil.Error):
                if "--headless" in each.cmdline():
                    engines.append(each)
        return sorted(engines, key=lambda each: each.create_time())


@contextlib.contextmanager
def running_app(
    desktop: Desktop,
    sound: dict[str, str],
    home: Home,
    options: Sequence[str] = (),
    measured: bool = True,
) -> Iterator[App]:
    """The app on `desktop`, with the sound server whose environment is `sound`; ended when the block is left."""
    app = App(home, desktop.environment | sound, options, measured)
    try:
        yield app
        app.processes()
    finally:
        if app.runs():
            app.processes()
            app.ask_to_end()
        with contextlib.suppress(subprocess.TimeoutExpired):
            app.process.wait(timeout=END_S)
        app.kill_all()


def since_start_s(process: psutil.Process) -> float:
    return time.time() - float(process.create_time())


def _lives(process: psutil.Process) -> bool:
    with contextlib.suppress(psutil.NoSuchProcess):
        return bool(process.is_running() and process.status() != psutil.STATUS_ZOMBIE)
    return False
