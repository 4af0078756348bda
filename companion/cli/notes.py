"""`companion notes`: what the user has had written down."""

from __future__ import annotations

import argparse
import json
import sys
from datetime import datetime

from companion.cli.reminders import opened
from companion.core.agenda import Note
from companion.core.errors import UsageError

_HOW_TO = "`companion notes add buy leeks` writes one; or tell her."


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command `notes` and what stands below it."""
    parser = subparsers.add_parser(
        "notes",
        help="list, add and delete notes",
        description="What you have had her write down.",
    )
    parser.add_argument("--json", action="store_true", help="print JSON, an object a line")
    parser.set_defaults(run=_list, text="")
    actions = parser.add_subparsers(title="what to do (none: list)", metavar="ACTION")
    listing = _action(actions, "list", _list, "list notes, the oldest first")
    listing.add_argument("text", nargs="?", default="", help="only those that hold these words")
    adding = _action(actions, "add", _add, "write a note")
    adding.add_argument("text", nargs="+", metavar="TEXT", help="what to write down")
    deleting = _action(actions, "delete", _delete, "delete notes")
    deleting.add_argument("numbers", type=int, nargs="*", metavar="NUMBER", help="as the list numbers them")
    deleting.add_argument("--all", action="store_true", help="all of them")


def _action(
    actions: argparse._SubParsersAction[argparse.ArgumentParser], name: str, run: object, told: str
) -> argparse.ArgumentParser:
    parser = actions.add_parser(name, help=told, description=f"{told[0].upper()}{told[1:]}.")
    parser.add_argument("--json", action="store_true", default=argparse.SUPPRESS, help="print JSON, an object a line")
    parser.set_defaults(run=run)
    return parser


def _list(args: argparse.Namespace) -> int:
    with opened() as agenda:
        found = agenda.notes(args.text)
    for note in found:
        _show(note, args.json)
    if not found:
        print("No note holds that." if args.text else f"There are no notes. {_HOW_TO}", file=sys.stderr)
    return 0


def _add(args: argparse.Namespace) -> int:
    if not args.settings.memory.keep:
        raise UsageError("Private mode keeps nothing, so no note.", "Set memory.keep to true first.")
    with opened() as agenda:
        _show(agenda.write(Note(0, datetime.now().astimezone(), " ".join(args.text))), args.json)
    return 0


def _delete(args: argparse.Namespace) -> int:
    if not (args.numbers or args.all):
        raise UsageError("It is not said which note.", "Give its number as `companion notes` lists it, or --all.")
    with opened() as agenda:
        there = {note.number for note in agenda.notes()}
        if unknown := set(args.numbers) - there:
            raise UsageError(f"There is no note {min(unknown)}.", "`companion notes` lists them.")
        gone = agenda.tear_out(there if args.all else args.numbers)
    for note in gone:
        print(json.dumps({"deleted": note.number}) if args.json else f"Deleted: {note.text}")
    return 0


def _show(note: Note, as_json: bool) -> None:
    if as_json:
        at = note.at.isoformat(timespec="seconds")
        print(json.dumps({"number": note.number, "at": at, "text": note.text}, ensure_ascii=False))
    else:
        print(f"{note.number:4}  {note.at.astimezone():%Y-%m-%d %H:%M}  {note.text}")
