"""Keys for servers elsewhere: in the system's keyring, or where there is none in a file that only its owner reads.

A key belongs to the address (scheme, host, port) that it was given for, and is sent to no other.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from urllib.parse import urlsplit

from companion.core.errors import CompanionError, UsageError
from companion.core.paths import settings_file
from companion.core.settings import Settings
from companion.memory.keys import Keyring, NoKeyringError, SystemKeyring

PARTS = ("mind", "hearing", "voice", "memory")
FILE = "keys.json"
LONGEST = 4096


def address_of(part: str, settings: Settings) -> str:
    """The server of `part` as the settings have it; empty if it runs here. Raises UsageError for another part."""
    if part not in PARTS:
        raise UsageError(f"There is no part of her called {part}.", f"Name one of {', '.join(PARTS)}.")
    address = settings.memory.embedder if part == "memory" else str(getattr(settings.elsewhere, part))
    return address if address.startswith(("http://", "https://")) else ""


class ServerKeys:
    """Blocking, up to a few seconds where the keyring of the system is slow."""

    def __init__(self, keyring: Keyring | None = None, file: Path | None = None) -> None:
        self._keyring = keyring or SystemKeyring()
        self._file = file or settings_file().with_name(FILE)

    def find(self, part: str, address: str) -> str:
        """The key for the server of `part`: of the environment (COMPANION_KEY_MIND, ...), else the one kept; or "".

        Raises CompanionError if the file of the keys cannot be read.
        """
        if given := os.environ.get(f"COMPANION_KEY_{part.upper()}", ""):
            return given
        account = _account(address)
        if kept := self._read().get(account):
            return kept
        try:
            return self._keyring.find(account) or ""
        except NoKeyringError:
            return ""

    def keep(self, address: str, key: str) -> str:
        """Keep `key`, or with an empty one forget what is kept. Returns in words where it is now.

        Raises UsageError for what is no key, CompanionError if it can be kept nowhere.
        """
        key = key.strip()
        if len(key) > LONGEST or not key.isprintable() or not key.isascii():
            raise UsageError("That is no key: it has characters that no key has.", "Copy it again, one line.")
        account = _account(address)
        try:
            self._keyring.keep(account, key)
            kept = (self._keyring.find(account) or "") == key
        except NoKeyringError:
            kept = False
        others = {name: value for name, value in self._read().items() if name != account}
        if kept or not key:
            if self._file.exists():
                self._write(others)
            return "in the keyring of your system" if key else "nowhere: it is forgotten"
        self._write({**others, account: key})
        return f"in the file {self._file}, which only you may read, as your system has no keyring that answers"

    def _read(self) -> dict[str, str]:
        try:
            keys = json.loads(self._file.read_text(encoding="utf-8"))
            return {str(name): str(value) for name, value in dict(keys).items()}
        except FileNotFoundError:
            return {}
        except (OSError, ValueError, TypeError) as error:
            raise CompanionError(
                f"The keys of your servers in {self._file} cannot be read.", "Delete that file, and set them again."
            ) from error

    def _write(self, keys: dict[str, str]) -> None:
        new = self._file.with_suffix(".new")
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            new.unlink(missing_ok=True)
            with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
                json.dump(keys, file)
                file.flush()
                os.fsync(file.fileno())
            new.replace(self._file)
        except OSError as error:
            raise CompanionError(
                f"The key cannot be kept ({error.strerror}).", f"See to {self._file.parent}."
            ) from error


def _account(address: str) -> str:
    parts = urlsplit(address)
    return f"server {parts.scheme}://{parts.netloc}"
