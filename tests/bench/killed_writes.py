"""Writing is killed again and again: python -m tests.bench.killed_writes [--times 200]

A process adds and deletes turns, imports and takes in meanings, tells each deed once it is done, and is killed
(SIGKILL) at some moment. Prints one JSON object; ends with 1 if a turn that was told is gone, one that was told to be
deleted is back, the file proved damaged, or a word can be read on disk.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
from contextlib import closing
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from companion.core.diary import Entry
from companion.memory.batches import open_batches
from companion.memory.importers.turn import PastTurn
from companion.memory.keys import SystemKeyring
from companion.memory.opening import DiaryFile
from companion.memory.recall import open_memory
from companion.memory.store import open_diary
from companion.memory.vault import Vault
from tests.fakes.meanings import ThemeEmbedder

SECRET = "marmalade"
LONGEST_S = 0.25
"""A process is killed at a random moment within so long after its first deed."""


@dataclass
class Figures:
    times: int = 0
    deeds: int = 0
    """Turns that were told to be kept or deleted, and imports."""
    lost: int = 0
    back: int = 0
    damaged: int = 0
    readable: int = 0


def write_until_killed(file: Path, life: int) -> None:
    """Tells of each deed on the standard output, once it is done."""
    diary, batches, memory = open_diary(file), open_batches(file), open_memory(file, ThemeEmbedder())
    for count in range(1_000_000):
        text = f"{SECRET} {life} {count}"
        number = diary.add(Entry(0, datetime.now(UTC), "user", "Samantha", text)).number
        print("kept", number, flush=True)
        if count % 3 == 2:
            print("deleting", number, flush=True)
            diary.delete([number])
            print("deleted", number, flush=True)
        if count % 5 == 4:
            memory.ponder(8)
        if count % 20 == 19:
            turns = [PastTurn(datetime.now(UTC), "Anna", f"{text} {turn}") for turn in range(50)]
            print("imported", batches.add(text, turns).batch, flush=True)


def killed(file: Path, times: int) -> Figures:
    """What came of so many lives, each of which began where the one before was killed."""
    figures = Figures()
    kept, deleting, gone, imports = set[int](), set[int](), set[int](), set[int]()
    told = {"kept": kept, "deleting": deleting, "deleted": gone, "imported": imports}
    for life in range(times):
        for deed, number in _live(file, life):
            told[deed].add(number)
        kept -= deleting
        figures.times += 1
        figures.readable += sum(SECRET.encode() in path.read_bytes() for path in file.parent.iterdir())
        with closing(Vault(DiaryFile(file, SystemKeyring()))) as vault:
            vault.open(thoroughly=True)
            figures.damaged += bool(vault.told)
        with closing(open_diary(file)) as diary, closing(open_batches(file)) as batches:
            there = {entry.number for entry in diary.entries(limit=10_000_000)}
            whole = {batch.batch for batch in batches.all() if batch.turns == 50}
        figures.lost += len(kept - there) + len(imports - whole)
        figures.back += len(gone & there)
    figures.deeds = len(kept) + len(gone) + len(imports)
    return figures


def _live(file: Path, life: int) -> list[tuple[str, int]]:
    """The deeds of one process, until it is killed."""
    command = [sys.executable, "-m", "tests.bench.killed_writes", "--write", str(file), str(life)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as writing:
        assert writing.stdout
        told = [writing.stdout.readline()]
        try:
            writing.wait(random.uniform(0, LONGEST_S))
        except subprocess.TimeoutExpired:
            writing.send_signal(signal.SIGKILL)
        told += writing.stdout.readlines()
    assert writing.returncode == -signal.SIGKILL, "it ended before it was killed"
    return [(line.split()[0], int(line.split()[1])) for line in told if line.endswith("\n")]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=200)
    parser.add_argument("--write", nargs=2, help=argparse.SUPPRESS)
    options = parser.parse_args()
    os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.null.Keyring"
    if options.write:
        write_until_killed(Path(options.write[0]), int(options.write[1]))
        return 1
    with tempfile.TemporaryDirectory() as folder:
        figures = killed(Path(folder) / "conversations.db", options.times)
    print(json.dumps(asdict(figures)))
    return int(bool(figures.lost or figures.back or figures.damaged or figures.readable))


if __name__ == "__main__":
    sys.exit(main())
