"""Failures of our own in the window go into the log, which withholds the words that they may hold."""

from __future__ import annotations

import logging
import sys
from types import TracebackType

log = logging.getLogger(__name__)


def log_failures() -> None:
    """From now on; they are still shown on standard error too."""
    shown = sys.excepthook

    def note(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        log.error("the window failed", exc_info=(kind, error, trace))
        shown(kind, error, trace)

    sys.excepthook = note
