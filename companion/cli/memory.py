"""`companion memory`: search what was said, and bring and take conversations as files."""

from __future__ import annotations

import argparse
import io
import json
import os
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from companion.cli import memory_facts
from companion.core.errors import CompanionError, EngineError, UsageError
from companion.memory.importers.formats import FORMATS

if TYPE_CHECKING:
    from companion.core.engines import Embedder
    from companion.core.memory import Remembered
    from companion.memory.importers.turn import PastTurn, Who
    from companion.memory.recall import SqliteMemory
    from companion.memory.vault import Vault

SHOWN = 10
"""How many turns a search shows if it is not told."""


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command `memory` and what stands below it."""
    parser = subparsers.add_parser(
        "memory",
        help="search what was said; import and export conversations",
        description="What is remembered: search it, bring conversations from elsewhere, take all of it as a file.",
    )
    actions = parser.add_subparsers(title="what to do", metavar="ACTION", required=True)

    searching = _action(actions, "search", _search, "find what was said, by its words and its meaning")
    searching.add_argument("text", nargs="?", help="what is looked for; none: each line of the standard input")
    searching.add_argument("--limit", type=_positive, default=SHOWN, metavar="N", help=f"at most N turns ({SHOWN})")
    searching.add_argument(
        "--at", type=_time, metavar="TIME", help='when it is asked, for "yesterday" and the like (now): 2026-03-01'
    )

    importing = _action(actions, "import", _import, "bring conversations from files")
    importing.add_argument("files", nargs="+", type=Path, metavar="FILE", help="an export of a conversation")
    importing.add_argument(
        "--format",
        choices=FORMATS,
        help="what it is, if its looks do not tell; neutral: id, time, speaker, text",
    )
    importing.add_argument("--you", metavar="NAME", help="the speaker who is you")
    importing.add_argument("--companion", metavar="NAME", help="the speaker whose words are hers")
    importing.add_argument("--preview", action="store_true", help="tell what is in the files, and import nothing")

    exporting = _action(actions, "export", _export, "write all that is kept, as JSON")
    exporting.add_argument(
        "--all", action="store_true", help="as one JSON file, with what is known and what came whence"
    )
    exporting.add_argument("file", nargs="?", type=Path, metavar="FILE", help="where to (the standard output)")

    _action(actions, "imports", _imports, "list what was imported")
    undoing = _action(actions, "undo", _undo, "take out what was imported")
    undoing.add_argument("batch", type=int, metavar="NUMBER", help="as `companion memory imports` tells it")
    _action(actions, "stats", _stats, "tell how much is kept")
    memory_facts.add_actions(actions, _action, _store)


def _action(
    actions: argparse._SubParsersAction[argparse.ArgumentParser], name: str, run: object, told: str
) -> argparse.ArgumentParser:
    parser = actions.add_parser(name, help=told, description=f"{told[0].upper()}{told[1:]}.")
    store = parser.add_mutually_exclusive_group()
    store.add_argument("--store", type=Path, metavar="PATH", help="another store than that of your conversations")
    store.add_argument("--persona", metavar="NAME", help="the memory of another persona than that of the settings")
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.set_defaults(run=run)
    return parser


def _search(args: argparse.Namespace) -> int:
    with _memory(args) as memory:
        _take_in(memory)
        for query in [args.text] if args.text is not None else _lines():
            found = memory.recall(query, args.at, args.limit)
            _show_found(query, found, args.json)
    return 0


def _import(args: argparse.Namespace) -> int:
    from companion.memory import whole
    from companion.memory.batches import open_batches
    from companion.memory.importers import formats

    wholes = list(filter(whole.is_whole, args.files))
    for file in wholes:
        _put_back(file, args)
    others = [file for file in args.files if file not in wholes]
    brought = {file: _chosen(file, formats.read_file(file, args.format), args) for file in others}
    _tell_undated(brought)
    if args.preview:
        for file, turns in brought.items():
            _show_preview(file, turns, args.json)
        return 0
    batches = open_batches(_store(args))
    for file, turns in brought.items():
        with _progress(f"Importing {file.name}", len(turns)) as show:
            batch = batches.add(file.name, turns, show)
        figures = {"batch": batch.batch, "source": file.name, "read": len(turns), "new": batch.turns}
        text = (
            f"{file.name}: {batch.turns} turns imported (number {batch.batch}); {len(turns) - batch.turns} were known."
        )
        print(json.dumps(figures) if args.json else text)
    batches.close()
    with _memory(args) as memory:
        _take_in(memory)
    return 0


def _export(args: argparse.Namespace) -> int:
    from companion.memory.batches import open_batches
    from companion.memory.importers import neutral

    batches = open_batches(_store(args))
    try:
        _write_out((neutral.write(turn) + "\n" for turn in batches.turns()) if not args.all else _all(args), args.file)
    finally:
        batches.close()
    return 0


def _all(args: argparse.Namespace) -> Iterator[str]:
    from companion.memory import whole

    with _vault(args) as vault:
        tree = whole.take_out(vault)
    yield from json.JSONEncoder(ensure_ascii=False, indent=1).iterencode(tree)
    yield "\n"


def _write_out(pieces: Iterable[str], place: Path | None) -> None:
    if place is None:
        sys.stdout.writelines(pieces)
        return
    try:
        for_its_owner = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(for_its_owner, "w", encoding="utf-8") as file:
            file.writelines(pieces)
    except OSError as error:
        raise UsageError(f"{place} cannot be written: {error.strerror}.", "Name another file.") from error


def _put_back(file: Path, args: argparse.Namespace) -> None:
    """Import what `export --all` wrote, or tell what is in it."""
    from companion.memory import whole

    tree = whole.read(file)
    there = whole.size(tree)
    if args.preview:
        figures = {"source": file.name, "turns": there.turns, "facts": there.facts}
        text = f"{file.name}: {there.turns} turns and {there.facts} facts, all of a memory"
    else:
        with _vault(args) as vault:
            new = whole.put_back(vault, tree)
        figures = {"source": file.name, "read": there.turns, "new": new.turns, "new_facts": new.facts}
        text = f"{file.name}: {new.turns} turns and {new.facts} facts are back; the others were there."
    print(json.dumps(figures) if args.json else text)


@contextmanager
def _vault(args: argparse.Namespace) -> Iterator[Vault]:
    from companion.memory.keys import SystemKeyring
    from companion.memory.opening import DiaryFile
    from companion.memory.vault import Vault

    vault = Vault(DiaryFile(_store(args), SystemKeyring()))
    try:
        yield vault
    finally:
        vault.close()


def _imports(args: argparse.Namespace) -> int:
    from companion.memory.batches import open_batches

    batches = open_batches(_store(args))
    for batch in batches.all():
        if args.json:
            print(json.dumps({**asdict(batch), "at": batch.at.isoformat()}))
        else:
            print(f"{batch.batch}: {batch.source}, {batch.turns} turns, {batch.at:%Y-%m-%d %H:%M}")
    batches.close()
    return 0


def _undo(args: argparse.Namespace) -> int:
    from companion.memory.batches import open_batches

    batches = open_batches(_store(args))
    if args.batch not in {batch.batch for batch in batches.all()}:
        raise UsageError(f"There is no import {args.batch}.", "`companion memory imports` lists them.")
    gone = batches.undo(args.batch)
    batches.close()
    print(json.dumps({"batch": args.batch, "deleted": gone}) if args.json else f"{gone} turns are deleted.")
    return 0


def _stats(args: argparse.Namespace) -> int:
    from companion.memory.batches import open_batches

    batches = open_batches(_store(args))
    stats = batches.stats()
    batches.close()
    if args.json:
        print(json.dumps(asdict(stats)))
    else:
        print(f"{stats.turns} turns, {stats.imported} of them imported; {stats.size_bytes / 1e6:.1f} MB on disk.")
        print(f"{stats.by_meaning} are found by their meaning too, the others by their words.")
    return 0


@contextmanager
def _memory(args: argparse.Namespace) -> Iterator[SqliteMemory]:
    from companion.memory.recall import open_memory

    memory = open_memory(_store(args), _embedder(args))
    try:
        yield memory
    finally:
        memory.close()


def _embedder(args: argparse.Namespace) -> Embedder | None:
    import asyncio

    from companion.backends.meanings import choose_embedder
    from companion.elsewhere import memory_key
    from companion.models.resolver import resolve

    try:
        key = memory_key(args.settings)
        embedder = asyncio.run(choose_embedder(args.settings, lambda name: resolve(name, "embedder"), key=key))
        embedder.warm_up()
    except CompanionError as error:
        print(f"companion: Found by words alone. {error.message}\n           {error.hint}", file=sys.stderr)
        return None
    return embedder


def _take_in(memory: SqliteMemory) -> None:
    """Learn the meanings of what is known by its words alone. Where that fails, words are found all the same."""
    try:
        left = memory.ponder()
        with _progress("Taking in what it means", left) as show:
            total = left
            while left:
                left = memory.ponder()
                show(total - left)
    except EngineError as error:
        print(f"companion: Found by words alone. {error.message}\n           {error.hint}", file=sys.stderr)


@contextmanager
def _progress(text: str, total: int) -> Iterator[Callable[[int], None]]:
    from rich.console import Console
    from rich.progress import MofNCompleteColumn, Progress

    console = Console(stderr=True)
    columns = (*Progress.get_default_columns()[:2], MofNCompleteColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task(text, total=total)
        yield lambda done: bar.update(task, completed=done)


def _store(args: argparse.Namespace) -> Path:
    if args.store is None:
        from companion.core.persona import find_persona
        from companion.diaries import prepared_file

        find_persona(args.persona or args.settings.persona)
        return prepared_file(args.settings, args.persona)
    store = Path(args.store).expanduser()
    return store / "conversations.db" if store.is_dir() else store


def _lines() -> Iterator[str]:
    if isinstance(sys.stdin, io.TextIOWrapper):
        sys.stdin.reconfigure(encoding="utf-8", errors="replace")
    return (line.strip() for line in sys.stdin if line.strip())


def _chosen(file: Path, turns: list[PastTurn], args: argparse.Namespace) -> list[PastTurn]:
    """The turns with who is who as the options say; where they do not, a person at the terminal is asked."""
    speakers = list(Counter(turn.speaker for turn in turns if turn.speaker))
    for name in filter(None, (args.you, args.companion)):
        if name not in speakers:
            known = ", ".join(speakers[:20]) or "nobody who is named"
            raise UsageError(f"Nobody in {file.name} is called {name}.", f"There are: {known}.")
    told = args.you or args.companion or any(turn.who != "other" for turn in turns)
    you = args.you if told or args.preview else _asked_who_is_you(file, speakers)
    chosen: dict[str | None, Who] = {you: "user", args.companion: "companion"}
    return [replace(turn, who=chosen.get(turn.speaker, turn.who)) for turn in turns]


def _asked_who_is_you(file: Path, speakers: list[str]) -> str | None:
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        return None
    print(f"Who of them in {file.name} is you?", file=sys.stderr)
    for number, speaker in enumerate(speakers[:20], 1):
        print(f"  {number}: {speaker}", file=sys.stderr)
    print("Number, or Enter if none is: ", end="", file=sys.stderr, flush=True)
    answer = sys.stdin.readline().strip()
    return speakers[int(answer) - 1] if answer.isdigit() and 0 < int(answer) <= len(speakers) else None


def _show_found(query: str, found: Iterable[Remembered], as_json: bool) -> None:
    if as_json:
        turns = [{"id": turn.id, "score": turn.score} for turn in found]
        print(json.dumps({"query": query, "turns": turns}, ensure_ascii=False), flush=True)
        return
    for turn in found:
        print(f"{turn.score:.2f}  {turn.at:%Y-%m-%d %H:%M}  {turn.speaker or 'you'}: {turn.text}", flush=True)


def _tell_undated(brought: dict[Path, list[PastTurn]]) -> None:
    for file, turns in brought.items():
        if undated := sum(not turn.dated for turn in turns):
            print(
                f"companion: {file.name}: {undated} turns have no time that can be read; each follows the one before.",
                file=sys.stderr,
            )


def _show_preview(file: Path, turns: list[PastTurn], as_json: bool) -> None:
    speakers = Counter(turn.speaker for turn in turns)
    if as_json:
        print(json.dumps({"source": file.name, "turns": len(turns), "speakers": speakers}, ensure_ascii=False))
        return
    print(f"{file.name}: {len(turns)} turns")
    for speaker, count in speakers.items():
        print(f"  {speaker or '(no name)'}: {count}")
    for turn in turns[:5]:
        print(f"  {turn.at:%Y-%m-%d %H:%M}  {turn.speaker}: {turn.text[:80]}")


def _positive(given: str) -> int:
    if not given.isdigit() or not int(given):
        raise argparse.ArgumentTypeError(f"{given} is no number of turns")
    return int(given)


def _time(given: str) -> datetime:
    try:
        return datetime.fromisoformat(given)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{given} is no time such as 2026-03-01 or 2026-03-01T18:20") from error
