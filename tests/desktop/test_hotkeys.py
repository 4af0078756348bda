"""Keys of the whole desktop, on a real X server, pressed by xdotool as by hand."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator

import pytest
from pytestqt.qtbot import QtBot

pytest.importorskip("Xlib")
if not (sys.platform == "linux" and shutil.which("Xvfb") and shutil.which("xdotool")):
    pytest.skip("needs Xvfb and xdotool", allow_module_level=True)

from Xlib import X
from Xlib.display import Display

from companion.ui.hotkeys import Hotkeys

XdoTool = Callable[..., None]


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """The name of a display of our own."""
    reading, writing = os.pipe()
    process = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writing), "-screen", "0", "800x600x24", "-nolisten", "tcp", "-noreset"],
        pass_fds=[writing],
        stderr=subprocess.DEVNULL,
    )
    os.close(writing)
    with os.fdopen(reading) as number:
        name = f":{number.readline().strip()}"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DISPLAY", name)
        patch.delenv("WAYLAND_DISPLAY", raising=False)
        subprocess.run(["setxkbmap", "us"], check=False)
        yield name
    process.terminate()
    process.wait()


@pytest.fixture
def xdotool(server: str) -> XdoTool:
    def run(*arguments: str) -> None:
        subprocess.run(["xdotool", *arguments], check=True, env={**os.environ, "DISPLAY": server})

    return run


class Heard(list[str]):
    """What the keys told, in order."""

    def __init__(self, keys: Hotkeys) -> None:
        super().__init__()
        keys.pressed.connect(lambda: self.append("pressed"))
        keys.released.connect(lambda: self.append("released"))
        keys.toggled.connect(lambda: self.append("toggled"))


@pytest.fixture
def keys(qtbot: QtBot, server: str) -> Iterator[Hotkeys]:
    keys = Hotkeys()
    yield keys
    keys.close()


def reached(qtbot: QtBot, heard: Heard, *expected: str) -> None:
    qtbot.waitUntil(lambda: heard == list(expected), timeout=5000)


def test_a_key_held_is_pressed_once_and_released_once(qtbot: QtBot, keys: Hotkeys, xdotool: XdoTool) -> None:
    heard = Heard(keys)
    keys.set_keys("Ctrl+Alt+Space", "Ctrl+Alt+M")
    assert keys.note == ""
    xdotool("keydown", "ctrl", "keydown", "alt", "keydown", "space")
    reached(qtbot, heard, "pressed")
    qtbot.wait(1000)  # longer than it takes a held key to repeat
    assert heard == ["pressed"]
    xdotool("keyup", "ctrl", "keyup", "alt")
    xdotool("keyup", "space")
    reached(qtbot, heard, "pressed", "released")
    xdotool("key", "ctrl+alt+m")
    reached(qtbot, heard, "pressed", "released", "toggled")


def test_a_held_toggle_toggles_once(qtbot: QtBot, keys: Hotkeys, xdotool: XdoTool) -> None:
    heard = Heard(keys)
    keys.set_keys("", "F9")
    xdotool("keydown", "F9")
    reached(qtbot, heard, "toggled")
    qtbot.wait(1000)
    xdotool("keyup", "F9", "key", "F9")
    reached(qtbot, heard, "toggled", "toggled")


@pytest.mark.parametrize("lock", ["Num_Lock", "Caps_Lock"])
def test_locks_change_nothing(qtbot: QtBot, keys: Hotkeys, xdotool: XdoTool, lock: str) -> None:
    heard = Heard(keys)
    keys.set_keys("Ctrl+Alt+Space", "")
    xdotool("key", lock)
    try:
        xdotool("key", "ctrl+alt+space")
        reached(qtbot, heard, "pressed", "released")
    finally:
        xdotool("key", lock)


def test_other_keys_go_where_they_went(qtbot: QtBot, keys: Hotkeys, server: str, xdotool: XdoTool) -> None:
    """Another program, with the keyboard, gets all that is typed but the chosen keys."""
    heard = Heard(keys)
    keys.set_keys("Ctrl+Alt+Space", "F9")
    other = Display(server)
    window = other.screen().root.create_window(
        0, 0, 100, 100, 0, X.CopyFromParent, event_mask=X.KeyPressMask | X.ExposureMask
    )
    window.map()
    while other.next_event().type != X.Expose:
        pass
    window.set_input_focus(X.RevertToParent, X.CurrentTime)
    other.sync()
    xdotool("key", "a", "key", "F9", "key", "ctrl+space", "key", "b")
    reached(qtbot, heard, "toggled")
    typed: list[str] = []
    while "b" not in typed:
        event = other.next_event()
        typed.append(str(other.lookup_string(other.keycode_to_keysym(event.detail, 0)) or event.detail))
    f9 = str(other.keysym_to_keycode(0xFFC6))
    assert "a" in typed and " " in typed and f9 not in typed
    other.close()


def test_keys_that_another_program_has_are_told(qtbot: QtBot, keys: Hotkeys, server: str, xdotool: XdoTool) -> None:
    other = Display(server)
    root = other.screen().root
    root.grab_key(other.keysym_to_keycode(0x20), X.ControlMask, False, X.GrabModeAsync, X.GrabModeAsync)
    other.sync()
    heard = Heard(keys)
    keys.set_keys("Ctrl+Space", "F9")
    assert keys.note == "Ctrl+Space is taken by another program; choose other keys."
    xdotool("key", "F9")
    reached(qtbot, heard, "toggled")
    other.close()
    keys.set_keys("F10", "F9")
    assert keys.note == ""


def test_new_keys_replace_the_old_and_end_what_was_held(qtbot: QtBot, keys: Hotkeys, xdotool: XdoTool) -> None:
    heard = Heard(keys)
    keys.set_keys("F9", "")
    xdotool("keydown", "F9")
    reached(qtbot, heard, "pressed")
    keys.set_keys("F10", "")
    assert heard == ["pressed", "released"]
    xdotool("keyup", "F9", "key", "F9", "key", "F10")
    reached(qtbot, heard, "pressed", "released", "pressed", "released")
    heard.clear()
    keys.close()
    second = Hotkeys()
    heard = Heard(second)
    second.set_keys("F10", "")
    assert second.note == "", "closing gives the keys back"
    xdotool("key", "F10")
    reached(qtbot, heard, "pressed", "released")
    second.close()


def test_a_key_that_moves_on_the_keyboard_is_followed(
    qtbot: QtBot, keys: Hotkeys, server: str, xdotool: XdoTool
) -> None:
    heard = Heard(keys)
    keys.set_keys("", "F9")
    other = Display(server)
    f9, spare = other.keysym_to_keycode(0xFFC6), other.keysym_to_keycode(0xFF14)
    before = {code: other.get_keyboard_mapping(code, 1) for code in (f9, spare)}
    other.change_keyboard_mapping(spare, before[f9])
    other.change_keyboard_mapping(f9, before[spare])
    other.sync()
    try:
        qtbot.wait(200)
        other.xtest_fake_input(X.KeyPress, spare)
        other.xtest_fake_input(X.KeyRelease, spare)
        other.sync()
        reached(qtbot, heard, "toggled")
    finally:
        for code, mapping in before.items():
            other.change_keyboard_mapping(code, mapping)
        other.sync()
        other.close()


def test_where_the_server_lets_nobody_in(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISPLAY", ":40123")
    keys = Hotkeys()
    keys.set_keys("F9", "")
    assert "does not let us connect" in keys.note
    keys.close()
