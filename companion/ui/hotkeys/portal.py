"""Keys on Wayland: asked of the desktop through its portal, which asks the person.

Interface: org.freedesktop.portal.GlobalShortcuts. The desktop decides which keys they are in the end, remembers it, and
tells us of these alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import count
from typing import Any

from jeepney import DBusAddress, HeaderFields, MatchRule, Message, MessageFlag, MessageType, new_method_call
from jeepney.bus_messages import message_bus
from jeepney.io.blocking import DBusConnection, open_dbus_connection
from PySide6.QtCore import QObject, QSocketNotifier, QTimer

from companion.ui.hotkeys.chords import Chord, Use
from companion.ui.hotkeys.source import KeySource

_SERVICE = "org.freedesktop.portal.Desktop"
_OBJECT = "/org/freedesktop/portal/desktop"
_PORTAL = DBusAddress(_OBJECT, _SERVICE, "org.freedesktop.portal.GlobalShortcuts")
_REGISTRY = DBusAddress(_OBJECT, _SERVICE, "org.freedesktop.host.portal.Registry")
_REQUEST = "org.freedesktop.portal.Request"
_APP = "companion"
"""Name of the launcher, by which the desktop knows whose keys these are."""


class PortalKeys(KeySource):
    """A session of the portal; another set of keys is another session."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tokens = (f"companion_{number}" for number in count(1))
        self._chords: dict[Use, Chord] = {}
        self._session = ""
        self._awaited = ""
        """Path of the request whose answer decides how to go on."""
        self._asked: dict[int, str] = {}
        """Serial numbers of calls, and the request that each made."""
        self._bus: DBusConnection | None = None
        try:
            self._bus = open_dbus_connection("SESSION")
        except (OSError, KeyError, ValueError, RuntimeError):
            self._say(self._impossible())
            return
        rule = MatchRule(type="signal", sender=_SERVICE)
        self._send(message_bus.AddMatch(rule), answered=False)
        self._send(new_method_call(_REGISTRY, "Register", "sa{sv}", (_APP, {})), answered=False)
        self._notifier = QSocketNotifier(self._bus.sock.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._read)

    def watch(self, chords: Mapping[Use, Chord]) -> None:
        if not self._bus:
            return
        self._end_session()
        self._chords = dict(chords)
        if chords:
            token = next(self._tokens)
            options = {"handle_token": ("s", token), "session_handle_token": ("s", token)}
            self._request(token, new_method_call(_PORTAL, "CreateSession", "a{sv}", (options,)))

    def close(self) -> None:
        if self._bus:
            self._end_session()
            self._notifier.setEnabled(False)
            self._bus.close()
            self._bus = None

    def _end_session(self) -> None:
        self._awaited = ""
        if self._session:
            address = DBusAddress(self._session, _SERVICE, "org.freedesktop.portal.Session")
            self._send(new_method_call(address, "Close"), answered=False)
            self._session = ""

    def _bind(self, session: str) -> None:
        """Ask for the keys of the session, which the desktop has just opened."""
        self._session = session
        named = {"push_to_talk": self.tr("Hold to talk"), "toggle": self.tr("Listen or stop listening")}
        shortcuts = [
            (use, {"description": ("s", named[use]), "preferred_trigger": ("s", chord.trigger)})
            for use, chord in self._chords.items()
        ]
        token = next(self._tokens)
        body = (session, shortcuts, "", {"handle_token": ("s", token)})
        self._request(token, new_method_call(_PORTAL, "BindShortcuts", "oa(sa{sv})sa{sv}", body))

    def _request(self, token: str, call: Message) -> None:
        """Ask for something that the desktop answers in its own time, by a signal from a path known beforehand."""
        assert self._bus
        sender = self._bus.unique_name.lstrip(":").replace(".", "_")
        self._awaited = f"{_OBJECT}/request/{sender}/{token}"
        self._asked = {self._send(call, answered=True): self._awaited}

    def _send(self, message: Message, answered: bool) -> int:
        assert self._bus
        if not answered:
            message.header.flags |= MessageFlag.no_reply_expected
        serial = int(next(self._bus.outgoing_serial))
        try:
            self._bus.send(message, serial=serial)
        except OSError:
            QTimer.singleShot(0, self, self._lose)
        return serial

    def _read(self) -> None:
        try:
            while self._bus:
                self._take(self._bus.receive(timeout=0))
        except TimeoutError:
            return
        except (OSError, EOFError):
            self._lose()

    def _lose(self) -> None:
        """The bus is gone: at logout, as a rule."""
        if self._bus:
            self._session = ""
            self.close()
            self._say(self._impossible())

    def _take(self, message: Message) -> None:
        header = message.header
        if header.message_type in (MessageType.method_return, MessageType.error):
            request = self._asked.pop(header.fields.get(HeaderFields.reply_serial, 0), "")
            if request and request == self._awaited and header.message_type is MessageType.error:
                self._say(self._impossible())
        elif header.message_type is MessageType.signal:
            path, member = header.fields.get(HeaderFields.path), header.fields.get(HeaderFields.member)
            if header.fields.get(HeaderFields.interface) == _REQUEST and path == self._awaited:
                self._answered(*message.body)
            elif member in ("Activated", "Deactivated") and message.body[0] == self._session:
                (self.down if member == "Activated" else self.up).emit(message.body[1])
            elif member == "Closed" and path == self._session:
                self._session = ""
                self._say(self.tr("The desktop watches these keys no more; choose them once more."))

    def _answered(self, code: int, results: Mapping[str, tuple[str, Any]]) -> None:
        """`code`: 0 it was done, 1 the person refused, 2 it ended otherwise."""
        self._awaited = ""
        if code:
            self._say(self.tr("The desktop was asked for these keys and did not give them; choose them once more."))
        elif not self._session:
            self._bind(str(results["session_handle"][1]))
        else:
            bound = {use for use, _ in results.get("shortcuts", ("", ()))[1]}
            missing = [chord.text for use, chord in self._chords.items() if use not in bound]
            self._say(
                self.tr("The desktop did not give {keys}; choose other keys.").format(keys=", ".join(missing))
                if missing
                else ""
            )

    def _impossible(self) -> str:
        return self.tr(
            "This desktop lets no program watch keys while another has the keyboard; the keys work in her own window."
        )
