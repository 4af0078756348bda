"""A persona as the text of its file."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from companion.core.errors import SettingsError
from companion.core.persona import Persona
from companion.core.persona_draft import values_of

if TYPE_CHECKING:
    from tomlkit.items import Item

LONG_LINE = 100


def persona_toml(persona: Persona) -> str:
    """The file of `persona`; what is at its default is left out. `load_persona` reads the same from it."""
    import tomlkit

    document = tomlkit.document()
    for key, value in persona.model_dump(exclude_defaults=True).items():
        document.add(key, _item(value))
    return tomlkit.dumps(document)


def save_persona(persona: Persona, file: Path) -> None:
    """Write `file` whole, or not at all. Raises SettingsError if it cannot be written."""
    write_whole(file, persona_toml(persona).encode("utf-8"))


def save_version(persona: Persona, file: Path, original: Persona | None) -> None:
    """Write `file`, the user's version of a persona that came with the program; one that is like it is not kept.

    Raises SettingsError."""
    if original is None or values_of(persona) != values_of(original):
        save_persona(persona, file)
        return
    try:
        file.unlink(missing_ok=True)
    except OSError as error:
        raise SettingsError(
            f"{file} cannot be removed: {error.strerror or error}.", "See to the folder's permissions."
        ) from error


def write_whole(file: Path, content: bytes) -> None:
    """Write `file` whole, or leave what was there. Raises SettingsError."""
    unfinished = ""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=file.parent, prefix=".", delete=False) as written:
            unfinished = written.name
            written.write(content)
        Path(unfinished).replace(file)
    except OSError as error:
        if unfinished:
            Path(unfinished).unlink(missing_ok=True)
        raise SettingsError(
            f"{file} cannot be written: {error.strerror or error}.",
            "Make room, or name another place.",
        ) from error


def _item(value: Any) -> Item:
    import tomlkit

    if isinstance(value, str):
        return _text(value)
    if isinstance(value, dict):
        table = tomlkit.table()
        for key, inner in value.items():
            table.add(key, _item(inner))
        return table
    if isinstance(value, tuple):
        return _list(value)
    item: Item = tomlkit.item(value)
    return item


def _list(values: tuple[Any, ...]) -> Item:
    import tomlkit

    if values and isinstance(values[0], dict):
        tables = tomlkit.aot()
        for value in values:
            table = _item(value)
            assert isinstance(table, tomlkit.items.Table)
            tables.append(table)
        return tables
    array = tomlkit.array()
    array.extend(map(_item, values))
    array.multiline(sum(map(len, values)) > LONG_LINE)
    return array


def _text(text: str) -> Item:
    import tomlkit

    if "\n" not in text or "\r" in text:
        return tomlkit.string(text)
    return tomlkit.string(text, multiline=True)
