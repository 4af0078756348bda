"""`companion models`, as typed."""

from __future__ import annotations

import argparse
import json
import os
import signal
from contextlib import nullcontext
from pathlib import Path

import pytest

from companion.cli import models as command
from companion.core.errors import ModelError, UsageError
from companion.models.catalogue import Catalogue, catalogue
from companion.models.installation import install
from companion.models.work import InstallationStoppedError
from tests.unit.models.packages import Index


def typed(*words: str) -> int:
    parser = argparse.ArgumentParser()
    command.add_parser(parser.add_subparsers())
    args = parser.parse_args(["models", *words])
    result: int = args.run(args)
    return result


@pytest.mark.parametrize("words", [[], ["list"]])
def test_the_list_says_what_each_is_for_and_whether_it_is_here(
    models: Path, capsys: pytest.CaptureFixture[str], words: list[str]
) -> None:
    assert typed(*words) == 0
    lines = capsys.readouterr().out.splitlines()
    for model in catalogue():
        (line,) = [line for line in lines if line.startswith(model.name + " ")]
        assert line.split()[1] == model.purpose
        assert line.split()[-2:] == [model.licence, "no"]


@pytest.mark.parametrize("words", [["--json"], ["list", "--json"], ["--json", "list"]])
def test_the_list_as_json(models: Path, capsys: pytest.CaptureFixture[str], words: list[str]) -> None:
    assert typed(*words) == 0
    listed = json.loads(capsys.readouterr().out)
    assert [entry["name"] for entry in listed] == [model.name for model in catalogue()]
    assert {entry["installed"] for entry in listed} == {False}


def test_installing_by_name(
    models: Path, index: Index, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(command, "catalogue", lambda: Catalogue(models=(index.model,)))
    assert typed("install", "tiny", "tiny", "--json") == 0
    out, err = capsys.readouterr()
    assert [(entry["name"], entry["folder"]) for entry in json.loads(out)] == [("tiny", str(models / "tiny"))]
    assert err.count("tiny is installed in") == 1
    assert typed("install", "tiny") == 0
    assert "The models are here." in capsys.readouterr().err


def test_installing_nothing_is_a_mistake(models: Path) -> None:
    with pytest.raises(UsageError, match="No model was named"):
        typed("install")


def test_an_unknown_name_stops_before_anything_is_fetched(models: Path) -> None:
    with pytest.raises(ModelError, match="no model called nonsense"):
        typed("install", "whisper-base", "nonsense")
    assert list(models.iterdir()) == []


def test_progress_is_told_as_lines(
    models: Path, index: Index, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(command, "catalogue", lambda: Catalogue(models=(index.model,)))
    assert typed("install", "tiny", "--progress") == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [set(line) for line in lines] == [{"done", "total", "text"}] * len(lines)
    assert lines[-1]["done"] == lines[-1]["total"] > 0


def test_progress_is_told_ten_times_a_second_at_most(capsys: pytest.CaptureFixture[str]) -> None:
    clock = iter([0.0, 0.0, 0.05, 0.09, 0.10, 0.10, 0.12, 0.13])
    with command.progress_as_lines(lambda: next(clock)) as show:
        for done in (1, 2, 3, 4, 5, 6):
            show(done, 6, "fetching")
    told = [json.loads(line)["done"] for line in capsys.readouterr().out.splitlines()]
    assert told == [1, 4, 6], "the first, one after a tenth of a second, and the last"


def test_a_request_to_end_stops_it_and_it_goes_on_later(
    models: Path, index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(command, "catalogue", lambda: Catalogue(models=(index.model,)))

    def end_at_the_first_byte(done: int, total: int, text: str) -> None:
        os.kill(os.getpid(), signal.SIGTERM)

    monkeypatch.setattr(command, "progress_as_lines", lambda: nullcontext(end_at_the_first_byte))
    before = signal.getsignal(signal.SIGTERM)
    with pytest.raises(InstallationStoppedError, match="was stopped"):
        typed("install", "tiny", "--progress")
    assert signal.getsignal(signal.SIGTERM) is before
    assert not (models / "tiny").exists()
    assert install(index.model) == models / "tiny"
