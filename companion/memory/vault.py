"""The file of the conversations while it is in use."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Any, TypeVar

import sqlcipher3

from companion.core.errors import CompanionError
from companion.memory.opening import DiaryFile, in_plain_words, is_damage
from companion.memory.schema import transaction
from companion.memory.search import forget_deleted_words

_Result = TypeVar("_Result")
_NOT_OPEN = -2


class Vault:
    """A connection to the file, made anew where the file is another. Several processes and threads may have one."""

    def __init__(self, file: DiaryFile) -> None:
        """Raises CompanionError: the disk says no, or the key is in a keyring that does not answer."""
        self.file = file
        self.told = ""
        """What a person should be told: that a damaged file was kept aside, or its key lost. Empty: nothing."""
        self.inode = _NOT_OPEN
        """Changes with the file."""
        self._lock = threading.RLock()
        self._connection: Any = None
        self.open(thoroughly=False)

    def do(self, work: Callable[[Any], _Result]) -> _Result:
        """Work on the file; where it proves damaged, on a new one, the damaged one kept aside."""
        with self._lock, in_plain_words(self.file.path):
            if self.file.inode != self.inode:
                self.open(thoroughly=False)
            try:
                return work(self._connection)
            except sqlcipher3.DatabaseError as error:
                if not is_damage(error):
                    raise
            self.open(thoroughly=True)
            return work(self._connection)

    def overwrite(self) -> None:
        """After a deletion: what was deleted is gone from the indexes, the write-ahead log and the copies too.

        Where another process reads just now, the log holds it until that process has read, and the log begins anew.
        """
        self.do(_forget_words)
        self.do(_write_through)
        self.file.forget_copies()

    def give_room_back(self) -> None:
        """`overwrite`, and a file no larger than what is left in it, if disk and other programs allow.

        It takes a second for some 40 MB.
        """
        self.overwrite()
        with suppress(CompanionError):
            self.do(lambda connection: connection.execute("VACUUM"))
            self.do(_write_through)

    def open(self, thoroughly: bool) -> None:
        """Open the file anew; `thoroughly`: every page is looked at."""
        self.close()
        self._connection = self.file.open(thoroughly)
        self.inode = self.file.inode
        self.told = self.file.told or self.told

    def close(self) -> None:
        with self._lock:
            if self._connection:
                self._connection.close()
            self.inode = _NOT_OPEN


def _write_through(connection: Any) -> None:
    """From the write-ahead log into the file."""
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()


def _forget_words(connection: Any) -> None:
    with transaction(connection):
        forget_deleted_words(connection)
