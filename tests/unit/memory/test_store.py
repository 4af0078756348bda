"""The diary on disk: encrypted, shared by processes, whole after a crash, honest when the disk is not."""

from __future__ import annotations

import itertools
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from companion.core.diary import Entry
from companion.core.errors import CompanionError
from companion.core.paths import shared_diary_file
from companion.memory import opening, schema
from companion.memory.keys import SystemKeyring
from companion.memory.no_diary import NoDiary
from companion.memory.opening import DiaryFile
from companion.memory.store import SqliteDiary, open_diary
from companion.memory.vault import Vault

FIRST_PAGE = 4096


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "data" / "conversations.db"


@pytest.fixture
def diary(file: Path) -> Iterator[SqliteDiary]:
    diary = open_diary(file)
    yield diary
    diary.close()


def said(text: str) -> Entry:
    return Entry(0, datetime(2026, 3, 1, 12, 0, tzinfo=UTC), "user", "Samantha", text)


def texts(diary: SqliteDiary, matching: str = "") -> list[str]:
    return [entry.text for entry in diary.entries(matching=matching, limit=100_000)]


def damage(file: Path, *pages: int) -> None:
    content = bytearray(file.read_bytes())
    for page in pages or range(1, len(content) // FIRST_PAGE):
        content[page * FIRST_PAGE + 100] ^= 1
    file.write_bytes(content)


def last_pages(file: Path) -> range:
    """The last third: beyond the pages that lead to all others."""
    pages = file.stat().st_size // FIRST_PAGE
    return range(2 * pages // 3, pages)


def on_disk(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


def child(code: str, file: Path) -> subprocess.Popen[str]:
    """A process with `diary` open on `file`, and `said`."""
    start = (
        "import sys; from datetime import *; from pathlib import Path; from companion.core.diary import Entry\n"
        "from companion.core.errors import CompanionError; from companion.memory.store import open_diary\n"
        "said = lambda text: Entry(0, datetime.now(timezone.utc), 'user', 'Samantha', text)\n"
        "diary = open_diary(Path(sys.argv[1]))\n"
    )
    return subprocess.Popen(
        [sys.executable, "-c", start + code, str(file)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )


def test_nothing_that_was_said_can_be_read_on_disk(diary: SqliteDiary, file: Path) -> None:
    diary.add(said("marmalade"))
    assert texts(diary) == ["marmalade"]
    assert b"marmalade" not in on_disk(file.parent)
    assert b"CREATE TABLE" not in on_disk(file.parent)


def test_only_the_user_may_read_it(diary: SqliteDiary, file: Path) -> None:
    diary.add(said("marmalade"))
    assert file.parent.stat().st_mode & 0o777 == 0o700
    for path in file.parent.glob("conversations.[dk]*"):
        assert path.stat().st_mode & 0o077 == 0, path


def test_it_lies_in_the_folder_of_the_users_data(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.delenv("COMPANION_DIARY")
    diary = open_diary()
    diary.add(said("here"))
    assert shared_diary_file().is_relative_to(tmp_path)
    assert texts(diary) == ["here"]
    assert shared_diary_file().is_file()
    diary.close()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("我想学习日本語", "日本語"),
        ("我想学习日本語", "学"),
        ("วันนี้อากาศดี", "อากาศ"),
        ("Un café, s'il vous plaît", "CAFE s'il plai"),
        ("Die Straße nach Köln", "strasse koln"),
        ("हिन्दी में बात", "हिन्दी"),
        ("Сегодня хорошая погода", "ПОГО"),
        ("I don't know", "don't"),
    ],
)
def test_words_of_any_language_are_found(diary: SqliteDiary, text: str, words: str) -> None:
    diary.add(said(text))
    diary.add(said("something else"))
    assert texts(diary, words) == [text]


@pytest.mark.parametrize(
    "typed",
    ['"', '"cat', "cat AND", "NOT cat", "cat OR dog", "NEAR(cat, dog)", "text:cat", "cat*", "^cat", "c-at)", "\0"],
)
def test_what_is_typed_is_never_a_query_language(diary: SqliteDiary, typed: str) -> None:
    plain = "near cat and dog; not text: cat or or c at"
    diary.add(said(plain))
    diary.add(said("else"))
    found = texts(diary, typed)
    assert found == ([plain] if any(map(str.isalnum, typed)) else [plain, "else"])


def test_a_text_that_no_file_can_hold_is_kept_as_well_as_can_be(diary: SqliteDiary) -> None:
    assert diary.add(said("half \ud83d a pair \0 and nothing")).text == "half ? a pair \0 and nothing"
    assert texts(diary, "pair nothing") == ["half ? a pair \0 and nothing"]


def test_two_processes_use_it_at_once(diary: SqliteDiary, file: Path) -> None:
    writing = child("for number in range(200): diary.add(said(f'child {number}'))", file)
    for number in range(200):
        diary.add(said(f"parent {number}"))
        if number % 10 == 0:
            diary.delete([diary.add(said("gone")).number])
    assert writing.wait() == 0
    assert sorted(texts(diary)) == sorted(f"{who} {number}" for who in ("child", "parent") for number in range(200))


def test_two_processes_that_begin_at_once_share_one_key(file: Path) -> None:
    both = [child(f"diary.add(said('{name}'))", file) for name in ("one", "two")]
    assert [process.wait() for process in both] == [0, 0]
    diary = open_diary(file)
    assert sorted(texts(diary)) == ["one", "two"]
    assert diary.told == ""
    diary.close()


def test_threads_may_share_it(diary: SqliteDiary) -> None:
    threads = [threading.Thread(target=lambda: [diary.add(said("x")) for _ in range(50)]) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert diary.count() == 200


@pytest.mark.parametrize("turns", [1, 7, 40])
def test_a_killed_process_loses_at_most_the_turn_in_flight(file: Path, turns: int) -> None:
    code = "import itertools\nfor n in itertools.count(): print(diary.add(said(str(n))).text, flush=True)"
    with child(code, file) as writing:
        assert writing.stdout
        told = [line.strip() for line in itertools.islice(writing.stdout, turns)]
        writing.send_signal(signal.SIGKILL)
        told += [line.strip() for line in writing.stdout if line.endswith("\n")]
    diary = open_diary(file)
    found = texts(diary)
    assert diary.told == ""
    assert found[: len(told)] == told
    assert len(found) <= len(told) + 1
    assert texts(diary, told[-1])[:1] == [told[-1]]
    diary.close()


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


def test_a_file_of_a_later_version_is_left_as_it_is(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as later:
        later.setattr(schema, "MIGRATIONS", (*schema.MIGRATIONS, ("CREATE TABLE later (x)",)))
        open_diary(file).close()
    with pytest.raises(CompanionError, match="newer version") as caught:
        open_diary(file)
    assert "Update" in caught.value.hint


def test_an_older_file_is_copied_then_brought_up_to_date(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    diary = open_diary(file)
    kept = diary.add(said("before"))
    diary.close()
    monkeypatch.setattr(schema, "MIGRATIONS", (*schema.MIGRATIONS, ("ALTER TABLE turns ADD mood TEXT",)))
    diary = open_diary(file)
    assert list(diary.entries()) == [kept]
    diary.close()
    copy = file.with_name(f"conversations-before-{len(schema.MIGRATIONS)}.db")
    monkeypatch.undo()
    assert b"before" not in copy.read_bytes()
    for path in file.parent.glob("conversations.db*"):
        path.unlink()
    copy.replace(file)
    diary = open_diary(file)
    assert list(diary.entries()) == [kept]
    diary.close()


def test_a_migration_that_fails_changes_nothing(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    diary = open_diary(file)
    diary.add(said("before"))
    diary.close()
    with monkeypatch.context() as broken:
        broken.setattr(schema, "MIGRATIONS", (*schema.MIGRATIONS, ("DELETE FROM turns", "nonsense")))
        with pytest.raises(CompanionError):
            open_diary(file)
    diary = open_diary(file)
    assert texts(diary) == ["before"]
    diary.close()


def test_deleting_a_turn_deletes_the_copies_that_hold_it_too(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    diary = open_diary(file)
    kept = diary.add(said("before"))
    diary.close()
    monkeypatch.setattr(schema, "MIGRATIONS", (*schema.MIGRATIONS, ("ALTER TABLE turns ADD mood TEXT",)))
    diary = open_diary(file)
    assert list(file.parent.glob("*-before-*"))
    diary.delete([kept.number])
    assert not list(file.parent.glob("*-before-*"))
    diary.close()


def test_deleting_all_gives_the_room_back(diary: SqliteDiary) -> None:
    empty = diary.size_bytes
    for number in range(500):
        diary.add(said(f"turn {number} " * 20))
    full = diary.size_bytes
    assert diary.delete_all() == 500
    assert diary.size_bytes < full / 2
    assert diary.size_bytes <= empty + 100_000


def test_a_disk_that_takes_no_more_is_told_and_loses_nothing(file: Path) -> None:
    code = (
        "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (500_000, 500_000)); kept = 0\n"
        "try:\n"
        "    while True: kept += diary.add(said('word ' * 200)).number > 0\n"
        "except CompanionError as error: print(kept, diary.count(), error.message, '|', error.hint)\n"
    )
    with child(code, file) as writing:
        assert writing.stdout
        kept, counted, words = writing.stdout.read().split(" ", 2)
    assert writing.returncode == 0
    assert "disk" in words
    assert str(file.parent) in words.split("|")[1]
    diary = open_diary(file)
    assert diary.count() == int(kept) == int(counted) > 0
    assert diary.add(said("there is room again")).text in texts(diary)
    diary.close()


def test_on_a_disk_that_takes_no_more_all_can_be_deleted(file: Path) -> None:
    code = (
        "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (500_000, 500_000)); kept = 0\n"
        "try:\n"
        "    while True: kept += diary.add(said('word ' * 200)).number > 0\n"
        "except CompanionError as error: print(kept, diary.delete_all(), diary.add(said('anew')).text, diary.count())\n"
    )
    with child(code, file) as writing:
        assert writing.stdout
        kept, deleted, text, count = writing.stdout.read().split()
    assert kept == deleted
    assert (text, count) == ("anew", "1")


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(CompanionError, match="cannot be kept in") as caught:
        open_diary(tmp_path / "file" / "conversations.db")
    assert "folder" in caught.value.hint


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may write anywhere")
def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(CompanionError, match="cannot be kept in"):
        open_diary(tmp_path / "conversations.db")


def test_a_program_that_holds_the_file_is_told(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "BUSY_S", 0.0)
    diary = open_diary(file)
    code = (
        "from companion.memory.keys import SystemKeyring; from companion.memory.opening import DiaryFile\n"
        "connection = DiaryFile(Path(sys.argv[1]), SystemKeyring()).open()\n"
        "connection.execute('BEGIN IMMEDIATE'); print('held', flush=True); sys.stdin.read()"
    )
    with child(code, file) as holding:
        assert holding.stdout
        assert holding.stdout.readline() == "held\n"
        with pytest.raises(CompanionError, match="Another program holds"):
            diary.add(said("x"))
        holding.kill()
    diary.add(said("y"))
    assert texts(diary) == ["y"]
    diary.close()


def test_in_private_mode_nothing_is_kept() -> None:
    diary = NoDiary()
    added = diary.add(said("secret"))
    assert added.text == "secret"
    assert diary.add(said("again")).number > added.number
    assert (*diary.entries(), *diary.after(0), *diary.delete([1]), *diary.delete_day(added.at.date())) == ()
    diary.restore([added])
    assert diary.count() == diary.delete_all() == diary.size_bytes == 0
    diary.close()
