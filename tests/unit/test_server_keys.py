"""Keys of servers: kept where the system keeps secrets, sent to one address, never shown."""

from __future__ import annotations

import io
import stat
from pathlib import Path

import pytest

from companion import cli, server_keys
from companion.core.errors import CompanionError, UsageError
from companion.core.settings import Elsewhere, Settings
from companion.memory.keys import NoKeyringError
from companion.server_keys import ServerKeys, address_of

GPU = "http://gpu:8080/v1#qwen"


class Ring:
    """A keyring; broken while `away` is set."""

    def __init__(self, away: bool = False) -> None:
        self.kept: dict[str, str] = {}
        self.away = away

    def find(self, account: str) -> str | None:
        if self.away:
            raise NoKeyringError("away")
        return self.kept.get(account)

    def keep(self, account: str, secret: str) -> None:
        if self.away:
            raise NoKeyringError("away")
        self.kept[account] = secret


def test_a_key_is_kept_in_the_keyring_and_is_for_one_address(tmp_path: Path) -> None:
    keys = ServerKeys(ring := Ring(), tmp_path / "keys.json")
    assert keys.keep(GPU, " abc \n") == "in the keyring of your system"
    assert keys.find("mind", "http://gpu:8080/other") == "abc"
    assert keys.find("mind", "http://gpu:9090/v1") == keys.find("mind", "https://gpu:8080/v1") == ""
    assert list(ring.kept.values()) == ["abc"]
    assert not (tmp_path / "keys.json").exists()
    keys.keep(GPU, "")
    assert keys.find("mind", GPU) == ""


def test_without_a_keyring_it_is_in_a_file_that_only_its_owner_reads(tmp_path: Path) -> None:
    keys = ServerKeys(Ring(away=True), file := tmp_path / "keys.json")
    assert str(file) in keys.keep(GPU, "abc")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    keys.keep("http://other:1/v1", "def")
    assert keys.find("mind", GPU) == "abc"
    keys.keep(GPU, "")
    assert (keys.find("mind", GPU), keys.find("mind", "http://other:1")) == ("", "def")


def test_once_there_is_a_keyring_the_file_holds_it_no_more(tmp_path: Path) -> None:
    ring = Ring(away=True)
    keys = ServerKeys(ring, file := tmp_path / "keys.json")
    keys.keep(GPU, "abc")
    ring.away = False
    keys.keep(GPU, "new")
    assert "abc" not in file.read_text()
    assert keys.find("mind", GPU) == "new"


def test_the_environment_comes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keys = ServerKeys(Ring(), tmp_path / "keys.json")
    keys.keep(GPU, "abc")
    monkeypatch.setenv("COMPANION_KEY_MIND", "of the environment")
    assert keys.find("mind", GPU) == "of the environment"
    assert keys.find("hearing", GPU) == "abc"


@pytest.mark.parametrize("key", ["two\nlines", "schlüssel", "x" * 5000])
def test_what_is_no_key_is_refused_without_repeating_it(tmp_path: Path, key: str) -> None:
    with pytest.raises(UsageError) as caught:
        ServerKeys(Ring(), tmp_path / "keys.json").keep(GPU, key)
    assert key not in str(caught.value)


def test_a_damaged_file_is_told(tmp_path: Path) -> None:
    (file := tmp_path / "keys.json").write_text("{broken")
    with pytest.raises(CompanionError, match="cannot be read"):
        ServerKeys(Ring(), file).find("mind", GPU)


def test_which_server_a_part_has() -> None:
    settings = Settings(elsewhere=Elsewhere(mind=GPU))
    assert address_of("mind", settings) == GPU
    assert address_of("voice", settings) == address_of("memory", settings) == ""
    with pytest.raises(UsageError, match="no part"):
        address_of("nose", settings)


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(server_keys, "settings_file", lambda: tmp_path / "settings.toml")
    (tmp_path / "settings.toml").write_text(f'[elsewhere]\nmind = "{GPU}"\n')
    return tmp_path / "settings.toml"


def run(file: Path, *arguments: str) -> int:
    return cli.main(["--settings", str(file), "key", *arguments])


def test_the_command_reads_a_key_from_its_input_and_shows_it_nowhere(
    file: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("very secret\n"))
    assert run(file, "set", "mind") == 0
    assert run(file, "list") == 0
    said = capsys.readouterr()
    assert "keys.json, which only you may read" in said.out
    assert "mind: http://gpu:8080/v1, a key is kept" in said.out
    assert "secret" not in said.out + said.err
    assert "very secret" in file.with_name("keys.json").read_text()


def test_a_key_without_a_server_is_refused(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(file, "set", "voice") == 2
    assert "elsewhere.voice" in capsys.readouterr().err


@pytest.mark.parametrize(
    "address", ["gpu:8080", "ftp://gpu", "http://me:secret@gpu:8080/v1", "http://gpu:8080/v1?key=x", "http://g pu/v1"]
)
def test_an_address_that_is_none_or_holds_a_password_is_refused(address: str) -> None:
    with pytest.raises(ValueError, match="mind"):
        Elsewhere(mind=address)
