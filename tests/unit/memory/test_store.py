"""The diary on disk: encrypted, shared by processes, whole after a crash."""

from __future__ import annotations

import itertools
import signal
import threading
from pathlib import Path

import pytest

from companion.core.paths import shared_diary_file
from companion.memory.no_diary import NoDiary
from companion.memory.store import SqliteDiary, open_diary
from tests.unit.memory.on_file import child, on_disk, said, texts


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


def test_in_private_mode_nothing_is_kept() -> None:
    diary = NoDiary()
    added = diary.add(said("secret"))
    assert added.text == "secret"
    assert diary.add(said("again")).number > added.number
    assert (*diary.entries(), *diary.after(0), *diary.delete([1]), *diary.delete_day(added.at.date())) == ()
    diary.restore([added])
    assert diary.count() == diary.delete_all() == diary.size_bytes == 0
    diary.close()
