"""One window for each person and settings file: a second start asks the first to show itself, and ends."""

from __future__ import annotations

import hashlib
import os
import socket
import struct
import sys
from pathlib import Path

from filelock import FileLock, Timeout
from PySide6.QtCore import QCoreApplication, QDeadlineTimer, QObject, QStandardPaths, QThread, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from companion.core.errors import CompanionError

ANSWER_MS = 2000
"""How long a window that lives may take to say that it was asked; one that takes longer hangs."""
RETRY_MS = 50

_ASK = "show"
_ANSWER = b"shown"
_ACTIVATION = "XDG_ACTIVATION_TOKEN"
"""Wayland lets a window come to the front only with a token that the launcher gave to whoever was started."""


def instance_name(settings_file: Path) -> str:
    """The name under which the window with these settings is known, short enough for a socket's path."""
    return f"companion-{hashlib.sha256(os.fsencode(settings_file.resolve())).hexdigest()[:12]}"


def is_open(name: str) -> bool:
    """Whether a window of this name is there, or one is about to be."""
    lock = _lock(name)
    try:
        with lock.acquire(timeout=0):
            return False
    except Timeout:
        return True
    except OSError:
        return False


def _runtime_folder() -> Path:
    return Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.RuntimeLocation))


def _lock(name: str) -> FileLock:
    """What the first of its name holds."""
    return FileLock(_runtime_folder() / f"{name}.lock")


class SingleInstance(QObject):
    """Tells whether this process is the first of its name, for this person.

    The first holds a lock that the system lets go when the process ends in whatever way, so that nothing stale
    stands in the way of the next; it listens on a socket which only this person can open.
    """

    asked_to_show = Signal()
    """Somebody started the program once more."""

    def __init__(self, name: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lock = _lock(name)
        # Windows names its pipes without a folder.
        self._address = (
            f"{name}-{os.environ.get('USERNAME', '')}" if sys.platform == "win32" else str(_runtime_folder() / name)
        )
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._welcome)

    def claim(self) -> bool:
        """Whether we are the first; if not, the first was asked to show itself.

        Blocks up to 2 s. Raises CompanionError if there is a first that does not answer. Where no lock can be had at
        all (a full disk), we count as the first: a second window is better than none.
        """
        deadline = QDeadlineTimer(ANSWER_MS)
        pid = 0
        while True:
            try:
                self._lock.acquire(timeout=0)
            except Timeout:
                answered, pid = self._ask(deadline)
                if answered:
                    return False
            except OSError:
                return True
            else:
                self._listen()
                return True
            if deadline.hasExpired():
                raise _hangs(pid)
            QThread.msleep(RETRY_MS)

    def release(self) -> None:
        """Let the next be the first; the end of the process does the same."""
        self._server.close()
        self._lock.release()

    def _listen(self) -> None:
        QLocalServer.removeServer(self._address)
        self._server.listen(self._address)

    def _ask(self, deadline: QDeadlineTimer) -> tuple[bool, int]:
        """Whether the first answered, and its process id (0 if it is not known)."""
        line = QLocalSocket()
        line.connectToServer(self._address)
        if not line.waitForConnected(max(1, deadline.remainingTime())):
            return False, 0
        pid = _peer(line)
        line.write(f"{_ASK} {os.environ.get(_ACTIVATION, '')}\n".encode())
        while not line.canReadLine():
            if not line.waitForReadyRead(max(1, deadline.remainingTime())):
                return False, pid
        return bytes(line.readLine().data()).strip() == _ANSWER, pid

    def _welcome(self) -> None:
        line = self._server.nextPendingConnection()
        line.readyRead.connect(lambda: self._answer(line))
        line.disconnected.connect(line.deleteLater)

    def _answer(self, line: QLocalSocket) -> None:
        while line.canReadLine():
            ask, _, token = bytes(line.readLine().data()).decode(errors="replace").strip().partition(" ")
            if ask != _ASK:
                line.abort()
                return
            if token:
                os.environ[_ACTIVATION] = token
            self.asked_to_show.emit()
            line.write(_ANSWER + b"\n")
            line.flush()


def _peer(line: QLocalSocket) -> int:
    """The process at the other end, where the system tells (Linux); else 0."""
    if sys.platform != "linux":
        return 0
    with socket.socket(fileno=os.dup(int(line.socketDescriptor()))) as ours:
        credentials = ours.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, struct.calcsize("3i"))
    return int(struct.unpack("3i", credentials)[0])


def _hangs(pid: int) -> CompanionError:
    translate = QCoreApplication.translate
    end = translate("SingleInstance", "End it in the system's list of programs, then start it again.")
    if pid:
        end = translate("SingleInstance", "End it with `kill {pid}`, then start it again.").format(pid=pid)
    return CompanionError(translate("SingleInstance", "She is already running, but does not answer."), end)
