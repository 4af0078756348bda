"""What she remembers, as the window opens it: beside itself, as a keyring may take long to answer."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Generic, Protocol, TypeVar

from companion.core.diary import Diary
from companion.core.errors import CompanionError
from companion.core.facts import Fact, Facts
from companion.core.settings import Settings


class _Closable(Protocol):
    def close(self) -> None: ...


Opened = TypeVar("Opened", bound=_Closable)


@dataclass(frozen=True, slots=True)
class Files:
    """What the window is given to read and write with. To open blocks, and raises CompanionError."""

    open_diary: Callable[[Settings], Diary]
    open_facts: Callable[[Settings], Facts]
    as_written: Callable[[str, datetime], Fact]
    """What a person writes down at a time, as a fact that is not kept yet."""
    clear_agenda: Callable[[], None] = lambda: None
    """Deletes all reminders and notes."""


class OpenedSoon(Generic[Opened]):
    """One of the files, of the persona in use."""

    def __init__(
        self, open_: Callable[[Settings], Opened], settings: Callable[[], Settings], file: Callable[[], Path]
    ) -> None:
        """`file` tells by which file the persona in use is remembered."""
        self._open = open_
        self._settings = settings
        self._file_in_use = file
        self._opened: Future[Opened] | None = None
        self._file = Path()

    @property
    def is_of_another(self) -> bool:
        """Whether what was opened last is not of the persona in use."""
        return self._file != self._file_in_use()

    def begin(self) -> None:
        """Open it, if it is not open; what is open of another is closed."""
        if self._opened is None or self.is_of_another:
            self.close()
            opener = ThreadPoolExecutor(1, "open what is kept")
            self._file = self._file_in_use()
            self._opened = opener.submit(self._open, self._settings())
            opener.shutdown(wait=False)

    def get(self) -> Opened:
        """Wait for it. Raises CompanionError."""
        self.begin()
        assert self._opened is not None
        try:
            return self._opened.result()
        except CompanionError:
            self._opened = None  # to be tried anew
            raise

    def close(self) -> None:
        if self._opened:
            self._opened.add_done_callback(_close)
        self._opened = None


def mark_of(file: Path) -> tuple[int, ...]:
    """Changes whenever another process writes to the database in `file`."""
    marks: list[int] = []
    for written in (file, file.with_name(f"{file.name}-wal")):
        with suppress(OSError):
            found = written.stat()
            marks += (found.st_mtime_ns, found.st_size)
    return tuple(marks)


def _close(opened: Future[Opened]) -> None:
    with suppress(CompanionError):
        opened.result().close()
