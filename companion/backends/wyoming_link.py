"""Connections to Wyoming servers, each for one request: hanging up ends it, and frees the server.

Blocking, on the thread of the engine that asks, as the Protocols want it: `wyoming` reads and writes events from any
file, so that there is no event loop here. Nothing a server sends is trusted: sizes are bounded, and every wait is.
"""

from __future__ import annotations

import logging
import socket
import threading
import time
from contextlib import suppress
from types import TracebackType
from typing import BinaryIO, cast

from wyoming.error import Error
from wyoming.event import Event, Eventable, read_event, write_event
from wyoming.info import Describe, Info

from companion.core.errors import EngineError
from companion.core.wyoming_address import WyomingAddress

log = logging.getLogger(__name__)

CONNECT_S = 1.0
"""A server in the same house answers within milliseconds; who is switched off does not at all."""

DESCRIBE_S = 3.0

LONGEST_EVENT_BYTES = 4_000_000
"""A minute of CD sound is 5 MB, and no server sends a minute at once; the description of 300 voices is 0.2 MB."""
_READ_BYTES = 65_536


class LateError(EngineError):
    """A server has not answered in time, and may be at work still."""


class WyomingServer:
    """A server at an address. Safe to use from several threads."""

    def __init__(self, address: WyomingAddress, part: str, setting: str) -> None:
        """`part`: what it does, in plain words (see EngineInfo). `setting`: where the person named it."""
        self.address = address
        self.part = part
        self._setting = setting
        self._known: tuple[str, int] | None = None
        """Its number, once it answered: looking up a name in the local network may take seconds when it is gone."""

    def connect(self) -> WyomingLink:
        """Raises EngineError if nobody answers."""
        places = [self._known] if self._known else []
        for place in [*places, (self.address.host, self.address.port)]:
            try:
                connection = socket.create_connection(place, CONNECT_S)
            except OSError as error:
                fault = error
                continue
            self._known = connection.getpeername()[:2]
            return WyomingLink(connection, self)
        raise self.fault("does not answer") from fault

    def describe(self, within_s: float = DESCRIBE_S) -> Info:
        """What it offers. Raises EngineError."""
        with self.connect() as link:
            until_s = time.monotonic() + within_s
            link.send(Describe())
            while True:
                event = link.receive(until_s)
                if Info.is_type(event.type):
                    try:
                        return Info.from_event(event)
                    except Exception as error:  # its classes raise whatever a wrong type leads to
                        raise self.fault("sent what cannot be understood") from error

    def fault(self, what: str) -> EngineError:
        """What it did, in a sentence, and the remedy."""
        return EngineError(
            f"The {self.part} at {self.address.server} {what}.",
            f"See that it runs there, or change {self._setting}; `companion engines` lists those in your network.",
        )

    def late(self) -> LateError:
        """It took too long."""
        fault = self.fault("does not answer in time")
        return LateError(fault.message, fault.hint)


class WyomingLink:
    """One connection. Used by one thread; `close` may come from any, and wakes it."""

    def __init__(self, connection: socket.socket, server: WyomingServer) -> None:
        self._socket = connection
        self._server = server
        self._closing = threading.Lock()
        self._incoming = _Incoming(connection)
        self.closed = False
        """Whether this side hung up: what fails after that is no fault."""
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def send(self, *events: Eventable, within_s: float = 2.0) -> None:
        """Raises EngineError if the server does not take them in time."""
        outgoing = _Outgoing()
        for event in events:
            write_event(event.event(), cast(BinaryIO, outgoing))
        try:
            self._socket.settimeout(within_s)
            self._socket.sendall(outgoing.data)
        except TimeoutError as error:
            raise self._server.fault("takes nothing more") from error
        except OSError as error:
            raise self._server.fault("hung up") from error

    def receive(self, until_s: float) -> Event:
        """The next event, by `time.monotonic()`. Raises EngineError if none comes in time, or the server says so."""
        self._incoming.until_s = until_s
        try:
            event = read_event(cast(BinaryIO, self._incoming))
        except TimeoutError as error:
            raise self._server.late() from error
        except OSError as error:
            raise self._server.fault("hung up") from error
        except _TooLongError as error:
            raise self._server.fault("sent more at once than can be right") from error
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
            raise self._server.fault("sent what cannot be understood") from error
        if event is None:
            raise self._server.fault("hung up" if self._incoming.ended else "sent what cannot be understood")
        if not isinstance(event.type, str) or not isinstance(event.data, dict):
            raise self._server.fault("sent what cannot be understood")
        if Error.is_type(event.type):
            code = str(event.data.get("code") or event.data.get("text") or "no reason given")
            raise self._server.fault(f"refused ({' '.join(code.split())[:100]})")
        return event

    def waiting(self, within_s: float = 0.0) -> bool:
        """Whether something came that was not received yet."""
        if self._incoming.any:
            return True
        try:
            self._socket.settimeout(max(0.001, within_s))
            self._socket.recv(1, socket.MSG_PEEK)
        except TimeoutError:
            return False
        except OSError:
            pass  # which `receive` will tell of
        return True

    def close(self) -> None:
        """Hang up. Hanging up again is nothing."""
        with self._closing:
            if self.closed:
                return
            self.closed = True
            with suppress(OSError):
                self._socket.shutdown(socket.SHUT_RDWR)  # wakes whoever waits for it
            self._socket.close()

    def __enter__(self) -> WyomingLink:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


class _TooLongError(Exception):
    """An event is longer than any that makes sense."""


class _Incoming:
    """As much of a file as `read_event` uses, with bounds on size and time."""

    def __init__(self, connection: socket.socket) -> None:
        self._socket = connection
        self._data = bytearray()
        self.until_s = 0.0
        self.ended = False

    @property
    def any(self) -> bool:
        return bool(self._data)

    def readline(self) -> bytes:
        searched = 0
        while (end := self._data.find(b"\n", searched)) < 0:
            searched = len(self._data)
            self._check(searched)
            if not self._read_more():
                return b""
        return self._taken(end + 1)

    def read(self, count: int) -> bytes:
        self._check(count)
        while len(self._data) < count:
            if not self._read_more():
                return b""
        return self._taken(count)

    def _check(self, count: int) -> None:
        if count > LONGEST_EVENT_BYTES:
            raise _TooLongError

    def _read_more(self) -> bool:
        self._socket.settimeout(max(0.001, self.until_s - time.monotonic()))
        part = self._socket.recv(_READ_BYTES)
        self._data += part
        self.ended = not part
        return bool(part)

    def _taken(self, count: int) -> bytes:
        part = bytes(self._data[:count])
        del self._data[:count]
        return part


class _Outgoing:
    """As much of a file as `write_event` uses: events go out in one piece, and not in three packets each."""

    def __init__(self) -> None:
        self.data = bytearray()

    def write(self, part: bytes) -> None:
        self.data += part

    def writelines(self, parts: tuple[bytes, ...]) -> None:
        for part in parts:
            self.data += part

    def flush(self) -> None:
        pass
