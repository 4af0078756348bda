"""The token of `companion serve`."""

from __future__ import annotations

from pathlib import Path

import pytest

from companion.core.errors import CompanionError
from companion.memory.keys import NoKeyringError
from companion.serve_token import ServeToken


class Keyring:
    """Keeps in memory; or there is none."""

    def __init__(self, there: bool = True) -> None:
        self.there = there
        self.kept: dict[str, str] = {}

    def find(self, account: str) -> str | None:
        if not self.there:
            raise NoKeyringError
        return self.kept.get(account)

    def keep(self, account: str, secret: str) -> None:
        if not self.there:
            raise NoKeyringError
        self.kept[account] = secret


def test_it_is_made_once_and_kept_in_the_keyring(tmp_path: Path) -> None:
    keyring = Keyring()
    token = ServeToken(tmp_path, keyring).get()
    assert len(token) == 64
    assert ServeToken(tmp_path, keyring).get() == token
    assert list(keyring.kept.values()) == [token]
    assert next(iter(keyring.kept)).startswith("serve ")
    assert all(token not in file.read_text() for file in tmp_path.iterdir())


def test_without_a_keyring_it_is_in_a_file_that_only_its_owner_reads(tmp_path: Path) -> None:
    folder = tmp_path / "new"
    token = ServeToken(folder, Keyring(there=False))
    assert token.get() == ServeToken(folder, Keyring(there=False)).get()
    (file,) = folder.iterdir()
    assert file.stat().st_mode & 0o077 == 0
    assert str(file) in token.where


def test_another_one_takes_its_place(tmp_path: Path) -> None:
    token = ServeToken(tmp_path, Keyring())
    before = token.get()
    after = token.make()
    assert after != before
    assert token.get() == after


def test_a_keyring_that_does_not_answer_is_told_with_the_remedy(tmp_path: Path) -> None:
    keyring = Keyring()
    token = ServeToken(tmp_path, keyring)
    token.get()
    keyring.there = False
    with pytest.raises(CompanionError) as told:
        token.get()
    assert "--new-token" in told.value.hint
    assert len(token.make()) == 64


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(CompanionError, match="cannot be kept"):
        ServeToken(tmp_path / "file", Keyring(there=False)).get()
