"""`companion report`: what somebody who mends her needs to know. It is shown, and sent nowhere."""

from __future__ import annotations

import argparse
import json
import sys
from datetime import datetime
from pathlib import Path

from companion import __version__
from companion.core.errors import CompanionError
from companion.core.paths import logs_folder
from companion.core.settings import Settings
from companion.diagnostics.machine import MachineFacts, library_versions, machine_facts
from companion.diagnostics.report import ReportFacts, last_lines, report_text, write_report

DESCRIPTION = """\
Show a report on this machine, the versions, the devices and the last lines of the log, for
whoever is to mend something. It holds no words of your conversations, and is sent nowhere.
"""


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = subparsers.add_parser(
        "report",
        help="show what is needed to mend something; it is sent nowhere",
        description=DESCRIPTION,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--death", default="", metavar="TEXT", help="how she ended, in words")
    parser.add_argument("--note", action="append", default=[], metavar="LINE", help="a last line of hers; repeatable")
    parser.add_argument("--keep", action="store_true", help="keep it beside the log")
    parser.add_argument("--out", type=Path, metavar="FOLDER", help="keep it in this folder")
    parser.add_argument("--json", action="store_true", help="print {text, file, machine} instead")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print the report. Raises CompanionError if it is to be kept and cannot be."""
    facts = gather(args.settings, args.death, args.note)
    text = report_text(facts, Path.home())
    folder = args.out or (logs_folder() if args.keep else None)
    file = write_report(folder, text, facts.at) if folder else None
    if args.json:
        record = {"text": text, "file": str(file) if file else "", "machine": _in_numbers(facts.machine)}
        print(json.dumps(record, ensure_ascii=False))
    else:
        print(text, end="")
        if file:
            print(f"This is kept as {file}.", file=sys.stderr)
    return 0


def gather(settings: Settings, death: str, notes: list[str]) -> ReportFacts:
    """Look at this machine; takes a second or two."""
    return ReportFacts(
        version=__version__,
        at=datetime.now(),
        death=death,
        notes=notes,
        machine=machine_facts(),
        libraries=library_versions(),
        engines=_engines(settings),
        devices=_devices(),
        log=last_lines(logs_folder() / "companion.log"),
    )


def _in_numbers(machine: MachineFacts) -> dict[str, object]:
    return {
        "memory_mb": machine.memory_total_bytes // 1_000_000,
        "cores": machine.physical_cores,
        "gpu": machine.gpu != "none",
    }


def _engines(settings: Settings) -> list[str]:
    mind = settings.mind
    return [
        f"ears: {settings.hearing.transcriber} on {settings.hearing.device}, echo {settings.hearing.echo}",
        f"end of turn: {settings.turn_taking.turn_detector}; way to talk: {settings.talking.way_to_talk}",
        f"mind: {mind.engine}, {mind.model}, {mind.context_tokens} tokens, {mind.threads} threads",
        f"voice: {settings.voice.voice}",
    ]


def _devices() -> list[str]:
    from companion.backends.sound_devices import list_devices

    try:
        return [
            f"{device.kind}: {device.name}, {device.rate_hz} Hz{' (the default)' if device.default else ''}"
            for device in list_devices()
        ]
    except CompanionError as error:
        return [error.message]
