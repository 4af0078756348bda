"""Settings as the engine and the commands read them: from a TOML file that they leave as it is.

The tree itself is in `core.settings_tree`; the app changes the file through `core.settings_file`.
"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from pydantic import BaseModel, ValidationError

from companion.core.errors import SettingsError
from companion.core.settings_elsewhere import Elsewhere
from companion.core.settings_tree import (
    EchoMode,
    Hearing,
    Memory,
    Mind,
    Models,
    Settings,
    Talking,
    TurnTaking,
    WayToTalk,
)
from companion.core.settings_voice import Voice
from companion.core.settings_window import Shortcuts, Window

__all__ = [
    "EchoMode",
    "Elsewhere",
    "Hearing",
    "Memory",
    "Mind",
    "Models",
    "Settings",
    "Shortcuts",
    "Talking",
    "TurnTaking",
    "Voice",
    "WayToTalk",
    "Window",
    "allowed_values",
    "load_settings",
]


def load_settings(path: Path, must_exist: bool = False) -> Settings:
    """Read settings from a TOML file; all defaults if it does not exist, unless it must.

    Raises SettingsError that names field, line and allowed range. The file is left as it is.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        if must_exist:
            raise SettingsError(f"There is no settings file {path}.", "Check the name after --settings.") from error
        return Settings()
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(
            f"The settings file {path} cannot be read ({error}).", "Mend or move it; it is left as it is."
        ) from error
    try:
        tree = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(
            f"The settings file {path} is not valid TOML: {error}.", "Mend that line; the file is left as it is."
        ) from error
    try:
        return Settings.model_validate(tree)
    except ValidationError as error:
        raise SettingsError(
            _explain(error, path, text), "Mend or delete that line; the file is left as it is."
        ) from error


def _explain(error: ValidationError, path: Path, text: str) -> str:
    first = error.errors()[0]
    keys = [str(key) for key in first["loc"]]
    where = f"{path}, line {_line_of(keys, text)}"
    name = ".".join(keys)
    if first["type"] == "extra_forbidden":
        return f"{where}: there is no setting called {name}."
    allowed = allowed_values(keys)
    return f"{where}: {name} is {first['input']!r}; it must be {allowed}."


def allowed_values(keys: list[str]) -> str:
    """What the field at `keys` accepts, in words: its type and range."""
    model: type[BaseModel] = Settings
    for key in keys[:-1]:
        annotation = model.model_fields[key].annotation
        assert isinstance(annotation, type) and issubclass(annotation, BaseModel)
        model = annotation
    schema = model.model_json_schema()["properties"][keys[-1]]
    if "allowed" in schema:
        return str(schema["allowed"])
    if "enum" in schema:
        return "one of " + ", ".join(map(str, schema["enum"]))
    kind = {"integer": "a whole number", "number": "a number", "string": "text", "boolean": "true or false"}
    words = kind.get(schema.get("type", ""), "a table of settings")
    if "minimum" in schema and "maximum" in schema:
        words += f" from {schema['minimum']} to {schema['maximum']}"
    return words


def _line_of(keys: list[str], text: str) -> int:
    """Line number (from 1) on which the innermost of `keys` is set; of its table if that is all there is."""
    table, best = "", 1
    for number, line in enumerate(text.splitlines(), start=1):
        header = re.match(r"\s*\[([^\]]+)\]", line)
        if header:
            table = header.group(1).strip()
            if table == ".".join(keys[:-1]) or table == ".".join(keys):
                best = number
            continue
        key = re.match(r"\s*([\w.\-\"']+)\s*=", line)
        if key:
            full = ".".join(filter(None, [table, key.group(1).strip("\"'")]))
            if full == ".".join(keys):
                return number
    return best
