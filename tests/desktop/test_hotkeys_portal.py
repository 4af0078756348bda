"""Keys on Wayland: a private message bus, and a desktop that answers as the portal's documentation says."""

from __future__ import annotations

import os
import shutil
import sys
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

if not (sys.platform == "linux" and shutil.which("dbus-daemon")):
    pytest.skip("needs dbus-daemon", allow_module_level=True)

from jeepney import DBusAddress, HeaderFields, Message, new_error, new_method_return, new_signal
from jeepney.bus_messages import message_bus
from jeepney.io.blocking import open_dbus_connection

from companion.ui.hotkeys import Hotkeys
from tests.message_bus import running_message_bus

DESKTOP = "/org/freedesktop/portal/desktop"
SHORTCUTS = DBusAddress(DESKTOP, None, "org.freedesktop.portal.GlobalShortcuts")


class Desktop:
    """What a person's desktop says to a program that asks for keys."""

    def __init__(self, address: str) -> None:
        self.refuses = False
        self.gives: set[str] = {"push_to_talk", "toggle"}
        self.registered: list[str] = []
        self.asked: list[dict[str, tuple[str, str]]] = []
        """For each use its description and the keys that were wished for."""
        self.closed: list[str] = []
        self.session = ""
        self._bus = open_dbus_connection(address)
        self._bus.send_and_get_reply(message_bus.RequestName("org.freedesktop.portal.Desktop"))
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def _serve(self) -> None:
        while True:
            try:
                call = self._bus.receive()
            except (OSError, ValueError):
                return
            member = call.header.fields.get(HeaderFields.member)
            answer = getattr(self, f"_{member}", None)
            if answer:
                answer(call)

    def _Register(self, call: Message) -> None:  # noqa: N802
        self.registered.append(call.body[0])

    def _CreateSession(self, call: Message) -> None:  # noqa: N802
        token = call.body[0]["session_handle_token"][1]
        self.session = f"{DESKTOP}/session/{_path_part(call)}/{token}"
        self._respond(call, call.body[0], {"session_handle": ("s", self.session)})

    def _BindShortcuts(self, call: Message) -> None:  # noqa: N802
        session, shortcuts, _, options = call.body
        assert session == self.session
        self.asked.append({use: (about["description"][1], about["preferred_trigger"][1]) for use, about in shortcuts})
        given = [(use, {"trigger_description": ("s", "?")}) for use, _ in shortcuts if use in self.gives]
        self._respond(call, options, {"shortcuts": ("a(sa{sv})", given)}, 1 if self.refuses else 0)

    def _Close(self, call: Message) -> None:  # noqa: N802
        self.closed.append(str(call.header.fields[HeaderFields.path]))

    def _respond(self, call: Message, options: dict[str, Any], results: dict[str, Any], code: int = 0) -> None:
        path = f"{DESKTOP}/request/{_path_part(call)}/{options['handle_token'][1]}"
        self._bus.send(new_method_return(call, "o", (path,)))
        request = DBusAddress(path, None, "org.freedesktop.portal.Request")
        self._bus.send(new_signal(request, "Response", "ua{sv}", (code, results)))

    def tell(self, signal: str, use: str, session: str = "") -> None:
        self._bus.send(new_signal(SHORTCUTS, signal, "osta{sv}", (session or self.session, use, 1, {})))

    def end_session(self) -> None:
        address = DBusAddress(self.session, None, "org.freedesktop.portal.Session")
        self._bus.send(new_signal(address, "Closed", "a{sv}", ({},)))


class DesktopWithoutKeys(Desktop):
    def _CreateSession(self, call: Message) -> None:  # noqa: N802
        self._bus.send(new_error(call, "org.freedesktop.DBus.Error.UnknownMethod", "s", ("No such interface",)))


def _path_part(call: Message) -> str:
    return str(call.header.fields[HeaderFields.sender]).lstrip(":").replace(".", "_")


@pytest.fixture
def bus(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The address of a message bus of our own."""
    with running_message_bus() as address:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
        monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
        yield address


@pytest.fixture
def keys(qtbot: QtBot, bus: str) -> Iterator[Hotkeys]:
    keys = Hotkeys()
    yield keys
    keys.close()


def test_the_desktop_is_asked_and_its_keys_are_heard(qtbot: QtBot, keys: Hotkeys, bus: str) -> None:
    desktop = Desktop(bus)
    heard: list[str] = []
    keys.pressed.connect(lambda: heard.append("pressed"))
    keys.released.connect(lambda: heard.append("released"))
    keys.toggled.connect(lambda: heard.append("toggled"))
    keys.set_keys("Ctrl+Alt+Space", "Meta+F9")
    qtbot.waitUntil(lambda: bool(desktop.asked), timeout=5000)
    assert desktop.registered == ["companion"]
    assert desktop.asked == [
        {
            "push_to_talk": ("Hold to talk", "CTRL+ALT+space"),
            "toggle": ("Listen or stop listening", "LOGO+F9"),
        }
    ]
    desktop.tell("Activated", "push_to_talk", session=f"{DESKTOP}/session/of/another")
    desktop.tell("Activated", "push_to_talk")
    desktop.tell("Deactivated", "push_to_talk")
    desktop.tell("Activated", "toggle")
    qtbot.waitUntil(lambda: heard == ["pressed", "released", "toggled"], timeout=5000)
    assert keys.note == ""


def test_other_keys_are_another_session(qtbot: QtBot, keys: Hotkeys, bus: str) -> None:
    desktop = Desktop(bus)
    keys.set_keys("Ctrl+Alt+Space", "")
    qtbot.waitUntil(lambda: len(desktop.asked) == 1, timeout=5000)
    before = desktop.session
    desktop.tell("Activated", "push_to_talk")
    with qtbot.waitSignal(keys.pressed):
        pass
    with qtbot.waitSignal(keys.released):
        keys.set_keys("Ctrl+Alt+J", "")
    qtbot.waitUntil(lambda: len(desktop.asked) == 2, timeout=5000)
    assert desktop.closed == [before] and desktop.session != before


def test_a_person_who_refuses_is_told_how_to_go_on(qtbot: QtBot, keys: Hotkeys, bus: str) -> None:
    desktop = Desktop(bus)
    desktop.refuses = True
    with qtbot.waitSignal(keys.note_changed, timeout=5000):
        keys.set_keys("Ctrl+Alt+Space", "")
    assert "did not give them; choose them once more" in keys.note


def test_a_key_that_was_not_given_is_named(qtbot: QtBot, keys: Hotkeys, bus: str) -> None:
    desktop = Desktop(bus)
    desktop.gives = {"toggle"}
    with qtbot.waitSignal(keys.note_changed, timeout=5000):
        keys.set_keys("Ctrl+Alt+Space", "F9")
    assert keys.note == "The desktop did not give Ctrl+Alt+Space; choose other keys."


def test_a_session_that_the_desktop_ends_is_told(qtbot: QtBot, keys: Hotkeys, bus: str) -> None:
    desktop = Desktop(bus)
    keys.set_keys("", "F9")
    qtbot.waitUntil(lambda: bool(desktop.asked), timeout=5000)
    with qtbot.waitSignal(keys.note_changed, timeout=5000):
        desktop.tell("Activated", "toggle")  # so that the answer to the binding was read before
        with qtbot.waitSignal(keys.toggled, timeout=5000):
            pass
        desktop.end_session()
    assert "watches these keys no more" in keys.note


@pytest.mark.parametrize("desktop", [DesktopWithoutKeys, None], ids=["old portal", "no portal"])
def test_where_it_is_impossible_there_is_a_sentence(
    qtbot: QtBot, keys: Hotkeys, bus: str, desktop: type[Desktop] | None
) -> None:
    if desktop:
        desktop(bus)
    with qtbot.waitSignal(keys.note_changed, timeout=5000):
        keys.set_keys("Ctrl+Alt+Space", "")
    assert "lets no program watch keys" in keys.note


def test_no_bus_at_all(qtbot: QtBot, keys: Hotkeys, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", f"unix:path={os.sep}nowhere")
    keys.set_keys("Ctrl+Alt+Space", "")
    assert "lets no program watch keys" in keys.note
