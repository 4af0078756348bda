"""Where the key of the conversations is, and what happens when it is not to be had."""

from __future__ import annotations

import sys
import threading
from pathlib import Path
from types import ModuleType

import pytest

from companion.core.errors import CompanionError
from companion.memory import keys
from companion.memory.keys import Key, NoKeyringError, SystemKeyring
from companion.memory.store import open_diary


class DictKeyring:
    """A keyring in memory, which can fall silent."""

    def __init__(self) -> None:
        self.secrets: dict[str, str] = {}
        self.silent = False

    def find(self, account: str) -> str | None:
        if self.silent:
            raise NoKeyringError
        return self.secrets.get(account)

    def keep(self, account: str, secret: str) -> None:
        if self.silent:
            raise NoKeyringError
        self.secrets[account] = secret


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "conversations.db"


def test_a_keyring_keeps_the_key_and_no_file_does(file: Path) -> None:
    keyring = DictKeyring()
    diary = open_diary(file, keyring)
    (key,) = keyring.secrets.values()
    assert diary.where_key_is() == "in the keyring of your system"
    assert not any(key.encode() in path.read_bytes() for path in file.parent.iterdir())
    diary.close()
    again = open_diary(file, keyring)
    assert again.told == ""
    again.close()


def test_without_a_keyring_a_file_keeps_it(file: Path) -> None:
    keyring = DictKeyring()
    keyring.silent = True
    diary = open_diary(file, keyring)
    assert str(file.with_suffix(".key")) in diary.where_key_is()
    diary.close()
    keyring.silent = False
    again = open_diary(file, keyring)
    assert (again.told, keyring.secrets) == ("", {})
    again.close()


def test_a_keyring_that_is_silent_today_costs_nothing_that_was_kept(file: Path) -> None:
    keyring = DictKeyring()
    open_diary(file, keyring).close()
    before = file.read_bytes()
    keyring.silent = True
    with pytest.raises(CompanionError, match="does not answer") as caught:
        open_diary(file, keyring)
    assert "Unlock" in caught.value.hint
    assert file.read_bytes() == before


def test_a_keyring_that_has_lost_the_key_says_so(file: Path) -> None:
    keyring = DictKeyring()
    open_diary(file, keyring).close()
    keyring.secrets.clear()
    diary = open_diary(file, keyring)
    assert "lost" in diary.told
    assert len(keyring.secrets) == 1
    diary.close()


def test_a_keyring_that_forgets_at_once_is_not_trusted(file: Path) -> None:
    class Forgetful(DictKeyring):
        def keep(self, account: str, secret: str) -> None:
            pass

    key = Key(file, Forgetful())
    made = key.make()
    assert key.find() == made
    assert "only you may read" in key.where


@pytest.fixture
def backend(monkeypatch: pytest.MonkeyPatch) -> type:
    """The class of the backend that `keyring.get_keyring()` gives, as if on a desktop."""

    class Backend:
        secrets: dict[tuple[str, str], str] = {}  # noqa: RUF012

        def get_password(self, service: str, username: str) -> str | None:
            return self.secrets.get((service, username))

        def set_password(self, service: str, username: str, password: str) -> None:
            self.secrets[service, username] = password

    Backend.__module__ = "keyring.backends.SecretService"
    library = ModuleType("keyring")
    library.get_keyring = Backend  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "keyring", library)
    monkeypatch.setenv("DISPLAY", ":0")
    return Backend


def test_the_keyring_of_the_desktop_is_used(backend: type) -> None:
    keyring = SystemKeyring()
    assert keyring.find("a") is None
    keyring.keep("a", "secret")
    assert keyring.find("a") == "secret"


def test_a_keyring_of_another_kind_is_not_asked(backend: type) -> None:
    backend.__module__ = "keyrings.alt.file"
    with pytest.raises(NoKeyringError):
        SystemKeyring().find("a")


def test_a_keyring_that_fails_is_silent(backend: type, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(self: object, service: str, username: str) -> str:
        raise OSError("no bus")

    monkeypatch.setattr(backend, "get_password", fail)
    with pytest.raises(NoKeyringError, match="no bus"):
        SystemKeyring().find("a")


def test_a_keyring_that_hangs_is_not_waited_for(backend: type, monkeypatch: pytest.MonkeyPatch) -> None:
    released = threading.Event()
    monkeypatch.setattr(backend, "get_password", lambda self, service, username: str(released.wait()))
    monkeypatch.setattr(keys, "PATIENCE_S", 0.01)
    with pytest.raises(NoKeyringError, match="in time"):
        SystemKeyring().find("a")
    released.set()


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere the keyring needs no display")
def test_without_a_display_no_keyring_is_asked(backend: type, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DISPLAY")
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    with pytest.raises(NoKeyringError):
        SystemKeyring().find("a")
