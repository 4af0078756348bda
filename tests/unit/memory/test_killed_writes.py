"""Killed at any moment, a process that writes loses nothing that it told of (200 times: tests/bench/killed_writes)."""

from __future__ import annotations

from pathlib import Path

from tests.bench.killed_writes import killed


def test_nothing_that_was_told_is_lost(tmp_path: Path) -> None:
    figures = killed(tmp_path / "conversations.db", times=5)
    assert figures.times == 5 and figures.deeds >= 5
    assert (figures.lost, figures.back, figures.damaged, figures.readable) == (0, 0, 0, 0)
