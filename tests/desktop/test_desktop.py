"""The virtual desktop itself: whatever is tested on it stands on this."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from tests.desktop.accessibility import Reader, reading
from tests.desktop.desktop import Desktop, running_desktop
from tests.desktop.x_windows import Place

TITLE = "^Stub$"


@pytest.fixture(scope="module")
def stub(desktop: Desktop) -> Iterator[subprocess.Popen[bytes]]:
    command = [sys.executable, "-m", "tests.desktop.stub_window"]
    with subprocess.Popen(command, env=os.environ | desktop.environment) as stub:
        try:
            desktop.window(TITLE)
            yield stub
        finally:
            stub.kill()


@pytest.fixture(scope="module")
def reader(desktop: Desktop, stub: subprocess.Popen[bytes]) -> Iterator[Reader]:
    with reading(desktop, stub.pid) as reader:
        yield reader


def test_a_click_on_the_tray_reaches_the_program(desktop: Desktop, stub: subprocess.Popen[bytes]) -> None:
    desktop.click(desktop.tray_icon().centre)
    desktop.wait_for(lambda: not desktop.windows(TITLE), "the window to go")
    desktop.click(desktop.tray_icon().centre)
    assert desktop.window(TITLE).managed


def test_an_entry_of_the_trays_menu_is_found_by_its_name(desktop: Desktop, reader: Reader) -> None:
    desktop.open_menu(desktop.tray_icon().centre)
    entry = reader.find_in_menu("Greet")
    assert entry.role == "menu item"
    desktop.click(entry.centre)
    assert reader.shown("hello").role == "label"


def test_what_is_typed_arrives(desktop: Desktop, reader: Reader) -> None:
    desktop.click(reader.shown("Line").centre)
    desktop.type("To be, or not?")
    desktop.key("Return")
    assert reader.shown("you said To be, or not?")


def test_a_reader_presses_and_writes_alone(desktop: Desktop, reader: Reader) -> None:
    reader.press("Mute")
    reader.wait_for(lambda each: each.name == "Mute" and "checked" in each.states, "Mute to be checked")
    reader.write("Line", "by the reader")
    assert reader.shown("Line").text == "by the reader"
    with pytest.raises(LookupError, match="no widget"):
        reader.press("Explode")


def test_a_reader_finds_what_has_no_name(reader: Reader) -> None:
    assert [each.role for each in reader.nameless()] == ["push button"]


def test_a_window_can_be_dragged(desktop: Desktop, stub: subprocess.Popen[bytes]) -> None:
    before = desktop.window(TITLE)
    start = Place(before.x + 4, before.y + 4)
    desktop.drag(start, Place(start.x - 120, start.y + 60))
    desktop.wait_for(lambda: desktop.window(TITLE)[3:5] == (before.x - 120, before.y + 60), "the window to move")


@pytest.mark.parametrize("compositor", [False, True])
def test_the_ground_can_be_painted(tmp_path: Path, compositor: bool) -> None:
    with running_desktop(tmp_path, compositor=compositor, tray=False) as desktop:
        assert desktop.x.has_owner("_NET_WM_CM_S0") == compositor
        assert not desktop.x.has_owner("_NET_SYSTEM_TRAY_S0")
        desktop.paint("#206040")
        assert desktop.x.colour_at(Place(600, 300)) == "#206040"


def test_a_reader_finds_places_where_all_is_shown_larger(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.desktop.stub_window"]
    with (
        running_desktop(tmp_path, tray=False, scale=2.0) as desktop,
        subprocess.Popen(command, env=os.environ | desktop.environment) as stub,
        reading(desktop, stub.pid) as reader,
    ):
        try:
            desktop.window(TITLE)
            desktop.click(reader.shown("Mute").centre)
            reader.wait_for(lambda each: each.name == "Mute" and "checked" in each.states, "Mute to be checked")
        finally:
            stub.kill()


def test_nothing_of_it_stays_behind(tmp_path: Path) -> None:
    before = _all_below()
    with running_desktop(tmp_path) as desktop, reading(desktop, 1) as reader:
        assert reader.widgets() == []
        groups = {os.getpgid(each.pid) for each in _all_below() - before}
        assert len(groups) >= 5
    assert [each for each in psutil.process_iter() if _group(each) in groups - {os.getpgid(0)}] == []


def _all_below() -> set[psutil.Process]:
    return set(psutil.Process().children(recursive=True))


def _group(process: psutil.Process) -> int:
    try:
        return 0 if process.status() == psutil.STATUS_ZOMBIE else os.getpgid(process.pid)
    except (psutil.NoSuchProcess, ProcessLookupError):
        return 0
