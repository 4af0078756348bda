"""A persona that is being written: as plain values, with what is wrong with them by its place."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Literal, NamedTuple

from pydantic import ValidationError

from companion.core.persona import Persona

Values = dict[str, Any]
"""The fields of a persona by name, as they would stand in its file."""

Wrong = Literal["empty", "too long", "too many", "not allowed"]

_KINDS: dict[str, Wrong] = {"string_too_short": "empty", "string_too_long": "too long", "too_long": "too many"}
_KEPT_BY_A_RENAMING = ("voice", "nicknames", "version", "language")


WRAPPED_LETTERS = 80
"""A shorter line ends where its writer wanted it to end."""


class Problem(NamedTuple):
    """What is wrong with a value."""

    place: str
    """Such as "name" or "examples.3.reply"."""
    kind: Wrong
    most: int = 0
    """How many characters, or things, there may be."""


def values_of(persona: Persona) -> Values:
    """All fields of `persona`, to be changed. A file of the first version becomes one of the second."""
    values = _trimmed(persona.model_dump(mode="json"))
    return {**values, "version": 2, **{name: _unwrapped(values[name]) for name in ("character", "manner")}}


def empty_values() -> Values:
    """A new persona, of whom nothing is known yet."""
    return {**values_of(Persona(version=2, name="-", character="-")), "name": "", "character": ""}


def persona_of(values: Mapping[str, Any]) -> Persona | list[Problem]:
    """The persona that `values` make, or what is wrong with them. Space around texts goes."""
    try:
        return Persona.model_validate(_trimmed(values))
    except ValidationError as error:
        return [
            Problem(
                ".".join(map(str, each["loc"])),
                _KINDS.get(each["type"], "not allowed"),
                int(each.get("ctx", {}).get("max_length", 0)),
            )
            for each in error.errors()
        ]


def renamed(values: Mapping[str, Any], old: str, new: str) -> Values:
    """`values` with the name `old`, wherever it is written, replaced by `new`."""
    hers = re.compile(rf"(?<!\w){re.escape(old)}(?!\w)")

    def changed(value: Any) -> Any:
        if isinstance(value, str):
            return hers.sub(lambda _: new, value)
        if isinstance(value, list):
            return [changed(one) for one in value]
        return {key: changed(one) for key, one in value.items()} if isinstance(value, dict) else value

    return {key: value if key in _KEPT_BY_A_RENAMING else changed(value) for key, value in values.items()}


def _unwrapped(text: str) -> str:
    """Lines that were broken for want of width joined, so that a window may break them anew."""
    return re.sub(rf"(?m)^(.{{{WRAPPED_LETTERS},}}?) ?\n(?=\S)", r"\1 ", text)


def _trimmed(value: Any) -> Any:
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, (list, tuple)):
        return [_trimmed(one) for one in value]
    return {key: _trimmed(one) for key, one in value.items()} if isinstance(value, Mapping) else value
