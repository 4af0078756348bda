"""Reminders and notes in the settings: seen, and deleted one by one."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from companion.ui.settings.agenda_panel import AgendaPanel
from tests.unit.ui.settings.conftest import Rig

PRIVACY = 4


def open_panel(rig: Rig) -> AgendaPanel:
    window = rig.open_all()
    window.show_page(PRIVACY)
    panel = window.findChild(AgendaPanel)
    assert panel
    return panel


def test_all_are_shown_and_one_is_deleted_at_a_press(rig: Rig) -> None:
    open_panel(rig)
    rig.until(lambda: rig.shows("the key is under the pot"))
    assert rig.shows("call mum") and rig.shows("Timer")
    button = rig.named("Delete call mum")
    assert isinstance(button, QPushButton)
    button.click()
    rig.until(lambda: not rig.shows("call mum"))
    rig.until(lambda: rig.shows("the key is under the pot"))
    button = rig.named("Delete the key is under the pot")
    rig.key(button, Qt.Key.Key_Space)
    rig.until(lambda: not rig.shows("the key is under the pot"))
    assert (rig.folder / "gone-reminders-3").exists() and (rig.folder / "gone-notes-1").exists()
    assert not (rig.folder / "gone-reminders-4").exists()


@pytest.mark.parametrize("gone", [True, False])
def test_that_there_are_none_and_that_they_cannot_be_read_is_said(rig: Rig, gone: bool) -> None:
    for name in ("gone-reminders-3", "gone-reminders-4", "gone-notes-1") if gone else ("fails",):
        (rig.folder / name).touch()
    open_panel(rig)
    rig.until(lambda: rig.shows("There are none." if gone else "It cannot be done."))
