"""`companion reminders`, `notes` and `tools`, as one types them."""

from __future__ import annotations

import json
import sys
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from companion.cli import main
from companion.core import paths


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("COMPANION_DIARY", str(tmp_path / "conversations.db"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    return tmp_path


def test_reminders_are_added_listed_and_cancelled(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["reminders", "add", "in twenty minutes", "call", "mum", "--json"]) == 0
    added = json.loads(capsys.readouterr().out)
    due_in = datetime.fromisoformat(added["due_at"]) - datetime.now().astimezone()
    assert timedelta(minutes=19) < due_in <= timedelta(minutes=20)
    assert main(["reminders"]) == 0
    assert "call mum" in capsys.readouterr().out
    assert main(["reminders", "cancel", str(added["number"])]) == 0
    capsys.readouterr()
    assert main(["reminders", "list", "--json"]) == 0
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.startswith("There are no reminders, timers or alarms.")


def test_where_there_are_no_notes_it_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["notes"]) == 0
    assert capsys.readouterr().err.startswith("There are no notes.")
    assert main(["notes", "add", "the key is under the pot"]) == 0
    capsys.readouterr()
    assert main(["notes", "list", "bicycle"]) == 0
    told = capsys.readouterr()
    assert (told.out, told.err) == ("", "No note holds that.\n")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["reminders", "add", "whenever", "x"], "“whenever” is no time to come"),
        (["reminders", "cancel", "7"], "There is no reminder 7."),
        (["reminders", "cancel"], "It is not said which reminder."),
        (["notes", "delete", "7"], "There is no note 7."),
        (["tools", "allow", "time.now"], "No server that answers has time.now."),
    ],
)
def test_what_cannot_be_is_said_in_a_sentence(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == 2
    assert said in capsys.readouterr().err


def test_notes_are_written_found_and_deleted(capsys: pytest.CaptureFixture[str]) -> None:
    for text in ("The bike is at Jonas's.", "Buy milk."):
        assert main(["notes", "add", text]) == 0
    capsys.readouterr()
    assert main(["notes", "list", "bike", "--json"]) == 0
    [found] = map(json.loads, capsys.readouterr().out.splitlines())
    assert found["text"] == "The bike is at Jonas's."
    assert main(["notes", "delete", "--all"]) == 0
    capsys.readouterr()
    assert main(["notes", "--json"]) == 0
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["reminders"], "`companion reminders add "),
        (["notes"], "`companion notes add "),
        (["notes", "list", "bike"], "No note holds that."),
    ],
)
def test_where_there_are_none_it_is_said(arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == 0
    assert said in capsys.readouterr().err


def test_in_private_mode_nothing_is_added(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    settings = home / "settings.toml"
    settings.write_text("[memory]\nkeep = false\n")
    assert main(["--settings", str(settings), "notes", "add", "x"]) == 2
    assert main(["--settings", str(settings), "reminders", "add", "in a minute", "x"]) == 2
    assert "Private mode keeps nothing" in capsys.readouterr().err


def test_tools_are_listed_and_allowed(capsys: pytest.CaptureFixture[str]) -> None:
    file = paths.tool_servers_file()
    file.parent.mkdir(parents=True)
    server = {"command": sys.executable, "args": ["-m", "mcp_server_time"]}
    file.write_text(json.dumps({"mcpServers": {"time": server}}))
    assert main(["tools", "allow", "time.convert_time"]) == 0
    assert main(["tools", "deny", "time.get_current_time"]) == 0
    capsys.readouterr()
    assert main(["tools", "list", "--json"]) == 0
    listed = map(json.loads, capsys.readouterr().out.splitlines())
    assert {one["tool"]: one["permission"] for one in listed} == {"convert_time": "always", "get_current_time": "never"}
