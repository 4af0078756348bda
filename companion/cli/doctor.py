"""`companion doctor`: whether a conversation is possible on this machine, how fast, and what to do if not."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from companion.cli import checks as with_engines
from companion.cli.elsewhere_checks import checks_elsewhere, standing_in
from companion.cli.tool_checks import tool_checks
from companion.core.errors import DeviceError
from companion.core.paths import settings_file
from companion.core.settings import Settings
from companion.diagnostics import checks
from companion.diagnostics.checks import Check, Finding, Result, carry_out
from companion.diagnostics.machine import MemoryWatch
from companion.elsewhere import here_alone

DESCRIPTION = """\
Look at everything that a conversation needs: Python, libraries, sound, settings, and each engine
with its model, used once and measured. What is not in order comes with its remedy. Takes half a
minute. Nothing is sent anywhere, except that Ollama and servers of your own are asked at the
addresses in your settings, which are named.

ends with: 0 you can talk with her; 6 only a microphone or speaker is missing, so you can type;
1 something else is red
"""
SOUND = frozenset({"sound library", "microphone", "speaker"})
"""What a typed conversation does without."""
TYPING_NEEDS = frozenset({"Python", "libraries", "settings", "persona", "language model", "language model elsewhere"})
MARKS = {"ok": "green", "warning": "yellow", "red": "bold red"}

Progress = Callable[[str], None]


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = subparsers.add_parser(
        "doctor",
        help="see if everything is in order, and how fast it is",
        description=DESCRIPTION,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--json", action="store_true", help="print a list of {name, state, text, remedy}")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Carry out all checks and print them; the exit code says which kind of conversation is possible."""
    with _progress_on_terminal() as progress:
        results = examine(args, progress)
    conversation, exit_code = verdict(results)
    shown = [*results, conversation]
    if args.json:
        print(json.dumps([_record(result) for result in shown], indent=2, ensure_ascii=False))
    else:
        _print_table(shown)
    if any(result.gave_up for result in results):
        _leave_at_once(exit_code)
    return exit_code


def examine(args: argparse.Namespace, progress: Progress) -> list[Result]:
    """Every check, one after another, so that none slows the measurement of another."""
    settings: Settings = args.settings
    results = []
    available = checks.available_memory_bytes()
    with MemoryWatch() as watch:
        for check in [
            *_plain_checks(args),
            *tool_checks(),
            *_sound_checks(settings),
            *_engine_checks(settings, progress),
        ]:
            progress(check.name)
            results.append(carry_out(check))

    def memory() -> Finding:
        taken = watch.peak_bytes - watch.start_bytes
        return checks.memory(available, max(taken, with_engines.least_memory_bytes()))

    return [*results, carry_out(Check("memory", memory))]


def _plain_checks(args: argparse.Namespace) -> list[Check]:
    settings: Settings = args.settings
    file = getattr(args, "settings_file", None) or settings_file()
    return [
        Check("machine", checks.machine, 20.0),
        Check("Python", checks.python),
        Check("libraries", checks.libraries, 120.0),
        Check("settings", lambda: checks.settings(file, getattr(args, "settings_named", False))),
        Check("persona", lambda: checks.persona(settings.persona)),
        Check("display", checks.display),
        Check("disk", lambda: checks.disk(with_engines.lacking_starter_bytes())),
    ]


def _sound_checks(settings: Settings) -> list[Check]:
    return [
        Check("sound library", with_engines.sound_library),
        Check("microphone", lambda: with_engines.microphone(settings)),
        Check("speaker", lambda: with_engines.speaker(settings)),
    ]


def _engine_checks(settings: Settings, progress: Progress) -> list[Check]:
    engines = with_engines.EngineChecks(here_alone(settings), progress)
    return [
        *checks_elsewhere(settings),
        Check("echo cancellation", lambda: with_engines.echo_cancellation(settings), 30.0),
        Check("voice activity", with_engines.voice_activity, 30.0),
        Check("voice", standing_in(settings, "voice", engines.voice), 90.0),
        Check("transcriber", standing_in(settings, "hearing", engines.transcriber), 120.0),
        Check("turn detection", engines.turn_detector, 60.0),
        Check("language model", standing_in(settings, "mind", engines.language_model), 240.0),
    ]


def verdict(results: Sequence[Result]) -> tuple[Result, int]:
    """The last line, and the exit code: 0 a spoken conversation is possible, 6 only sound is missing, 1 more is."""
    red = {result.name for result in results if result.finding.state == "red"}
    if not red:
        finding, exit_code = Finding("ok", "you can talk with her: `companion talk`"), 0
    elif red <= SOUND:
        remedy = "Mend the red lines to speak; until then type with `companion chat`."
        finding, exit_code = Finding("warning", "typed only: sound is missing", remedy), DeviceError.exit_code
    elif red & TYPING_NEEDS:
        finding, exit_code = Finding("red", "not possible", "Mend the red lines, then type `companion doctor`."), 1
    else:
        remedy = "Mend the red lines to speak; until then type with `companion chat`."
        finding, exit_code = Finding("red", "typed only: she cannot hear or speak", remedy), 1
    return Result("conversation", finding), exit_code


def _leave_at_once(exit_code: int) -> None:
    """End without waiting for a check that hangs in a library: Python would wait for its threads."""
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(exit_code)


@contextmanager
def _progress_on_terminal() -> Iterator[Progress]:
    """A line on standard error that says what is being looked at; where that is no terminal, nothing."""
    from rich.console import Console

    console = Console(stderr=True)
    if not console.is_terminal:
        yield lambda _: None
        return
    # Four times a second is enough, and takes nothing from what is measured.
    with console.status("", refresh_per_second=4) as status:
        yield lambda text: status.update(f"{text} …")


def _record(result: Result) -> dict[str, str]:
    finding = result.finding
    return {"name": result.name, "state": finding.state, "text": finding.text, "remedy": finding.remedy}


def _print_table(results: Sequence[Result]) -> None:
    """A table on a terminal; one line for each check in a pipe."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console()
    if not console.is_terminal:
        for result in results:
            print(plain_line(result))
        return
    table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 2, 0, 0))
    for result in results:
        finding = result.finding
        said = Text(finding.text)
        if finding.remedy:
            said.append(f"\n→ {finding.remedy}", style="cyan")
        table.add_row(Text(finding.state, style=MARKS[finding.state]), Text(result.name, style="bold"), said)
    console.print(table)


def plain_line(result: Result) -> str:
    """One check in one line, its remedy behind an arrow."""
    finding = result.finding
    line = f"{finding.state:<8} {result.name}: {finding.text}"
    if finding.remedy:
        line += f" -> {finding.remedy}"
    return " ".join(line.splitlines())
