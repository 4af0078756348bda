"""The table of stages adds up."""

from __future__ import annotations

import pytest

from companion.core.events import Latency
from companion.diagnostics.figures import STAGES, stage_figures


def turn(*stages_ms: int) -> Latency:
    """A turn whose speech ended at 10 s and whose stages took so long."""
    stamps = [10.0]
    for stage_ms in stages_ms:
        stamps.append(stamps[-1] + stage_ms / 1000)
    return Latency(*stamps)


def test_each_stage_begins_where_the_one_before_ended() -> None:
    rows = stage_figures([turn(300, 100, 200, 50, 50), turn(500, 100, 200, 50, 50)])
    assert [row.name for row in rows] == [*(name for name, _ in STAGES), "whole"]
    assert [row.p50_ms for row in rows] == pytest.approx([400, 100, 200, 50, 50, 800])
    assert rows[0].p90_ms == pytest.approx(480)
    assert sum(row.share for row in rows[:-1]) == pytest.approx(1.0)
    assert rows[-1].share == pytest.approx(1.0)


def test_turns_without_an_answer_do_not_count() -> None:
    assert stage_figures([turn(300, 100, 200, 50, 50), Latency(1.0, 1.3)])[-1].p50_ms == pytest.approx(700)


def test_no_answer_at_all_is_an_error() -> None:
    with pytest.raises(ValueError, match="no turn was answered"):
        stage_figures([Latency(1.0)])
