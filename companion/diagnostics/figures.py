"""Figures from many turns: percentiles of each stage of a reply, in a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from companion.core.events import Latency

STAGES = (
    ("end of turn", "turn_decided_s"),
    ("transcript", "transcribed_s"),
    ("first token", "first_token_s"),
    ("first clause", "first_clause_s"),
    ("first audio", "first_audio_s"),
)
"""What each stage is called and the stamp that ends it; it begins where the one before ended."""


@dataclass(frozen=True, slots=True)
class StageFigures:
    """One row: milliseconds at the 50th and 90th percentile, and the stage's share of the whole (0 to 1)."""

    name: str
    p50_ms: float
    p90_ms: float
    share: float


def stage_figures(latencies: Sequence[Latency]) -> list[StageFigures]:
    """A row for each stage and one for the whole, over the turns that reached their first audio.

    Shares are of the mean, since percentiles of stages do not add up to the percentile of the whole.
    Raises ValueError if no turn was answered.
    """
    answered = [latency for latency in latencies if latency.first_audio_s is not None]
    if not answered:
        raise ValueError("no turn was answered aloud")
    whole = np.array([latency.gap_s or 0.0 for latency in answered])
    rows = []
    before = np.array([latency.speech_ended_s for latency in answered])
    for name, stamp in STAGES:
        reached = np.array([getattr(latency, stamp) for latency in answered], dtype=float)
        rows.append(_row(name, reached - before, whole))
        before = reached
    return [*rows, _row("whole", whole, whole)]


def _row(name: str, spent_s: np.ndarray, whole_s: np.ndarray) -> StageFigures:
    p50, p90 = np.percentile(spent_s * 1000.0, [50, 90])
    return StageFigures(name, float(p50), float(p90), float(spent_s.mean() / whole_s.mean()))
