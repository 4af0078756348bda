"""Stands for `companion` where a window runs its commands: answers at once, as a file tells it, and notes each call.

Run as `python answering_commands.py FOLDER ARGUMENTS...`. FOLDER/answers.json maps the first words of a command to
[lines to print, exit code, last words, whether to stay until it is ended]; FOLDER/calls.jsonl gets the arguments.
"""

from __future__ import annotations

import json
import signal
import sys
from pathlib import Path


def main(folder: Path, arguments: list[str]) -> int:
    """Returns the exit code."""
    with (folder / "calls.jsonl").open("a") as calls:
        calls.write(json.dumps(arguments) + "\n")
    answers = json.loads((folder / "answers.json").read_text())
    name = next((name for name in sorted(answers, key=len, reverse=True) if " ".join(arguments).startswith(name)), "")
    lines, code, words, stays = answers.get(name, [[], 0, "", False])
    for line in lines:
        sys.stdout.write(line + "\n")
    sys.stdout.flush()
    if words:
        sys.stderr.write(words + "\n")
        sys.stderr.flush()
    if stays:
        signal.pause()
    return int(code)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), sys.argv[2:]))
