"""Keys on Windows and macOS, with a stand-in for pynput, which is not installed on Linux."""

from __future__ import annotations

import enum
import sys
from collections.abc import Callable
from types import ModuleType

import pytest
from pytestqt.qtbot import QtBot

from companion.ui.hotkeys.chords import chord
from companion.ui.hotkeys.system import SystemKeys


class Key(enum.Enum):
    ctrl, alt, shift, cmd, ctrl_l, space, f9, page_up = range(8)


class KeyCode(str):
    __slots__ = ()

    @classmethod
    def from_char(cls, character: str) -> KeyCode:
        return cls(character)


class Listener:
    """Keys are pressed by hand."""

    latest: Listener

    def __init__(self, on_press: Callable[[object], None], on_release: Callable[[object], None]) -> None:
        self.press, self.release = on_press, on_release
        self.running = False
        Listener.latest = self

    def start(self) -> None:
        self.running = True

    def stop(self) -> None:
        self.running = False

    def canonical(self, key: object) -> object:
        return Key.ctrl if key is Key.ctrl_l else key


@pytest.fixture
def heard(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    return []


@pytest.fixture
def keys(heard: list[str], monkeypatch: pytest.MonkeyPatch) -> SystemKeys:
    pynput, keyboard = ModuleType("pynput"), ModuleType("pynput.keyboard")
    for part in (Key, KeyCode, Listener):
        setattr(keyboard, part.__name__, part)
    pynput.keyboard = keyboard  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "pynput", pynput)
    keys = SystemKeys()
    keys.down.connect(lambda use: heard.append(f"{use} down"))
    keys.up.connect(lambda use: heard.append(f"{use} up"))
    return keys


def test_a_key_held_repeats_nothing_and_ends_in_any_order(keys: SystemKeys, heard: list[str]) -> None:
    talk, toggle = chord("Ctrl+Alt+Space"), chord("F9")
    assert talk and toggle
    keys.watch({"push_to_talk": talk, "toggle": toggle})
    listener = Listener.latest
    for key in (Key.ctrl_l, Key.alt, Key.space, Key.space, Key.space):
        listener.press(key)
    listener.release(Key.ctrl_l)
    listener.release(Key.space)
    listener.release(Key.alt)
    assert heard == ["push_to_talk down", "push_to_talk up"]
    listener.press(Key.f9)
    listener.release(Key.f9)
    assert heard[2:] == ["toggle down", "toggle up"]
    keys.close()
    assert not listener.running


def test_other_keys_and_other_modifiers_are_not_heard(keys: SystemKeys, heard: list[str]) -> None:
    talk = chord("Ctrl+M")
    assert talk
    keys.watch({"push_to_talk": talk})
    listener = Listener.latest
    for key in (KeyCode("m"), Key.ctrl, Key.shift, KeyCode("m"), KeyCode("x")):
        listener.press(key)
    assert heard == []
    listener.release(Key.shift)
    listener.release(KeyCode("m"))
    listener.press(KeyCode("m"))
    assert heard == ["push_to_talk down"]


def test_a_key_that_the_system_has_no_name_for_is_told(keys: SystemKeys) -> None:
    help_key = chord("Help")
    assert help_key
    keys.watch({"toggle": help_key})
    assert "Help cannot be watched on this system" in keys.note


def test_without_pynput_there_is_a_sentence(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pynput", None)
    keys = SystemKeys()
    toggle = chord("F9")
    assert toggle
    keys.watch({"toggle": toggle})
    assert "cannot be used here" in keys.note
    keys.close()
