"""`companion models`, as typed."""

from __future__ import annotations

import argparse
import json
import os
import signal
from contextlib import nullcontext
from pathlib import Path

import pytest
from filelock import FileLock

from companion.cli import model_install
from companion.cli import models as command
from companion.core.errors import DamagedModelError, ModelError, UsageError
from companion.core.settings import Settings
from companion.models.catalogue import Catalogue, catalogue
from companion.models.installation import install
from companion.models.work import InstallationStoppedError
from tests.unit.models.packages import Index


def typed(*words: str) -> int:
    parser = argparse.ArgumentParser()
    command.add_parser(parser.add_subparsers())
    args = parser.parse_args(["models", *words])
    args.settings = Settings()
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
        assert line.split()[-2:] == [model.licence.removeprefix("LicenseRef-"), "no"]


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
    assert [set(line) for line in lines] == [{"done", "total", "text", "bytes_per_s", "left_s"}] * len(lines)
    assert lines[-1]["done"] == lines[-1]["total"] > 0


def test_progress_is_told_ten_times_a_second_at_most(capsys: pytest.CaptureFixture[str]) -> None:
    now_s = 0.0
    with model_install.progress_as_lines(lambda: now_s) as show:
        for done, now_s in ((1, 0.0), (2, 0.05), (3, 0.09), (4, 0.10), (5, 0.12), (6, 0.13)):  # noqa: B007
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


def put_tiny(index: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command, "catalogue", lambda: Catalogue(models=(index.model,)))
    assert typed("install", "tiny") == 0


def test_size_and_licence_are_told_before_anything_is_fetched(
    models: Path, index: Index, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    put_tiny(index, monkeypatch)
    first = capsys.readouterr().err.splitlines()[0]
    assert first == "tiny: 0 MB, licence MIT. Made by the tests."


@pytest.mark.usefixtures("models")
def test_where_nothing_is_installed_verify_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    assert typed("verify") == 0
    assert "`companion models install --starter`" in capsys.readouterr().out


def test_what_is_whole_is_verified_and_what_changed_is_named(
    models: Path, index: Index, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    put_tiny(index, monkeypatch)
    assert typed("verify") == 0
    assert capsys.readouterr().out == "tiny: whole\n"
    weights = models / "tiny" / "tiny.gguf"
    weights.write_bytes(weights.read_bytes()[:-1] + b"!")
    with pytest.raises(DamagedModelError, match="Not as it came: tiny"):
        typed("verify", "tiny")
    assert "tiny.gguf has changed" in capsys.readouterr().out
    with pytest.raises(UsageError, match="cannot be checked: not here"):
        typed("verify", "whisper-base")


def test_one_is_removed_with_what_had_come_of_it(
    models: Path, index: Index, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    put_tiny(index, monkeypatch)
    (models / ".partial" / "tiny").mkdir()
    assert typed("remove", "tiny") == 0
    assert "tiny is removed" in capsys.readouterr().err
    assert not (models / "tiny").exists() and not (models / ".partial" / "tiny").exists()
    with pytest.raises(ModelError, match="tiny is not installed"):
        typed("remove", "tiny")


def test_one_that_is_being_installed_is_not_removed(
    models: Path, index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_tiny(index, monkeypatch)
    with FileLock(models / ".partial" / "tiny.lock"), pytest.raises(ModelError, match="is being installed"):
        typed("remove", "tiny")
    assert (models / "tiny" / "tiny.gguf").exists()


def test_one_is_shown_with_licence_and_sources(models: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert typed("show", "gemma-3-4b-it") == 0
    said = capsys.readouterr().out
    for words in ("LicenseRef-Gemma", "Gemma Terms of Use", "the model hub, bartowski/", "Ollama, as gemma3:4b"):
        assert words in said


def test_only_those_for_one_purpose(models: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert typed("list", "--purpose", "turn-detector", "--json") == 0
    assert [entry["name"] for entry in json.loads(capsys.readouterr().out)] == ["smart-turn-v3.2"]
    assert typed("list", "--installed", "--json") == 0
    assert json.loads(capsys.readouterr().out) == []


def test_a_file_of_ones_own_need_not_be_installed(tmp_path: Path, models: Path) -> None:
    with pytest.raises(UsageError, match="need not be installed") as error:
        typed("install", str(tmp_path / "mine.gguf"))
    assert "mind.model" in error.value.hint
