"""The report: what a person who mends things needs to know, and no word of what was said. It goes nowhere by itself."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from companion.core.errors import CompanionError
from companion.diagnostics.machine import NOT_INSTALLED, MachineFacts

LOG_LINES = 80
KEPT_REPORTS = 5
_NAME = "companion-report-"

_WITHHELD = "(withheld: it may hold words)"
_DETAIL = re.compile(r"(DEBUG |.* DEBUG )")
"""Lines that --debug adds: these alone may hold what was said."""
_RAISED = re.compile(r"([A-Za-z_][\w.]*(?:Error|Exception|Warning|Group|Iteration|Interrupt|Exit))\s*:.*")
"""The last line of a traceback: what a library says of an error may quote anything."""
_OURS = re.compile(r"companion: ")


@dataclass(frozen=True, slots=True)
class ReportFacts:
    """What a report tells. Texts are cleaned when it is written."""

    version: str
    at: datetime
    death: str
    """How the engine ended, in words; empty if it did not."""
    notes: Sequence[str]
    """Its last lines on standard error."""
    machine: MachineFacts
    libraries: dict[str, str]
    engines: Sequence[str]
    """What is set for ears, mind and voice, a line each."""
    devices: Sequence[str]
    log: Sequence[str]
    """The last lines of the log, which holds numbers and no words."""


def report_text(facts: ReportFacts, home: Path) -> str:
    """The report as a person reads it. `home` is written as ~, so that it names nobody."""
    installed = [f"{name} {version}" for name, version in facts.libraries.items() if version != NOT_INSTALLED]
    machine = facts.machine
    parts = [
        ("What happened", [facts.death or "Nothing: this report was asked for.", *clean(facts.notes)]),
        (
            "This computer",
            [
                machine.system,
                f"{machine.processor}, {machine.physical_cores} cores ({machine.logical_cores} logical)",
                f"{machine.memory_total_bytes / 1e9:.1f} GB of memory, {machine.memory_available_bytes / 1e9:.1f} free",
                f"GPU: {machine.gpu}",
            ],
        ),
        ("Set for her", facts.engines),
        ("Microphones and speakers", facts.devices or ["none"]),
        ("Versions", [machine.python, *installed]),
        ("The last of the log", clean(facts.log[-LOG_LINES:]) or ["It is empty."]),
    ]
    lines = [
        f"Companion {facts.version}, {facts.at:%Y-%m-%d %H:%M:%S}",
        "This report holds no words of your conversations. It has been sent to nobody.",
    ]
    for title, content in parts:
        lines += ["", title, "-" * len(title), *content]
    return "\n".join(lines).replace(str(home), "~") + "\n"


def clean(lines: Iterable[str]) -> list[str]:
    """`lines` without what may quote a conversation; where something was left out, it is said."""
    cleaned: list[str] = []
    for line in lines:
        kept = _clean_line(line.rstrip())
        if kept != _WITHHELD or cleaned[-1:] != [_WITHHELD]:
            cleaned.append(kept)
    return cleaned


def _clean_line(line: str) -> str:
    if _DETAIL.match(line):
        return _WITHHELD
    return line if _OURS.match(line) else _RAISED.sub(rf"\1 {_WITHHELD}", line)


def write_report(folder: Path, text: str, at: datetime) -> Path:
    """Keep `text` in `folder` under a name with its time, and no more than five such reports.

    Raises CompanionError if it cannot be written.
    """
    file = folder / f"{_NAME}{at:%Y-%m-%d-%H%M%S}.txt"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        for old in sorted(folder.glob(f"{_NAME}*.txt"))[:-KEPT_REPORTS]:
            old.unlink(missing_ok=True)
    except OSError as error:
        raise CompanionError(
            f"The report cannot be written to {folder}: {error.strerror}.",
            "Name another folder, or leave it out to see the report here.",
        ) from error
    return file


def last_lines(file: Path, count: int = LOG_LINES) -> list[str]:
    """The end of a log; empty if there is none."""
    try:
        return file.read_text(encoding="utf-8", errors="replace").splitlines()[-count:]
    except OSError:
        return []
