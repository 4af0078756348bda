"""Settings that are wrong name field, line and range, and are never overwritten."""

from __future__ import annotations

from pathlib import Path

import pytest

from companion.core.errors import SettingsError
from companion.core.settings import Settings, load_settings


def test_no_file_means_defaults(tmp_path: Path) -> None:
    assert load_settings(tmp_path / "none.toml") == Settings()


def test_what_is_set_is_taken(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    file.write_text('user_name = "Sam"\n[voice]\nspeed = 1.2\n')
    settings = load_settings(file)
    assert (settings.user_name, settings.voice.speed) == ("Sam", 1.2)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[voice]\nvolume = 1\nspeed = 9\n", ["line 3", "voice.speed", "9", "from 0.5 to 2"]),
        ('[mind]\nengine = "gpt"\n', ["line 2", "mind.engine", "gpt", "auto, ollama, embedded"]),
        ('[hearing]\nlanguage = "klingon"\n', ["line 2", "hearing.language", "a two-letter code"]),
        ("[mind]\nthreads = 1.5\n", ["line 2", "mind.threads", "a whole number from 1 to 64"]),
        ("\n\n[voise]\nspeed = 1\n", ["line 3", "no setting called voise"]),
        ("[voice]\nsped = 1\n", ["line 2", "no setting called voice.sped"]),
        ("voice = 3\n", ["line 1", "voice", "a table of settings"]),
        ("[voice\n", ["not valid TOML", "line 1"]),
        ("a = 'x\n", ["not valid TOML"]),
        *(
            (f'[mind]\nollama_address = "{address}"\n', ["line 2", "mind.ollama_address", "http(s)://host[:port]"])
            for address in (
                "nonsense",
                "",
                "127.0.0.1:11434",
                "localhost",
                "ftp://localhost",
                "http://",
                "http://:11434",
                "http://a b",
                "http://host:port",
                "http://host:0",
                "http://host:99999",
                "http://[::1",
                "http://host?x=1",
            )
        ),
    ],
)
def test_mistakes_are_named_and_the_file_is_kept(tmp_path: Path, text: str, expected: list[str]) -> None:
    file = tmp_path / "settings.toml"
    file.write_text(text)
    with pytest.raises(SettingsError) as caught:
        load_settings(file)
    for part in expected:
        assert part in caught.value.message
    assert caught.value.hint
    assert file.read_text() == text


@pytest.mark.parametrize(
    "address", ["http://127.0.0.1:11434", "https://me:secret@mind.example", "http://[::1]:80", "http://my_box/ollama"]
)
def test_addresses_that_ollama_can_have(address: str) -> None:
    assert Settings.model_validate({"mind": {"ollama_address": address}}).mind.ollama_address == address


def test_a_file_that_was_named_must_exist(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"no settings file .*none\.toml"):
        load_settings(tmp_path / "none.toml", must_exist=True)


def test_bytes_that_are_no_text_are_an_error(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    file.write_bytes(b"\xff\xfe\x00bad")
    with pytest.raises(SettingsError, match="cannot be read"):
        load_settings(file)


def test_every_setting_explains_itself() -> None:
    for section in ("hearing", "turn_taking", "talking", "mind", "voice"):
        model = Settings.model_fields[section].annotation
        assert model is not None
        for name, field in model.model_fields.items():
            assert field.description and field.description.endswith("."), f"{section}.{name}"
