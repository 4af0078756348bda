"""ChatGPT's data export (conversations.json): each conversation is a tree, of which the branch last shown is read."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from companion.memory.importers.turn import PastTurn

SPEAKER = "ChatGPT"


def looks_like(text: str) -> bool:
    return text.lstrip().startswith("[") and '"mapping"' in text


def read(text: str) -> Iterator[PastTurn]:
    """Turns in their order, the oldest conversation first."""
    for conversation in sorted(json.loads(text), key=lambda tree: tree.get("create_time") or 0):
        begun = conversation.get("create_time") or 0
        for message in _branch(conversation):
            role = message["author"]["role"]
            words = _plain(message.get("content") or {})
            if role in ("user", "assistant") and words:
                at = datetime.fromtimestamp(message.get("create_time") or begun, UTC).astimezone()
                by_user = role == "user"
                yield PastTurn(at, "" if by_user else SPEAKER, words, "user" if by_user else "companion", message["id"])


def _branch(conversation: dict[str, Any]) -> list[dict[str, Any]]:
    """The messages from the first to the one last shown."""
    mapping, messages, seen = conversation["mapping"], [], set[str]()
    here: str = conversation.get("current_node") or ""
    while here in mapping and here not in seen:
        seen.add(here)
        messages.append(mapping[here].get("message"))
        here = mapping[here].get("parent") or ""
    return [message for message in reversed(messages) if message]


def _plain(content: dict[str, Any]) -> str:
    return "\n".join(part for part in content.get("parts") or () if isinstance(part, str)).strip()
