"""The supervisor, with a real child process that speaks the engine's lines."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from companion.core.events import Event, StateChanged, UserSpoke
from companion.core.intents import Say
from companion.core.transcript import Turn
from companion.ui.engine import Engine

ENGINE = """
import sys
from companion.core.wire import event_line, read_intent, read_turns
from companion.core.events import StateChanged, UserSpoke
from companion.core.intents import Quit, Say
turns = read_turns(sys.stdin.readline())
print(event_line(StateChanged(len(turns), "listening")), flush=True)
for line in sys.stdin:
    intent = read_intent(line)
    if isinstance(intent, Quit):
        break
    if isinstance(intent, Say) and intent.text == "die":
        print("companion: It is broken.", file=sys.stderr, flush=True)
        sys.exit(5)
    if isinstance(intent, Say) and intent.text == "nonsense":
        print("no event", flush=True)
    if isinstance(intent, Say):
        print(event_line(UserSpoke(0.0, intent.text, True)), flush=True)
"""

DEAF = """
import time
from companion.core.wire import event_line
from companion.core.events import StateChanged
print(event_line(StateChanged(0.0, "listening")), flush=True)
time.sleep(1000)
"""


class Witness:
    """Keeps what the engine told."""

    def __init__(self, engine: Engine) -> None:
        self.events: list[Event] = []
        self.statuses: list[str] = []
        engine.happened.connect(self.events.append)
        engine.changed.connect(self.statuses.append)

    @property
    def heard(self) -> list[str]:
        return [event.text for event in self.events if isinstance(event, UserSpoke)]


@pytest.fixture
def turns() -> list[Turn]:
    return []


@pytest.fixture
def owner(qtbot: QtBot) -> QObject:
    return QObject()


@pytest.fixture
def engine(owner: QObject, turns: list[Turn]) -> Iterator[Engine]:
    engine = Engine([sys.executable, "-c", ENGINE], lambda: turns, owner)
    yield engine
    engine.kill()


def started(qtbot: QtBot, engine: Engine) -> Witness:
    witness = Witness(engine)
    engine.start()
    qtbot.waitUntil(lambda: engine.status == "running")
    return witness


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_it_says_what_happens_and_does_what_is_asked(qtbot: QtBot, engine: Engine) -> None:
    witness = started(qtbot, engine)
    engine.ask(Say("hello"))
    qtbot.waitUntil(lambda: witness.heard == ["hello"])


def test_killed_it_comes_back_and_knows_what_was_said(qtbot: QtBot, engine: Engine, turns: list[Turn]) -> None:
    witness = started(qtbot, engine)
    turns.append(Turn("user", "hello"))
    os.kill(engine.pid, signal.SIGKILL)
    qtbot.waitUntil(lambda: len([event for event in witness.events if isinstance(event, StateChanged)]) == 2)
    assert witness.statuses == ["starting", "running", "died", "starting", "running"]
    assert witness.events[-1].at_s == len(turns)
    assert "signal 9" in engine.death


def test_after_three_deaths_it_is_given_up_and_can_be_tried_again(qtbot: QtBot, engine: Engine) -> None:
    witness = started(qtbot, engine)
    engine.ask(Say("die"))
    qtbot.waitUntil(lambda: witness.statuses.count("running") == 2)
    engine.ask(Say("die"))
    qtbot.waitUntil(lambda: witness.statuses.count("running") == 3)
    engine.ask(Say("die"))
    qtbot.waitUntil(lambda: engine.status == "given up")
    assert engine.pid == 0
    assert engine.notes == ["companion: It is broken."]
    engine.start()
    qtbot.waitUntil(lambda: engine.status == "running")


def test_what_starting_again_does_not_mend_is_given_up_at_once(qtbot: QtBot, owner: QObject) -> None:
    engine = Engine([sys.executable, "-c", "import sys; sys.exit(4)"], list, owner)
    witness = Witness(engine)
    engine.start()
    qtbot.waitUntil(lambda: engine.status == "given up")
    assert witness.statuses == ["starting", "given up"]


def test_a_program_that_is_not_there_is_given_up(qtbot: QtBot, owner: QObject, tmp_path: Path) -> None:
    engine = Engine([str(tmp_path / "nothing")], list, owner)
    engine.start()
    qtbot.waitUntil(lambda: engine.status == "given up")
    assert "could not be started" in engine.death


def test_a_line_typed_while_it_is_away_is_said_when_it_is_back(qtbot: QtBot, engine: Engine) -> None:
    engine.ask(Say("early"))
    witness = started(qtbot, engine)
    qtbot.waitUntil(lambda: witness.heard == ["early"])


def test_a_line_that_is_no_event_is_noted_and_the_rest_is_read(qtbot: QtBot, engine: Engine) -> None:
    witness = started(qtbot, engine)
    engine.ask(Say("nonsense"))
    qtbot.waitUntil(lambda: witness.heard == ["nonsense"])
    assert engine.notes


def test_it_ends_in_order(qtbot: QtBot, engine: Engine) -> None:
    started(qtbot, engine)
    pid = engine.pid
    engine.quit()
    qtbot.waitUntil(lambda: engine.status == "ended")
    assert not alive(pid)


def test_one_that_does_not_listen_is_ended_all_the_same(qtbot: QtBot, owner: QObject) -> None:
    engine = Engine([sys.executable, "-c", DEAF], list, owner)
    engine.start()
    qtbot.waitUntil(lambda: engine.status == "running")
    pid = engine.pid
    engine.quit()
    qtbot.waitUntil(lambda: engine.status == "ended", timeout=10_000)
    assert not alive(pid)


def test_restarted_on_purpose_it_keeps_the_conversation(qtbot: QtBot, engine: Engine, turns: list[Turn]) -> None:
    witness = started(qtbot, engine)
    turns.extend([Turn("user", "hello"), Turn("companion", "Hi.")])
    engine.restart()
    qtbot.waitUntil(lambda: witness.statuses == ["starting", "running", "starting", "running"])
    assert witness.events[-1].at_s == 2


def test_the_end_of_an_engine_that_was_never_started_is_told(qtbot: QtBot, owner: QObject) -> None:
    engine = Engine([sys.executable, "-c", ENGINE], list, owner)
    with qtbot.waitSignal(engine.changed) as told:
        engine.quit()
    assert told.args == ["ended"]
