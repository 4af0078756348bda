"""A persona that is being written: what is wrong with it and where, and what a new name changes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from companion.core.errors import SettingsError
from companion.core.persona import Persona, load_persona
from companion.core.persona_draft import Problem, empty_values, persona_of, renamed, values_of
from companion.core.persona_file import save_version
from companion.core.persona_places import original_of


def test_what_was_loaded_makes_the_same_persona() -> None:
    for key in ("samantha", "anselm"):
        values = values_of(load_persona(key))
        made = persona_of(values)
        assert isinstance(made, Persona) and values_of(made) == values


def test_lines_broken_for_want_of_width_are_joined_and_others_stay() -> None:
    long = "You are Ada, and you have lived in this house by the sea for longer than anybody can remember,"
    persona = Persona(version=2, name="Ada", character=f"{long}\nor so they say.\n\nAge: 40\nLikes: soup\n")
    assert values_of(persona)["character"] == f"{long} or so they say.\n\nAge: 40\nLikes: soup"


def test_a_file_of_the_first_version_gets_dials() -> None:
    values = values_of(Persona(name="Ada", character="You are Ada."))
    assert values["version"] == 2 and values["dials"]["warmth"] == 6


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"name": "  "}, Problem("name", "empty", 0)),
        ({"name": "A" * 61}, Problem("name", "too long", 60)),
        ({"likes": ["soup"] * 25}, Problem("likes", "too many", 24)),
        ({"examples": [{"user": "Hi", "reply": ""}]}, Problem("examples.0.reply", "empty", 0)),
        ({"language": "English"}, Problem("language", "not allowed", 0)),
        ({"dials": {"length": 11}}, Problem("dials.length", "not allowed", 0)),
    ],
)
def test_what_is_wrong_is_told_with_its_place(change: dict[str, Any], problem: Problem) -> None:
    assert persona_of({**values_of(load_persona("samantha")), **change}) == [problem]


def test_a_new_one_lacks_a_name_and_a_character() -> None:
    found = persona_of(empty_values())
    assert isinstance(found, list) and [problem.place for problem in found] == ["name", "character"]


def test_a_new_name_stands_wherever_the_old_one_did() -> None:
    values = {
        **empty_values(),
        "name": "Sam",
        "nicknames": ["Sam"],
        "character": "You are Sam, not Samuel.",
        "examples": [{"user": "Hi Sam!", "reply": "Sam's here."}],
    }
    new = renamed(values, "Sam", "Al\\ex")
    assert new["name"] == "Al\\ex"
    assert new["character"] == "You are Al\\ex, not Samuel."
    assert new["examples"] == [{"user": "Hi Al\\ex!", "reply": "Al\\ex's here."}]
    assert new["nicknames"] == ["Sam"], "she may still be called that"


def test_ones_own_version_is_kept_only_where_it_differs(tmp_path: Path) -> None:
    original = load_persona(str(original_of("samantha")))
    file = tmp_path / "samantha.toml"
    save_version(original.called("Sam"), file, original)
    assert load_persona(str(file)).name == "Sam"
    save_version(original, file, original)
    assert not file.exists()
    save_version(original, file, None)
    assert file.exists(), "there is no other one"


def test_a_version_that_cannot_be_removed_is_told(tmp_path: Path) -> None:
    original = load_persona("samantha")
    with pytest.raises(SettingsError, match="cannot be removed"):
        save_version(original, tmp_path, original)
