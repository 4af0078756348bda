"""What the tests of the file of conversations share."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

from companion.core.diary import Entry
from companion.memory.store import SqliteDiary


def said(text: str) -> Entry:
    return Entry(0, datetime(2026, 3, 1, 12, 0, tzinfo=UTC), "user", "Samantha", text)


def texts(diary: SqliteDiary, matching: str = "") -> list[str]:
    return [entry.text for entry in diary.entries(matching=matching, limit=100_000)]


def on_disk(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


def child(code: str, file: Path) -> subprocess.Popen[str]:
    """A process with `diary` open on `file`, and `said`."""
    start = (
        "import sys; from datetime import *; from pathlib import Path; from companion.core.diary import Entry\n"
        "from companion.core.errors import CompanionError; from companion.memory.store import open_diary\n"
        "said = lambda text: Entry(0, datetime.now(timezone.utc), 'user', 'Samantha', text)\n"
        "diary = open_diary(Path(sys.argv[1]))\n"
    )
    return subprocess.Popen(
        [sys.executable, "-c", start + code, str(file)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
