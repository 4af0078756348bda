"""What each section of the benchmark found. Times in milliseconds, unless the name says otherwise."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np


@dataclass(frozen=True, slots=True)
class Spread:
    """A set of times by its 50th and 90th percentile, both None if there are none."""

    p50_ms: float | None
    p90_ms: float | None
    all_ms: list[int]

    @classmethod
    def of(cls, times_s: Sequence[float]) -> Spread:
        milliseconds = [round(1000 * time_s) for time_s in times_s]
        if not milliseconds:
            return cls(None, None, [])
        p50, p90 = np.percentile(milliseconds, [50, 90])
        return cls(float(p50), float(p90), milliseconds)


@dataclass(frozen=True, slots=True)
class Response:
    """Everyday turns: from the last sound of the user to her first."""

    turns: int
    answered: int
    cut_off: int
    """Answers that began before the turn had ended."""
    spoiled: int
    """Turns that the sound server played with gaps: not counted in anything else."""
    latency: Spread
    gaps_s: list[float]
    """Silences over 0.6 s between two sounds of one reply."""
    cpu_s_per_turn: float
    peak_memory_mb: float


@dataclass(frozen=True, slots=True)
class Pauses:
    """Sentences with a pause of 0.6 to 0.9 s in the middle."""

    sentences: int
    answered: int
    cut_off: int
    """Answers that began in the pause, or before the sentence had ended."""
    cut_off_sentences: list[str]
    spoiled: int
    latency: Spread
    """Of the others, from the end of the sentence."""


@dataclass(frozen=True, slots=True)
class BargeIn:
    """Real speech over her voice, timed from its onset."""

    tries: int
    stopped: int
    spoiled: int
    to_duck: Spread
    """Until her voice is 6 dB down and stays; empty where her undisturbed voice is not known to the sample."""
    to_silence: Spread
    heard_words_off_by: list[int]
    """For each stop, words by which what she believes was heard differs from a transcript of the recording;
    empty if she does not say."""
    went_on_over: list[str]


@dataclass(frozen=True, slots=True)
class NotInterruptions:
    """Coughs, knocks, noises and back-channels over her voice."""

    sounds: int
    stopped: int
    stopped_by: list[str]
    spoiled: int
    stories: int
    """Stories that were told to their end with such sounds over them."""
    words_off: list[int]
    """For each such story, words lost, doubled or replaced in a transcript of the recording."""
    words_off_undisturbed: int
    """The same for a story without any sound: the transcriber's own mistakes."""


@dataclass(frozen=True, slots=True)
class Echo:
    """Stories told while the microphone hears the speaker and nobody speaks."""

    replies: int
    self_interruptions: int
    self_answers: int
    """Sounds after the end of a reply."""


@dataclass(frozen=True, slots=True)
class AgentFigures:
    """All that was measured of one agent; None for sections that were not asked for."""

    agent: str
    failed: list[str] = field(default_factory=list)
    """Sections in which the agent did not begin, or ended."""
    response: Response | None = None
    pauses: Pauses | None = None
    barge_in: BargeIn | None = None
    not_interruptions: NotInterruptions | None = None
    echo: Echo | None = None
