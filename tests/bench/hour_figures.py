"""What an hour of conversation came to, and the memory, threads and open files of the program meanwhile."""

from __future__ import annotations

import json
import statistics
import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Literal, TypeAlias

import psutil

from companion.diagnostics.live.figures import Spread
from tests.bench.underruns import Break

Outcome: TypeAlias = Literal["stopped", "ended by herself", "went on"]

SAMPLE_EVERY_S = 10.0
EARLY_FROM_S, EARLY_TO_S = 300.0, 600.0
LATE_S = 300.0

ENDED_SOON_S = 1.5
"""Who comes to the end of her reply within this after an onset had but a few words left."""


class EventTail:
    """The events that a program adds to a file while it runs, but for levels, each given once."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._read_bytes = 0

    def new(self) -> list[dict[str, Any]]:
        """What has come since the last call."""
        if not self._file.exists():
            return []
        with self._file.open("rb") as file:
            file.seek(self._read_bytes)
            complete, newline, _ = file.read().rpartition(b"\n")
        self._read_bytes += len(complete) + len(newline)
        events = [json.loads(line) for line in complete.splitlines()]
        return [event for event in events if event["event"] not in ("LevelMeasured", "VoiceMeasured")]


def outcome(events: Sequence[dict[str, Any]]) -> Outcome:
    """What became of a reply over which somebody spoke, by what happened from then on."""
    endings = [event for event in events if event["event"] in ("ReplyInterrupted", "ReplyFinished")]
    if endings and endings[0]["event"] == "ReplyInterrupted":
        return "stopped"
    onsets = [event["at_s"] for event in events if event["event"] == "SpeechStarted"]
    if endings and (not onsets or endings[0]["at_s"] - onsets[0] <= ENDED_SOON_S):
        return "ended by herself"
    return "went on"


@dataclass(frozen=True, slots=True)
class Usage:
    """What a program and its children take at one time."""

    at_s: float
    """Since the conversation began."""
    proportional_bytes: int
    """The sum of their proportional set sizes (PSS): what they share counts once."""
    resident_bytes: int
    """The sum of their resident sets."""
    threads: int
    open_files: int


def growth_mb(usages: Sequence[Usage], tenths: int = 5) -> float | None:
    """Memory (PSS) of the last 5 minutes less that of minutes 5 to 10; None if there was less than 15.

    Of each the value that `tenths` of its samples do not exceed: 5 for the median. She takes 90 MB more while she
    listens and thinks than at rest, some half of the time: the median may be either, 1 is at rest and 9 at work.
    """
    if not usages or usages[-1].at_s < EARLY_TO_S + LATE_S - SAMPLE_EVERY_S:
        return None
    early = [usage.proportional_bytes for usage in usages if EARLY_FROM_S <= usage.at_s < EARLY_TO_S]
    late = [usage.proportional_bytes for usage in usages if usage.at_s > usages[-1].at_s - LATE_S]
    return round((_decile(late, tenths) - _decile(early, tenths)) / 1e6, 1)


def _decile(sizes: Sequence[int], tenths: int) -> float:
    return statistics.quantiles(sizes, n=10, method="inclusive")[tenths - 1] if len(sizes) > 1 else sizes[0]


class UsageWatch:
    """Looks at a program and its children every 10 s while the `with` block runs."""

    def __init__(self, pid: int) -> None:
        self._process = psutil.Process(pid)
        self._began_s = time.monotonic()
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="usage watch", daemon=True)
        self.usages: list[Usage] = []

    def __enter__(self) -> UsageWatch:
        self._look()
        self._thread.start()
        return self

    def __exit__(self, *failure: object) -> None:
        self._over.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._over.wait(SAMPLE_EVERY_S):
            self._look()

    def _look(self) -> None:
        with suppress(psutil.Error):
            usages = [_usage_of(one) for one in (self._process, *self._process.children(recursive=True))]
            proportional, resident, threads, files = map(sum, zip(*filter(None, usages), strict=True))
            at_s = time.monotonic() - self._began_s
            self.usages.append(Usage(at_s, proportional, resident, threads, files))


def _usage_of(process: psutil.Process) -> tuple[int, int, int, int] | None:
    """Proportional and resident bytes, threads and open files; None if it has gone."""
    try:
        memory = process.memory_full_info()
        return memory.pss, memory.rss, process.num_threads(), process.num_fds()
    except psutil.Error:
        return None


@dataclass(frozen=True, slots=True)
class HeardBreak:
    """A break, and when in the conversation it was."""

    minute: float
    found: Break
    within: str
    """What kind of turn it was in."""


@dataclass
class Tally:
    """What has been counted so far."""

    turns: int = 0
    unanswered: list[str] = field(default_factory=list)
    cut_off: int = 0
    """Answers that began before the turn had ended."""
    spoiled: int = 0
    """Turns that the sound server played to her with gaps: no latency is taken from them."""
    latencies_s: list[float] = field(default_factory=list)
    her_s: float = 0.0
    """Her recordings that were looked at, from the first sound of a reply to the last."""
    gaps_s: list[float] = field(default_factory=list)
    """Silences over 0.6 s in replies over which nobody made a sound."""
    interruptions: list[Outcome] = field(default_factory=list)
    coughs: list[Outcome] = field(default_factory=list)
    too_late: int = 0
    """Interruptions and coughs that were left out, as she had ended already."""
    breaks: list[HeardBreak] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    told_underruns: int | None = None
    """Of the speaker's own device, in silence and before the first turn, too, as the program tells at its end."""

    @property
    def underruns(self) -> list[HeardBreak]:
        return [one for one in self.breaks if one.found.heard]


@dataclass(frozen=True, slots=True)
class HourReport:
    """All of it, as it is printed and kept."""

    minutes: float
    turns: int
    answered: int
    unanswered: list[str]
    cut_off: int
    spoiled: int
    response_p50_ms: float | None
    response_p90_ms: float | None
    minutes_of_her: float
    underruns: int
    """Heard by a listener, after the first 100 ms of a reply, by the recording."""
    underruns_told_by_the_speaker: int | None
    breaks: list[HeardBreak]
    """The underruns, and those that nobody hears, and hard onsets."""
    gaps_over_600_ms: list[float]
    interruptions: int
    interruptions_stopped: int
    interruptions_she_ended_before: int
    coughs: int
    coughs_that_stopped_her: int
    too_late: int
    memory_growth_mb: float | None
    """None in less than a quarter of an hour."""
    memory_growth_at_rest_mb: float | None
    memory_growth_at_work_mb: float | None
    memory_mb_first_last_most: tuple[int, int, int]
    resident_mb_first_last_most: tuple[int, int, int]
    threads_min_max: tuple[int, int]
    open_files_min_max: tuple[int, int]
    faults: list[str]
    self_check: str
    usages: list[Usage]

    def as_json(self, whole: bool) -> str:
        """`whole`: with the memory of every 10 s."""
        tree = asdict(self)
        if not whole:
            del tree["usages"]
        return json.dumps(tree, ensure_ascii=False, indent=1)


def report(tally: Tally, usages: Sequence[Usage], minutes: float, self_check: str) -> HourReport:
    latency = Spread.of(tally.latencies_s)
    return HourReport(
        minutes=round(minutes, 1),
        turns=tally.turns,
        answered=tally.turns - len(tally.unanswered),
        unanswered=tally.unanswered,
        cut_off=tally.cut_off,
        spoiled=tally.spoiled,
        response_p50_ms=latency.p50_ms,
        response_p90_ms=latency.p90_ms,
        minutes_of_her=round(tally.her_s / 60, 1),
        underruns=len(tally.underruns),
        underruns_told_by_the_speaker=tally.told_underruns,
        breaks=tally.breaks,
        gaps_over_600_ms=[round(gap, 2) for gap in tally.gaps_s],
        interruptions=len(tally.interruptions),
        interruptions_stopped=tally.interruptions.count("stopped"),
        interruptions_she_ended_before=tally.interruptions.count("ended by herself"),
        coughs=len(tally.coughs),
        coughs_that_stopped_her=tally.coughs.count("stopped"),
        too_late=tally.too_late,
        memory_growth_mb=growth_mb(usages),
        memory_growth_at_rest_mb=growth_mb(usages, 1),
        memory_growth_at_work_mb=growth_mb(usages, 9),
        memory_mb_first_last_most=_first_last_most([usage.proportional_bytes for usage in usages]),
        resident_mb_first_last_most=_first_last_most([usage.resident_bytes for usage in usages]),
        threads_min_max=_min_max([usage.threads for usage in usages]),
        open_files_min_max=_min_max([usage.open_files for usage in usages]),
        faults=tally.faults,
        self_check=self_check,
        usages=list(usages),
    )


def _first_last_most(sizes: Sequence[int]) -> tuple[int, int, int]:
    if not sizes:
        return 0, 0, 0
    return round(sizes[0] / 1e6), round(sizes[-1] / 1e6), round(max(sizes) / 1e6)


def _min_max(counts: Sequence[int]) -> tuple[int, int]:
    return min(counts, default=0), max(counts, default=0)
