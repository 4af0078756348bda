"""`companion models`: what models there are, which are here, and bringing those that are not."""

from __future__ import annotations

import argparse
import asyncio
import json
import math
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import asdict
from typing import TYPE_CHECKING

from companion.cli.found_models import FoundModel, found_models
from companion.core.errors import UsageError
from companion.models.catalogue import Model, catalogue
from companion.models.installation import install
from companion.models.resolver import locate
from companion.models.work import Progress

if TYPE_CHECKING:
    from rich.console import Console


PROGRESS_EVERY_S = 0.1


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command `models` and what stands below it."""
    parser = subparsers.add_parser(
        "models",
        help="list the models and install them",
        description="The models that Companion knows: what each is for, its size and licence, and whether it is here.",
        epilog="Set COMPANION_MODELS to keep them in another folder.",
    )
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.add_argument(
        "--found", action="store_true", help="the language models that are here: installed, as files, and in Ollama"
    )
    parser.set_defaults(run=run, action="list")
    actions = parser.add_subparsers(title="what to do", metavar="ACTION")

    listing = actions.add_parser("list", help="list them (the same as `companion models`)")
    listing.add_argument("--json", action="store_true", default=argparse.SUPPRESS, help="print JSON")
    listing.set_defaults(action="list")

    installing = actions.add_parser(
        "install",
        help="install models by name, or those for the start",
        description="Fetch models and check them. What was cut short goes on where it stopped.",
    )
    installing.add_argument("names", nargs="*", metavar="NAME", help="a name from `companion models`")
    installing.add_argument("--starter", action="store_true", help="all models that a first conversation needs")
    installing.add_argument("--json", action="store_true", default=argparse.SUPPRESS, help="print JSON at the end")
    installing.add_argument(
        "--progress", action="store_true", help='print lines {"done": bytes, "total": bytes, "text": ...} meanwhile'
    )
    installing.set_defaults(action="install")


def run(args: argparse.Namespace) -> int:
    """Do what was asked; exit code 0, or a CompanionError."""
    if args.found:
        _print_found(asyncio.run(found_models(args.settings)), args.json)
        return 0
    models = list(catalogue())
    if args.action == "install":
        models = _chosen(args.names, args.starter)
        _install(models, progress_as_lines() if args.progress else progress_on_terminal())
    if args.json:
        print(json.dumps([_as_json(model) for model in models], indent=2))
    elif args.action == "list":
        _print_table(models)
    return 0


def _chosen(names: list[str], starter: bool) -> list[Model]:
    if not names and not starter:
        raise UsageError("No model was named.", "Name one from `companion models`, or say --starter.")
    chosen = catalogue().starters() if starter else []
    chosen += map(catalogue().find, names)
    return list({model.name: model for model in chosen}.values())


def _install(models: list[Model], shown: AbstractContextManager[Progress]) -> None:
    lacking = [model for model in models if locate(model) is None]
    if not lacking:
        print("The models are here.", file=sys.stderr)
        return
    size = sum(model.size for model in lacking)
    names = ", ".join(model.name for model in lacking)
    print(f"Installing {names}: {_megabytes(size)} in all.", file=sys.stderr)
    with shown as progress, _stop_on_request() as stop:
        for model in lacking:
            folder = install(model, progress=progress, stop=stop)
            print(f"{model.name} is installed in {folder} ({_megabytes(model.size)}).", file=sys.stderr)


@contextmanager
def _stop_on_request() -> Iterator[threading.Event]:
    """Set when this process is asked to end: the client is ended too, and what has come is kept."""
    stop = threading.Event()
    before = signal.signal(signal.SIGTERM, lambda number, frame: stop.set())
    try:
        yield stop
    finally:
        signal.signal(signal.SIGTERM, before)


@contextmanager
def progress_as_lines(clock: Callable[[], float] = time.monotonic) -> Iterator[Progress]:
    """Lines of JSON on the standard output, ten a second at most, the last one always."""
    told_s, last, told = -math.inf, "", ""

    def show(done: int, total: int, text: str) -> None:
        nonlocal told_s, last, told
        last = json.dumps({"done": done, "total": total, "text": text}, ensure_ascii=False)
        if clock() - told_s >= PROGRESS_EVERY_S and last != told:
            told_s, told = clock(), last
            print(last, flush=True)

    yield show
    if last != told:
        print(last, flush=True)


@contextmanager
def progress_on_terminal() -> Iterator[Progress]:
    """A progress bar on the standard error; where that is no terminal, nothing is drawn."""
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TimeRemainingColumn())
    with Bar(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("", total=None)

        def show(done: int, total: int, text: str) -> None:
            bar.update(task, completed=done, total=total, description=text)

        yield show


def _print_found(found: list[FoundModel], as_json: bool) -> None:
    if as_json:
        print(json.dumps([asdict(model) for model in found], indent=2, ensure_ascii=False))
        return
    for model in found:
        star = "*" if model.in_use else " "
        print(f"{star} {model.name}  {_megabytes(model.size_bytes)}  {model.engine}, {model.where}")
    if not found:
        print("No language model is here; `companion models` lists those that can be installed.")


def _as_json(model: Model) -> dict[str, object]:
    folder = locate(model)
    return {
        "name": model.name,
        "purpose": model.purpose,
        "description": model.description,
        "languages": list(model.languages),
        "size_bytes": model.size,
        "memory_mb": model.memory_mb,
        "licence": model.licence,
        "licence_note": model.licence_note,
        "starter": model.starter,
        "installed": folder is not None,
        "folder": str(folder) if folder else None,
    }


def _print_table(models: list[Model], console: Console | None = None) -> None:
    from rich.console import Console
    from rich.table import Table

    console = console or Console()
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column("Model", no_wrap=True)
    table.add_column("For", no_wrap=True)
    table.add_column("Size", justify="right", no_wrap=True)
    table.add_column("Memory", justify="right", no_wrap=True)
    table.add_column("Licence", no_wrap=True)
    table.add_column("Here", no_wrap=True)
    for model in models:
        here = "yes" if locate(model) else "no"
        memory = _megabytes(model.memory_mb * 1_000_000)
        table.add_row(model.name, model.purpose, _megabytes(model.size), memory, model.licence, here)
    console.print(table)
    console.print()
    for model in models:
        console.print(f"[bold]{model.name}[/]: {model.description}", highlight=False)
    if any(locate(model) is None for model in models):
        console.print("\n`companion models install NAME` brings one that is not here.", highlight=False)


def _megabytes(size_bytes: int) -> str:
    return f"{size_bytes / 1e6:,.0f} MB"
