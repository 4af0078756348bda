"""Keys on Windows and macOS, heard by pynput in a thread of its own.

These systems show a listener every key; all but the chosen are forgotten at once.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QObject

from companion.ui.hotkeys.chords import Chord, Use
from companion.ui.hotkeys.source import KeySource

_ON_MAC = sys.platform == "darwin"
_NAMES = {"PageUp": "page_up", "PageDown": "page_down", "Escape": "esc", "Return": "enter", "Print": "print_screen"}
"""Where pynput's name of a key is not Qt's in small letters."""
_NAMES |= {"ScrollLock": "scroll_lock", "MediaPlay": "media_play_pause", "MediaTogglePlayPause": "media_play_pause"}
_NAMES |= {"MediaNext": "media_next", "MediaPrevious": "media_previous", "VolumeMute": "media_volume_mute"}


class SystemKeys(KeySource):
    """Signals leave the listener's thread through Qt's queue."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._wanted: dict[Use, tuple[Any, frozenset[Any]]] = {}
        """The key and its modifiers, as pynput has them."""
        self._held: set[Any] = set()
        """Modifiers that are down, and chosen keys; no others are remembered."""
        self._down: dict[Any, Use] = {}
        self._listener: Any = None
        try:
            from pynput import keyboard
        except Exception:  # it raises of its own kinds where the system is not what it expects
            self._say(self.tr("Keys cannot be watched from other programs: the library for it cannot be used here."))
            return
        self._keyboard = keyboard

    def watch(self, chords: Mapping[Use, Chord]) -> None:
        if self.note and not self._listener:
            return
        troubles = []
        wanted: dict[Use, tuple[Any, frozenset[Any]]] = {}
        for use, chord in chords.items():
            key = self._key(chord)
            if key is None:
                troubles.append(
                    self.tr("{keys} cannot be watched on this system; choose other keys.").format(keys=chord.text)
                )
            else:
                wanted[use] = key, self._modifiers(chord)
        self._wanted = wanted
        if wanted and self._listener is None:
            self._listener = self._keyboard.Listener(on_press=self._press, on_release=self._release)
            self._listener.start()
        if self._listener and not getattr(self._listener, "IS_TRUSTED", True):
            troubles.append(
                self.tr(
                    "macOS hides the keys: allow Companion under Privacy & Security, Input Monitoring, then restart."
                )
            )
        self._say(" ".join(troubles))

    def close(self) -> None:
        if self._listener:
            self._listener.stop()
            self._listener = None
        self._wanted = {}

    def _press(self, key: Any) -> None:
        """In the listener's thread, again and again while the key is held."""
        key = self._listener.canonical(key) if self._listener else None
        if key in self._all_modifiers():
            self._held.add(key)
        for use, (wanted, modifiers) in self._wanted.items():
            if key == wanted and modifiers == self._held and key not in self._down:
                self._down[key] = use
                self.down.emit(use)

    def _release(self, key: Any) -> None:
        key = self._listener.canonical(key) if self._listener else None
        self._held.discard(key)
        use = self._down.pop(key, None)
        if use:
            self.up.emit(use)

    def _key(self, chord: Chord) -> Any:
        if chord.character and chord.character != " ":
            return self._keyboard.KeyCode.from_char(chord.character)
        name = chord.key.name.removeprefix("Key_")
        return getattr(self._keyboard.Key, _NAMES.get(name, name.lower()), None)

    def _modifiers(self, chord: Chord) -> frozenset[Any]:
        ctrl, alt, shift, meta = self._all_modifiers()
        held = ((ctrl, chord.ctrl), (alt, chord.alt), (shift, chord.shift), (meta, chord.meta))
        return frozenset(key for key, down in held if down)

    def _all_modifiers(self) -> tuple[Any, Any, Any, Any]:
        """Ctrl, Alt, Shift and Meta in Qt's sense: on a Mac its Ctrl is the command key."""
        keys = self._keyboard.Key
        ctrl, meta = (keys.cmd, keys.ctrl) if _ON_MAC else (keys.ctrl, keys.cmd)
        return ctrl, keys.alt, keys.shift, meta
