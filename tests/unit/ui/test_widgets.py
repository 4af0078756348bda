"""The shared look: a sheet that Qt understands, notes, headings and meters."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from companion.ui.style import dress, stylesheet
from companion.ui.theme import DAY, NIGHT, Theme, blend
from companion.ui.widgets import Heading, MeterBar, Note


@pytest.fixture(autouse=True)
def undress(qapp: QApplication) -> Iterator[None]:
    yield
    qapp.setStyleSheet("")


def contrast(one: str, other: str) -> float:
    """WCAG 2.2: 1 (none) to 21."""
    lights = sorted(light(QColor(colour)) for colour in (one, other))
    return (lights[1] + 0.05) / (lights[0] + 0.05)


def light(colour: QColor) -> float:
    channels = (colour.redF(), colour.greenF(), colour.blueF())
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("theme", [DAY, NIGHT])
def test_the_sheet_names_only_pictures_that_are_there(theme: Theme) -> None:
    pictures = re.findall(r'url\("([^"]+)"\)', stylesheet(theme))
    assert pictures
    assert [name for name in pictures if not Path(name).is_file()] == []


@pytest.mark.parametrize("theme", [DAY, NIGHT])
def test_qt_understands_the_sheet(
    qapp: QApplication, qtbot: QtBot, theme: Theme, capfd: pytest.CaptureFixture[str]
) -> None:
    dress(qapp, theme)
    button = QPushButton("Preview")
    button.setProperty("primary", True)
    qtbot.addWidget(button)
    button.resize(120, 34)
    button.show()
    assert button.grab().toImage().pixelColor(10, 17) == QColor(theme.accent)
    assert "parse" not in capfd.readouterr().err


@pytest.mark.parametrize("theme", [DAY, NIGHT])
def test_text_can_be_read_on_every_ground(theme: Theme) -> None:
    for ground in (theme.ground, theme.raised):
        for text in (theme.text, theme.faint, theme.accent, theme.you, theme.trouble):
            assert contrast(text, ground) >= 4.5
    assert contrast(theme.on_accent, theme.accent) >= 4.5


def test_blend() -> None:
    assert blend("#000000", "#ff8000", 0.5) == "#804000"
    assert blend("#123456", "#ffffff", 0) == "#123456"


def test_a_note_changes_its_tone(qapp: QApplication, qtbot: QtBot) -> None:
    dress(qapp, DAY)
    note = Note("How fast she speaks.")
    qtbot.addWidget(note)
    note.show()
    assert note.palette().color(note.foregroundRole()) == QColor(DAY.faint)
    note.say("Give a number from 0.5 to 2.", trouble=True)
    assert note.palette().color(note.foregroundRole()) == QColor(DAY.trouble)
    assert note.text() == "Give a number from 0.5 to 2."


def test_headings_are_larger_than_text(qtbot: QtBot) -> None:
    page, part, text = Heading("Voice"), Heading("Speed", small=True), Note("x")
    for label in (page, part, text):
        qtbot.addWidget(label)
    assert page.font().pointSizeF() > part.font().pointSizeF() > text.font().pointSizeF()


def test_a_meter_follows_and_then_rests(qtbot: QtBot) -> None:
    meter = MeterBar()
    qtbot.addWidget(meter)
    meter.show()
    meter.set_db(-9)
    qtbot.waitUntil(lambda: meter.shown == 1.0 and not meter.moving)
    meter.set_db(-120)
    assert meter.moving
    qtbot.waitUntil(lambda: meter.shown == 0.0 and not meter.moving)


def test_a_hidden_meter_does_nothing(qtbot: QtBot) -> None:
    meter = MeterBar()
    qtbot.addWidget(meter)
    meter.show()
    meter.set_db(-9)
    meter.hide()
    assert not meter.moving
    meter.set_db(-20)
    assert not meter.moving
