"""`companion reminders`: what she is to remind of, without her."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING

from companion.core.agenda import Reminder
from companion.core.errors import UsageError

if TYPE_CHECKING:
    from companion.memory.agenda import SqliteAgenda

_HOW_TO = '`companion reminders add "tomorrow at five" call mum` adds one; or tell her.'


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command `reminders` and what stands below it."""
    parser = subparsers.add_parser(
        "reminders",
        help="list, add and cancel reminders, timers and alarms",
        description="What she is to remind of. While she runs she takes it up within some seconds.",
    )
    parser.add_argument("--json", action="store_true", help="print JSON, an object a line")
    parser.set_defaults(run=_list)
    actions = parser.add_subparsers(title="what to do (none: list)", metavar="ACTION")
    _action(actions, "list", _list, "list all that is still to come, the soonest first")
    adding = _action(actions, "add", _add, "add a reminder")
    adding.add_argument("when", metavar="WHEN", help='as you would say it: "tomorrow at five", "in twenty minutes"')
    adding.add_argument("text", metavar="TEXT", nargs="+", help="what to remind of")
    cancelling = _action(actions, "cancel", _cancel, "cancel reminders")
    cancelling.add_argument("numbers", type=int, nargs="*", metavar="NUMBER", help="as the list numbers them")
    cancelling.add_argument("--all", action="store_true", help="all of them")


def _action(
    actions: argparse._SubParsersAction[argparse.ArgumentParser], name: str, run: object, told: str
) -> argparse.ArgumentParser:
    parser = actions.add_parser(name, help=told, description=f"{told[0].upper()}{told[1:]}.")
    parser.add_argument("--json", action="store_true", default=argparse.SUPPRESS, help="print JSON, an object a line")
    parser.set_defaults(run=run)
    return parser


def _list(args: argparse.Namespace) -> int:
    with opened() as agenda:
        found = agenda.reminders()
    for reminder in found:
        print(_as_json(reminder) if args.json else _as_line(reminder))
    if not found:
        print(f"There are no reminders, timers or alarms. {_HOW_TO}", file=sys.stderr)
    return 0


def _add(args: argparse.Namespace) -> int:
    from companion.memory.coming import coming_day
    from companion.talk.agenda.moments import moment_in

    if not args.settings.memory.keep:
        raise UsageError("Private mode keeps nothing, so no reminder.", "Set memory.keep to true first.")
    when = moment_in(args.when, datetime.now().astimezone(), coming_day, bare=True)
    if when is None:
        raise UsageError(
            f"“{args.when}” is no time to come that can be understood.",
            'Write it as you would say it: "tomorrow at five", "on Friday at half past six", "in twenty minutes".',
        )
    with opened() as agenda:
        added = agenda.remind(Reminder(0, "reminder", " ".join(args.text), when.at, repeats=when.repeats))
    print(_as_json(added) if args.json else _as_line(added))
    return 0


def _cancel(args: argparse.Namespace) -> int:
    if not (args.numbers or args.all):
        raise UsageError(
            "It is not said which reminder.", "Give its number as `companion reminders` lists it, or --all."
        )
    with opened() as agenda:
        there = {reminder.number: reminder for reminder in agenda.reminders()}
        if unknown := set(args.numbers) - set(there):
            raise UsageError(f"There is no reminder {min(unknown)}.", "`companion reminders` lists them.")
        going = sorted(there if args.all else args.numbers)
        agenda.dismiss(going)
    for number in going:
        print(json.dumps({"cancelled": number}) if args.json else f"Cancelled: {_as_line(there[number]).strip()}")
    return 0


@contextmanager
def opened() -> Iterator[SqliteAgenda]:
    """The user's agenda. Raises CompanionError."""
    from companion.memory.agenda import open_agenda

    agenda = open_agenda()
    try:
        yield agenda
    finally:
        agenda.close()


def _as_line(reminder: Reminder) -> str:
    repeats = f"  (every {reminder.repeats})" if reminder.repeats else ""
    due = reminder.due_at.astimezone()
    return f"{reminder.number:4}  {due:%Y-%m-%d %H:%M}  {reminder.kind:8}  {reminder.text}{repeats}".rstrip()


def _as_json(reminder: Reminder) -> str:
    told = {
        **asdict(reminder),
        "due_at": reminder.due_at.isoformat(timespec="seconds"),
        "length": reminder.length.total_seconds(),
    }
    return json.dumps(told, ensure_ascii=False)
