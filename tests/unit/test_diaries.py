"""Which file remembers the conversations with a persona."""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from companion.cli import main
from companion.core.diary import Entry
from companion.core.paths import diary_file, personas_folder, shared_diary_file
from companion.core.settings import Memory, Settings
from companion.diaries import open_diary, prepared_file
from companion.memory import store

NOON = datetime(2025, 3, 1, 12, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("COMPANION_DIARY")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    return tmp_path


def say(settings: Settings, text: str) -> None:
    with closing(open_diary(settings)) as diary:
        diary.add(Entry(0, NOON, "user", "Whoever", text))


def said(settings: Settings) -> list[str]:
    with closing(open_diary(settings)) as diary:
        return [entry.text for entry in diary.entries()]


def test_each_persona_has_her_own_memory() -> None:
    say(Settings(persona="samantha"), "to Samantha")
    say(Settings(persona="juno"), "to Juno")
    assert said(Settings(persona="samantha")) == ["to Samantha"]
    assert said(Settings(persona="juno")) == ["to Juno"]


def test_they_share_one_if_that_is_chosen() -> None:
    shared = Memory(shared=True)
    say(Settings(persona="samantha", memory=shared), "to Samantha")
    assert said(Settings(persona="juno", memory=shared)) == ["to Samantha"]
    assert prepared_file(Settings(memory=shared)) == shared_diary_file()


def test_what_was_said_before_goes_to_whom_it_was_said_to() -> None:
    with closing(store.open_diary()) as diary:
        for name in ("Samantha", "Sam", "Ravi", "One who is no more"):
            diary.add(Entry(0, NOON, "user", name, f"to {name}"))
    settings = Settings(persona="samantha", her_name="Sam")
    assert said(settings) == ["to Samantha", "to Sam", "to One who is no more"]
    assert said(Settings(persona="ravi")) == ["to Ravi"]
    assert said(Settings(memory=Memory(shared=True))) == []


def test_what_is_too_old_is_forgotten_when_it_is_opened() -> None:
    say(Settings(), "long ago")
    assert said(Settings(memory=Memory(keep_days=36500))) == ["long ago"]
    assert said(Settings(memory=Memory(keep_days=1))) == []


def test_a_persona_of_the_same_name_is_no_other(home: Path) -> None:
    personas_folder().mkdir(parents=True)
    (personas_folder() / "mine.toml").write_text('name = "Samantha"\ncharacter = "Like her."\n')
    with closing(store.open_diary()) as diary:
        diary.add(Entry(0, NOON, "user", "Samantha", "hello"))
    assert said(Settings(persona="mine")) == ["hello"]


@pytest.mark.parametrize("persona", ["~/x/Ada Lovelace.toml", "../../etc/passwd", "É", "", "con/..", "a" * 300, "Sam"])
def test_any_name_makes_a_safe_file(persona: str) -> None:
    file = diary_file(persona)
    folder = file.parent
    assert folder.parent == shared_diary_file().parent / "conversations"
    assert folder.name.isascii() and 8 < len(folder.name) < 60 and "/" not in folder.name and folder.name[0] != "."
    assert file != diary_file(f"{persona}x")


def test_a_file_named_in_the_environment_is_for_all(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COMPANION_DIARY", str(home / "one.db"))
    say(Settings(persona="samantha"), "to Samantha")
    assert said(Settings(persona="juno")) == ["to Samantha"]


def test_a_command_can_name_another_persona(capsys: pytest.CaptureFixture[str]) -> None:
    say(Settings(persona="juno"), "to Juno")
    assert main(["memory", "export", "--persona", "juno"]) == 0
    assert "to Juno" in capsys.readouterr().out
    assert main(["memory", "export"]) == 0
    assert capsys.readouterr().out == ""
    assert main(["memory", "export", "--persona", "nobody"]) == 3
    assert "There is no persona called 'nobody'" in capsys.readouterr().err
