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
