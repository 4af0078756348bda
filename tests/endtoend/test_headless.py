"""`companion --headless`: the engine as another program runs it, by lines of JSON."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import TypeVar

import psutil
import pytest

from companion.core import events as ev
from companion.core.intents import Configure, Intent, Quit, Say
from companion.core.transcript import Turn
from companion.core.wire import intent_line, read_event, turns_line
from companion.memory.store import open_diary
from tests.chronicle import ANSWER_S
from tests.endtoend.live import SMALL

pytestmark = pytest.mark.timeout(300)
E = TypeVar("E", bound=ev.Event)

BEFORE = (Turn("user", "My name is Robin."), Turn("companion", "Hello Robin."))


class Engine:
    """A running engine, spoken to as a window does."""

    def __init__(self, folder: Path, name: str = "engine") -> None:
        settings = folder / "settings.toml"
        settings.write_text(SMALL)
        self._out = folder / f"{name}.jsonl"
        self.notes = folder / f"{name}.log"
        with self._out.open("wb") as out, self.notes.open("wb") as notes:
            command = [sys.executable, "-m", "companion", "--settings", str(settings), "--headless"]
            self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=out, stderr=notes, bufsize=0)

    @property
    def events(self) -> list[ev.Event]:
        complete = self._out.read_text(encoding="utf-8").rpartition("\n")[0]
        return [read_event(line) for line in complete.splitlines()]

    def send(self, line: str) -> None:
        assert self.process.stdin
        self.process.stdin.write(line.encode() + b"\n")

    def ask(self, intent: Intent) -> None:
        self.send(intent_line(intent))

    def close_input(self) -> None:
        assert self.process.stdin
        self.process.stdin.close()

    def wait_for(self, kind: type[E]) -> E:
        """The first event of this kind."""
        deadline_s = time.monotonic() + ANSWER_S
        while time.monotonic() < deadline_s and self.process.poll() is None:
            for event in self.events:
                if isinstance(event, kind):
                    return event
            time.sleep(0.02)
        raise TimeoutError(f"no {kind.__name__}; notes: {self.notes.read_text()[-2000:]}")

    def children(self) -> list[psutil.Process]:
        """Its processes, once there are any."""
        deadline_s = time.monotonic() + ANSWER_S
        while time.monotonic() < deadline_s:
            children: list[psutil.Process] = psutil.Process(self.process.pid).children(recursive=True)
            if children:
                return children
            time.sleep(0.01)
        raise TimeoutError("it started no process")

    def left(self) -> int:
        """Its exit code, once it has ended."""
        return self.process.wait(timeout=20)


@pytest.fixture
def engine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Engine]:
    """Without a sound server: what is said is typed and shown."""
    monkeypatch.setenv("PULSE_SERVER", f"unix:{tmp_path / 'nowhere'}")
    engine = Engine(tmp_path)
    yield engine
    if engine.process.poll() is None:
        engine.process.kill()


def test_a_line_is_answered_and_quit_ends_it(engine: Engine) -> None:
    engine.send(turns_line(()))
    greeting = engine.wait_for(ev.ReplyFinished)
    engine.ask(Say("What makes a good friend?"))
    asked = engine.wait_for(ev.UserSpoke)
    assert (asked.text, asked.typed) == ("What makes a good friend?", True)
    deadline_s = time.monotonic() + ANSWER_S
    while len(replies := [event for event in engine.events if isinstance(event, ev.ReplyFinished)]) < 2:
        assert time.monotonic() < deadline_s
        time.sleep(0.02)
    assert greeting.text
    assert replies[1].text
    engine.ask(Quit())
    assert engine.left() == 0
    assert isinstance(engine.events[-1], ev.ConversationEnded)


def test_after_a_crash_she_goes_on_and_does_not_greet_again(engine: Engine, tmp_path: Path) -> None:
    engine.send(turns_line(()))
    engine.wait_for(ev.ConversationStarted)
    engine.process.kill()
    assert engine.left() == -signal.SIGKILL
    again = Engine(tmp_path, "again")
    again.send(turns_line(BEFORE))
    again.ask(Say("Hello?"))
    again.wait_for(ev.ReplyFinished)
    first = next(event for event in again.events if isinstance(event, (ev.UserSpoke, ev.ReplyStarted)))
    assert isinstance(first, ev.UserSpoke), "no greeting came before"
    again.process.send_signal(signal.SIGTERM)
    assert again.left() == 0


def test_settings_change_live_and_what_is_said_is_kept(engine: Engine) -> None:
    engine.send(turns_line(BEFORE))
    engine.wait_for(ev.ConversationStarted)
    engine.ask(Configure({"voice.volume": 0.5, "mind.temperature": 0.1}))
    configured = engine.wait_for(ev.Configured)
    assert (configured.applied, configured.waiting) == (("voice.volume",), ("mind.temperature",))
    engine.ask(Say("Do you like marmalade?", silently=True))
    reply = engine.wait_for(ev.ReplyFinished)
    engine.ask(Configure({"memory.keep": False}))
    engine.ask(Say("And secrets?"))
    engine.ask(Quit())
    assert engine.left() == 0
    with closing(open_diary()) as diary:
        kept = [entry.text for entry in diary.entries()][-2:]
    assert kept == ["Do you like marmalade?", reply.text]


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the server ends once it has loaded")
@pytest.mark.parametrize("awaited", [None, ev.ReplyFinished], ids=["while it loads", "in conversation"])
def test_nothing_is_left_of_an_engine_that_was_killed(engine: Engine, awaited: type[ev.Event] | None) -> None:
    engine.send(turns_line(()))
    if awaited:
        engine.wait_for(awaited)
    children = engine.children()
    engine.process.kill()
    assert psutil.wait_procs(children, timeout=20)[1] == []


def test_to_quit_needs_no_waiting_for_the_models(engine: Engine) -> None:
    engine.send(turns_line(()))
    engine.ask(Quit())
    assert engine.left() == 0
    assert engine.events == []


def test_it_ends_with_the_program_that_started_it(engine: Engine) -> None:
    engine.send(turns_line(()))
    engine.wait_for(ev.ConversationStarted)
    engine.close_input()
    assert engine.left() == 0


def test_a_line_that_cannot_be_read_is_told_and_left_out(engine: Engine) -> None:
    engine.send(turns_line(()))
    engine.send('{"intent": "Explode"}')
    engine.ask(Quit())
    assert engine.left() == 0
    assert "names no intent" in engine.notes.read_text()


def test_a_first_line_that_is_none_is_an_error(engine: Engine) -> None:
    engine.send("hello")
    assert engine.left() == 1
    assert "what was said before" in engine.notes.read_text() or "no JSON" in engine.notes.read_text()


def test_a_command_beside_it_is_refused() -> None:
    done = subprocess.run([sys.executable, "-m", "companion", "--headless", "talk"], capture_output=True, text=True)
    assert done.returncode == 2
    assert "leave out" in done.stderr
