"""SillyTavern's chats: JSON lines, the first of which names the user and the character."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from companion.memory.importers.turn import PastTurn

_WITH_SIGNS = re.compile(r"(\d+)-(\d+)-(\d+) ?@(\d+)h ?(\d+)m ?(\d+)s")
_IN_WORDS = "%B %d, %Y %I:%M%p"


def looks_like(text: str) -> bool:
    return '"is_user"' in text[:20_000] and '"mes"' in text[:20_000]


def read(text: str) -> Iterator[PastTurn]:
    """Turns in their order, without what the program itself says."""
    at = datetime.now().astimezone()
    for line in filter(str.strip, text.splitlines()):
        tree = json.loads(line)
        at = _time(tree.get("send_date") or tree.get("create_date")) or at
        if tree.get("mes", "").strip() and not tree.get("is_system"):
            yield PastTurn(at, tree.get("name", ""), tree["mes"], "user" if tree.get("is_user") else "companion")


def _time(given: Any) -> datetime | None:
    """None if it is told in a way that is not known."""
    if isinstance(given, int | float) or (isinstance(given, str) and given.isdigit()):
        return datetime.fromtimestamp(float(given) / 1000, UTC).astimezone()
    if with_signs := _WITH_SIGNS.match(str(given)):
        year, month, day, hour, minute, second = map(int, with_signs.groups())
        return datetime(year, month, day, hour, minute, second)
    try:
        return datetime.fromisoformat(str(given))
    except ValueError:
        pass
    try:
        return datetime.strptime(str(given), _IN_WORDS)
    except ValueError:
        return None
