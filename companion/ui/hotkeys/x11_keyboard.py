"""What python-xlib does not tell of a keyboard: which modifier is where, and how a held key repeats."""

from __future__ import annotations

from typing import ClassVar

from Xlib import X
from Xlib.display import Display
from Xlib.protocol import rq
from Xlib.protocol.event import MappingNotify

from companion.ui.hotkeys.chords import Chord

Grab = tuple[int, int]
"""Key code and the mask of modifiers."""

_ALT_L, _SUPER_L, _NUM_LOCK = 0xFFE9, 0xFFEB, 0xFF7F
_XKB = "XKEYBOARD"
_CORE_KEYBOARD = 0x100
_DETECTABLE_AUTO_REPEAT = 1
_NEW_KEYBOARD, _NEW_MAP = 1, 2
_ALL_OF_MAP = 0xFF


class Keyboard:
    """The keyboard as it is mapped now."""

    def __init__(self, display: Display) -> None:
        self._display = display
        self._modifiers = display.get_modifier_mapping()
        self._alt = self._mask_of(_ALT_L) or X.Mod1Mask
        self._meta = self._mask_of(_SUPER_L) or X.Mod4Mask
        self._num_lock = self._mask_of(_NUM_LOCK)

    @property
    def ordinary(self) -> int:
        """Mask of the modifiers that a person holds; locks are not among them."""
        return int(X.ControlMask | X.ShiftMask | self._alt | self._meta)

    def grabs(self, chord: Chord) -> list[Grab]:
        """Every key of this keyboard that `chord` means; none if it has no such key."""
        held = (
            (X.ControlMask, chord.ctrl),
            (self._alt, chord.alt),
            (X.ShiftMask, chord.shift),
            (self._meta, chord.meta),
        )
        mask = sum(bit for bit, down in held if down)
        codes = {code for code, _ in self._display.keysym_to_keycodes(chord.keysym)}
        return [(code, mask) for code in sorted(codes)]

    def with_locks(self, mask: int) -> set[int]:
        """`mask` as it is with each lock on or off: to X11 these are four different chords."""
        return {mask | caps | num for caps in (0, X.LockMask) for num in (0, self._num_lock)}

    def _mask_of(self, keysym: int) -> int:
        codes = {code for code, _ in self._display.keysym_to_keycodes(keysym)}
        return next((1 << index for index, keys in enumerate(self._modifiers) if codes & set(keys)), 0)


class _UseExtension(rq.ReplyRequest):  # type: ignore[misc]
    """XkbUseExtension of the X Keyboard Extension's protocol, 1.0."""

    _request: ClassVar = rq.Struct(
        rq.Card8("opcode"), rq.Opcode(0), rq.RequestLength(), rq.Card16("major"), rq.Card16("minor")
    )
    _reply: ClassVar = rq.Struct(
        rq.ReplyCode(), rq.Bool("supported"), rq.Card16("sequence_number"), rq.ReplyLength(), rq.Pad(24)
    )


class _PerClientFlags(rq.ReplyRequest):  # type: ignore[misc]
    """XkbPerClientFlags."""

    _request: ClassVar = rq.Struct(
        rq.Card8("opcode"),
        rq.Opcode(21),
        rq.RequestLength(),
        rq.Card16("device"),
        rq.Pad(2),
        rq.Card32("change"),
        rq.Card32("value"),
        rq.Card32("controls_to_change"),
        rq.Card32("auto_controls"),
        rq.Card32("auto_values"),
    )
    _reply: ClassVar = rq.Struct(
        rq.ReplyCode(),
        rq.Card8("device"),
        rq.Card16("sequence_number"),
        rq.ReplyLength(),
        rq.Card32("supported"),
        rq.Card32("value"),
        rq.Pad(16),
    )


class _SelectEvents(rq.Request):  # type: ignore[misc]
    """XkbSelectEvents, as long as all events of a kind are wanted."""

    _request: ClassVar = rq.Struct(
        rq.Card8("opcode"),
        rq.Opcode(1),
        rq.RequestLength(),
        rq.Card16("device"),
        rq.Card16("affect"),
        rq.Card16("clear"),
        rq.Card16("select_all"),
        rq.Card16("affect_map"),
        rq.Card16("map"),
    )


def speak_xkb(display: Display) -> int:
    """Ask that a held key repeat as press, press, release, and no longer as press, release, press, release.

    Returns the type of the event that tells of a changed layout: servers send the core's to no client that speaks XKB.
    Without the extension a held key is heard as pressed again and again.
    """
    extension = display.query_extension(_XKB)
    if extension is None or not extension.present:
        return int(X.MappingNotify)
    opcode = extension.major_opcode
    if not _UseExtension(display=display.display, opcode=opcode, major=1, minor=0).supported:
        return int(X.MappingNotify)
    _PerClientFlags(
        display=display.display,
        opcode=opcode,
        device=_CORE_KEYBOARD,
        change=_DETECTABLE_AUTO_REPEAT,
        value=_DETECTABLE_AUTO_REPEAT,
        controls_to_change=0,
        auto_controls=0,
        auto_values=0,
    )
    _SelectEvents(
        display=display.display,
        opcode=opcode,
        device=_CORE_KEYBOARD,
        affect=_NEW_KEYBOARD | _NEW_MAP,
        clear=0,
        select_all=_NEW_KEYBOARD | _NEW_MAP,
        affect_map=_ALL_OF_MAP,
        map=_ALL_OF_MAP,
    )
    return int(extension.first_event)


def read_layout_again(display: Display) -> None:
    """Forget where the keys were: python-xlib learns it from the core's event alone."""
    first, last = display.display.info.min_keycode, display.display.info.max_keycode
    all_of_it = MappingNotify(
        display=display.display,
        sequence_number=0,
        request=X.MappingKeyboard,
        first_keycode=first,
        count=last - first + 1,
    )
    display.refresh_keyboard_mapping(all_of_it)
