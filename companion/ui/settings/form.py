"""The rows of all pages together, joined to the settings file: what is wanted is checked, written and told."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from companion.core.errors import SettingsError
from companion.core.settings import Settings
from companion.core.settings_fields import setting_field, setting_fields
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
        """Show what was changed elsewhere; what is being typed stays."""
        for row in self.rows.values():
            value = row.field.value_in(self.file.settings)
            if value != row.value:
                row.show_value(value)

    def waiting(self, since: Settings) -> list[str]:
        """Titles of what differs from the settings `since` and is taken only by an engine that starts anew."""
        return [
            translated(field.title)
            for field in setting_fields().values()
            if not field.live and field.value_in(self.file.settings) != field.value_in(since)
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
        row.tell(self.file.told)  # a file that was edited badly meanwhile is kept aside
        if value != before:
            self.changed.emit(key, value, row.field.live)
