"""The settings file of the app: read whatever state it is in, and changed one field at a time."""

from __future__ import annotations

import logging
import os
import re
import shutil
import tempfile
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from companion.core.errors import SettingsError
from companion.core.settings import Settings
from companion.core.settings_fields import setting_field, setting_fields

if TYPE_CHECKING:
    from tomlkit import TOMLDocument

log = logging.getLogger(__name__)

_Path = tuple[str, ...]
_TABLE = re.compile(r"\s*\[\s*([\w-]+)\s*\]\s*(#.*)?")


class SettingsFile:
    """The settings, and the TOML file they are kept in. Comments and order in the file survive.

    A file that cannot be read as it should (half-written, from the future, by a slip of the hand) is kept aside
    under another name, never overwritten; what can be read of it goes on to be used, and `told` says so.
    """

    def __init__(self, path: Path) -> None:
        """Read `path`; it need not exist. Raises nothing: `told` says what was wrong."""
        self.path = path
        self.settings = Settings()
        self.told = ""
        """What a person must know about the file as it was last read; empty if all is well."""
        self._load()

    def set(self, key: str, value: object) -> None:
        """Set and write one field. Raises SettingsError if it is not allowed, or the file cannot be written."""
        self._change(key, setting_field(key).checked(value))

    def reset(self, key: str) -> None:
        """Give one field its default again. Raises SettingsError if the file cannot be written."""
        setting_field(key)
        self._change(key, None)

    def _change(self, key: str, value: object | None) -> None:
        """Set one key of the file as it is by now, for it may have been edited; None takes it out."""
        document = self._load()
        if document is None:
            raise SettingsError(self.told, "Mend or move it; nothing was changed.")
        section, _, name = key.rpartition(".")
        if value is not None:
            table: Any = document.setdefault(section, {}) if section else document
            table[name] = value
        else:
            table = document.get(section, {}) if section else document
            if table.pop(name, None) is None:
                return
        text = document.as_string()
        _write(self.path, text)
        self.settings = _settings(_leaves(tomllib.loads(text)))

    def _load(self) -> TOMLDocument | None:
        """Read the file, and mend it where it must be; None if what is there could not be mended."""
        self.told = ""
        try:
            content = self.path.read_bytes()
        except FileNotFoundError:
            content = b""
        except OSError as error:
            self.told = f"The settings file {self.path} cannot be read ({error.strerror}), so defaults are used."
            return None
        document = _parsed(content)
        tree = _salvaged(content) if document is None else document.unwrap()
        good, wrong = _sorted_out(tree)
        self.settings = _settings(good)
        if document is not None and not wrong:
            return document
        mended = _mended(document, good, wrong)
        return mended if self._keep_aside(mended.as_string(), wrong) else None

    def _keep_aside(self, mended: str, wrong: Iterable[_Path]) -> bool:
        """Rename the file and put what is `mended` in its place. In `told`, say so, or why it could not be done."""
        what = "a mistake in " + ", ".join(map(".".join, wrong)) if wrong else "a part that is no TOML"
        kept = _free_name(self.path.resolve())
        try:
            _write(self.path, mended, kept)
        except SettingsError as error:
            self.told = f"The settings file has {what}, and could not be kept aside. {error}"
            return False
        self.told = f"The settings file had {what}. It is kept as {kept}; what could be read of it is used."
        log.warning("settings: the file had %s; it is kept as %s", what, kept)
        return True


def _parsed(content: bytes) -> TOMLDocument | None:
    """The document, or None if it is no TOML."""
    import tomlkit

    try:
        text = content.decode()
        tomllib.loads(text)  # the reader of the commands, which is the stricter one
        return tomlkit.parse(text)
    except (ValueError, RecursionError):
        return None


def _salvaged(content: bytes) -> dict[str, Any]:
    """What can be read of a damaged file, line by line: all settings are a line each."""
    tree: dict[str, Any] = {}
    table = tree
    for line in content.decode(errors="replace").removeprefix("\ufeff").splitlines():
        header = _TABLE.fullmatch(line)
        if header:
            table = tree.setdefault(header[1], {})
            table = table if isinstance(table, dict) else {}
            continue
        with suppress(ValueError, RecursionError):
            table.update({key: value for key, value in tomllib.loads(line).items() if not isinstance(value, dict)})
    return tree


def _leaves(tree: Mapping[str, Any]) -> Iterator[tuple[_Path, Any]]:
    """Each value with its path. Only our sections are taken apart: another table is one value."""
    for key, value in tree.items():
        if isinstance(value, dict) and key in _sections():
            yield from (((key, name), inner) for name, inner in value.items())
        else:
            yield (key,), value


def _sections() -> set[str]:
    return {field.section for field in setting_fields().values()}


def _sorted_out(tree: Mapping[str, Any]) -> tuple[list[tuple[_Path, Any]], list[_Path]]:
    """What is good of `tree`, and the paths of what is not."""
    good: list[tuple[_Path, Any]] = []
    wrong: list[_Path] = []
    for path, value in _leaves(tree):
        try:
            if any("." in key for key in path):  # "voice.speed" in quotes is one key, and none of ours
                raise SettingsError("A key has a dot in it.")
            setting_field(".".join(path)).checked(value)
        except SettingsError:
            wrong.append(path)
        else:
            good.append((path, value))
    return good, wrong


def _tree(leaves: Iterable[tuple[_Path, Any]]) -> dict[str, Any]:
    tree: dict[str, Any] = {}
    for (*section, name), value in leaves:
        table = tree.setdefault(section[0], {}) if section else tree
        table[name] = value
    return tree


def _settings(leaves: Iterable[tuple[_Path, Any]]) -> Settings:
    return Settings.model_validate(_tree(leaves))


def _mended(document: TOMLDocument | None, good: Iterable[tuple[_Path, Any]], wrong: Iterable[_Path]) -> TOMLDocument:
    """The document without what is wrong; a new one where none could be read."""
    import tomlkit

    if document is None:
        return tomlkit.parse(tomlkit.dumps(_tree(good)))
    for *section, name in wrong:
        table: Any = document[section[0]] if section else document
        del table[name]
    return document


def _free_name(path: Path) -> Path:
    """A name beside `path` that says when it was kept, and is not taken."""
    stem = f"{path.name}.kept-{datetime.now():%Y%m%d-%H%M%S}"
    name, number = path.with_name(stem), 1
    while name.exists():
        number += 1
        name = path.with_name(f"{stem}-{number}")
    return name


def _write(path: Path, text: str, keep: Path | None = None) -> None:
    """Write all or nothing; `keep` is where the old file goes. Raises SettingsError."""
    target = path.resolve()  # the file may be a link into a folder of such files
    temporary: Path | None = None
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=f"{target.name}.", suffix=".new", dir=target.parent)
        temporary = Path(name)
        with os.fdopen(handle, "wb") as file:
            file.write(text.encode())
            file.flush()
            os.fsync(file.fileno())
        if target.exists():
            shutil.copymode(target, temporary)
        if keep is not None:
            target.rename(keep)
        temporary.replace(target)
    except OSError as error:
        if keep is not None and keep.exists() and not target.exists():
            keep.rename(target)
        raise SettingsError(
            f"The settings file {path} cannot be written ({error.strerror}).",
            "Make room on the disk, or make the folder writable; the file is as it was.",
        ) from error
    finally:
        if temporary is not None:
            temporary.unlink(missing_ok=True)
