"""Desktops that lack something: a display, a tray, a compositor, room; and settings that cannot be read."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from companion.diagnostics.sound_server import SoundServer
from tests.desktop.app import TITLE, Home
from tests.desktop.desktop import Desktop, running_desktop
from tests.desktop.person import SETTINGS, person_at
from tests.desktop.x_windows import Place

pytestmark = pytest.mark.timeout(120)

GROUND = "#20c060"
"""Of the desktop: no colour of hers."""


@pytest.mark.parametrize("display", ["", ":4095"])
def test_without_a_display_she_talks_in_the_terminal(sound: SoundServer, tmp_path: Path, display: str) -> None:
    home = Home.made(tmp_path, SETTINGS)
    away = {"DISPLAY": display, "WAYLAND_DISPLAY": "", "QT_QPA_PLATFORM": "xcb"}
    environment = os.environ | home.environment | sound.environment | away | {"PULSE_SERVER": "unix:/nowhere"}
    done = subprocess.run(
        [sys.executable, "-m", "companion"],
        input="hello\n",
        capture_output=True,
        text=True,
        env=environment,
        timeout=90,
    )
    assert done.returncode == 0, done.stderr
    assert "display" in done.stderr
    assert "talks with you here" in done.stderr


def test_without_a_tray_the_window_has_the_menu_and_a_tray_that_comes_is_taken_up(
    sound: SoundServer, tmp_path: Path
) -> None:
    with running_desktop(tmp_path, tray=False) as desktop, person_at(desktop, sound, tmp_path / "home") as person:
        person.desktop.open_menu(person.reader.shown("Menu").centre, button=1)
        person.choose_in_menu("Shrink to her alone")
        desktop.wait_for(lambda: person.window.width < 200, "the shrunken window")
        desktop.open_menu(person.window.centre)
        person.choose_in_menu("Shrink to her alone")
        person.reader.shown("Menu")
        desktop.start_tray()
        person.click_tray()
        person.wait_until_shown(False)
        desktop.open_menu(desktop.tray_icon().centre)
        person.choose_in_menu("Quit")
        assert person.app.left() == 0


def test_a_tray_that_goes_leaves_the_window(sound: SoundServer, tmp_path: Path) -> None:
    with running_desktop(tmp_path, tray=False) as desktop:
        tray = desktop.start_tray()
        with person_at(desktop, sound, tmp_path / "home") as person:
            person.click_tray()
            person.wait_until_shown(False)
            tray.terminate()
            person.wait_until_shown(True)


@pytest.mark.parametrize("compositor", [False, True])
def test_the_window_is_translucent_only_where_a_compositor_runs(
    sound: SoundServer, tmp_path: Path, compositor: bool
) -> None:
    with running_desktop(tmp_path, compositor=compositor) as desktop:
        desktop.paint("#000000")
        with person_at(desktop, sound, tmp_path / "home") as person:
            window = person.window
            spot = Place(window.x + window.width // 2, window.y + 6)
            desktop.wait_for(lambda: desktop.x.colour_at(spot) != "#000000", "the window to be painted")
            desktop.wait_for_stillness(lambda: desktop.x.colour_at(spot))
            before = desktop.x.colour_at(spot)
            corner = Place(window.x, window.y)
            assert desktop.x.colour_at(corner) == "#000000", "round, whether cut or blended"
            desktop.paint(GROUND)
            desktop.wait_for_stillness(lambda: desktop.x.colour_at(spot))
            assert (desktop.x.colour_at(spot) != before) == compositor


@pytest.mark.parametrize(("size", "scale"), [("1024x600", 1.0), ("1280x800", 2.0)])
def test_on_a_small_screen_the_window_is_wholly_there(
    sound: SoundServer, tmp_path: Path, size: str, scale: float
) -> None:
    with (
        running_desktop(tmp_path, size=size, scale=scale) as desktop,
        person_at(desktop, sound, tmp_path / "home") as person,
    ):
        window = person.window
        assert window.x >= 0
        assert window.y >= 0
        width, height = desktop.x.size
        assert window.x + window.width <= width
        assert window.y + window.height <= height


def test_it_comes_back_where_it_was_left(desktop: Desktop, sound: SoundServer, tmp_path: Path) -> None:
    with person_at(desktop, sound, tmp_path) as person:
        before = person.window
        person.drag_window(-260, -70)
        person.desktop.wait_for(lambda: person.window.x == before.x - 260, "the window to move")
        left = person.window
        assert person.app.quit() == 0
    with person_at(desktop, sound, tmp_path) as again:
        assert again.window[3:] == left[3:]


@pytest.mark.parametrize(
    ("text", "kept"),
    [(SETTINGS + "[telepathy]\nrange_km = 3\n", "a mistake"), (SETTINGS + "[voice]\nspeed = 1.", "no TOML")],
    ids=["from the future", "half-written"],
)
def test_a_settings_file_that_cannot_be_read_is_kept_aside_and_named(
    desktop: Desktop, sound: SoundServer, tmp_path: Path, text: str, kept: str
) -> None:
    with person_at(desktop, sound, tmp_path, text) as person:
        person.read_on_screen(kept)
        aside = [file for file in person.app.home.settings_file.parent.glob("settings*") if file.read_text() == text]
        assert len(aside) == 1
        person.read_on_screen(aside[0].name)
        person.app.wait_for("ConversationStarted")
        assert "tiny.en" in str(person.app.events)


def test_a_second_start_tells_of_a_first_that_hangs(desktop: Desktop, sound: SoundServer, tmp_path: Path) -> None:
    with person_at(desktop, sound, tmp_path) as person:
        person.app.freeze()
        try:
            again = person.app.run_beside()
        finally:
            person.app.thaw()
        assert again.returncode == 1
        assert "already running" in again.stderr
        assert str(person.app.process.pid) in again.stderr
        assert len(desktop.windows(TITLE)) == 1
