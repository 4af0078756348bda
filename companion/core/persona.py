"""Who she is: loaded from a TOML file, checked, immutable."""

from __future__ import annotations

import re
import tomllib
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from companion.core.errors import SettingsError
from companion.core.paths import personas_folder, shipped

MAX_FILE_BYTES = 1_000_000
"""A persona is text; a larger file is something else."""

LONGEST_NAME = 60


class ExampleExchange(BaseModel):
    """A line of the user's and how she would answer it: small models learn a manner of speech best from these."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    user: str = Field(min_length=1, max_length=500)
    reply: str = Field(min_length=1, max_length=500)


class Persona(BaseModel):
    """Her name, her character in plain words, and how she begins."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    version: int = Field(1, ge=1, le=1, description="Version of the file's format.")
    name: str = Field(min_length=1, max_length=LONGEST_NAME)
    character: str = Field(min_length=1, max_length=6000, description="Who she is, in a few paragraphs.")
    manner: str = Field("", max_length=3000, description="How she speaks.")
    greeting: str = Field("", max_length=300, description="Her first words; empty if she waits for yours.")
    examples: tuple[ExampleExchange, ...] = Field((), max_length=12)

    def called(self, name: str) -> Persona:
        """The same persona under another name, wherever it is written; unchanged if `name` is empty."""
        name = " ".join(name.split())[:LONGEST_NAME]
        if not name or name == self.name:
            return self
        hers = re.compile(rf"(?<!\w){re.escape(self.name)}(?!\w)")

        def renamed(text: str) -> str:
            return hers.sub(lambda _: name, text)

        examples = tuple(
            example.model_copy(update={"user": renamed(example.user), "reply": renamed(example.reply)})
            for example in self.examples
        )
        return self.model_copy(
            update={
                "name": name,
                "character": renamed(self.character),
                "manner": renamed(self.manner),
                "greeting": renamed(self.greeting),
                "examples": examples,
            }
        )


def find_persona(name_or_path: str) -> Path:
    """The file of a persona: a path, a name in the user's folder, or a name among those shipped."""
    direct = Path(name_or_path).expanduser()
    candidates = [direct] if direct.suffix == ".toml" else []
    candidates += [folder / f"{name_or_path}.toml" for folder in (personas_folder(), shipped("assets") / "personas")]
    for candidate in candidates:
        if candidate.is_file():
            return candidate
    known = ", ".join(sorted(path.stem for path in (shipped("assets") / "personas").glob("*.toml")))
    raise SettingsError(
        f"There is no persona called {name_or_path!r}.", f"Choose one of: {known}; or give a .toml file."
    )


def load_persona(name_or_path: str) -> Persona:
    """Read a persona. Raises SettingsError that names the file and the field."""
    path = find_persona(name_or_path)
    try:
        if path.stat().st_size > MAX_FILE_BYTES:
            raise SettingsError(f"The persona file {path} is too large.", "A persona is a short text file.")
        tree = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingsError(
            f"The persona file {path} cannot be read: {error}.", "Mend it or choose another."
        ) from error
    try:
        return Persona.model_validate(tree)
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(map(str, first["loc"]))
        raise SettingsError(
            f"The persona file {path} has a mistake in {field}: {first['msg']}.", "Mend that field."
        ) from error


class KnownPersona(NamedTuple):
    """A persona that can be chosen."""

    key: str
    """What the settings call it."""
    name: str


def known_personas() -> list[KnownPersona]:
    """Those of the user and those shipped, by name; files that cannot be read are left out."""
    found: dict[str, KnownPersona] = {}
    for folder in (shipped("assets") / "personas", personas_folder()):
        for path in sorted(folder.glob("*.toml")):
            with suppress(SettingsError):
                found[path.stem] = KnownPersona(path.stem, load_persona(path.stem).name)
    return sorted(found.values(), key=lambda persona: persona.name)
