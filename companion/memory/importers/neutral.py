"""The neutral form, read and written: JSON lines, a turn each, with id, time, speaker and text.

    {"id": "a7", "time": "2026-03-01T18:20:00+01:00", "speaker": "Anna", "text": "I moved to Lyon."}

`who` ("user", "companion" or "other") may be there too. A turn whose time is missing, or cannot be read, follows the
one before it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from companion.core.errors import UsageError
from companion.memory.importers.moments import moment
from companion.memory.importers.turn import PastTurn


def looks_like(text: str) -> bool:
    try:
        first = json.loads(text.strip().partition("\n")[0])
    except ValueError:
        return False
    return isinstance(first, dict) and isinstance(first.get("text"), str)


def read(text: str) -> Iterator[PastTurn]:
    """Turns in their order. Raises UsageError that names the line at fault."""
    at = datetime.now().astimezone()
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            tree = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise _fault(number, "is no JSON") from error
        if not isinstance(tree, dict) or not isinstance(tree.get("text"), str):
            raise _fault(number, "has no text")
        told = moment(tree.get("time"))
        at = told or at + timedelta(seconds=1)
        if tree["text"].strip():
            yield _turn(tree, at, told is not None)


def write(turn: PastTurn) -> str:
    """One line, without its end."""
    tree = {"id": turn.id, "time": turn.at.isoformat(), "speaker": turn.speaker, "text": turn.text, "who": turn.who}
    return json.dumps(tree, ensure_ascii=False)


def _turn(tree: dict[str, Any], at: datetime, dated: bool) -> PastTurn:
    mark, who = tree.get("id"), tree.get("who")
    return PastTurn(
        at,
        str(tree.get("speaker") or "").strip(),
        tree["text"],
        who if who in ("user", "companion") else "other",
        mark if isinstance(mark, int | float | str) else None,
        dated,
    )


def _fault(number: int, what: str) -> UsageError:
    example = '{"id": "a7", "time": "2026-03-01T18:20", "speaker": "Anna", "text": "I moved to Lyon."}'
    return UsageError(f"Line {number} {what}.", f"Each line is a turn: {example}")
