"""What the tests of personas in the settings share."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget

from companion.ui.personas.editor import PersonaEditor
from companion.ui.personas.gallery import Entry, Gallery
from companion.ui.personas.lists import RowsField
from companion.ui.settings.personality_page import PersonalityPage
from tests.unit.ui.settings.conftest import Rig


def entry(page: PersonalityPage, key: str) -> Entry:
    gallery = page.findChild(Gallery)
    assert gallery is not None
    return gallery.entries[key]


def keys(page: PersonalityPage) -> list[str]:
    gallery = page.findChild(Gallery)
    assert gallery is not None
    return list(gallery.entries)


def choose(page: PersonalityPage, key: str, words: str) -> None:
    """Choose from the menu of a persona."""
    menu = entry(page, key).more.menu()
    assert menu is not None
    (action,) = (action for action in menu.actions() if action.text() == words)
    assert action.isEnabled() and action.isVisible()
    action.trigger()


def press(rig: Rig, name: str) -> None:
    button = rig.named(name)
    assert isinstance(button, QAbstractButton) and button.isEnabled()
    button.click()


def edit(rig: Rig, page: PersonalityPage, key: str) -> PersonaEditor:
    entry(page, key).edit.click()
    editor = page.editors[-1]
    rig.until(editor.isActiveWindow)
    return editor


def rows(editor: PersonaEditor, name: str) -> RowsField:
    field = editor.fields[name]
    assert isinstance(field, RowsField)
    return field


def write(rig: Rig, editor: PersonaEditor, name: str, text: str) -> None:
    """Type `text` into a field of one line, in place of what is there."""
    line = editor.fields[name].line  # type: ignore[attr-defined]
    line.selectAll()
    rig.key(line, Qt.Key.Key_Delete)
    rig.type(line, text)


def labels(widget: QWidget) -> str:
    """All that it says."""
    return "\n".join(label.text() for label in widget.findChildren(QLabel))
