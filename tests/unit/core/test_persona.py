"""Personas load, and a broken one says what is wrong with it."""

from __future__ import annotations

from pathlib import Path

import pytest

from companion.core.errors import SettingsError
from companion.core.paths import shipped
from companion.core.persona import load_persona


@pytest.mark.parametrize("file", sorted((shipped("assets") / "personas").glob("*.toml")), ids=lambda path: path.stem)
def test_every_shipped_persona_loads(file: Path) -> None:
    persona = load_persona(file.stem)
    assert persona.name and persona.character and persona.examples


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('name = "A"\n', "character"),
        ('name = ""\ncharacter = "x"\n', "name"),
        ('name = "A"\ncharacter = "x"\nversion = 7\n', "version"),
        ('name = "A"\ncharacter = "x"\ntools = ["rm"]\n', "tools"),
        ("name = [", "cannot be read"),
        ("x" * 1_000_001, "too large"),
    ],
)
def test_mistakes_are_named(tmp_path: Path, text: str, expected: str) -> None:
    file = tmp_path / "mine.toml"
    file.write_text(text)
    with pytest.raises(SettingsError, match=expected):
        load_persona(str(file))


def test_an_unknown_name_lists_the_known_ones() -> None:
    with pytest.raises(SettingsError) as caught:
        load_persona("nobody")
    assert "samantha" in caught.value.hint


def test_another_name_is_hers_wherever_it_is_written() -> None:
    persona = load_persona("samantha").model_copy(update={"greeting": "Samantha's here. Samanthas are many."})
    ada = persona.called("  Ada  B. ")
    assert ada.name == "Ada B."
    assert ada.greeting == "Ada B.'s here. Samanthas are many."
    assert "You are Ada B., a companion" in ada.character
    everything = ada.model_dump_json().replace("Samanthas", "")
    assert "Samantha" not in everything


@pytest.mark.parametrize("name", ["", "   ", "Samantha"])
def test_no_other_name_changes_nothing(name: str) -> None:
    persona = load_persona("samantha")
    assert persona.called(name) is persona


def test_a_name_is_no_pattern_and_no_longer_than_a_name() -> None:
    persona = load_persona("samantha")
    assert persona.called(r"\\1 \\g<0>").name == r"\\1 \\g<0>"
    assert len(persona.called("x" * 500).name) == 60
