"""The report tells of the machine, and holds no word of what was said."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from companion.cli import main
from companion.core.errors import CompanionError
from companion.diagnostics.machine import MachineFacts
from companion.diagnostics.report import KEPT_REPORTS, ReportFacts, clean, last_lines, report_text, write_report

MACHINE = MachineFacts("A chip", 4, 8, 16_000_000_000, 9_000_000_000, "Linux", "CPython 3.11", "none")
NOON = datetime(2026, 1, 2, 12, 0, 0)
SECRET = "I never told anybody about the lighthouse"


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("companion: The model is missing.", "companion: The model is missing."),
        (f"ValueError: {SECRET}", "ValueError (withheld: it may hold words)"),
        (f"httpx.ReadError: {SECRET}", "httpx.ReadError (withheld: it may hold words)"),
        (f"    raise RuntimeError: {SECRET}", "    raise RuntimeError (withheld: it may hold words)"),
        (f"DEBUG companion.talk.ear: heard {SECRET}", "(withheld: it may hold words)"),
        (f"2026-01-02 12:00:00 DEBUG companion.talk: {SECRET}", "(withheld: it may hold words)"),
        ("GGML_ASSERT(n > 0) failed", "GGML_ASSERT(n > 0) failed"),
        ("Segmentation fault", "Segmentation fault"),
    ],
)
def test_what_may_quote_a_conversation_is_left_out(line: str, expected: str) -> None:
    assert clean([line]) == [expected]


def test_many_lines_left_out_are_one() -> None:
    assert clean([f"DEBUG a: {SECRET}"] * 9 + ["end"]) == ["(withheld: it may hold words)", "end"]


def test_it_tells_all_and_names_nobody() -> None:
    facts = ReportFacts(
        version="1.2",
        at=NOON,
        death="It was ended by signal 9.",
        notes=["companion: no model in /home/ann/models", f"KeyError: {SECRET}"],
        machine=MACHINE,
        libraries={"numpy": "2.0", "onnx": "not installed"},
        engines=["mind: /home/ann/own.gguf"],
        devices=["microphone: USB, 48000 Hz"],
        log=[f"line {number}" for number in range(500)],
    )
    text = report_text(facts, Path("/home/ann"))
    for part in ("1.2", "signal 9", "4 cores (8 logical)", "16.0 GB", "~/own.gguf", "USB", "numpy 2.0", "line 499"):
        assert part in text
    for part in (SECRET, "ann", "line 100\n", "onnx"):
        assert part not in text


def test_few_are_kept(tmp_path: Path) -> None:
    for minute in range(KEPT_REPORTS + 3):
        newest = write_report(tmp_path, "text", NOON + timedelta(minutes=minute))
    kept = sorted(tmp_path.iterdir())
    assert len(kept) == KEPT_REPORTS and kept[-1] == newest


def test_a_folder_that_cannot_be_written_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(CompanionError, match="cannot be written"):
        write_report(tmp_path / "file", "text", NOON)


def test_a_log_that_is_not_there_is_empty(tmp_path: Path) -> None:
    assert last_lines(tmp_path / "companion.log") == []


def test_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["report", "--death", "It fell.", "--note=--odd", "--out", str(tmp_path), "--json"]) == 0
    record = json.loads(capsys.readouterr().out)
    assert "It fell.\n--odd" in record["text"]
    assert Path(record["file"]).read_text() == record["text"]


def test_it_can_be_had_with_settings_that_are_broken(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    broken = tmp_path / "settings.toml"
    broken.write_text("no toml")
    assert main(["--settings", str(broken), "report"]) == 0
    assert "What happened" in capsys.readouterr().out
