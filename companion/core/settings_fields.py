"""The fields of the settings tree as a list: what a window needs to show, check and reset each of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from pydantic import BaseModel, ValidationError

from companion.core.errors import SettingsError
from companion.core.settings import Settings, allowed_values

Kind = Literal["switch", "choice", "whole", "number", "text"]
_KINDS: dict[str, Kind] = {"boolean": "switch", "integer": "whole", "number": "number", "string": "text"}


@dataclass(frozen=True, slots=True)
class SettingField:
    """One field, as it was declared. Title, help and labels are English: whoever shows them translates them."""

    key: str
    """Its place in the tree, such as "voice.speed"."""
    title: str
    help: str
    """One sentence or two."""
    kind: Kind
    default: object
    unit: str
    live: bool
    """It is taken at once; else the engine must be started again."""
    advanced: bool
    hidden: bool
    labels: Mapping[str, str]
    """Each choice, in plain words; empty unless it is a choice."""
    minimum: float | None
    maximum: float | None
    example: str
    """A value as one might write it, the same in every language; empty if there is none."""

    @property
    def section(self) -> str:
        """Such as "voice"; empty for what stands above the sections."""
        return self.key.rpartition(".")[0]

    @property
    def of_window(self) -> bool:
        """It is about the app alone; the engine takes no notice of it."""
        return self.section in ("window", "shortcuts")

    def value_in(self, settings: Settings) -> object:
        value: object = settings
        for name in self.key.split("."):
            value = getattr(value, name)
        return value

    def checked(self, value: object) -> object:
        """`value` as the tree takes it: 1 becomes 1.0. Raises SettingsError that says what is allowed."""
        section, _, name = self.key.rpartition(".")
        try:
            settings = Settings.model_validate({section: {name: value}} if section else {name: value})
        except ValidationError as error:
            allowed = allowed_values(self.key.split("."))
            raise SettingsError(f"{self.key} cannot be {value!r}.", f"It must be {allowed}.") from error
        return self.value_in(settings)


@cache
def setting_fields() -> Mapping[str, SettingField]:
    """All fields by key, as they stand in the tree."""
    return {field.key: field for field in _fields_of(Settings, "")}


def setting_field(key: str) -> SettingField:
    """The field at `key`. Raises SettingsError if there is none."""
    try:
        return setting_fields()[key]
    except KeyError as error:
        raise SettingsError(f"There is no setting called {key}.", "The settings window shows all there are.") from error


def _fields_of(model: type[BaseModel], prefix: str) -> list[SettingField]:
    schemas = model.model_json_schema()["properties"]
    found: list[SettingField] = []
    for name, info in model.model_fields.items():
        if isinstance(info.annotation, type) and issubclass(info.annotation, BaseModel):
            found += _fields_of(info.annotation, f"{prefix}{name}.")
        else:
            found.append(_field(f"{prefix}{name}", info.default, schemas[name]))
    return found


def _field(key: str, default: object, schema: Mapping[str, Any]) -> SettingField:
    return SettingField(
        key=key,
        title=schema["title"],
        help=schema["description"],
        kind="choice" if "enum" in schema else _KINDS[schema["type"]],
        default=default,
        unit=schema["unit"],
        live=schema["live"],
        advanced=schema["advanced"],
        hidden=schema["hidden"],
        labels=schema["labels"],
        minimum=schema.get("minimum"),
        maximum=schema.get("maximum"),
        example=schema.get("example", ""),
    )
