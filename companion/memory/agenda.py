"""Reminders and notes, in the encrypted file that all personas share: they are the user's, whoever she is just now."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

from companion.core.agenda import Note, Reminder
from companion.core.paths import shared_diary_file
from companion.memory import rows
from companion.memory.keys import Keyring, SystemKeyring
from companion.memory.opening import DiaryFile
from companion.memory.schema import transaction
from companion.memory.vault import Vault

_REMINDERS = "SELECT number, kind, text, due_us, due_offset_s, length_s, repeats FROM reminders"
_NOTES = "SELECT number, at_us, offset_s, text FROM jottings"
_THESE = "number IN (SELECT value FROM json_each(?))"


def open_agenda(file: Path | None = None, keyring: Keyring | None = None) -> SqliteAgenda:
    """The user's agenda, or the one in `file`; made if there is none.

    Raises CompanionError: the disk says no, or the key is in a keyring that does not answer.
    """
    return SqliteAgenda(Vault(DiaryFile(file or shared_diary_file(), keyring or SystemKeyring())))


class SqliteAgenda:
    """`AgendaStore` in an encrypted file. Several processes, and several threads, may use it at once."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    def reminders(self) -> Sequence[Reminder]:
        return self._vault.do(lambda connection: [*map(_reminder, connection.execute(f"{_REMINDERS} ORDER BY due_us"))])

    def remind(self, reminder: Reminder) -> Reminder:
        number = reminder.number or None
        text = rows.encodable(reminder.text)
        length_s = reminder.length.total_seconds()
        row = (number, reminder.kind, text, *rows.moment(reminder.due_at), length_s, reminder.repeats)
        written = self._insert("INSERT OR REPLACE INTO reminders VALUES (?, ?, ?, ?, ?, ?, ?)", row)
        return self._vault.do(lambda connection: _reminder(_row(connection, _REMINDERS, written)))

    def dismiss(self, numbers: Iterable[int]) -> int:
        return len(self._delete("reminders", _REMINDERS, numbers, _reminder))

    def notes(self, matching: str = "") -> Sequence[Note]:
        wanted = matching.casefold().split()
        notes = self._vault.do(lambda connection: [*map(_note, connection.execute(f"{_NOTES} ORDER BY number"))])
        return [note for note in notes if all(word in note.text.casefold() for word in wanted)]

    def write(self, note: Note) -> Note:
        row = (note.number or None, *rows.moment(note.at), rows.encodable(note.text))
        written = self._insert("INSERT OR REPLACE INTO jottings VALUES (?, ?, ?, ?)", row)
        return self._vault.do(lambda connection: _note(_row(connection, _NOTES, written)))

    def tear_out(self, numbers: Iterable[int]) -> Sequence[Note]:
        return self._delete("jottings", _NOTES, numbers, _note)

    def clear(self) -> None:
        def empty(connection: Any) -> None:
            with transaction(connection):
                connection.execute("DELETE FROM reminders")
                connection.execute("DELETE FROM jottings")

        self._vault.do(empty)
        self._vault.overwrite()

    def close(self) -> None:
        self._vault.close()

    def _insert(self, sql: str, row: Sequence[object]) -> int:
        def insert(connection: Any) -> int:
            with transaction(connection):
                return int(connection.execute(sql, row).lastrowid)

        return self._vault.do(insert)

    def _delete(self, table: str, select: str, numbers: Iterable[int], read: Callable[[Any], Any]) -> list[Any]:
        values = (json.dumps(list(numbers)),)

        def delete(connection: Any) -> list[Any]:
            with transaction(connection):
                found = connection.execute(f"{select} WHERE {_THESE} ORDER BY number", values).fetchall()
                connection.execute(f"DELETE FROM {table} WHERE {_THESE}", values)
            return [*map(read, found)]

        deleted = self._vault.do(delete)
        if deleted:
            self._vault.overwrite()
        return deleted


def _row(connection: Any, select: str, number: int) -> Any:
    return connection.execute(f"{select} WHERE number = ?", (number,)).fetchone()


def _reminder(row: Sequence[Any]) -> Reminder:
    number, kind, text, due_us, due_offset_s, length_s, repeats = row
    due_at = rows.local_time(due_us, due_offset_s)
    return Reminder(number, kind, text, due_at, timedelta(seconds=length_s), repeats)


def _note(row: Sequence[Any]) -> Note:
    number, at_us, offset_s, text = row
    return Note(number, rows.local_time(at_us, offset_s), text)
