"""Logging: a file that holds numbers and never words, and a terminal that holds words only with --debug.

`companion` logs through `logging.getLogger(__name__)` with a literal message and its values as arguments
(a test sees to that). So a record above DEBUG can be cleaned: numbers stay, every other value is withheld.
"""

from __future__ import annotations

import logging
import sys
import traceback
from contextlib import suppress
from logging.handlers import RotatingFileHandler
from numbers import Number
from pathlib import Path

from companion.core.paths import logs_folder

OURS = "companion"
VENDORS = ("piper", "httpx", "httpcore", "faster_whisper", "ollama", "asyncio", "urllib3", "pip", "filelock")
"""Loggers that tell of texts or addresses at DEBUG or INFO; the root logger holds all others at WARNING too."""

MAX_FILE_BYTES = 1_000_000
KEPT_FILES = 3
FILE_FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"
TERMINAL_FORMAT = "%(levelname)s %(name)s: %(message)s"

log = logging.getLogger(__name__)


def set_up_logging(debug: bool, file: Path | None = None) -> None:
    """Log to a rotating file (INFO, no words) and to standard error (WARNING; with `debug` all, words included).

    `file`: companion.log in the user's log folder if None. Where it cannot be written, that is a warning and
    nothing more. May be called again: the handlers of the last call are let go.
    """
    root = logging.getLogger()
    for handler in list(root.handlers):
        if isinstance(handler, _TerminalHandler | _FileHandler):
            root.removeHandler(handler)
            handler.let_go()
    root.setLevel(logging.WARNING)
    for name in VENDORS:
        logging.getLogger(name).setLevel(logging.WARNING)
    logging.getLogger(OURS).setLevel(logging.DEBUG if debug else logging.INFO)
    root.addHandler(_TerminalHandler(logging.DEBUG if debug else logging.WARNING))
    path = file or logs_folder() / "companion.log"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        root.addHandler(_FileHandler(path))
    except OSError as error:
        log.warning("No log file is written: error %s of the system. Free some room, or mend the folder.", error.errno)


class WordsWithheld(logging.Filter):
    """Cleans records above DEBUG: numbers stay, other values and the messages of exceptions do not.

    Of our own loggers the message itself is literal and stays. Of vendors', whose messages may hold
    anything, it stays only with `vendors=True`.
    """

    def __init__(self, vendors: bool) -> None:
        super().__init__()
        self._vendors = vendors

    def filter(self, record: logging.LogRecord) -> bool:
        if record.levelno <= logging.DEBUG:
            return True
        ours = record.name == OURS or record.name.startswith(f"{OURS}.")
        if ours:
            _withhold_values(record)
        elif not self._vendors:
            record.msg, record.args = f"(message withheld, of {record.filename}:{record.lineno})", None
        if ours or not self._vendors:
            _withhold_exception(record)
        return True


class _Withheld:
    """Stands for a value that is not a number. A class of its own, so that a second cleaning leaves it alone."""

    def __init__(self, value: object) -> None:
        size = f"{len(value)} characters" if isinstance(value, str) else type(value).__name__
        self._text = f"({size})"

    def __str__(self) -> str:
        return self._text

    __repr__ = __str__


def _withhold_values(record: logging.LogRecord) -> None:
    if isinstance(record.args, tuple):
        record.args = tuple(map(_cleaned, record.args))
    elif record.args:
        record.args = {name: _cleaned(value) for name, value in record.args.items()}


def _cleaned(value: object) -> object:
    return value if value is None or isinstance(value, Number | _Withheld) else _Withheld(value)


def _withhold_exception(record: logging.LogRecord) -> None:
    """Of a traceback keep the kind of the error and the place; its message may quote anything."""
    if record.exc_info and record.exc_info[0] is not None:
        kind, _, trace = record.exc_info
        frames = traceback.extract_tb(trace)
        place = f" at {Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
        record.exc_text = f"{kind.__name__}{place}"
    record.exc_info = record.stack_info = None


class _TerminalHandler(logging.Handler):
    """Writes to whatever standard error is at the moment: the terminal's prompt takes it over for a while."""

    def __init__(self, level: int) -> None:
        super().__init__(level)
        self.setFormatter(logging.Formatter(TERMINAL_FORMAT))
        self.addFilter(WordsWithheld(vendors=True))

    def let_go(self) -> None:
        """Nothing to close: standard error is not ours."""
        self.close()

    def emit(self, record: logging.LogRecord) -> None:
        try:
            sys.stderr.write(self.format(record) + "\n")
        except Exception:
            self.handleError(record)


class _FileHandler(RotatingFileHandler):
    """The log file; gives up quietly when the disk is full."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, maxBytes=MAX_FILE_BYTES, backupCount=KEPT_FILES, encoding="utf-8")
        self.setLevel(logging.INFO)
        self.setFormatter(logging.Formatter(FILE_FORMAT))
        self.addFilter(WordsWithheld(vendors=False))

    def let_go(self) -> None:
        """Close the file; what a full disk did not take is lost."""
        with suppress(OSError):
            self.close()

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - the name that logging calls
        logging.getLogger().removeHandler(self)
        self.let_go()
        log.warning("The log file can be written no more; logging to it ends here.")
