"""Discord: the JSON of DiscordChatExporter, and messages.json of one's own data package, with one's own words."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from companion.memory.importers.moments import moment
from companion.memory.importers.turn import PastTurn

_SAID = ("Default", "Reply", "0", "19")
"""Kinds of messages that people wrote; others tell of calls, members and pins."""


def looks_like(text: str) -> bool:
    exported = '"messages"' in text and '"channel"' in text and '"author"' in text
    return exported or (text.lstrip().startswith("[") and '"Contents"' in text and '"Timestamp"' in text)


def read(text: str) -> Iterator[PastTurn]:
    """Turns, the oldest first."""
    tree = json.loads(text)
    turns = map(_own, tree) if isinstance(tree, list) else map(_written, filter(_is_said, tree["messages"]))
    return iter(sorted((turn for turn in turns if turn.text.strip()), key=lambda turn: turn.at))


def _is_said(message: dict[str, Any]) -> bool:
    return str(message.get("type", "Default")) in _SAID


def _written(message: dict[str, Any]) -> PastTurn:
    author = message["author"]
    speaker = author.get("nickname") or author["name"]
    return PastTurn(_time(message["timestamp"]), speaker, message.get("content") or "", id=str(message["id"]))


def _own(message: dict[str, Any]) -> PastTurn:
    return PastTurn(_time(message["Timestamp"]), "", message.get("Contents") or "", "user", str(message["ID"]))


def _time(given: str) -> datetime:
    """Raises ValueError if that is no time. Without a zone it is UTC."""
    at = moment(given)
    if at is None:
        raise ValueError(given)
    return at if at.tzinfo else at.replace(tzinfo=UTC).astimezone()
