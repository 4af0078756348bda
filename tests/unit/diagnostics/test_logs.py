"""Logging: numbers in the file, never words; a file that cannot be written stops nothing."""

from __future__ import annotations

import ast
import logging
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

import companion
from companion.diagnostics.logs import VENDORS, set_up_logging

PACKAGE = Path(companion.__file__).parent
SECRET = "my doctor called about the results"


@pytest.fixture(autouse=True)
def logging_as_before() -> Iterator[None]:
    root = logging.getLogger()
    names = ["", "companion", *VENDORS]
    levels = {name: logging.getLogger(name).level for name in names}
    handlers = list(root.handlers)
    yield
    for handler in [handler for handler in root.handlers if handler not in handlers]:
        root.removeHandler(handler)
        handler.close()
    for name, level in levels.items():
        logging.getLogger(name).setLevel(level)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "logs" / "companion.log"


@pytest.fixture
def ours() -> logging.Logger:
    return logging.getLogger("companion.talk.conversation")


def test_numbers_reach_the_file(file: Path, ours: logging.Logger) -> None:
    set_up_logging(False, file)
    ours.info("turn %d: gap %.2f s, level %s dB, %s", 3, 0.75, np.float32(-20.5), None)
    assert "companion.talk.conversation: turn 3: gap 0.75 s, level -20.5 dB, None" in file.read_text()


@pytest.mark.parametrize("debug", [False, True])
def test_words_do_not_reach_file_or_terminal(
    debug: bool, file: Path, ours: logging.Logger, capsys: pytest.CaptureFixture[str]
) -> None:
    set_up_logging(debug, file)
    ours.info("turn %d: %s", 1, SECRET)
    ours.warning("turn %(number)d: %(text)s", {"number": 2, "text": [SECRET]})
    ours.error("turn %d: %r", 3, ValueError(SECRET))
    logged, shown = file.read_text(), capsys.readouterr().err
    assert SECRET not in logged + shown
    assert f"turn 1: ({len(SECRET)} characters)" in logged
    assert "turn 2: (list)" in logged
    assert "turn 3: (ValueError)" in logged
    assert "turn 2" in shown
    assert ("turn 1" in shown) is debug


def test_debug_shows_words_on_the_terminal_and_never_writes_them(
    file: Path, ours: logging.Logger, capsys: pytest.CaptureFixture[str]
) -> None:
    set_up_logging(True, file)
    ours.debug("heard %s", SECRET)
    assert SECRET in capsys.readouterr().err
    assert file.read_text() == ""


def test_of_an_exception_only_its_kind_and_place_are_kept(
    file: Path, ours: logging.Logger, capsys: pytest.CaptureFixture[str]
) -> None:
    set_up_logging(False, file)
    try:
        raise KeyError(SECRET)
    except KeyError:
        ours.exception("turn %d was lost", 4)
    logged = file.read_text()
    assert "turn 4 was lost" in logged
    assert "KeyError at test_logs.py:" in logged
    assert SECRET not in logged + capsys.readouterr().err


def test_what_vendors_say_is_not_written(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logging(False, file)
    try:
        raise RuntimeError(SECRET)
    except RuntimeError:
        logging.getLogger("piper.voice").warning(f"no phonemes for {SECRET}", exc_info=True)
    logged = file.read_text()
    assert "WARNING piper.voice: (message withheld, of test_logs.py:" in logged
    assert "RuntimeError at test_logs.py:" in logged
    assert SECRET not in logged
    assert "no phonemes" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["piper.voice", "httpx", "faster_whisper", "some.library"])
def test_vendors_are_held_at_warning_even_with_debug(name: str, file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logging(True, file)
    logging.getLogger(name).info(SECRET)
    logging.getLogger(name).debug(SECRET)
    assert SECRET not in capsys.readouterr().err + file.read_text()


def test_a_file_that_cannot_be_made_is_a_warning(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "logs").write_text("a file where the folder should be")
    set_up_logging(False, tmp_path / "logs" / "companion.log")
    assert "No log file is written" in capsys.readouterr().err


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk_is_one_warning(ours: logging.Logger, capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logging(False, Path("/dev/full"))
    ours.info("turn %d", 1)
    ours.info("turn %d", 2)
    shown = capsys.readouterr().err
    assert shown.count("The log file can be written no more") == 1
    assert "Traceback" not in shown


def test_the_file_is_rotated(file: Path, ours: logging.Logger, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("companion.diagnostics.logs.MAX_FILE_BYTES", 500)
    set_up_logging(False, file)
    for number in range(100):
        ours.info("turn %d", number)
    assert sorted(path.name for path in file.parent.iterdir()) == [
        "companion.log",
        "companion.log.1",
        "companion.log.2",
        "companion.log.3",
    ]


def test_a_second_set_up_replaces_the_first(
    file: Path, tmp_path: Path, ours: logging.Logger, capsys: pytest.CaptureFixture[str]
) -> None:
    set_up_logging(False, tmp_path / "first.log")
    set_up_logging(False, file)
    ours.warning("turn %d", 1)
    assert (tmp_path / "first.log").read_text() == ""
    assert capsys.readouterr().err.count("turn 1") == 1


def test_the_terminal_is_whatever_standard_error_is_now(
    file: Path, ours: logging.Logger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_up_logging(False, file)
    with (tmp_path / "other").open("w") as other:
        monkeypatch.setattr(sys, "stderr", other)
        ours.warning("turn %d", 1)
    assert "turn 1" in (tmp_path / "other").read_text()


def test_our_messages_are_literal_so_that_words_are_always_arguments() -> None:
    levels = {"info", "warning", "error", "exception", "critical"}
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
                continue
            owner = node.func.value
            if node.func.attr in levels and isinstance(owner, ast.Name) and owner.id in ("log", "logger", "logging"):
                message = node.args[0]
                literal = isinstance(message, ast.Constant) and isinstance(message.value, str)
                assert literal, f"{path.relative_to(PACKAGE)}{os.sep}{node.lineno}"
