"""The settings file survives whatever is in it, and is changed a field at a time."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from companion.core.errors import SettingsError
from companion.core.settings import Settings, load_settings
from companion.core.settings_file import SettingsFile


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "config" / "settings.toml"


def written(path: Path, content: str | bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def kept(path: Path) -> list[Path]:
    return sorted(path.parent.glob("settings.toml.kept-*"))


def test_no_file_means_defaults_and_none_is_made(path: Path) -> None:
    file = SettingsFile(path)
    assert (file.settings, file.told) == (Settings(), "")
    assert not path.parent.exists()


def test_what_is_set_is_in_the_file_for_the_commands_to_read(path: Path) -> None:
    file = SettingsFile(path)
    file.set("voice.speed", 1.2)
    file.set("user_name", 'Zoë \\ "x"')
    assert load_settings(path) == file.settings
    assert (file.settings.voice.speed, file.settings.user_name) == (1.2, 'Zoë \\ "x"')
    assert SettingsFile(path).settings == file.settings


def test_comments_order_and_line_ends_survive(path: Path) -> None:
    text = '# mine\r\nuser_name = "Sam" # me\r\n\r\n[voice]\r\n# slow\r\nspeed = 0.8 # please\r\nvolume = 0.5\r\n'
    file = SettingsFile(written(path, text))
    file.set("voice.speed", 0.9)
    assert path.read_bytes().decode() == text.replace("0.8", "0.9")
    file.reset("voice.volume")
    assert path.read_bytes().decode() == text.replace("0.8", "0.9").replace("volume = 0.5\r\n", "")
    assert file.settings.voice.volume == 1.0


def test_reset_of_what_was_never_set_is_nothing(path: Path) -> None:
    file = SettingsFile(path)
    file.reset("voice.speed")
    file.reset("user_name")
    assert file.settings == Settings() and not path.exists()


def test_what_was_edited_meanwhile_is_kept(path: Path) -> None:
    file = SettingsFile(path)
    file.set("voice.speed", 1.2)
    written(path, path.read_text() + "volume = 0.3\n")
    file.set("voice.speed", 1.3)
    assert (file.settings.voice.speed, file.settings.voice.volume) == (1.3, 0.3)


@pytest.mark.parametrize(
    ("key", "value", "allowed"),
    [
        ("voice.speed", 9, "from 0.5 to 2"),
        ("voice.speed", float("nan"), "from 0.5 to 2"),
        ("voice.speed", "fast", "a number"),
        ("mind.engine", "gpt", "auto, ollama, embedded"),
        ("mind.ollama_address", "nonsense", "http(s)://host"),
        ("hearing.language", "klingon", "two-letter code"),
        ("user_name", None, "text"),
        ("voice", 3, ""),
        ("voice.sped", 1, ""),
    ],
)
def test_bad_values_say_what_is_allowed_and_write_nothing(path: Path, key: str, value: object, allowed: str) -> None:
    file = SettingsFile(path)
    with pytest.raises(SettingsError) as caught:
        file.set(key, value)
    assert allowed in caught.value.hint and caught.value.hint
    assert not path.exists() and file.settings == Settings()


@pytest.mark.parametrize(
    ("content", "what"),
    [
        ('user_name = "Sam"\n[voice]\nspeed = 9\nvolume = 0.5\n', "voice.speed"),
        ('user_name = "Sam"\nfuture = 1\n[voice]\nvolume = 0.5\n[next]\n[next.more]\nx = 1\n', "future, next"),
        ('user_name = "Sam"\n[voice]\nvolume = 0.5\n[voice.deep]\nx = 1\n', "voice.deep"),
        ('user_name = "Sam"\nmind = 3\n"voice.speed" = 1.5\nvoice.volume = 0.5\n', "mind, voice.speed"),
        ('user_name = "Sam"\n[[mind]]\nthreads = 2\n[voice]\nvolume = 0.5\n', "mind"),
        ('user_name = "Sam"\n[voice]\nvolume = 0.5\nspe', "no TOML"),
        ('user_name = "Sam"\n[voice]\nspeed = \nvolume = 0.5\n[mind\nmodel = "', "no TOML"),
        ('\ufeffuser_name = "Sam"\n[voice]\nvolume = 0.5\n', "no TOML"),
        (b'user_name = "Sam"\n[voice]\nvolume = 0.5\nvoice = "\xff\xfe\x00"\n', "no TOML"),
        ('user_name = "Sam"\n[voice]\nvolume = 0.5\n[voice]\nvolume = 0.5\n', "no TOML"),
        ('user_name = "Sam"\n[voice]\nvolume = 0.5\nspeed = ' + "[" * 5000, "no TOML"),
    ],
)
def test_a_wrong_file_is_kept_aside_and_the_rest_of_it_used(path: Path, content: str | bytes, what: str) -> None:
    file = SettingsFile(written(path, content))
    assert (file.settings.user_name, file.settings.voice.volume) == ("Sam", 0.5)
    assert file.settings == Settings.model_validate({"user_name": "Sam", "voice": {"volume": 0.5}})
    assert [each.read_bytes() for each in kept(path)] == [content.encode() if isinstance(content, str) else content]
    assert what in file.told and str(kept(path)[0]) in file.told
    assert load_settings(path) == file.settings
    again = SettingsFile(path)
    assert (again.told, again.settings, len(kept(path))) == ("", file.settings, 1)


def test_several_wrong_files_within_a_second_are_all_kept(path: Path) -> None:
    for number in range(3):
        SettingsFile(written(path, f"wrong{number} = 1\n"))
    assert {each.read_text() for each in kept(path)} == {f"wrong{number} = 1\n" for number in range(3)}


def test_a_file_that_went_wrong_meanwhile_is_kept_aside_before_it_is_changed(path: Path) -> None:
    file = SettingsFile(path)
    written(path, 'user_name = "Sam"\nbroken')
    file.set("voice.speed", 1.2)
    assert (file.settings.user_name, file.settings.voice.speed) == ("Sam", 1.2)
    assert str(kept(path)[0]) in file.told


def test_a_link_stays_a_link_and_the_mode_stays(path: Path, tmp_path: Path) -> None:
    real = written(tmp_path / "dotfiles" / "companion.toml", "[voice]\nspeed = 1.5\n")
    real.chmod(0o600)
    path.parent.mkdir()
    path.symlink_to(real)
    SettingsFile(path).set("voice.speed", 1.1)
    assert path.is_symlink() and "1.1" in real.read_text()
    assert real.stat().st_mode & 0o777 == 0o600


def test_a_folder_in_its_place_is_told_and_nothing_is_set(path: Path) -> None:
    path.mkdir(parents=True)
    file = SettingsFile(path)
    assert file.settings == Settings() and "cannot be read" in file.told
    with pytest.raises(SettingsError, match="cannot be read"):
        file.set("voice.speed", 1.2)


@pytest.mark.parametrize("content", ["[voice]\nspeed = 1.5 # mine\n", "[voice]\nspeed = 1.5\nbroken"])
def test_a_full_disk_leaves_the_old_file_whole(path: Path, monkeypatch: pytest.MonkeyPatch, content: str) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    written(path, content)
    monkeypatch.setattr(os, "fsync", full)
    file = SettingsFile(path)
    assert file.settings.voice.speed == 1.5
    with pytest.raises(SettingsError, match="No space left on device") as caught:
        file.set("voice.speed", 1.2)
    assert caught.value.hint
    assert file.settings.voice.speed == 1.5
    assert [each.read_text() for each in path.parent.iterdir()] == [content]
