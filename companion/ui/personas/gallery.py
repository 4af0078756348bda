"""The personas that there are, one below the other: to be chosen, edited, copied, given away and removed."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QMenu,
    QRadioButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from companion.core.errors import SettingsError
from companion.core.persona import KnownPersona, about_words, find_persona, known_personas, load_persona
from companion.core.persona_places import image_file, is_own, original_of
from companion.ui.glyphs import glyph
from companion.ui.personas.portrait import Portrait
from companion.ui.settings.controls import Control
from companion.ui.theme import current_theme
from companion.ui.widgets import Note


class Entry(QWidget):
    """One persona: her picture, her name to choose her by, who she is, and what can be done with her."""

    chosen = Signal()
    edit_wanted = Signal()
    copy_wanted = Signal()
    export_wanted = Signal()
    remove_wanted = Signal()

    def __init__(self, known: KnownPersona, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.known = known
        self._changed = is_own(known.key) and original_of(known.key) is not None
        self._own = is_own(known.key) and not self._changed
        self.radio = QRadioButton(known.name)
        font = QFont(self.radio.font())
        font.setWeight(QFont.Weight.DemiBold)
        self.radio.setFont(font)
        self.radio.clicked.connect(self.chosen)
        self.edit = self._tool("edit", self.tr("Edit {name}").format(name=known.name))
        self.edit.clicked.connect(self.edit_wanted)
        self.more = self._tool("menu", self.tr("More about {name}").format(name=known.name))
        self.more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.more.setMenu(self._make_menu())
        self._lay_out()

    def describe(self, name: str, help_: str) -> None:
        self.radio.setAccessibleName(f"{name}: {self.known.name}")
        self.radio.setAccessibleDescription(f"{self.known.about} {help_}")

    def show_chosen(self, chosen: bool) -> None:
        self.radio.setChecked(chosen)
        # The last one in use cannot go; one's own version of a shipped one can, as that one takes its place.
        self.removal.setEnabled(not chosen or self._changed)

    def _make_menu(self) -> QMenu:
        menu = QMenu(self)
        menu.addAction(self.tr("Edit…"), self.edit_wanted.emit)
        menu.addAction(self.tr("Duplicate"), self.copy_wanted.emit)
        menu.addAction(self.tr("Export…"), self.export_wanted.emit)
        words = self.tr("Back to the original") if self._changed else self.tr("Remove")
        self.removal = menu.addAction(words, self.remove_wanted.emit)
        self.removal.setVisible(self._own or self._changed)
        return menu

    def _lay_out(self) -> None:
        first = QHBoxLayout()
        first.setSpacing(2)
        first.addWidget(self.radio)
        first.addStretch()
        first.addWidget(self.edit)
        first.addWidget(self.more)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addLayout(first)
        for text in filter(None, (self.known.about, self._note())):
            note = Note(text)
            note.setContentsMargins(4, 0, 0, 0)
            note.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
            words.addWidget(note)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 4, 0, 4)
        row.setSpacing(10)
        row.addWidget(Portrait(self.known.name, _picture(self.known.key)), 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)

    def _note(self) -> str:
        if self._changed:
            return self.tr("Your own version; the original is kept.")
        return self.tr("Yours.") if self._own else ""

    def _tool(self, sign: str, name: str) -> QToolButton:
        button = QToolButton()
        button.setAutoRaise(True)
        button.setIcon(glyph(sign, current_theme().faint))
        button.setAccessibleName(name)
        button.setToolTip(name)
        return button


class Gallery(Control):
    """The control of the setting `persona`."""

    tall = True

    edit_wanted = Signal(str)
    copy_wanted = Signal(str)
    export_wanted = Signal(str, str)
    """Key and name."""
    remove_wanted = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._key = ""
        self._name = self._help = ""
        self._column = QVBoxLayout()
        self._column.setSpacing(6)
        self._row.addLayout(self._column, 1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._group = QButtonGroup(self)
        self.entries: dict[str, Entry] = {}
        self.look_again()

    def look_again(self) -> None:
        """Read the folders anew."""
        focused = self._focused()
        while item := self._column.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        self.entries = {}
        for known in known_personas():
            self._add_entry(known)
        self.show_value(self._key)
        if focused:
            entry = self.entries.get(focused) or self.entries.get(self._key)
            if entry:
                entry.radio.setFocus()

    def show_value(self, value: object) -> None:
        self._key = str(value)
        if self._key and self._key not in self.entries:
            self._add_entry(_unknown(self._key))
        for key, entry in self.entries.items():
            entry.show_chosen(key == self._key)

    def describe(self, name: str, help_: str) -> None:
        self._name, self._help = name, help_
        for entry in self.entries.values():
            entry.describe(name, help_)

    def _add_entry(self, known: KnownPersona) -> None:
        entry = Entry(known)
        entry.describe(self._name, self._help)
        key, name = known.key, known.name
        entry.chosen.connect(lambda: self.wanted.emit(key))
        entry.edit_wanted.connect(lambda: self.edit_wanted.emit(key))
        entry.copy_wanted.connect(lambda: self.copy_wanted.emit(key))
        entry.export_wanted.connect(lambda: self.export_wanted.emit(key, name))
        entry.remove_wanted.connect(lambda: self.remove_wanted.emit(key, name))
        self._group.addButton(entry.radio)
        self.entries[key] = entry
        self._column.addWidget(entry)

    def _focused(self) -> str:
        """The key of the entry in which the focus is; empty if it is elsewhere."""
        focused = self.focusWidget()
        return next((key for key, entry in self.entries.items() if focused and entry.isAncestorOf(focused)), "")


def _picture(key: str) -> Path | None:
    """The file of her picture, if she can be found."""
    try:
        return image_file(find_persona(key))
    except SettingsError:
        return None


def _unknown(key: str) -> KnownPersona:
    """One that is a file elsewhere, or gone; then she is shown with what is wrong."""
    try:
        persona = load_persona(key)
    except SettingsError as error:
        return KnownPersona(key, key, str(error))
    return KnownPersona(key, persona.name, about_words(persona))
