"""Opening the file of the diary: its key, its tables, and what is done with a damaged one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Any

import filelock
import sqlcipher3

from companion.core.errors import CompanionError
from companion.memory.keys import Key, Keyring
from companion.memory.salvage import Salvage
from companion.memory.schema import migrate

BUSY_S = 2.0
"""How long one process waits for the other to finish what it writes; writing a turn takes about a millisecond."""
_PARTS = ("", "-wal", "-shm")
_TAKES_NO_MORE = {10, 13}
"""SQLITE_IOERR and SQLITE_FULL."""
_DAMAGED = {11, 26}
"""SQLITE_CORRUPT and SQLITE_NOTADB: a page that its key does not fit, or that makes no sense."""


class DiaryFile:
    """One file on disk and what lies beside it: its key, its write-ahead log, copies, damaged ones kept aside."""

    def __init__(self, path: Path, keyring: Keyring) -> None:
        self.path = path
        self.key = Key(path, keyring)
        self._keyring = keyring
        self.told = ""
        """What a person should know of the last `open`: that a damaged file was kept aside. Else empty."""

    def open(self, thoroughly: bool = False) -> Any:
        """A connection to the file, made or brought up to date as needed; a damaged file is kept aside.

        `thoroughly`: every page is looked at. Raises CompanionError.
        """
        with in_plain_words(self.path), self._alone():
            self.told = ""
            self._end_recovery()
            key = self.key.find()
            if key is None:
                if _written(self.path):
                    aside = self._keep_aside()
                    self.told = f"The key of your conversations is lost. They are kept, locked, as {aside}."
                key = self.key.make()
            try:
                return self._connect(key, thoroughly)
            except sqlcipher3.DatabaseError as error:
                if not is_damage(error):
                    raise
            self._recover(key)
            return self._connect(key, thoroughly=False)

    def _recover(self, key: str) -> None:
        """Keep the damaged file aside, and put one with all that can still be read of it in its place.

        Killed in the middle, the next `open` does the same again, or the last step of it.
        """
        recovered = self._recovered
        recovered.path.unlink(missing_ok=True)
        new = recovered._connect(key, thoroughly=False)
        try:
            turns = Salvage(lambda: _unlocked(self.path, key, read_only=True)).into(new)
            new.execute("PRAGMA journal_mode = DELETE")
        finally:
            new.close()
        aside = self._keep_aside()
        self._end_recovery()
        begun = f"the {turns} turns that can be read of it are here" if turns else "nothing of it can be read"
        self.told = (
            f"The file of your conversations is damaged, or its key is another's. It is kept as {aside}; {begun}."
        )

    @property
    def _recovered(self) -> DiaryFile:
        """A new file in the making; it has no key beside it."""
        return DiaryFile(self.path.with_name(f"{self.path.stem}-recovered.db"), self._keyring)

    def _end_recovery(self) -> None:
        recovered = self._recovered.path
        if recovered.exists() and not self.path.exists():
            recovered.replace(self.path)

    @property
    def inode(self) -> int:
        """Which file stands at the path: -1 if none. It changes when the other process keeps a damaged one aside."""
        try:
            return self.path.stat().st_ino
        except FileNotFoundError:
            return -1

    def size_bytes(self) -> int:
        """Of everything that holds what was said."""
        total = 0
        for path in {*self._parts(), *self.path.parent.glob(f"{self.path.stem}-*.db*")}:
            with suppress(FileNotFoundError):
                total += path.stat().st_size
        return total

    def remove(self) -> None:
        """Delete it; the key stays."""
        with self._alone():
            for path in self._parts():
                path.unlink(missing_ok=True)

    def forget_copies(self) -> None:
        """Delete the copies made before migrations."""
        self._delete_beside("before")

    def forget_damaged(self) -> None:
        """Delete the damaged files that were kept aside."""
        self._delete_beside("damaged")

    def _parts(self) -> list[Path]:
        return [Path(f"{self.path}{suffix}") for suffix in _PARTS]

    def _delete_beside(self, kind: str) -> None:
        for path in self.path.parent.glob(f"{self.path.stem}-{kind}-*"):
            path.unlink(missing_ok=True)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """One process at a time opens, so that only one makes the key, the tables, or room for a new file."""
        self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with filelock.FileLock(self.path.with_suffix(".lock"), timeout=5 * BUSY_S):
            yield

    def _connect(self, key: str, thoroughly: bool) -> Any:
        self.path.touch(mode=0o600)
        connection = _unlocked(self.path, key)
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = NORMAL")
            connection.execute("PRAGMA secure_delete = ON")
            if thoroughly:
                _look_at_every_page(connection)
            migrate(connection, lambda version: self._copy(connection, key, version))
        except BaseException:
            connection.close()
            raise
        return connection

    def _copy(self, connection: Any, key: str, version: int) -> None:
        self.forget_copies()
        copy = self.path.with_name(f"{self.path.stem}-before-{version + 1}.db")
        copy.touch(mode=0o600)
        target = _unlocked(copy, key)
        try:
            connection.backup(target)
        finally:
            target.close()

    def _keep_aside(self) -> Path:
        """Returns where it is now."""
        stamp = f"{datetime.now():%Y-%m-%d-%H%M%S}"
        aside = self.path.with_name(f"{self.path.stem}-damaged-{stamp}.db")
        for suffix in _PARTS:
            with suppress(FileNotFoundError):
                Path(f"{self.path}{suffix}").replace(f"{aside}{suffix}")
        return aside


def is_damage(error: sqlcipher3.DatabaseError) -> bool:
    return _code(error) & 0xFF in _DAMAGED


def takes_no_more(error: sqlcipher3.DatabaseError) -> bool:
    """Whether the disk is full, or fails."""
    return _code(error) & 0xFF in _TAKES_NO_MORE


@contextmanager
def in_plain_words(path: Path) -> Iterator[None]:
    """What disk and database say, as a CompanionError."""
    try:
        yield
    except filelock.Timeout as error:
        raise CompanionError(
            f"Another program holds the file of your conversations, {path}.", "Close it, and start again."
        ) from error
    except sqlcipher3.DatabaseError as error:
        raise _explained(error, path) from error
    except OSError as error:
        raise CompanionError(
            f"Your conversations cannot be kept in {path.parent} ({error.strerror or error}).",
            "Make that folder one that you may write to, with room on its disk.",
        ) from error


def _explained(error: sqlcipher3.DatabaseError, path: Path) -> CompanionError:
    if is_damage(error):
        return CompanionError(f"The file of your conversations, {path}, is damaged.", "Move it away, and start again.")
    match _code(error) & 0xFF:
        case 5 | 6:
            return CompanionError(
                f"Another program holds the file of your conversations, {path}.", "Close it, or try again in a moment."
            )
        case 13:
            return CompanionError(
                "The disk is full: your conversations cannot be written.", f"Make room on the disk of {path.parent}."
            )
        case 8 | 14 | 23:
            return CompanionError(
                f"The file of your conversations, {path}, cannot be written.",
                "Make it and its folder yours to write to.",
            )
    return CompanionError(
        f"The disk does not take your conversations: {error}.", f"Look after the disk of {path.parent}: is it full?"
    )


def _code(error: sqlcipher3.DatabaseError) -> int:
    """SQLite's own number of the fault: https://www.sqlite.org/rescode.html. 0 if it has none."""
    return int(getattr(error, "sqlite_errorcode", 0))


def _written(path: Path) -> bool:
    return path.is_file() and path.stat().st_size > 0


def _unlocked(path: Path, key: str, read_only: bool = False) -> Any:
    place = f"{path.absolute().as_uri()}?mode=ro" if read_only else path
    connection = sqlcipher3.connect(place, timeout=BUSY_S, isolation_level=None, check_same_thread=False, uri=read_only)
    connection.execute("PRAGMA cipher_log_level = NONE")
    connection.execute(f"PRAGMA key = \"x'{key}'\"")
    if read_only:
        # Else SQLite reads nothing at all of a file that is shorter than it should be.
        connection.execute("PRAGMA writable_schema = ON")
    return connection


def _look_at_every_page(connection: Any) -> None:
    """Raises DatabaseError for the first damage."""
    faults = connection.execute("PRAGMA cipher_integrity_check").fetchall()
    faults = faults or [row for row in connection.execute("PRAGMA integrity_check") if row[0] != "ok"]
    if faults:
        damage = sqlcipher3.DatabaseError(faults[0][0])
        damage.sqlite_errorcode = min(_DAMAGED)
        raise damage
