"""What every way of hearing keys has in common."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QObject, Signal

from companion.ui.hotkeys.chords import Chord, Use


class KeySource(QObject):
    """Tells of chosen keys, whichever program has the keyboard, and of no others."""

    down = Signal(str)
    """The use of a key that went down; not repeated while it is held."""
    up = Signal(str)
    note_changed = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._note = ""

    @property
    def note(self) -> str:
        """What does not work and why; empty if all works."""
        return self._note

    def watch(self, chords: Mapping[Use, Chord]) -> None:
        """Watch these and let go of what was watched before."""
        raise NotImplementedError

    def close(self) -> None:
        """Watch nothing any more."""
        raise NotImplementedError

    def _say(self, note: str) -> None:
        if note != self._note:
            self._note = note
            self.note_changed.emit(note)
