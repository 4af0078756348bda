"""The diary as it changes: files of other versions, and disks that take no more or may not be written."""

from __future__ import annotations

from pathlib import Path

import pytest

from companion.core.errors import CompanionError
from companion.memory import opening, schema
from companion.memory.store import SqliteDiary, open_diary
from tests.unit.memory.on_file import child, said, texts


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


def test_a_folder_that_cannot_be_written_is_told(file: Path) -> None:
    code = (
        "import os, tempfile; folder = Path(tempfile.mkdtemp()); folder.chmod(0o555)\n"
        "if os.geteuid() == 0: os.setgid(65534); os.setuid(65534)  # the superuser may write anywhere\n"
        "try: open_diary(folder / 'conversations.db')\n"
        "except CompanionError as error: print(error.message, '|', error.hint)\n"
    )
    with child(code, file) as writing:
        assert writing.stdout
        words = writing.stdout.read()
    assert "cannot be kept in" in words
    assert "folder" in words.split("|")[1]


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
