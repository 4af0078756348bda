"""How a field of the settings tree is declared: once, with all that is to be known of it."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict, Field


def setting(
    default: Any,
    title: str,
    description: str,
    *,
    unit: str = "",
    live: bool = False,
    advanced: bool = False,
    hidden: bool = False,
    labels: dict[str, str] | None = None,
    allowed: str = "",
    example: str = "",
    **limits: Any,
) -> Any:
    """Declare a field of the tree; `core.settings_fields` reads this back.

    `live`: it is taken at once; else the engine must be started again. `advanced`: for those who want to know.
    `hidden`: the program's own. `labels`: each choice in plain words. `allowed`: the rule in words, where
    the type does not say it. `example`: of a text that nobody guesses the form of. `limits` are pydantic's: ge, le,
    pattern.
    """
    extra: dict[str, Any] = {"unit": unit, "live": live, "advanced": advanced, "hidden": hidden, "labels": labels or {}}
    if allowed:
        extra["allowed"] = allowed
    if example:
        extra["example"] = example
    return Field(default, title=title, description=description, json_schema_extra=extra, **limits)


class Section(BaseModel):
    """Fields that belong together; what is set is not changed in place."""

    model_config = ConfigDict(extra="forbid", frozen=True)
