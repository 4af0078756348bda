"""What the conversation view says and writes: highlights, sentences, exported files. No window."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from companion.core.diary import Entry
from companion.core.errors import CompanionError
from companion.ui.conversation.export import to_json, to_markdown, write_export
from companion.ui.conversation.highlights import highlights
from companion.ui.conversation.sentences import copied_words, day_words, entry_words

AT = datetime(2026, 3, 1, 14, 3).astimezone()
YOURS = Entry(1, AT, "user", "Samantha", "Hello.")
HERS = Entry(2, AT + timedelta(days=1), "companion", "Samantha", "I think", "it rains.", True)


@pytest.mark.parametrize(
    ("text", "words", "found"),
    [
        ("The cat, the Cat and the caterpillar", "cat", ["cat", "Cat", "cat"]),
        ("The cat and the caterpillar", "cat th", ["cat", "th", "Th"]),
        ("concatenate", "cat", []),
        ("Un café noir", "CAFE", ["café"]),
        ("Die Straße", "strass", ["Straß"]),
        ("I don’t know", "don't", ["don’t"]),
        ("我想学习日本語", "日本", ["日本"]),
        ("😊 smile", "smi", ["smi"]),
        ("a+b (c)", "c) a+", ["a", "c"]),
        ("anything", "  ", []),
        ("anything", '"', []),
    ],
)
def test_words_are_highlighted_where_the_search_finds_them(text: str, words: str, found: list[str]) -> None:
    spans = [text[start : start + length] for start, length in highlights(text, words)]
    assert sorted(spans) == sorted(found)


def test_an_entry_is_read_as_a_sentence() -> None:
    assert entry_words(YOURS).startswith("You, ")
    assert entry_words(YOURS).endswith(": Hello.")
    assert "14" in entry_words(YOURS) or "2:03" in entry_words(YOURS)
    assert entry_words(HERS).startswith("Samantha, ")
    assert entry_words(HERS).endswith(": I think (not heard: it rains.)")


def test_days_are_called_as_people_call_them() -> None:
    assert day_words(date.today()) == "Today"
    assert day_words(date.today() - timedelta(days=1)) == "Yesterday"
    assert "2020" in day_words(date(2020, 2, 29))


def test_one_turn_is_copied_as_its_words_several_with_who_and_when() -> None:
    assert copied_words([YOURS]) == "Hello."
    assert copied_words([YOURS, HERS]).splitlines() == [
        day_words(AT.date()),
        entry_words(YOURS),
        "",
        day_words(AT.date() + timedelta(days=1)),
        entry_words(HERS),
    ]


def test_markdown_has_a_heading_a_day_and_strikes_through_what_was_not_heard() -> None:
    assert to_markdown([YOURS, HERS]) == (
        "# Conversations\n\n## 2026-03-01\n\n**You** 14:03  \nHello.\n\n"
        "## 2026-03-02\n\n**Samantha** 14:03  \nI think ~~it rains.~~\n"
    )


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("2 * 3 * 4 <b> [x](y) ~~z~~ `q` a_b", r"2 \* 3 \* 4 \<b\> \[x\](y) \~\~z\~\~ \`q\` a\_b"),
        ("# no heading", r"\# no heading"),
        ("- no\n\n1. list", "\\- no  \n1\\. list"),
    ],
)
def test_what_was_said_is_never_markup(said: str, written: str) -> None:
    assert to_markdown([replace(YOURS, text=said)]).split("14:03  \n")[1] == written + "\n"


def test_json_holds_everything() -> None:
    turns = json.loads(to_json([YOURS, HERS]))["turns"]
    back = [Entry(number, datetime.fromisoformat(turn.pop("at")), **turn) for number, turn in enumerate(turns, start=1)]
    assert back == [YOURS, HERS]


def test_the_suffix_decides_what_is_written(tmp_path: Path) -> None:
    for name, made in (("a.md", to_markdown), ("b.JSON", to_json), ("c", to_markdown)):
        write_export([YOURS, HERS], tmp_path / name)
        assert (tmp_path / name).read_text(encoding="utf-8") == made([YOURS, HERS])
        assert os.name != "posix" or (tmp_path / name).stat().st_mode & 0o077 == 0


def test_a_disk_that_says_no_leaves_the_file_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "kept.md"
    file.write_text("before")

    def fail(path: Path, target: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(CompanionError, match="No space left on device") as caught:
        write_export([YOURS], file)
    assert "another place" in caught.value.hint
    assert [path.read_text() for path in tmp_path.iterdir()] == ["before"]


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(CompanionError, match="could not be written"):
        write_export([YOURS], tmp_path / "none" / "file.md")
