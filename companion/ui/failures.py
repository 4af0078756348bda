"""Failures of our own in the window: into the log, by kind and place, without the words that they may hold."""

from __future__ import annotations

import logging
import sys
import traceback
from pathlib import Path
from types import TracebackType

log = logging.getLogger(__name__)


def log_failures() -> None:
    """From now on; they are still shown on standard error too."""
    shown = sys.excepthook

    def note(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        places = [f"{Path(frame.filename).name}:{frame.lineno}" for frame in traceback.extract_tb(trace)[-3:]]
        log.error("the window failed: %s at %s", kind.__name__, " < ".join(reversed(places)))
        shown(kind, error, trace)

    sys.excepthook = note
