"""Sound's threads go first: as the system allows of itself, or by asking rtkit on a message bus of our own."""

from __future__ import annotations

import os
import shutil
import sys
import threading
from collections.abc import Callable, Iterator
from queue import Queue

import pytest

if not (sys.platform == "linux" and shutil.which("dbus-daemon")):
    pytest.skip("needs dbus-daemon", allow_module_level=True)

import resource

from jeepney import HeaderFields, new_error, new_method_return
from jeepney.bus_messages import message_bus
from jeepney.io.blocking import open_dbus_connection

from companion.backends.thread_priority import ANSWER_S, LONGEST_RUN_US, NICENESS, REALTIME_PRIORITY, hurry
from tests.message_bus import running_message_bus

Asked = Queue[tuple[str, int, int]]
"""What was wished for, for which thread, and how much."""


@pytest.fixture
def bus(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The address of a message bus that is taken for the system's."""
    with running_message_bus() as address:
        monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", address)
        yield address


def rtkit(address: str, refused: set[str]) -> Asked:
    """Answers as rtkit does; the bus ends it."""
    asked: Asked = Queue()
    connection = open_dbus_connection(address)
    connection.send_and_get_reply(message_bus.RequestName("org.freedesktop.RealtimeKit1"))

    def serve() -> None:
        while True:
            try:
                call = connection.receive()
            except (OSError, ValueError, EOFError):
                return
            member = str(call.header.fields.get(HeaderFields.member))
            if member.startswith("Make"):
                denied = new_error(call, "org.freedesktop.DBus.Error.AccessDenied", "s", ("no",))
                connection.send(denied if member in refused else new_method_return(call))
                asked.put((member, *call.body))

    threading.Thread(target=serve, daemon=True).start()
    return asked


@pytest.fixture
def limits(monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, tuple[int, int]]]:
    """What would be the limits of this process for good."""
    taken: list[tuple[int, tuple[int, int]]] = []
    monkeypatch.setattr(resource, "setrlimit", lambda what, limit: taken.append((what, limit)))
    return taken


@pytest.fixture
def niced(monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, int, int]]:
    """An ordinary person's system: no thread goes before others but by asking. What was tried nevertheless."""
    tried: list[tuple[int, int, int]] = []

    def refuse(*_: object) -> None:
        raise PermissionError

    def note(*wish: int) -> None:
        tried.append(wish)  # type: ignore[arg-type]
        raise PermissionError

    monkeypatch.setattr(os, "sched_setscheduler", refuse)
    monkeypatch.setattr(os, "setpriority", note)
    return tried


def on_a_thread(call: Callable[[], None]) -> int:
    """The number of a thread that called it and has ended."""
    numbers: Queue[int] = Queue()

    def work() -> None:
        call()
        numbers.put(threading.get_native_id())

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    for other in threading.enumerate():
        if other.name == "ask for real time":
            other.join(ANSWER_S)
    return numbers.get()


def test_a_system_that_allows_it_is_not_asked_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    wished: list[tuple[int, int, int]] = []
    monkeypatch.setattr(os, "sched_setscheduler", lambda *wish: wished.append((*wish[:2], wish[2].sched_priority)))
    thread = on_a_thread(hurry)
    # Reset on fork: a program that is started from there is an ordinary one.
    assert wished == [(thread, os.SCHED_RR | os.SCHED_RESET_ON_FORK, REALTIME_PRIORITY)]


def test_rtkit_is_asked_for_real_time(
    bus: str, niced: list[tuple[int, int, int]], limits: list[tuple[int, tuple[int, int]]]
) -> None:
    asked = rtkit(bus, refused=set())
    thread = on_a_thread(hurry)
    assert asked.get(timeout=ANSWER_S) == ("MakeThreadRealtime", thread, REALTIME_PRIORITY)
    assert asked.empty()
    assert niced == [(os.PRIO_PROCESS, thread, NICENESS)]
    assert limits == [(resource.RLIMIT_RTTIME, (LONGEST_RUN_US, LONGEST_RUN_US))]


@pytest.mark.usefixtures("niced", "limits")
def test_where_rtkit_refuses_real_time_it_is_asked_for_priority(bus: str) -> None:
    asked = rtkit(bus, refused={"MakeThreadRealtime"})
    thread = on_a_thread(hurry)
    assert asked.get(timeout=ANSWER_S)[0] == "MakeThreadRealtime"
    assert asked.get(timeout=ANSWER_S) == ("MakeThreadHighPriority", thread, NICENESS)


@pytest.mark.usefixtures("niced", "limits")
@pytest.mark.parametrize("address", ["unix:path=/nowhere", "nonsense"])
def test_without_a_message_bus_she_talks_all_the_same(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, address: str
) -> None:
    monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", address)
    died: list[object] = []
    monkeypatch.setattr(threading, "excepthook", died.append)
    on_a_thread(hurry)
    assert not died and not caplog.records


@pytest.mark.usefixtures("niced", "limits")
def test_a_bus_without_rtkit_is_left_in_peace(bus: str, monkeypatch: pytest.MonkeyPatch) -> None:
    died: list[object] = []
    monkeypatch.setattr(threading, "excepthook", died.append)
    on_a_thread(hurry)
    assert not died
