"""Who she is: loaded from a TOML file, checked, immutable."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import Annotated, NamedTuple, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from companion.core.errors import SettingsError
from companion.core.greetings import Greetings
from companion.core.lore import Lore
from companion.core.macros import filled_in_speech
from companion.core.paths import personas_folder, shipped

MAX_FILE_BYTES = 1_000_000
"""A persona is text; a larger file is something else."""

LONGEST_NAME = 60


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ExampleExchange(_Part):
    """A line of the user's and how she would answer it: small models learn a manner of speech best from these."""

    user: str = Field(min_length=1, max_length=500)
    reply: str = Field(min_length=1, max_length=500)


Dial = Annotated[int, Field(ge=0, le=10)]


class Dials(_Part):
    """How she speaks, each from 0 to 10. What they say to the model is in `core.persona_words`."""

    length: Dial = Field(4, description="From a few words to a whole story.")
    humour: Dial = Field(5, description="From earnest to playful.")
    directness: Dial = Field(5, description="From hints to bluntness.")
    warmth: Dial = Field(6, description="From cool to tender.")
    formality: Dial = Field(3, description="From slang to old courtesy.")
    curiosity: Dial = Field(5, description="From no questions to many.")


class PersonaVoice(_Part):
    """How she sounds, where your settings leave it open."""

    voice: str = Field("", max_length=500, description="As in the settings; empty: theirs.")
    speed: float | None = Field(None, ge=0.5, le=2.0)
    expressiveness: float | None = Field(None, ge=0.0, le=1.0)


Phrase = Annotated[str, Field(min_length=1, max_length=300)]


class Persona(_Part):
    """Who she is. In every text {{char}} stands for her name and {{user}} for yours (`core.macros`)."""

    version: int = Field(1, ge=1, le=2, description="Version of the file's format; 2 for all below `examples`.")
    name: str = Field(min_length=1, max_length=LONGEST_NAME)
    character: str = Field(min_length=1, max_length=20_000, description="Who she is, in a few paragraphs.")
    manner: str = Field("", max_length=6000, description="How she speaks.")
    greeting: str = Field("", max_length=300, description="Her first words; empty if she waits for yours.")
    examples: tuple[ExampleExchange, ...] = Field((), max_length=12)
    summary: str = Field("", max_length=200, description="Who she is in one line, for those who choose.")
    nicknames: tuple[Annotated[str, Field(min_length=1, max_length=LONGEST_NAME)], ...] = Field(
        (), max_length=8, description="Names that she answers to beside her own."
    )
    dials: Dials = Dials()
    likes: tuple[Phrase, ...] = Field((), max_length=24)
    boundaries: tuple[Phrase, ...] = Field((), max_length=24, description="What she never does, as sentences to her.")
    reminder: str = Field("", max_length=300, description="Said to the model at each turn; a few words.")
    greetings: Greetings = Field(Greetings(), description="Her first words by occasion; they go before `greeting`.")
    voice: PersonaVoice = PersonaVoice()
    language: str = Field("", pattern="^([a-z]{2})?$", description="That she speaks; empty: yours.")
    lore: Lore = Lore()

    @model_validator(mode="after")
    def _says_its_version(self) -> Persona:
        newer = sorted(self.model_fields_set - _VERSION_1)
        if self.version == 1 and newer:
            raise ValueError(f"{newer[0]} needs version = 2 at the top of the file")
        return self

    @property
    def names(self) -> tuple[str, ...]:
        """All that she answers to, her own name first."""
        return (self.name, *self.nicknames)

    def first_words(
        self,
        user_name: str,
        now: datetime,
        away: timedelta | None = None,
        met: bool = True,
        chance: Random | None = None,
    ) -> str:
        """One of her greetings for the occasion; empty if she waits. `away`: since the last word, if that is known."""
        lines = self.greetings.fitting(now, away, met)
        line = (chance or Random()).choice(lines) if lines else self.greeting
        return filled_in_speech(line, self.name, user_name)

    def called(self, name: str) -> Persona:
        """The same persona under another name, wherever it is written; unchanged if `name` is empty."""
        name = " ".join(name.split())[:LONGEST_NAME]
        if not name or name == self.name:
            return self
        hers = re.compile(rf"(?<!\w){re.escape(self.name)}(?!\w)")
        renamed = _with_texts(self, lambda text: hers.sub(lambda _: name, text))
        return renamed.model_copy(update={"name": name, "nicknames": (), "voice": self.voice})


_VERSION_1 = {"version", "name", "character", "manner", "greeting", "examples"}

_Model = TypeVar("_Model", bound=BaseModel)


def _with_texts(model: _Model, change: Callable[[str], str]) -> _Model:
    """A copy of `model` with every text in it changed."""

    def changed(value: object) -> object:
        if isinstance(value, str):
            return change(value)
        if isinstance(value, tuple):
            return tuple(map(changed, value))
        return _with_texts(value, change) if isinstance(value, BaseModel) else value

    return model.model_copy(update={name: changed(getattr(model, name)) for name in type(model).model_fields})


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
        field = "".join(f" in {name}" for name in [".".join(map(str, first["loc"]))] if name)
        raise SettingsError(f"The persona file {path} has a mistake{field}: {first['msg']}.", "Mend it.") from error


class KnownPersona(NamedTuple):
    """A persona that can be chosen."""

    key: str
    """What the settings call it."""
    name: str
    about: str
    """Who she is in a line or two."""


ABOUT_LETTERS = 190
"""Of a character that has no summary, so much is shown."""


def about_words(persona: Persona) -> str:
    """Her summary; without one, how her character begins."""
    words = " ".join((persona.summary or persona.character).split())
    words = filled_in_speech(words, persona.name, "")
    return words if len(words) <= ABOUT_LETTERS + 10 else words[:ABOUT_LETTERS].rsplit(" ", 1)[0] + " …"


def known_personas() -> list[KnownPersona]:
    """Those of the user and those shipped, by name; files that cannot be read are left out."""
    found: dict[str, KnownPersona] = {}
    for folder in (shipped("assets") / "personas", personas_folder()):
        for path in sorted(folder.glob("*.toml")):
            with suppress(SettingsError):
                persona = load_persona(path.stem)
                found[path.stem] = KnownPersona(path.stem, persona.name, about_words(persona))
    return sorted(found.values(), key=lambda persona: persona.name)
