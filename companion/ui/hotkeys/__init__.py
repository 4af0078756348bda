"""Keys that reach her while another program has the keyboard: one held to talk, one that opens or closes her ears."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping

from PySide6.QtCore import QObject, Signal

from companion.ui.hotkeys.chords import Chord, Use, chord
from companion.ui.hotkeys.source import KeySource


class Hotkeys(QObject):
    """The two keys, by whatever means this desktop has: X11, the portal of Wayland, or pynput elsewhere."""

    pressed = Signal()
    """The key to talk went down. Never repeated while it is held."""
    released = Signal()
    toggled = Signal()
    note_changed = Signal(str)
    """What `note` is now: the desktop may be asked, and answer later."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._source: KeySource | None = None
        self._held = False
        self._mistakes = ""
        self._told = ""

    @property
    def note(self) -> str:
        """What does not work here and why, in a sentence or two; empty if all that was asked for works."""
        return " ".join(filter(None, (self._mistakes, self._source.note if self._source else "")))

    def set_keys(self, push_to_talk: str, toggle: str) -> None:
        """Watch these keys, in Qt's portable text such as "Ctrl+Alt+Space"; an empty text is no key."""
        wanted: dict[Use, Chord] = {}
        mistakes = []
        asked: tuple[tuple[Use, str], ...] = (("push_to_talk", push_to_talk.strip()), ("toggle", toggle.strip()))
        for use, text in asked:
            found = chord(text)
            if found is None or found.would_be_typed or found in wanted.values():
                mistakes.append(self._mistake(text, found))
            else:
                wanted[use] = found
        self._mistakes = " ".join(filter(None, mistakes))
        self._watch(wanted)

    def close(self) -> None:
        """Give the keys back to other programs."""
        self._let_go()
        if self._source:
            self._source.close()
            self._source.deleteLater()
            self._source = None

    def _mistake(self, text: str, found: Chord | None) -> str:
        if not text:
            return ""
        if found is None:
            sentence = self.tr("{keys} cannot be used from other programs; choose other keys.")
        elif found.would_be_typed:
            sentence = self.tr("{keys} is needed for typing; add Ctrl, Alt or Meta to it.")
        else:
            sentence = self.tr("{keys} is chosen for both; choose other keys for one of them.")
        return sentence.format(keys=text)

    def _watch(self, wanted: Mapping[Use, Chord]) -> None:
        self._let_go()
        if not wanted:
            self.close()
        else:
            self._source = self._source or self._opened_source()
            self._source.watch(wanted)
        self._tell()

    def _opened_source(self) -> KeySource:
        source = _source_of_this_desktop(self)
        source.down.connect(self._press)
        source.up.connect(self._release)
        source.note_changed.connect(self._tell)
        return source

    def _press(self, use: str) -> None:
        if use == "toggle":
            self.toggled.emit()
        elif not self._held:
            self._held = True
            self.pressed.emit()

    def _release(self, use: str) -> None:
        if use == "push_to_talk":
            self._let_go()

    def _let_go(self) -> None:
        """Nobody may be left talking by a key that is no longer watched."""
        if self._held:
            self._held = False
            self.released.emit()

    def _tell(self) -> None:
        if self._told != self.note:
            self._told = self.note
            self.note_changed.emit(self._told)


def _source_of_this_desktop(parent: QObject) -> KeySource:
    if sys.platform != "linux":
        from companion.ui.hotkeys.system import SystemKeys

        return SystemKeys(parent)
    if os.environ.get("WAYLAND_DISPLAY"):
        # X11's grabs work under Wayland only while a window of X11 has the keyboard.
        from companion.ui.hotkeys.portal import PortalKeys

        return PortalKeys(parent)
    from companion.ui.hotkeys.x11 import X11Keys

    return X11Keys(parent)
