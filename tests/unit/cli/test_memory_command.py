"""`companion memory`: import, search, export, undo, on a store of its own."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from companion.cli import main

LINES = (
    {"id": "D1:1", "time": "2023-05-07T13:56", "speaker": "Anna", "text": "I picked up the cello again, after years."},
    {"id": 7, "time": "2023-05-07T13:57", "speaker": "Tom", "text": "My sister has moved to Lyon with her two dogs."},
)


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Without a model of meanings: words are enough here."""
    monkeypatch.setenv("COMPANION_MODELS", str(tmp_path / "models"))
    return str(tmp_path / "store.db")


@pytest.fixture
def chat(tmp_path: Path, store: str) -> Path:
    chat = tmp_path / "chat.jsonl"
    chat.write_text("\n".join(map(json.dumps, LINES)), encoding="utf-8")
    return chat


def run(capsys: pytest.CaptureFixture[str], *words: str) -> list[str]:
    assert main(["memory", *words]) == 0
    return capsys.readouterr().out.splitlines()


def test_what_is_imported_is_found_by_its_id(store: str, chat: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (told,) = run(capsys, "import", str(chat), "--store", store, "--json")
    assert json.loads(told) == {"batch": 1, "source": "chat.jsonl", "read": 2, "new": 2}
    (line,) = run(capsys, "search", "Who moved to Lyon?", "--store", store, "--json", "--limit", "1")
    found = json.loads(line)
    assert found["query"] == "Who moved to Lyon?"
    assert [turn["id"] for turn in found["turns"]] == [7]
    assert 0 <= found["turns"][0]["score"] <= 1


def test_questions_are_read_line_by_line(
    store: str, chat: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    run(capsys, "import", str(chat), "--store", store)
    monkeypatch.setattr("sys.stdin", io.StringIO("the cello\n\ndogs\n"))
    lines = [json.loads(line) for line in run(capsys, "search", "--store", store, "--json")]
    assert [(line["query"], line["turns"][0]["id"]) for line in lines] == [("the cello", "D1:1"), ("dogs", 7)]


def test_what_is_exported_can_be_imported(
    store: str, chat: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(capsys, "import", str(chat), "--store", store, "--you", "Anna")
    run(capsys, "export", str(tmp_path / "all.jsonl"), "--store", store)
    other = str(tmp_path / "other.db")
    run(capsys, "import", str(tmp_path / "all.jsonl"), "--store", other)
    first, second = (json.loads(line) for line in run(capsys, "export", "--store", other))
    assert (first["id"], first["who"], second["id"], second["who"]) == ("D1:1", "user", 7, "other")
    assert json.loads(run(capsys, "stats", "--store", other, "--json")[0])["imported"] == 2


def test_all_is_exported_and_imported_as_one_file(
    store: str, chat: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(capsys, "import", str(chat), "--store", store)
    everything, other = str(tmp_path / "all.json"), str(tmp_path / "other.db")
    run(capsys, "export", "--all", everything, "--store", store)
    assert Path(everything).stat().st_mode & 0o077 == 0
    (told,) = run(capsys, "import", everything, "--store", other, "--json", "--preview")
    assert json.loads(told) == {"source": "all.json", "turns": 2, "facts": 0}
    for new in (2, 0):
        (told,) = run(capsys, "import", everything, "--store", other, "--json")
        assert json.loads(told) == {"source": "all.json", "read": 2, "new": new, "new_facts": 0}
    assert run(capsys, "export", "--all", "--store", other) == Path(everything).read_text().splitlines()


def test_an_import_is_listed_and_undone(store: str, chat: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(capsys, "import", str(chat), "--store", store)
    assert json.loads(run(capsys, "imports", "--store", store, "--json")[0])["turns"] == 2
    assert run(capsys, "undo", "1", "--store", store) == ["2 turns are deleted."]
    assert run(capsys, "imports", "--store", store) == []
    assert main(["memory", "undo", "1", "--store", store]) == 2


def test_a_preview_imports_nothing(store: str, chat: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (told,) = run(capsys, "import", str(chat), "--store", store, "--preview", "--json")
    assert json.loads(told)["speakers"] == {"Anna": 1, "Tom": 1}
    assert not Path(store).exists()


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("typed", "who"), [("2\n", ["other", "user"]), ("\n", ["other", "other"]), ("9\n", ["other"] * 2)]
)
def test_at_a_terminal_a_person_is_asked_who_they_are(
    store: str,
    chat: Path,
    typed: str,
    who: list[str],
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("sys.stdin", Terminal(typed))
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
    run(capsys, "import", str(chat), "--store", store)
    assert [json.loads(line)["who"] for line in run(capsys, "export", "--store", store)] == who


def test_who_is_not_among_the_speakers_cannot_be_you(
    store: str, chat: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["memory", "import", str(chat), "--store", store, "--you", "Petra"]) == 2
    told = capsys.readouterr().err
    assert "Nobody in chat.jsonl is called Petra." in told and "Anna, Tom" in told


@pytest.mark.parametrize("words", [("import", "nowhere.jsonl"), ("undo", "3")])
def test_what_cannot_be_is_said(store: str, words: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["memory", *words, "--store", store]) == 2
    assert capsys.readouterr().err.startswith("companion: ")
