"""A diary whose file or key is damaged or gone: what can be read of it is kept, and it says so."""

from __future__ import annotations

import os
import signal
from contextlib import closing
from pathlib import Path

import pytest

from companion.memory.keys import SystemKeyring
from companion.memory.opening import DiaryFile
from companion.memory.store import SqliteDiary, open_diary
from companion.memory.vault import Vault
from tests.unit.memory.on_file import child, said, texts

FIRST_PAGE = 4096


def damage(file: Path, *pages: int) -> None:
    content = bytearray(file.read_bytes())
    for page in pages or range(1, len(content) // FIRST_PAGE):
        content[page * FIRST_PAGE + 100] ^= 1
    file.write_bytes(content)


def last_pages(file: Path) -> range:
    """The last third: beyond the pages that lead to all others."""
    pages = file.stat().st_size // FIRST_PAGE
    return range(2 * pages // 3, pages)


def test_a_damaged_file_is_kept_aside_and_a_new_one_begun(file: Path) -> None:
    diary = open_diary(file)
    old = diary.add(said("before"))
    diary.close()
    damage(file, 0)
    whole = file.read_bytes()
    diary = open_diary(file)
    (aside,) = file.parent.glob("conversations-damaged-*.db")
    assert aside.read_bytes() == whole
    assert str(aside) in diary.told
    assert texts(diary) == []
    assert diary.add(said("after")).number >= old.number
    diary.delete_all()
    assert not aside.exists()
    diary.close()


def test_damage_that_shows_in_the_middle_of_things_does_not_end_them(file: Path) -> None:
    diary = open_diary(file)
    for number in range(300):
        diary.add(said(f"{number} " * 50))
    diary.close()
    damage(file, *last_pages(file))
    diary, other = open_diary(file), open_diary(file)
    assert diary.told == ""
    left = texts(diary)
    assert 0 < len(left) < 300
    assert f"damaged, or its key is another's. It is kept as {file.parent}" in diary.told
    assert f"the {len(left)} turns that can be read of it are here" in diary.told
    assert diary.add(said("after")).text == "after"
    assert texts(other) == [*left, "after"], "the other process goes over to the new file"
    assert texts(diary, left[0]) == [left[0]]
    for each in (diary, other):
        each.close()


def test_of_a_damaged_page_seldom_more_is_lost_than_stood_on_it(file: Path) -> None:
    diary = open_diary(file)
    for number in range(60):
        diary.add(said(f"{number} " * 50))
    whole = {entry.number: entry.text for entry in diary.entries()}
    diary.close()
    content, lost = file.read_bytes(), []
    for page in range(1, len(content) // FIRST_PAGE, 2):
        file.write_bytes(content)
        damage(file, page)
        with closing(Vault(DiaryFile(file, SystemKeyring()))) as vault:
            vault.open(thoroughly=True)
            assert "damaged" in vault.told
        diary = open_diary(file)
        left = {entry.number: entry.text for entry in diary.entries()}
        diary.close()
        assert left.items() <= whole.items()
        lost.append(len(whole) - len(left))
    assert sum(rows <= 25 for rows in lost) >= len(lost) - 2, "but for the pages that lead to all others"


@pytest.mark.parametrize("part", [0, 0.1, 0.5, 0.9])
def test_a_file_cut_short_is_read_as_far_as_it_goes(file: Path, part: float) -> None:
    diary = open_diary(file)
    for number in range(300):
        diary.add(said(f"{number} " * 50))
    whole = texts(diary)
    diary.close()
    os.truncate(file, int(file.stat().st_size * part) // 1000 * 1000)
    diary = open_diary(file)
    diary.add(said("after"))
    *left, after = texts(diary)
    assert set(left) <= set(whole)
    assert after == "after"
    assert (len(left) > 30) == (part >= 0.5)
    assert ("damaged" in diary.told) == (part > 0)
    diary.close()


def test_a_key_of_another_file_opens_nothing_and_loses_nothing(file: Path, tmp_path: Path) -> None:
    diary = open_diary(file)
    diary.add(said("before"))
    diary.close()
    whole, key = file.read_bytes(), file.with_suffix(".key").read_text()
    file.with_suffix(".key").write_text(key[::-1])
    diary = open_diary(file)
    assert "its key is another's" in diary.told and "nothing of it can be read" in diary.told
    assert texts(diary) == []
    diary.close()
    (aside,) = file.parent.glob("conversations-damaged-*.db")
    assert aside.read_bytes() == whole
    file.with_suffix(".key").write_text(key)
    aside.replace(file)
    diary = open_diary(file)
    assert texts(diary) == ["before"]
    diary.close()


@pytest.mark.parametrize("step", ["into", "_keep_aside", "_end_recovery"])
def test_a_recovery_that_is_killed_is_done_again(file: Path, step: str) -> None:
    diary = open_diary(file)
    for number in range(300):
        diary.add(said(f"{number} " * 50))
    diary.close()
    damage(file, *last_pages(file))
    code = (
        "import os; from companion.memory.opening import DiaryFile, Salvage\n"
        f"room = Salvage if {step!r} == 'into' else DiaryFile; do = getattr(room, {step!r})\n"
        "def kill(self, *given): do(self, *given); os.kill(os.getpid(), 9)\n"
        "def kill_before(self, *given): self.path.exists() or os.kill(os.getpid(), 9); do(self, *given)\n"
        f"setattr(room, {step!r}, kill_before if {step!r} == '_end_recovery' else kill)\n"
        "diary.entries()\n"
    )
    assert child(code, file).wait() == -signal.SIGKILL
    diary = open_diary(file)
    assert len(diary.entries()) > 100
    assert list(file.parent.glob("conversations-damaged-*.db"))
    diary.close()


def test_without_its_key_the_file_is_kept_aside(file: Path) -> None:
    diary = open_diary(file)
    diary.add(said("before"))
    diary.close()
    file.with_suffix(".key").unlink()
    diary = open_diary(file)
    assert "key" in diary.told
    assert "lost" in diary.told
    assert texts(diary) == []
    assert len(list(file.parent.glob("conversations-damaged-*.db"))) == 1
    diary.close()


def test_a_file_that_somebody_deleted_is_begun_anew(diary: SqliteDiary, file: Path) -> None:
    diary.add(said("before"))
    for path in file.parent.glob("conversations.db*"):
        path.unlink()
    diary.add(said("after"))
    assert texts(diary) == ["after"]
