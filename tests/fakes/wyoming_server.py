"""A server that speaks Wyoming's words and does what it is told with them: also what no server should."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import BinaryIO, cast

from wyoming.event import Event, read_event, write_event

from companion.core.wyoming_address import WyomingAddress

Answer = Callable[["Line"], None]


class Line:
    """The server's end of one connection."""

    def __init__(self, connection: socket.socket) -> None:
        self.connection = connection
        self._file = cast(BinaryIO, connection.makefile("rwb"))

    def until(self, *types: str) -> Event:
        """The next event of one of `types`; those before it are passed over. Raises EOFError at the end."""
        while (event := read_event(self._file)) is not None:
            if event.type in types:
                return event
        raise EOFError

    def send(self, event: Event) -> None:
        write_event(event, self._file)

    def send_bytes(self, data: bytes) -> None:
        self._file.write(data)
        self._file.flush()

    def wait_for_hang_up(self) -> None:
        while self._file.read(65_536):
            pass


@contextmanager
def answering(answer: Answer) -> Iterator[WyomingAddress]:
    """A server on this computer that does `answer` with each connection, on a thread for each."""
    threads: list[threading.Thread] = []
    connections: list[socket.socket] = []

    def serve(connection: socket.socket) -> None:
        try:
            answer(Line(connection))
        except (OSError, EOFError, ValueError):
            pass
        finally:
            connection.close()

    def accept() -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            connections.append(connection)
            threads.append(threading.Thread(target=serve, args=(connection,), daemon=True))
            threads[-1].start()

    with socket.create_server(("127.0.0.1", 0)) as listener:
        accepting = threading.Thread(target=accept, daemon=True)
        accepting.start()
        yield WyomingAddress("127.0.0.1", listener.getsockname()[1])
        listener.shutdown(socket.SHUT_RDWR)
    accepting.join(5)
    for connection in connections:
        with suppress(OSError):
            connection.shutdown(socket.SHUT_RDWR)
    for thread in threads:
        thread.join(5)
