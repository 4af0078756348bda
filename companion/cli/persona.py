"""`companion persona`: who she can be; character cards come in and go out here."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from companion.cards import shelf
from companion.cli import persona_sample
from companion.core.errors import UsageError
from companion.core.persona import Persona, find_persona, known_personas, load_persona
from companion.core.persona_file import write_whole
from companion.core.persona_places import image_file, is_own, original_of
from companion.core.persona_words import manner_words, taste_words
from companion.core.settings import Settings

FORMATS = ("v2", "v3", "json", "toml")

_DESCRIPTION = """\
Who she can be. A persona is a TOML file of yours, or one that came with the program; set
`persona = "NAME"` in the settings to talk with one. Character cards (V1 to V3: JSON, PNG, CHARX)
become personas, and personas become cards. Nothing in a card is run, opened or fetched."""


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command `persona` and what stands below it."""
    parser = subparsers.add_parser(
        "persona",
        help="who she can be: list, show, import and export character cards",
        description=_DESCRIPTION,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        epilog="exit codes: 0 done; 2 asked for what cannot be; 3 a persona or card cannot be read",
    )
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.set_defaults(run=_list)
    actions = parser.add_subparsers(title="what to do", metavar="ACTION")

    def action(name: str, help_: str, description: str) -> argparse.ArgumentParser:
        made = actions.add_parser(name, help=help_, description=description)
        made.add_argument("--json", action="store_true", default=argparse.SUPPRESS, help="print JSON")
        return made

    listing = action("list", "list them (the same as `companion persona`)", "All personas; a star marks yours in use.")
    listing.set_defaults(run=_list)

    showing = action("show", "show one, and what her dials say in words", "A persona, as the model is told of it.")
    showing.add_argument("name", metavar="NAME", help="a name from `companion persona list`, or a .toml file")
    showing.set_defaults(run=_show)

    importing = action(
        "import",
        "make a persona of a character card",
        "Read a character card (JSON, PNG, CHARX) or a persona file (.toml), and keep it in your personas folder. What"
        " a persona has no place for is kept in a copy of the card beside it, so that an export loses nothing.",
    )
    importing.add_argument("file", metavar="FILE", type=Path, help="the card")
    importing.set_defaults(run=_import)

    exporting = action(
        "export",
        "write one as a character card",
        "Write a persona as a card: FILE.png is a picture with the card in it, FILE.json the card alone.",
    )
    exporting.add_argument("name", metavar="NAME", help="a name from `companion persona list`")
    exporting.add_argument("file", metavar="FILE", type=Path, help="where to; what is there is replaced")
    exporting.add_argument(
        "--format",
        choices=FORMATS,
        help="v2 or v3: that version of a card; json: V3 as JSON; toml: the persona file (default: by FILE's ending)",
    )
    exporting.set_defaults(run=_export)

    copying = action("copy", "make a second one like it", "Copy a persona, under another name, for you to change.")
    copying.add_argument("name", metavar="NAME", help="a name from `companion persona list`")
    copying.set_defaults(run=_copy)

    removing = action(
        "remove",
        "remove one of your own",
        "Remove a persona of your own, with its card and picture. If it was your version of one that came with the"
        " program, that one is back.",
    )
    removing.add_argument("name", metavar="NAME", help="a name from `companion persona list`")
    removing.set_defaults(run=_remove)

    restoring = action("restore", "bring back the one removed last", "Bring back the persona that was removed last.")
    restoring.set_defaults(run=_restore)

    persona_sample.add_parser(
        action("sample", "what one would answer", persona_sample.DESCRIPTION),
    )


def _list(args: argparse.Namespace) -> int:
    settings: Settings = args.settings
    rows = [(known.key, load_persona(known.key)) for known in known_personas()]
    if args.json:
        print(
            json.dumps(
                [
                    {
                        "key": key,
                        "name": persona.name,
                        "summary": persona.summary,
                        "in_use": key == settings.persona,
                        "own": is_own(key),
                        "shipped": original_of(key) is not None,
                        "file": str(find_persona(key)),
                        "picture": _picture(key),
                    }
                    for key, persona in rows
                ],
                indent=2,
                ensure_ascii=False,
            )
        )
        return 0
    width = max(len(key) for key, _ in rows)
    for key, persona in rows:
        star = "*" if key == settings.persona else " "
        print(f"{star} {key:<{width}}  {persona.name}{': ' if persona.summary else ''}{persona.summary}")
    return 0


def _show(args: argparse.Namespace) -> int:
    persona = load_persona(args.name)
    if args.json:
        print(persona.model_dump_json(indent=2))
        return 0
    print(f"{persona.name}  ({find_persona(args.name)})")
    if persona.nicknames:
        print(f"Also answers to {', '.join(persona.nicknames)}.")
    for title, text in _sections(persona):
        if text.strip():
            print(f"\n{title}\n{text.strip()}")
    return 0


def _sections(persona: Persona) -> list[tuple[str, str]]:
    dials = ", ".join(f"{name} {value}" for name, value in persona.dials) if persona.version > 1 else ""
    moods = [(mood, line) for mood, lines in persona.greetings for line in lines] or [("", persona.greeting)]
    return [
        ("WHO SHE IS", persona.character),
        ("HOW SHE SPEAKS", manner_words(persona)),
        ("DIALS", dials),
        ("LIKES AND BOUNDARIES", taste_words(persona)),
        ("FIRST WORDS", "\n".join(f"{mood:>8}  {line}" for mood, line in moods if line)),
        ("EXAMPLES", "\n".join(f"You: {one.user}\nShe: {one.reply}" for one in persona.examples)),
        ("LORE", f"{len(persona.lore.entries)} entries" if persona.lore.entries else ""),
    ]


def _import(args: argparse.Namespace) -> int:
    file: Path = args.file
    kept = shelf.keep_toml(file) if file.suffix.lower() == ".toml" else shelf.keep_card(file)
    imported = kept.imported
    if args.json:
        record = {"key": kept.key, "name": imported.persona.name, "file": str(kept.file)}
        print(json.dumps({**record, "taken": imported.taken, "left_out": imported.left_out}, ensure_ascii=False))
        return 0
    print(f"{imported.persona.name} is now in {kept.file}.")
    print(f"Taken: {', '.join(imported.taken)}.")
    if imported.left_out:
        print(f"Kept in the card but not used: {', '.join(imported.left_out)}.")
    print(f'To talk with {imported.persona.name}, set persona = "{kept.key}" in the settings.')
    return 0


def _export(args: argparse.Namespace) -> int:
    file: Path = args.file
    form = _form(file.suffix.lower(), args.format)
    if not file.parent.is_dir():
        raise UsageError(f"There is no folder {file.parent}.", "Make it, or name a file elsewhere.")
    write_whole(file, shelf.exported(args.name, form))
    if args.json:
        print(json.dumps({"file": str(file), "format": form}))
    else:
        print(f"{args.name} is in {file} ({form}).", file=sys.stderr)
    return 0


def _form(ending: str, wanted: str | None) -> str:
    """The form in which to export, by the ending of the file and the format that was asked for."""
    by_ending = {".png": "png", ".json": "json", ".toml": "toml"}.get(ending)
    if wanted is None and by_ending is None:
        raise UsageError("What the file shall be is not clear.", "End it in .png, .json or .toml, or say --format.")
    if wanted == "toml" or (wanted is None and by_ending == "toml"):
        return "toml"
    if wanted == "json":
        return "v3-json"
    return f"{wanted or 'v3'}-{'json' if by_ending == 'json' else 'png'}"


def _copy(args: argparse.Namespace) -> int:
    kept = shelf.duplicate(args.name)
    name = kept.imported.persona.name
    if args.json:
        print(json.dumps({"key": kept.key, "name": name, "file": str(kept.file)}, ensure_ascii=False))
    else:
        print(f"{name} is in {kept.file}.")
    return 0


def _remove(args: argparse.Namespace) -> int:
    settings: Settings = args.settings
    if args.name == settings.persona and is_own(args.name) and not original_of(args.name):
        raise UsageError(f"{args.name!r} is the persona in your settings.", "Choose another there first.")
    gone = shelf.remove(args.name)
    if args.json:
        print(json.dumps({"removed": [str(path) for path in gone]}))
    else:
        print(f"Removed {', '.join(str(path) for path in gone)}.")
        print("`companion persona restore` brings it back, until another is removed.")
    return 0


def _restore(args: argparse.Namespace) -> int:
    key = shelf.restore()
    print(json.dumps({"key": key}) if args.json else f"{load_persona(key).name} is back.")
    return 0


def _picture(key: str) -> str:
    """Where its picture is; empty if it has none."""
    file = image_file(find_persona(key))
    return str(file) if file.is_file() else ""
