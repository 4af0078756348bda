"""`companion memory facts`, `forget` and `digest`: what is known, and what is to be known no more."""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from companion.core.errors import CompanionError, UsageError
from companion.core.facts import Fact, Forgotten

if TYPE_CHECKING:
    from companion.core.engines import LanguageModel
    from companion.memory.facts import SqliteFacts

Actions: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"
AddAction = Callable[[Actions, str, object, str], argparse.ArgumentParser]
Store = Callable[[argparse.Namespace], Path]


def add_actions(actions: Actions, add: AddAction, store: Store) -> None:
    """Add these actions to `companion memory`; `store` tells the file that the options name."""
    listing = add(actions, "facts", _facts, "tell what is known, newest first")
    listing.add_argument("text", nargs="?", default="", help="only what holds these words")
    listing.add_argument("--past", action="store_true", help="also what is true no more")

    forgetting = add(actions, "forget", _forget, "delete what is known, and what was said, about something")
    what = forgetting.add_mutually_exclusive_group(required=True)
    what.add_argument("text", nargs="?", help="every fact and every turn that holds these words")
    what.add_argument("--fact", type=int, metavar="N", help="one fact, as `companion memory facts` numbers it")
    forgetting.add_argument("--yes", action="store_true", help="do not ask; with --json, without it nothing is deleted")

    digesting = add(actions, "digest", _digest, "draw facts from what was said, now instead of in idle moments")
    for action in (listing, forgetting, digesting):
        action.set_defaults(store_of=store)


def _facts(args: argparse.Namespace) -> int:
    with _opened(args) as facts:
        for fact in facts.all(args.text, args.past):
            print(_as_json(fact) if args.json else _as_line(fact))
    return 0


def _forget(args: argparse.Namespace) -> int:
    with _opened(args) as facts:
        going = facts.mentioning(args.text) if args.fact is None else Forgotten(facts=_one(facts, args.fact))
        sure = args.yes or (bool(going) and not args.json and _is_meant(going))
        if going and sure:
            going = facts.forget_about(args.text) if args.fact is None else Forgotten(facts=_deleted(facts, args.fact))
    deleted = bool(going) and sure
    if args.json:
        print(json.dumps({**_counts(going), "deleted": deleted, "facts": [fact.number for fact in going.facts]}))
    elif not going:
        print("There is nothing about that.")
    else:
        print("It is deleted." if deleted else "Nothing was deleted.")
    return 0


def _digest(args: argparse.Namespace) -> int:
    return asyncio.run(_digest_all(args))


async def _digest_all(args: argparse.Namespace) -> int:
    from companion.memory.backlog import open_backlog
    from companion.memory.digestion import Digestion

    def show(kept: Iterable[Fact]) -> None:
        for fact in kept:
            print(_as_json(fact) if args.json else _as_line(fact), flush=True)

    backlog = open_backlog(args.store_of(args))
    digestion = Digestion(backlog, on_kept=show)
    mind = None
    try:
        if await digestion.left():
            mind = await _mind(args)
        while await digestion.run_once(mind, hurry=True):
            _note(f"{await digestion.left()} turns are left to read.")
    finally:
        if mind:
            await mind.close()
        backlog.close()
    return 0


async def _mind(args: argparse.Namespace) -> LanguageModel | None:
    from companion import app

    try:
        return await app.open_mind(args.settings, _note)
    except CompanionError as error:
        _note(f"{error.message} Only what is plainly said is taken in. {error.hint}")
        return None


@contextmanager
def _opened(args: argparse.Namespace) -> Iterator[SqliteFacts]:
    from companion.memory.facts import open_facts

    facts = open_facts(args.store_of(args))
    try:
        yield facts
    finally:
        facts.close()


def _one(facts: SqliteFacts, number: int) -> tuple[Fact, ...]:
    found = tuple(fact for fact in facts.all(past=True) if fact.number == number)
    if not found:
        raise UsageError(f"There is no fact {number}.", "`companion memory facts` lists them.")
    return found


def _deleted(facts: SqliteFacts, number: int) -> tuple[Fact, ...]:
    return tuple(facts.delete([number]))


def _is_meant(going: Forgotten) -> bool:
    """Show what would go, and ask."""
    for fact in going.facts:
        print(_as_line(fact))
    for entry in going.entries:
        print(f"  {entry.at:%Y-%m-%d %H:%M}  {'you' if entry.who == 'user' else entry.name}: {entry.text}")
    counts = _counts(going)
    amounts = (
        (len(going.facts), "fact", "facts"),
        (counts["turns"], "turn of your conversations", "turns of your conversations"),
        (counts["imported"], "imported turn", "imported turns"),
    )
    told = ", ".join(f"{count} {one if count == 1 else several}" for count, one, several in amounts if count)
    print(f"To be deleted for good: {told}. Go on? [y/N] ", end="", flush=True)
    return sys.stdin.readline().strip().casefold() in ("y", "yes")


def _counts(going: Forgotten) -> dict[str, int]:
    return {"turns": len(going.entries), "imported": len(going.imported)}


def _note(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def _as_line(fact: Fact) -> str:
    marks = [f"due {fact.due}"] if fact.due else []
    if fact.valid_until:
        marks.append(f"until {fact.valid_until:%Y-%m-%d}")
    if fact.pinned:
        marks.append("pinned")
    more = f"  ({', '.join(marks)})" if marks else ""
    return f"{fact.number:4}  {fact.said_at:%Y-%m-%d}  {fact.kind:7}  {fact.statement}{more}"


def _as_json(fact: Fact) -> str:
    until = fact.valid_until.isoformat() if fact.valid_until else None
    due = fact.due.isoformat() if fact.due else None
    told = {**asdict(fact), "said_at": fact.said_at.isoformat(), "due": due, "valid_until": until}
    return json.dumps(told, ensure_ascii=False)
