"""Whom an interview found is kept beside all others, and chosen."""

from __future__ import annotations

from pathlib import Path

import pytest

from companion import adoption
from companion.core.errors import SettingsError
from companion.core.persona import Persona, find_persona, load_persona
from companion.core.settings import load_settings

WREN = Persona(version=2, name="Wren", character="You are Wren.")


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))


def test_it_takes_nobodys_place() -> None:
    first = adoption.keep(WREN)
    second = adoption.keep(WREN.model_copy(update={"character": "You are another Wren."}))
    assert first != second and load_persona(first) == WREN
    samantha = adoption.keep(WREN.model_copy(update={"name": "Samantha"}))
    assert samantha != "samantha" and "kept" not in str(find_persona("samantha"))
    assert load_persona("samantha").nicknames == ("Sam",)


def test_it_is_chosen_under_its_own_name(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    file.write_text('her_name = "Mo"\nuser_name = "Robin" # me\n')
    adoption.choose(adoption.keep(WREN), file)
    settings = load_settings(file)
    assert (settings.persona, settings.her_name, settings.user_name) == ("wren", "", "Robin")
    assert "# me" in file.read_text()


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "config").write_text("a file")
    with pytest.raises(SettingsError):
        adoption.keep(WREN)
