"""Keys as Qt writes them, and as X11 and the portal name them."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from companion.ui.hotkeys import Hotkeys
from companion.ui.hotkeys.chords import chord


@pytest.mark.parametrize(
    ("text", "keysym", "trigger"),
    [
        ("Ctrl+Alt+Space", 0x20, "CTRL+ALT+space"),
        ("Meta+A", ord("a"), "LOGO+a"),
        ("Ctrl+Shift+1", ord("1"), "CTRL+SHIFT+1"),
        ("F9", 0xFFC6, "F9"),
        ("Shift+F24", 0xFFD5, "SHIFT+F24"),
        ("Pause", 0xFF13, "Pause"),
        ("Ctrl+PgUp", 0xFF55, "CTRL+Page_Up"),
        ("Media Play", 0x1008FF14, "XF86AudioPlay"),
        ("Ctrl+.", ord("."), "CTRL+period"),
        ("Ctrl+Ä", 0xE4, "CTRL+ä"),
        ("Ctrl+Ж", 0x01000436, "CTRL+ж"),
    ],
)
def test_names_and_numbers(text: str, keysym: int, trigger: str) -> None:
    found = chord(text)
    assert found is not None
    assert (found.keysym, found.trigger) == (keysym, trigger)


@pytest.mark.parametrize("text", ["", "nonsense", "Ctrl+K, Ctrl+C", "Ctrl", "Num+5", "Launch Mail"])
def test_what_cannot_be_one_key(text: str) -> None:
    assert chord(text) is None


@pytest.mark.parametrize(
    ("push_to_talk", "toggle", "expected"),
    [
        ("nonsense", "", "nonsense cannot be used from other programs"),
        ("A", "", "A is needed for typing; add Ctrl, Alt or Meta"),
        ("F9", " F9 ", "F9 is chosen for both"),
        ("Shift+Space", "", "Shift+Space is needed for typing"),
        ("Ctrl+K, Ctrl+C", "Space", "Ctrl+K, Ctrl+C cannot be used from other programs; choose other keys. Space is"),
    ],
)
def test_keys_that_cannot_be_taken_are_told(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, push_to_talk: str, toggle: str, expected: str
) -> None:
    monkeypatch.setenv("DISPLAY", ":40123")
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    keys = Hotkeys()
    with qtbot.waitSignal(keys.note_changed):
        keys.set_keys(push_to_talk, toggle)
    assert expected in keys.note
    keys.set_keys("", "")
    assert keys.note == ""
    keys.close()
