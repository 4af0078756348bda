"""`companion tune`, with engines that only pretend: what it shows, asks and writes."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import pytest

from companion.cli import tune as command
from companion.core.settings import Settings, load_settings
from companion.diagnostics.tuning import Measured, Outcome

FOUND = Outcome("speech to text", Measured(0.5, 0.04), Measured(0.4, 0.05), {"hearing.threads": 4}, 6, "20% quicker")
NOTHING = Outcome("mind", Measured(0.9), Measured(0.9), {}, 3, "nothing else was quicker")


def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ears: Outcome, mind: Outcome | None, *words: str) -> Path:
    parser = argparse.ArgumentParser()
    command.add_parser(parser.add_subparsers())
    args = parser.parse_args(["tune", *words])
    args.settings, args.settings_file = Settings(), tmp_path / "settings.toml"
    monkeypatch.setattr(command, "_ears", lambda settings, quick: ears)
    monkeypatch.setattr(command, "_mind", lambda settings, quick: mind)
    assert args.run(args) == 0
    file: Path = args.settings_file
    return file


def test_what_was_found_is_shown_and_written_when_told_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = run(tmp_path, monkeypatch, FOUND, NOTHING, "--yes")
    said = capsys.readouterr().out
    assert " ".join(said.split()).startswith("before after words wrong speech to text 500 ms 400 ms 4.0% > 5.0%")
    assert "hearing.threads: 2 -> 4" in said
    assert said.count("900 ms") == 2
    assert load_settings(file).hearing.threads == 4


def test_nothing_is_written_unasked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert not run(tmp_path, monkeypatch, FOUND, None).exists()
    assert not run(tmp_path, monkeypatch, FOUND, None, "--json").exists()


def test_that_nothing_is_better_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert not run(tmp_path, monkeypatch, NOTHING, None, "--yes").exists()
    assert "they stay as they are" in capsys.readouterr().out


def test_json(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    run(tmp_path, monkeypatch, FOUND, NOTHING, "--json")
    assert [part["knobs"] for part in json.loads(capsys.readouterr().out)] == [{"hearing.threads": 4}, {}]


def test_knobs_are_set_in_the_settings() -> None:
    changed = command.with_knobs(Settings(), {"hearing.threads": 7, "mind.context_tokens": 2048})
    assert (changed.hearing.threads, changed.mind.context_tokens) == (7, 2048)
    assert changed.voice == Settings().voice
