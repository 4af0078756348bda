"""She, painted: told apart without colour and motion, at rest when nobody looks."""

from __future__ import annotations

import math
from itertools import combinations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from companion.ui.breath import POSES
from companion.ui.figure import PETAL_COUNT, outline
from companion.ui.mood import Mood
from companion.ui.presence import Presence

PAIRS = list(combinations(POSES, 2))


@pytest.fixture
def presence(qtbot: QtBot) -> Presence:
    made = Presence()
    qtbot.addWidget(made)
    made.resize(240, 240)
    return made


def still_grey_picture(presence: Presence, mood: Mood, side: int) -> QImage:
    presence.resize(side, side)
    presence.set_still(True)
    presence.set_mood(mood)
    picture = QImage(side, side, QImage.Format.Format_ARGB32_Premultiplied)
    picture.fill(Qt.GlobalColor.white)
    presence.render(picture, renderFlags=QWidget.RenderFlag.DrawChildren)
    return picture.convertToFormat(QImage.Format.Format_Grayscale8)


def difference(one: QImage, other: QImage) -> float:
    """Part of the pixels that differ clearly."""
    pairs = list(zip(bytes(one.constBits()), bytes(other.constBits()), strict=True))
    return sum(abs(a - b) > 30 for a, b in pairs) / len(pairs)


@pytest.mark.parametrize("side", [96, 240])
@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_moods_differ_without_colour_and_motion(presence: Presence, one: Mood, other: Mood, side: int) -> None:
    pictures = [still_grey_picture(presence, mood, side) for mood in (one, other)]
    assert difference(*pictures) > 0.02


@pytest.mark.parametrize("side", [96, 480])
def test_she_paints_only_herself(presence: Presence, side: int) -> None:
    presence.resize(side, side)
    picture = QImage(side, side, QImage.Format.Format_ARGB32_Premultiplied)
    picture.fill(Qt.GlobalColor.transparent)
    presence.render(picture, renderFlags=QWidget.RenderFlag.DrawChildren)
    assert picture.pixelColor(1, 1).alpha() == 0
    assert picture.pixelColor(side // 2, side // 2).alpha() > 200


@pytest.mark.parametrize(
    ("mood", "sentence"), [("listening", "Samantha is listening"), ("muted", "Samantha does not listen")]
)
def test_a_screen_reader_hears_how_she_is(presence: Presence, mood: Mood, sentence: str) -> None:
    presence.set_name("Samantha")
    presence.set_mood(mood)
    assert presence.accessibleName() == sentence


def test_a_click_and_a_key_press_her(presence: Presence, qtbot: QtBot) -> None:
    presence.show()
    with qtbot.waitSignal(presence.clicked):
        QTest.mouseClick(presence, Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(presence.clicked):
        QTest.keyClick(presence, Qt.Key.Key_Space)
    with qtbot.assertNotEmitted(presence.clicked):
        QTest.mouseClick(presence, Qt.MouseButton.RightButton)


def test_she_moves_while_seen_and_rests_when_hidden_or_still(presence: Presence, qtbot: QtBot) -> None:
    presence.show()
    presence.set_mood("speaking")
    qtbot.waitUntil(lambda: presence.frames_per_s == 30)
    presence.hide()
    assert presence.frames_per_s == 0
    presence.set_levels(-20, -20)
    assert presence.frames_per_s == 0
    presence.show()
    qtbot.waitUntil(lambda: presence.frames_per_s == 30)
    presence.set_still(True)
    assert presence.frames_per_s == 0


def test_muted_she_comes_to_rest(presence: Presence, qtbot: QtBot) -> None:
    presence.show()
    presence.set_mood("muted")
    assert presence.frames_per_s == 30
    qtbot.waitUntil(lambda: presence.frames_per_s == 0)


def test_an_outline_has_its_petals_and_reaches_no_further_than_told() -> None:
    path = outline(50, 0.2, 0.3)
    reaches = [math.hypot(at.x(), at.y()) for at in (path.pointAtPercent(step / 400) for step in range(400))]
    assert 45 < max(reaches) <= 50
    assert 30 <= min(reaches) < 36
    turns = [now - before > 0 for before, now in zip(reaches[-1:] + reaches, reaches, strict=False)]
    assert sum(now != before for before, now in zip(turns[-1:] + turns, turns, strict=False)) == 2 * PETAL_COUNT
