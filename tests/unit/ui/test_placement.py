"""Where the window stands."""

from __future__ import annotations

from pathlib import Path

import pytest

from companion.ui.placement import SNAP_PX, Box, Places, first_place, fitted, screen_of, snapped

ROOM = Box(0, 30, 1024, 570)
LEFT, RIGHT = Box(0, 0, 1000, 800), Box(1000, 0, 1000, 800)


@pytest.mark.parametrize(
    ("at", "goes_to"),
    [
        ((SNAP_PX, 300), (0, 300)),
        ((SNAP_PX + 1, 300), (SNAP_PX + 1, 300)),
        ((-SNAP_PX, 300), (0, 300)),
        ((300, 40), (300, 30)),
        ((924 - 10, 300), (924, 300)),
        ((300, 500 + 10), (300, 500)),
        ((920, 495), (924, 500)),
    ],
)
def test_near_an_edge_it_goes_to_the_edge(at: tuple[int, int], goes_to: tuple[int, int]) -> None:
    assert snapped(Box(*at, 100, 100), ROOM) == Box(*goes_to, 100, 100)


def test_it_fits_into_a_small_screen() -> None:
    assert fitted(Box(-50, 900, 340, 700), ROOM) == Box(0, 30, 340, 570)


def test_it_is_on_the_screen_that_holds_its_centre_or_is_nearest() -> None:
    screens = {"left": LEFT, "right": RIGHT}
    assert screen_of(Box(940, 10, 100, 100), screens) == "left"
    assert screen_of(Box(960, 10, 100, 100), screens) == "right"
    assert screen_of(Box(5000, 10, 100, 100), screens) == "right"


def test_at_first_it_stands_below_on_the_right() -> None:
    assert first_place(ROOM, 300, 400) == Box(700, 176, 300, 400)


def test_each_screen_has_its_place(tmp_path: Path) -> None:
    places = Places.load(tmp_path / "deep" / "window.json")
    places.remember(Box(10, 10, 300, 400), {"left": LEFT, "right": RIGHT})
    places.remember(Box(1500, 20, 300, 400), {"left": LEFT, "right": RIGHT})
    places.shrunk = True
    places.save()
    again = Places.load(tmp_path / "deep" / "window.json")
    assert again.shrunk
    assert again.place({"left": LEFT, "right": RIGHT}, "left", 1, 1) == Box(1500, 20, 300, 400)
    assert again.place({"left": LEFT}, "left", 1, 1) == Box(10, 10, 300, 400)


def test_a_place_outside_every_screen_is_brought_back(tmp_path: Path) -> None:
    places = Places(tmp_path / "window.json", {"left": Box(-5000, -5000, 300, 400)}, "left")
    assert places.place({"left": LEFT}, "left", 1, 1) == Box(0, 0, 300, 400)


@pytest.mark.parametrize("content", ["", "{", "[]", '{"boxes": {"a": [1]}, "last": "a", "shrunk": false}'])
def test_a_broken_file_is_forgotten(tmp_path: Path, content: str) -> None:
    (tmp_path / "window.json").write_text(content)
    places = Places.load(tmp_path / "window.json")
    assert places.place({"left": LEFT}, "left", 300, 400) == first_place(LEFT, 300, 400)


def test_a_folder_that_cannot_be_written_costs_only_the_memory(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    places = Places(tmp_path / "file" / "window.json")
    places.remember(Box(10, 10, 300, 400), {"left": LEFT})
    places.save()
    assert places.place({"left": LEFT}, "left", 1, 1) == Box(10, 10, 300, 400)
