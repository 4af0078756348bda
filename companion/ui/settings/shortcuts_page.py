"""The page of keys that work in every program."""

from __future__ import annotations

import re
from functools import partial

from PySide6.QtCore import QCoreApplication

from companion.ui.settings.form import Form
from companion.ui.settings.page import Page, Panel
from companion.ui.settings.services import Services
from companion.ui.widgets import Note

KEYS = ("shortcuts.push_to_talk", "shortcuts.toggle_talk")


class ShortcutsPage(Page):
    def __init__(self, title: str, form: Form, services: Services) -> None:
        super().__init__(title)
        self._form = form
        self._services = services
        self._impossible = Note()
        self._about = Panel("", words=QCoreApplication.translate("SearchedWords", "keys global hotkey"))
        self._about.column.addWidget(self._impossible)
        how = self.tr("Choose a field and press the keys. Backspace clears it.")
        self._about.column.addWidget(Note(how))
        self.add_card([self._about, *(form.row(key) for key in KEYS)])
        for key, other in zip(KEYS, reversed(KEYS), strict=True):
            form.objections[key] = partial(self._objection, other)
        self.open()

    def open(self) -> None:
        note = self._services.shortcuts_note()
        self._impossible.say(note, trouble=bool(note))
        self._impossible.setVisible(bool(note))

    def _objection(self, other: str, wanted: object) -> str:
        keys = str(wanted)
        if not keys:
            return ""
        if keys == self._form.rows[other].field.value_in(self._form.file.settings):
            return self.tr("These keys already do the other thing.")
        if not _spares_typing(keys):
            return self.tr("Other programs need this key: press it together with Ctrl, Alt or Meta, or take an F key.")
        return ""


def _spares_typing(keys: str) -> bool:
    """Whether nobody types these keys into a text."""
    held = {"Ctrl", "Alt", "Meta"} & set(keys.split("+")[:-1])
    return bool(held) or re.fullmatch(r"(Shift\+)?(F\d+|Pause|ScrollLock|Media .+|Launch .+)", keys) is not None
