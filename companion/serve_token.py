"""The token of `companion serve`: made once, kept in the system's keyring, or in a file that only its owner reads."""

from __future__ import annotations

from pathlib import Path

from companion.core.errors import CompanionError
from companion.core.paths import data_folder
from companion.memory.keys import Key, Keyring, SystemKeyring

NAME = "serve.token"
"""Beside it, in `serve.key`, is what it takes to find it, or where there is no keyring the token itself."""


class ServeToken:
    """Blocking. Raises CompanionError if the keyring does not answer, or nothing can be written."""

    def __init__(self, folder: Path | None = None, keyring: Keyring | None = None) -> None:
        self._folder = folder or data_folder()
        self._key = Key(self._folder / NAME, keyring or SystemKeyring(), "serve")

    @property
    def where(self) -> str:
        """Where it is, in plain words."""
        return self._key.where

    def get(self) -> str:
        """64 hexadecimal digits, made if there are none yet."""
        try:
            return self._key.find() or self.make()
        except OSError as error:
            raise self._unreadable(error) from error
        except CompanionError as error:
            raise CompanionError(
                "The token is in the keyring of your system, which does not answer.",
                "Unlock the keyring, or make another token with `companion serve --new-token`.",
            ) from error

    def make(self) -> str:
        """Another one; the one before is worth nothing once she is served anew."""
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            return self._key.make()
        except OSError as error:
            raise self._unreadable(error) from error

    def _unreadable(self, error: OSError) -> CompanionError:
        return CompanionError(
            f"The token cannot be kept in {self._folder} ({error.strerror or error}).",
            "Make that folder one that you may write to, with room on its disk.",
        )
