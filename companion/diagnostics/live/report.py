"""The figures of one run as a table, for the terminal and for BENCHMARKS.md."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from companion.diagnostics.live.figures import AgentFigures, NotInterruptions, Spread

Row: TypeAlias = tuple[str, ...]
Value: TypeAlias = str | float | None
NOTHING = "—"

LIBRARIES = ("faster-whisper", "onnxruntime", "piper-tts", "xllamacpp")
"""Those whose version matters to speed."""


@dataclass(frozen=True, slots=True)
class LiveReport:
    """One run: every agent on the same machine, models, devices and scripts."""

    date: str
    processor: str
    logical_cores: int
    memory_gb: int
    system: str
    python: str
    versions: dict[str, str]
    models: list[str]
    agents: list[AgentFigures]


def rows(agents: Sequence[AgentFigures]) -> list[Row]:
    """One row a figure: its name, a cell for each agent, and with two agents the ratio of second to first."""
    figures = [_figures(agent) for agent in agents]
    lines: list[Row] = []
    for title in dict.fromkeys(title for found in figures for title in found):
        values = [found.get(title) for found in figures]
        cells = [_cell(value) for value in values]
        if len(values) == 2:
            cells.append(_ratio(*values))
        lines.append((title, *cells))
    return lines


def table(report: LiveReport) -> str:
    """For the terminal."""
    lines = [
        f"{report.date} · {report.processor} · {report.logical_cores} cores · {report.memory_gb} GB · {report.system}",
        *report.models,
        "",
    ]
    body = [_head(report), *rows(report.agents)]
    widths = [max(len(row[column]) for row in body) for column in range(len(body[0]))]
    for row in body:
        cells = [cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True)]
        lines.append("  ".join([row[0].ljust(widths[0]), *cells]))
    return "\n".join([*lines, "", "versions: " + _versions(report)])


def markdown(report: LiveReport) -> str:
    """A section of BENCHMARKS.md."""
    head = _head(report)
    body = [head, ("---", *("---:" for _ in head[1:])), *rows(report.agents)]
    return "\n".join(
        [
            f"## {report.date}: {', '.join(report.models)}",
            "",
            f"{report.processor}, {report.logical_cores} logical cores, {report.memory_gb} GB, {report.system}, "
            f"{report.python}; {_versions(report)}. One run, through virtual devices, measured at the audio.",
            "",
            *("| " + " | ".join(row) + " |" for row in body),
            "",
        ]
    )


def _head(report: LiveReport) -> Row:
    ratio = ["ratio"] if len(report.agents) > 1 else []
    return ("", *(agent.agent for agent in report.agents), *ratio)


def _versions(report: LiveReport) -> str:
    return ", ".join(f"{name} {report.versions[name]}" for name in LIBRARIES if name in report.versions)


def _cell(value: Value) -> str:
    if value is None or isinstance(value, str):
        return value or NOTHING
    return f"{value:.0f}" if abs(value) >= 20 or value == int(value) else f"{value:.2f}"


def _ratio(first: Value, second: Value) -> str:
    if isinstance(first, str) or isinstance(second, str) or not first or second is None:
        return ""
    return f"{second / first:.1f}"


def _figures(agent: AgentFigures) -> dict[str, Value]:
    """Every figure by the name of its row."""
    figures: dict[str, Value] = {"failed in": ", ".join(agent.failed)} if agent.failed else {}
    if response := agent.response:
        figures |= {
            "response p50, ms": response.latency.p50_ms,
            "response p90, ms": response.latency.p90_ms,
            "turns answered": f"{response.answered} of {response.turns - response.spoiled}",
            "turns cut off": str(response.cut_off),
            "gaps over 0.6 s inside replies": _gaps(response.gaps_s),
            "processor seconds a turn": response.cpu_s_per_turn,
            "peak memory, MB": response.peak_memory_mb,
        }
    if pauses := agent.pauses:
        figures |= {
            "answered inside a pause of 0.6 to 0.9 s": f"{pauses.cut_off} of {pauses.sentences - pauses.spoiled}",
            "response after such sentences p50 / p90, ms": _both(pauses.latency),
        }
    if barge_in := agent.barge_in:
        figures |= {
            "barge-in: stopped": f"{barge_in.stopped} of {barge_in.tries - barge_in.spoiled}",
            "barge-in: ducked p50 / p90, ms (tries in which it can be told)": _counted(barge_in.to_duck),
            "barge-in: silent p50 / p90, ms": _both(barge_in.to_silence),
            "barge-in: heard words exact": _heard_words(barge_in.heard_words_off_by),
        }
    if others := agent.not_interruptions:
        figures |= {
            "stopped by coughs, knocks, back-channels": f"{others.stopped} of {others.sounds}",
            "words lost, doubled or changed by them": _story_words(others),
        }
    if echo := agent.echo:
        figures |= {
            "interrupted by its own echo": f"{echo.self_interruptions} of {echo.replies}",
            "answered its own echo": f"{echo.self_answers} of {echo.replies}",
        }
    sections = (agent.response, agent.pauses, agent.barge_in, agent.not_interruptions)
    if spoiled := sum(section.spoiled for section in sections if section):
        figures["tries spoiled by the sound server, not counted"] = str(spoiled)
    return figures


def _gaps(gaps_s: list[float]) -> str:
    return f"{len(gaps_s)}, longest {max(gaps_s):.2f} s" if gaps_s else "0"


def _heard_words(off_by: list[int]) -> str | None:
    return f"{off_by.count(0)} of {len(off_by)}, worst off by {max(off_by)}" if off_by else None


def _story_words(others: NotInterruptions) -> str | None:
    if not others.words_off:
        return None
    return f"{sum(others.words_off)} in {others.stories} stories ({others.words_off_undisturbed} in one undisturbed)"


def _counted(spread: Spread) -> str | None:
    both = _both(spread)
    return both and f"{both} ({len(spread.all_ms)})"


def _both(spread: Spread) -> str | None:
    if spread.p50_ms is None or spread.p90_ms is None:
        return None
    return f"{spread.p50_ms:.0f} / {spread.p90_ms:.0f}"
