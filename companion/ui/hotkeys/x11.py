"""Keys on X11: grabbed by number, so that the server sends us these and no others.

A connection of its own, watched by Qt's loop, so no thread. While a grabbed key is held, X11 gives us the whole
keyboard; what else is pressed then is dropped unlooked at.
"""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QObject, QSocketNotifier, QTimer
from Xlib import X, error
from Xlib.display import Display

from companion.ui.hotkeys.chords import Chord, Use
from companion.ui.hotkeys.source import KeySource
from companion.ui.hotkeys.x11_keyboard import Grab, Keyboard, read_layout_again, speak_xkb


class X11Keys(KeySource):
    """Grabs on the root window."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._chords: dict[Use, Chord] = {}
        self._grabs: dict[Grab, Use] = {}
        self._ordinary = 0
        self._down: tuple[int, Use] | None = None
        """Code and use of the key that is held."""
        self._display: Display | None = None
        try:
            self._display = Display()
        except (error.DisplayError, error.ConnectionClosedError, error.XauthError, OSError):
            self._say(self.tr("Keys cannot be watched from other programs: the X server does not let us connect."))
            return
        self._layout_changed = speak_xkb(self._display)
        self._notifier = QSocketNotifier(self._display.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._read)

    def watch(self, chords: Mapping[Use, Chord]) -> None:
        self._down = None
        self._chords = dict(chords)
        if self._display:
            self._grab_all(self._display)

    def close(self) -> None:
        if self._display:
            self._notifier.setEnabled(False)
            self._display.close()  # which lets go of all that was grabbed
            self._display = None

    def _grab_all(self, display: Display) -> None:
        keyboard = Keyboard(display)
        self._ordinary = keyboard.ordinary
        for grab in self._grabs:
            _ungrab(display, keyboard, grab)
        self._grabs = {}
        troubles = []
        for use, chord in self._chords.items():
            grabs = keyboard.grabs(chord)
            granted = [grab for grab in grabs if _grab(display, keyboard, grab)]
            self._grabs |= dict.fromkeys(granted, use)
            if not grabs:
                troubles.append(self.tr("{keys} is not on this keyboard; choose other keys."))
            elif len(granted) < len(grabs):
                troubles.append(self.tr("{keys} is taken by another program; choose other keys."))
            else:
                continue
            troubles[-1] = troubles[-1].format(keys=chord.text)
        self._say(" ".join(troubles))
        QTimer.singleShot(0, self, self._read)  # what came with the answers does not wake the notifier

    def _read(self) -> None:
        try:
            while self._display and self._display.pending_events():
                event = self._display.next_event()
                if event.type == X.KeyPress:
                    self._press(event.detail, event.state)
                elif event.type == X.KeyRelease:
                    self._release(event.detail)
                elif event.type == self._layout_changed:
                    self._find_again(self._display)
        except (error.ConnectionClosedError, OSError):
            self.close()

    def _press(self, code: int, state: int) -> None:
        use = self._grabs.get((code, state & self._ordinary))
        if use and not self._down:
            self._down = code, use
            self.down.emit(use)

    def _release(self, code: int) -> None:
        if self._down and self._down[0] == code:
            use = self._down[1]
            self._down = None
            self.up.emit(use)

    def _find_again(self, display: Display) -> None:
        """The layout changed: the keys may be elsewhere. Some programs change it for each key that they send."""
        read_layout_again(display)
        keyboard = Keyboard(display)
        if {grab for chord in self._chords.values() for grab in keyboard.grabs(chord)} != set(self._grabs):
            self._grab_all(display)


def _grab(display: Display, keyboard: Keyboard, grab: Grab) -> bool:
    """Whether the server gives us that key; it does not give what another program has."""
    code, mask = grab
    refused = error.CatchError(error.BadAccess)
    for variant in keyboard.with_locks(mask):
        display.screen().root.grab_key(code, variant, False, X.GrabModeAsync, X.GrabModeAsync, onerror=refused)
    display.sync()
    if refused.get_error():
        _ungrab(display, keyboard, grab)
        return False
    return True


def _ungrab(display: Display, keyboard: Keyboard, grab: Grab) -> None:
    code, mask = grab
    for variant in keyboard.with_locks(mask):
        display.screen().root.ungrab_key(code, variant)
    display.sync()
