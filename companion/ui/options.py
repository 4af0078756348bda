"""How the window was started."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Options:
    """What the command line gave."""

    program: tuple[str, ...]
    """What `companion` is here: the start of every command that is run beside the window, with its settings file."""
    settings_file: Path
    hidden: bool = False
    """Into the tray, without a window."""
    events: Path | None = None
    """Where events are written, one JSON object a line."""
    window_log: Path | None = None
    """Where the window writes what it measures of itself."""
