"""Personas load, and a broken one says what is wrong with it."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from random import Random

import pytest

from companion.core.errors import SettingsError
from companion.core.greetings import Greetings
from companion.core.paths import shipped
from companion.core.persona import Persona, load_persona


@pytest.mark.parametrize("file", sorted((shipped("assets") / "personas").glob("*.toml")), ids=lambda path: path.stem)
def test_every_shipped_persona_loads(file: Path) -> None:
    persona = load_persona(file.stem)
    assert persona.version == 2
    assert persona.name and persona.character and persona.examples and persona.summary
    for mood in Greetings.model_fields:
        assert getattr(persona.greetings, mood), mood


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('name = "A"\n', "character"),
        ('name = ""\ncharacter = "x"\n', "name"),
        ('name = "A"\ncharacter = "x"\nversion = 7\n', "version"),
        ('name = "A"\ncharacter = "x"\ntools = ["rm"]\n', "tools"),
        ('name = "A"\ncharacter = "x"\nlikes = ["rain"]\n', "likes needs version = 2"),
        ('version = 2\nname = "A"\ncharacter = "x"\n[dials]\nlength = 11\n', "dials.length"),
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
    assert "You are Ada B., a close friend" in ada.character
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


def test_another_name_reaches_every_text_and_leaves_the_voice() -> None:
    joe = Persona.model_validate(
        {
            "version": 2,
            "name": "Joe",
            "nicknames": ["Joey"],
            "character": "Joe.",
            "greetings": {"any": ["Joe here."]},
            "voice": {"voice": "en_US-joe, Joe"},
            "lore": {"entries": [{"keys": ["Joe"], "text": "Joe's shed."}]},
        }
    )
    ann = joe.called("Ann")
    assert ann.names == ("Ann",)
    assert ann.greetings.any == ("Ann here.",)
    assert ann.lore.entries[0].text == "Ann's shed." and ann.lore.entries[0].keys == ("Ann",)
    assert ann.voice == joe.voice


NOON, NIGHT = datetime(2026, 11, 24, 12), datetime(2026, 11, 24, 2)
LINES = Greetings(any=("Hi, {{user}}.",), first=("New?",), night=("Late.",), soon=("Again?",), long=("At last.",))


@pytest.mark.parametrize(
    ("now", "away", "met", "expected"),
    [
        (NOON, None, True, {"Hi, Sam."}),
        (NIGHT, None, True, {"Hi, Sam.", "Late."}),
        (NIGHT, timedelta(hours=1), True, {"Again?"}),
        (NOON, timedelta(days=1), True, {"Hi, Sam."}),
        (NOON, timedelta(days=3), True, {"At last."}),
        (NOON, None, False, {"New?"}),
    ],
)
def test_first_words_fit_the_occasion(now: datetime, away: timedelta | None, met: bool, expected: set[str]) -> None:
    persona = Persona(version=2, name="Ada", character="Ada.", greetings=LINES)
    assert {persona.first_words("Sam", now, away, met, Random(seed)) for seed in range(40)} == expected


def test_without_moods_the_one_greeting_is_said_or_none() -> None:
    assert Persona(name="Ada", character="Ada.", greeting="Hi, {{user}}!").first_words("", NOON) == "Hi!"
    assert Persona(name="Ada", character="Ada.").first_words("Sam", NOON) == ""
