"""The table: a column for each agent, a row for each figure, ratios where there are two."""

from __future__ import annotations

from dataclasses import replace

from companion.diagnostics.live.figures import AgentFigures, BargeIn, Echo, NotInterruptions, Pauses, Response, Spread
from companion.diagnostics.live.report import LiveReport, markdown, rows, table

OURS = AgentFigures(
    "ours",
    [],
    Response(40, 39, 1, 0, Spread.of([0.4, 0.5, 0.6]), [0.7, 0.9], 1.25, 812.0),
    Pauses(40, 38, 2, ["a ... b"], 0, Spread.of([0.5])),
    BargeIn(30, 29, 1, Spread.of([0.1]), Spread.of([0.3]), [0, 0, 1], []),
    NotInterruptions(30, 1, ["Yeah."], 0, 9, [0] * 8 + [2], 0),
)
PEER = replace(
    OURS,
    agent="peer",
    response=Response(40, 40, 0, 0, Spread.of([2.0, 2.5, 3.0]), [], 2.5, 900.0),
    barge_in=BargeIn(30, 30, 0, Spread.of([]), Spread.of([0.3]), [], []),
    not_interruptions=None,
)
REPORT = LiveReport(
    "2026-11-23", "EPYC", 2, 24, "Debian", "CPython 3.11", {"piper-tts": "1.8"}, ["tiny.en"], [OURS, PEER]
)


def by_name(*agents: AgentFigures) -> dict[str, tuple[str, ...]]:
    return {name: tuple(cells) for name, *cells in rows(agents)}


def test_figures_stand_side_by_side_with_their_ratio() -> None:
    found = by_name(OURS, PEER)
    assert found["response p50, ms"] == ("500", "2500", "5.0")
    assert found["processor seconds a turn"] == ("1.25", "2.50", "2.0")
    assert found["turns answered"] == ("39 of 40", "40 of 40", "")
    assert found["gaps over 0.6 s inside replies"] == ("2, longest 0.90 s", "0", "")
    assert found["answered inside a pause of 0.6 to 0.9 s"][0] == "2 of 40"
    assert found["barge-in: stopped"] == ("29 of 29", "30 of 30", "")
    assert found["barge-in: ducked p50 / p90, ms (tries in which it can be told)"] == ("100 / 100 (1)", "—", "")
    assert found["tries spoiled by the sound server, not counted"] == ("1", "—", "")
    assert found["barge-in: heard words exact"] == ("2 of 3, worst off by 1", "—", "")
    assert found["words lost, doubled or changed by them"][:2] == ("2 in 9 stories (0 in one undisturbed)", "—")


def test_one_agent_has_no_ratio_and_sections_that_were_not_run_no_row() -> None:
    found = by_name(AgentFigures("ours", response=OURS.response))
    assert found["response p50, ms"] == ("500",)
    assert not any("barge-in" in name for name in found)


def test_a_section_that_failed_is_named() -> None:
    assert by_name(AgentFigures("ours", ["pauses"], OURS.response))["failed in"] == ("pauses",)


def test_an_echo_has_two_rows() -> None:
    found = by_name(AgentFigures("ours", echo=Echo(12, 0, 1)))
    assert found["interrupted by its own echo"] == ("0 of 12",)
    assert found["answered its own echo"] == ("1 of 12",)


def test_both_forms_hold_every_row() -> None:
    text, sheet = table(REPORT), markdown(REPORT)
    for name in by_name(OURS, PEER):
        assert name in text
        assert f"| {name} |" in sheet
    assert "| | ours | peer | ratio |" in sheet.replace("|  |", "| |")
    assert "piper-tts 1.8" in text and "piper-tts 1.8" in sheet
