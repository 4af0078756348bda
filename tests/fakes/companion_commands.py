"""Stands in for `companion` beside the settings window: prints what its commands print, and notes what was asked.

Run as `python companion_commands.py FOLDER COMMAND...`; each run adds a line of JSON to FOLDER/asked. With "hangs" in
FOLDER it goes on until it is ended; with "fails", it ends as a command that could not do it. `persona` is done as it is
by the program itself, but for samples, which say what she was asked for.
"""

from __future__ import annotations

import json
import signal
import sys
from pathlib import Path
from typing import Any

MODELS = [
    ("piper-en_US-joe-medium", "voice", True),
    ("piper-en_GB-alba-medium", "voice", False),
    ("whisper-base", "transcriber", True),
    ("qwen2.5-3b-instruct", "language-model", False),
]
DEVICES = [("microphone", "Desk microphone"), ("speaker", "Headset")]


def tell(record: object) -> None:
    sys.stdout.write(json.dumps(record) + "\n")
    sys.stdout.flush()


def main() -> int:
    folder, command = Path(sys.argv[1]), sys.argv[2:]
    with (folder / "asked").open("a") as asked:
        asked.write(json.dumps(command) + "\n")
    if command[0] not in ("models", "devices") or "install" in command:
        if (folder / "fails").exists():
            sys.stderr.write("companion: It cannot be done.\n           Do something else.\n")
            return 5
        if (folder / "hangs").exists():
            tell({"done": 25, "total": 100})
            tell({"level_db": -20.0})
            tell({"piece": "Well"})
            signal.pause()
    match command:
        case ["models", "install", name, "--progress"]:
            tell({"done": 100, "total": 100, "text": ""})
            (folder / f"installed-{name}").touch()
        case ["models", "--found", "--json"]:
            tell([{"name": "qwen2.5:3b", "engine": "ollama", "size_bytes": 1_900_000_000, "where": "", "in_use": True}])
        case ["models", "--json"]:
            tell([as_record(folder, *model) for model in MODELS])
        case ["devices", "--json"]:
            tell([{"kind": kind, "name": name} for kind, name in DEVICES])
        case ["tools", "list", "--json"]:
            tell({"server": "time", "tool": "now", "permission": "always", "where": "", "description": "The time."})
            tell({"server": "home", "tool": "lights", "permission": "ask", "where": "home.example", "description": ""})
        case ["reminders", "list", "--json"]:
            for number, kind, text in ((3, "reminder", "call mum"), (4, "timer", "")):
                if not (folder / f"gone-reminders-{number}").exists():
                    tell({"number": number, "kind": kind, "text": text, "due_at": "2026-03-01T17:00:00+00:00"})
        case ["notes", "list", "--json"]:
            if not (folder / "gone-notes-1").exists():
                tell({"number": 1, "text": "the key is under the pot", "at": "2026-02-27T17:00:00+00:00"})
        case ["reminders" | "notes", "cancel" | "delete", number, "--json"]:
            (folder / f"gone-{command[0]}-{number}").touch()
        case ["listen", *_]:
            for record in ({"level_db": -20.0}, {"words": "hello"}, {"text": "Hello there."}, {"played": True}):
                tell(record)
        case ["key", "set", part]:
            key = sys.stdin.readline().rstrip("\n")
            (folder / f"key-{part}").write_text(key)
            sys.stdout.write(f"The key for {part} is in the keyring of your system.\n")
        case ["memory", "import", *_]:
            tell({"source": "all.json", "read": 5, "new": 3, "new_facts": 2})
        case ["persona", "sample", *_]:
            for line in sys.stdin:
                answer_as(json.loads(line))
        case ["persona", *_]:
            sys.path.insert(0, str(Path(__file__).parents[2]))
            from companion import cli

            return cli.main(command)
        case ["ask", *_]:
            for record in ({"piece": "A "}, {"piece": "walk."}):
                tell(record)
            tell({"first_token_s": 0.41, "tokens_per_s": 18.2, "where": "this computer", "model": "qwen2.5:3b"})
    return 0


def answer_as(wish: dict[str, Any]) -> None:
    """Tell what she was asked, and how long she was to be."""
    persona, number = wish["persona"], wish["number"]
    said = f"{persona['name']}, length {persona['dials']['length']}: {wish['line']}"
    tell({"number": number, "piece": said[:5]})
    tell({"number": number, "reply": said, "model": "fake-1b"})


def as_record(folder: Path, name: str, purpose: str, installed: bool) -> dict[str, object]:
    return {
        "name": name,
        "purpose": purpose,
        "installed": installed or (folder / f"installed-{name}").exists(),
        "size_bytes": 63_000_000,
        "description": f"About {name}.",
        "licence": "MIT",
        "licence_note": "Free.",
    }


if __name__ == "__main__":
    sys.exit(main())
