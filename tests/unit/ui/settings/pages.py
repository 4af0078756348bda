"""The pages of the settings, and what is done on them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QAbstractButton, QComboBox

from tests.unit.ui.settings.conftest import Rig

VOICE, PERSONALITY, HEARING, MIND, PRIVACY, SHORTCUTS, GENERAL = range(7)


def press(rig: Rig, name: str) -> None:
    button = rig.named(name)
    assert isinstance(button, QAbstractButton) and button.isEnabled()
    button.click()


def choices(rig: Rig, key: str) -> Sequence[str]:
    box = rig.window.form.rows[key].control.findChild(QComboBox)
    assert box is not None
    return [box.itemText(index) for index in range(box.count())]
