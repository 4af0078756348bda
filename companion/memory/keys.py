"""The key of the conversations: in the system's keyring, or where there is none in a file that only its owner reads."""

from __future__ import annotations

import os
import re
import secrets
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from companion.core.errors import CompanionError

SERVICE = "companion"
PATIENCE_S = 3.0
"""How long a keyring may take. One that asks for a password on the screen, or hangs, is not waited for."""
_KEYRINGS = {"SecretService", "libsecret", "kwallet", "macOS", "Windows", "chainer"}
"""Modules of `keyring.backends` that the system itself provides; others ask on the terminal, or keep in the clear."""


class NoKeyringError(Exception):
    """There is no keyring, or it does not answer in time."""


class Keyring(Protocol):
    """Keeps secrets by name. Both methods raise NoKeyringError."""

    def find(self, account: str) -> str | None: ...

    def keep(self, account: str, secret: str) -> None: ...


class SystemKeyring:
    """The keyring of the desktop, macOS or Windows."""

    def find(self, account: str) -> str | None:
        found: list[str | None] = []
        _within_patience(lambda: found.append(_backend().get_password(SERVICE, account)))
        return found[0]

    def keep(self, account: str, secret: str) -> None:
        _within_patience(lambda: _backend().set_password(SERVICE, account, secret))


class Key:
    """The key of one diary. What it takes to find it again is in a file beside the diary.

    That file holds the key itself, or the name under which the keyring has it.
    """

    def __init__(self, diary: Path, keyring: Keyring, kind: str = "conversations") -> None:
        """`kind`: what the keyring shows it as."""
        self._note = diary.with_suffix(".key")
        self._keyring = keyring
        self._kind = kind

    @property
    def where(self) -> str:
        """Where it is, in plain words."""
        if _is_key(self._read()):
            return f"in the file {self._note}, which only you may read"
        return "in the keyring of your system"

    def find(self) -> str | None:
        """64 hexadecimal digits, or None if the key is lost.

        Raises CompanionError if it is in a keyring that does not answer, and OSError.
        """
        note = self._read()
        if not note or _is_key(note):
            return note or None
        try:
            key = self._keyring.find(note)
        except NoKeyringError as error:
            raise CompanionError(
                "The key of your conversations is in the keyring of your system, which does not answer.",
                "Unlock the keyring and start again; until then nothing is kept, and what there is stays as it is.",
            ) from error
        return key if key and _is_key(key) else None

    def make(self) -> str:
        """A new key, kept. Raises OSError."""
        key, account = secrets.token_hex(32), f"{self._kind} {secrets.token_hex(4)}"
        try:
            self._keyring.keep(account, key)
            kept = self._keyring.find(account) == key
        except NoKeyringError:
            kept = False
        self._write(account if kept else key)
        return key

    def _read(self) -> str:
        try:
            return self._note.read_text(encoding="ascii", errors="replace").strip()
        except FileNotFoundError:
            return ""

    def _write(self, note: str) -> None:
        new = self._note.with_suffix(".key.new")
        new.unlink(missing_ok=True)
        with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
            file.write(note)
            file.flush()
            os.fsync(file.fileno())
        new.replace(self._note)


def _is_key(note: str) -> bool:
    return re.fullmatch("[0-9a-f]{64}", note) is not None


class _Backend(Protocol):
    def get_password(self, service: str, username: str) -> str | None: ...

    def set_password(self, service: str, username: str, password: str) -> None: ...


def _backend() -> _Backend:
    """Raises NoKeyringError if the system has no keyring of its own."""
    import keyring

    backend = keyring.get_keyring()
    if type(backend).__module__.removeprefix("keyring.backends.") not in _KEYRINGS:
        raise NoKeyringError(type(backend).__module__)
    return backend


def _within_patience(ask: Callable[[], None]) -> None:
    """Raises NoKeyringError if `ask` fails or takes too long; it is then left behind on its thread."""
    if _on_a_machine_without_a_session():
        raise NoKeyringError("no session of a desktop")
    faults: list[Exception] = []

    def run() -> None:
        try:
            ask()
        except Exception as error:
            faults.append(error)

    asking = threading.Thread(target=run, name="keyring", daemon=True)
    asking.start()
    asking.join(PATIENCE_S)
    if asking.is_alive():
        raise NoKeyringError("no answer in time")
    if faults:
        raise NoKeyringError(str(faults[0])) from faults[0]


def _on_a_machine_without_a_session() -> bool:
    """On Linux the keyring is asked over the bus of a session with a display; without one it cannot be unlocked."""
    if not sys.platform.startswith("linux"):
        return False
    return not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
