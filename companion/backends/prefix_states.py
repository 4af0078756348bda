"""What the embedded language model has read once, kept on disk: a persona is read at its first start only.

A state holds what stands before every conversation, and nothing that was ever said in one.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
from collections.abc import Sequence
from contextlib import suppress
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from companion.core.engines import Message

log = logging.getLogger(__name__)

KEPT_STATES = 6
"""Personas times models that a person goes back and forth between; each state takes some 20 MB."""
SUFFIX = ".state"


class PrefixStates:
    """A folder of states, each under a name that changes with all that it depends on."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def prepare(self) -> Path | None:
        """The folder, made if need be, for its owner's eyes alone; None if it cannot be had."""
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            log.info("The folder for what the language model has read cannot be made (%s).", error.strerror)
            return None
        return self._folder

    def name(self, model: Path, context_tokens: int, messages: Sequence[Message]) -> str:
        """The file name for `messages` as read by `model`."""
        stat = model.stat()
        parts = [model.name, stat.st_size, stat.st_mtime_ns, context_tokens, _engine_version()]
        parts += [[message.role, message.text] for message in messages]
        return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:32] + SUFFIX

    def has(self, name: str) -> bool:
        return (self._folder / name).is_file()

    def drop(self, name: str) -> None:
        """Delete a state; one that is not there is nothing."""
        with suppress(OSError):
            (self._folder / name).unlink()

    def note_use(self, name: str) -> None:
        """`name` was read or written just now: those that were not for the longest time give way."""
        with suppress(OSError):
            (self._folder / name).chmod(0o600)
            os.utime(self._folder / name)
            by_age = sorted(self._folder.glob(f"*{SUFFIX}"), key=lambda file: file.stat().st_mtime_ns)
            for file in by_age[:-KEPT_STATES]:
                file.unlink()


def _engine_version() -> str:
    try:
        return version("xllamacpp")
    except PackageNotFoundError:  # in a bundle without metadata
        return ""
