"""Icons: six that are told apart at 16 pixels, and the program's own, rendered from its drawing."""

from __future__ import annotations

import subprocess
import sys
from itertools import combinations
from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QImage, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication

from companion.core.paths import shipped
from companion.ui.icons import DRAWINGS, ON_DARK, ON_LIGHT, app_icon, tray_icon
from companion.ui.mood import Mood

FOLDER = shipped("assets") / "icon"
SIZES_PX = (16, 22, 24, 32, 48, 64, 128, 256, 512)
PAIRS = list(combinations(DRAWINGS, 2))


def inked(picture: QPixmap) -> list[bool]:
    """Of each pixel: whether it is more ink than not."""
    image = picture.toImage()
    return [image.pixelColor(x, y).alpha() > 127 for y in range(image.height()) for x in range(image.width())]


def bytes_of(file: Path) -> bytes:
    image = QImage(str(file)).convertToFormat(QImage.Format.Format_RGBA8888_Premultiplied)
    assert not image.isNull(), file
    return bytes(image.constBits())


@pytest.mark.parametrize("side", [16, 22, 48])
@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_moods_differ_by_shape_alone(qapp: QApplication, one: Mood, other: Mood, side: int) -> None:
    pictures = [inked(tray_icon(mood, dark_panel=False).pixmap(side, side)) for mood in (one, other)]
    differing = sum(a != b for a, b in zip(*pictures, strict=True))
    assert differing / side**2 > 0.12


@pytest.mark.parametrize("mood", DRAWINGS)
@pytest.mark.parametrize(("dark_panel", "ink"), [(False, ON_LIGHT), (True, ON_DARK)])
def test_an_icon_has_the_ink_of_its_panel(qapp: QApplication, mood: Mood, dark_panel: bool, ink: str) -> None:
    image = tray_icon(mood, dark_panel).pixmap(32, 32).toImage()
    pixels = (image.pixelColor(x, y) for x in range(32) for y in range(32))
    for pixel in (pixel for pixel in pixels if pixel.alpha() == 255):
        assert abs(pixel.lightness() - QColor(ink).lightness()) <= 1


def test_an_icon_is_drawn_at_the_sizes_that_are_asked_for(qapp: QApplication) -> None:
    icon = tray_icon("asleep", dark_panel=True, sizes=(18, 36))
    assert icon.availableSizes() == [QSize(18, 18), QSize(36, 36)]


def test_the_programs_icon_comes_in_all_sizes(qapp: QApplication) -> None:
    assert [size.width() for size in app_icon().availableSizes()] == list(SIZES_PX)


def test_the_pictures_are_what_the_script_renders(qapp: QApplication, tmp_path: Path) -> None:
    subprocess.run([sys.executable, FOLDER / "render_icon.py", tmp_path], check=True)
    names = [f"companion-{side:03}.png" for side in SIZES_PX]
    assert sorted(file.name for file in tmp_path.iterdir()) == names
    assert sorted(file.name for file in FOLDER.glob("*.png")) == names
    for name in names:
        kept, made = bytes_of(FOLDER / name), bytes_of(tmp_path / name)
        assert len(kept) == len(made)
        assert sum(abs(a - b) > 8 for a, b in zip(kept, made, strict=True)) < 0.001 * len(made), name


@pytest.mark.parametrize("name", ["companion.svg", "companion-symbolic.svg"])
def test_the_drawings_can_be_drawn(qapp: QApplication, name: str) -> None:
    renderer = QSvgRenderer(str(FOLDER / name))
    assert renderer.isValid()
    assert renderer.viewBoxF().width() == renderer.viewBoxF().height()
