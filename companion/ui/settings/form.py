"""The rows of all pages together, joined to the settings file: what is wanted is checked, written and told."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from companion.core.errors import SettingsError
from companion.core.settings import Settings
from companion.core.settings_fields import setting_field
from companion.core.settings_file import SettingsFile
from companion.ui.settings.controls import Control
from companion.ui.settings.row import SettingRow
from companion.ui.settings.words import rule_words, translated


class Form(QObject):
    """Makes rows, each once, and writes what is asked of them."""

    changed = Signal(str, object, bool)
    """A setting was changed and written: key, value, and whether it is to be taken at once."""

    def __init__(self, file: SettingsFile, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.file = file
        self.rows: dict[str, SettingRow] = {}
        self.objections: dict[str, Callable[[object], str]] = {}
        """By key: what else is wrong with a value, in words; empty if nothing is."""

    def row(self, key: str, control: Control | None = None) -> SettingRow:
        """The row of a field, made now."""
        row = SettingRow(setting_field(key), control)
        row.wanted.connect(self.set)
        row.reset_wanted.connect(self.reset)
        row.show_value(row.field.value_in(self.file.settings))
        self.rows[key] = row
        return row

    def set(self, key: str, value: object) -> None:
        """Write `value`, or say beside the field why not."""
        row = self.rows[key]
        objection = self.objections.get(key)
        if objection and (trouble := objection(value)):
            self._refuse(key, trouble)
            return
        try:
            row.field.checked(value)
        except SettingsError:
            self._refuse(key, rule_words(row.field))
            return
        self._write(key, lambda: self.file.set(key, value))

    def reset(self, key: str) -> None:
        """Give it its default again."""
        self._write(key, lambda: self.file.reset(key))

    def refresh(self) -> None:
        """Show what is set now: it may have been changed elsewhere."""
        for row in self.rows.values():
            row.show_value(row.field.value_in(self.file.settings))

    def waiting(self, since: Settings) -> list[str]:
        """Titles of what differs from the settings `since` and is taken only by an engine that starts anew."""
        return [
            translated(row.field.title)
            for row in self.rows.values()
            if not row.field.live and row.field.value_in(self.file.settings) != row.field.value_in(since)
        ]

    def _refuse(self, key: str, trouble: str) -> None:
        """Say why not. What was typed stays, to be mended; what was pressed goes back."""
        row = self.rows[key]
        if row.field.kind in ("switch", "choice"):
            row.control.show_value(row.field.value_in(self.file.settings))
        row.tell(trouble)

    def _write(self, key: str, write: Callable[[], None]) -> None:
        row = self.rows[key]
        before = row.field.value_in(self.file.settings)
        try:
            write()
        except SettingsError as error:
            self._refuse(key, str(error))
            return
        value = row.field.value_in(self.file.settings)
        row.show_value(value)
        if value != before:
            self.changed.emit(key, value, row.field.live)
