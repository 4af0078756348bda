"""Keys with modifiers, as Qt writes them and as X11 and the desktop's portal name them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, cast

from PySide6.QtCore import QKeyCombination, Qt
from PySide6.QtGui import QKeySequence

Use = Literal["push_to_talk", "toggle"]

_Key = Qt.Key
_MODIFIERS = Qt.KeyboardModifier
_FIRST_NAMED_KEY = 0x01000000
"""Qt numbers keys that write a character by its code point, all others from here on."""
_KEYSYM_OF_F1 = 0xFFBE
_KEYSYM_OF_UNICODE = 0x01000000

_KEYSYMS = {
    _Key.Key_Escape: ("Escape", 0xFF1B),
    _Key.Key_Tab: ("Tab", 0xFF09),
    _Key.Key_Backspace: ("BackSpace", 0xFF08),
    _Key.Key_Return: ("Return", 0xFF0D),
    _Key.Key_Enter: ("KP_Enter", 0xFF8D),
    _Key.Key_Insert: ("Insert", 0xFF63),
    _Key.Key_Delete: ("Delete", 0xFFFF),
    _Key.Key_Pause: ("Pause", 0xFF13),
    _Key.Key_Print: ("Print", 0xFF61),
    _Key.Key_ScrollLock: ("Scroll_Lock", 0xFF14),
    _Key.Key_Menu: ("Menu", 0xFF67),
    _Key.Key_Help: ("Help", 0xFF6A),
    _Key.Key_Home: ("Home", 0xFF50),
    _Key.Key_Left: ("Left", 0xFF51),
    _Key.Key_Up: ("Up", 0xFF52),
    _Key.Key_Right: ("Right", 0xFF53),
    _Key.Key_Down: ("Down", 0xFF54),
    _Key.Key_PageUp: ("Page_Up", 0xFF55),
    _Key.Key_PageDown: ("Page_Down", 0xFF56),
    _Key.Key_End: ("End", 0xFF57),
    _Key.Key_VolumeMute: ("XF86AudioMute", 0x1008FF12),
    _Key.Key_MediaPlay: ("XF86AudioPlay", 0x1008FF14),
    _Key.Key_MediaTogglePlayPause: ("XF86AudioPlay", 0x1008FF14),
    _Key.Key_MediaStop: ("XF86AudioStop", 0x1008FF15),
    _Key.Key_MediaPrevious: ("XF86AudioPrev", 0x1008FF16),
    _Key.Key_MediaNext: ("XF86AudioNext", 0x1008FF17),
    _Key.Key_MicMute: ("XF86AudioMicMute", 0x1008FFB2),
}
"""Name and number in X11 (keysymdef.h, XF86keysym.h)."""
_NAMES = {" ": "space", ",": "comma", ".": "period", "-": "minus", "+": "plus", "/": "slash", ";": "semicolon"}
_NAMES |= {"'": "apostrophe", "`": "grave", "\\": "backslash", "=": "equal", "[": "bracketleft", "]": "bracketright"}


@dataclass(frozen=True, slots=True)
class Chord:
    """One key and the modifiers that go with it; they are Qt's, so on a Mac `ctrl` is the command key."""

    text: str = field(compare=False)
    """As it was chosen, for a person to read."""
    key: Qt.Key
    ctrl: bool
    alt: bool
    shift: bool
    meta: bool

    @property
    def would_be_typed(self) -> bool:
        """Whether these keys write a character: nobody could write it any more."""
        return self.key.value < _FIRST_NAMED_KEY and not (self.ctrl or self.alt or self.meta)

    @property
    def function_key(self) -> int:
        """1 for F1 and so on; 0 if it is another key."""
        number = self.key.value - _Key.Key_F1.value + 1
        return number if 1 <= number <= 35 else 0

    @property
    def character(self) -> str:
        """What the key writes without modifiers; empty if it writes nothing."""
        return chr(self.key.value).lower() if self.key.value < _FIRST_NAMED_KEY else ""

    @property
    def keysym(self) -> int:
        """X11's number of the key."""
        if self.function_key:
            return _KEYSYM_OF_F1 + self.function_key - 1
        if not self.character:
            return _KEYSYMS[self.key][1]
        code = ord(self.character)
        return code if code < 0x100 else _KEYSYM_OF_UNICODE + code

    @property
    def trigger(self) -> str:
        """As the portal of Wayland takes it (the XDG shortcuts specification), such as "CTRL+ALT+space"."""
        if self.function_key:
            name = f"F{self.function_key}"
        elif self.character:
            name = _NAMES.get(self.character, self.character)
        else:
            name = _KEYSYMS[self.key][0]
        held = (("CTRL", self.ctrl), ("ALT", self.alt), ("SHIFT", self.shift), ("LOGO", self.meta))
        return "+".join([*(word for word, down in held if down), name])


def chord(text: str) -> Chord | None:
    """The keys that `text` names in Qt's portable way; None if it names none, several in a row, or unusual ones."""
    sequence = QKeySequence.fromString(text, QKeySequence.SequenceFormat.PortableText)
    if sequence.count() != 1:
        return None
    combination = cast(QKeyCombination, sequence[0])  # type: ignore[index] # PySide's stubs forget it
    key, held = combination.key(), combination.keyboardModifiers()
    found = Chord(
        text,
        key,
        bool(held & _MODIFIERS.ControlModifier),
        bool(held & _MODIFIERS.AltModifier),
        bool(held & _MODIFIERS.ShiftModifier),
        bool(held & _MODIFIERS.MetaModifier),
    )
    usual = found.function_key or key in _KEYSYMS or 0x20 <= key.value < _FIRST_NAMED_KEY
    return found if usual and not held & _MODIFIERS.KeypadModifier else None
