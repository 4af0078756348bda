"""Telegram Desktop's export as JSON (result.json): one chat, or all of them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from companion.memory.importers.turn import PastTurn


def looks_like(text: str) -> bool:
    return text.lstrip().startswith("{") and '"messages"' in text and '"date"' in text


def read(text: str) -> Iterator[PastTurn]:
    """Turns in their order, chat by chat; the id of each is that of its chat and message."""
    tree = json.loads(text)
    for chat in tree.get("chats", {}).get("list", [tree]):
        for message in chat.get("messages", ()):
            words = _plain(message.get("text", ""))
            if message.get("type") == "message" and words.strip():
                mark = f"{chat.get('id', '')}/{message['id']}"
                yield PastTurn(_time(message), message.get("from") or "", words, id=mark)


def _plain(text: str | list[Any]) -> str:
    """Text is a string, or pieces of it, some of them with what they look like."""
    pieces = [text] if isinstance(text, str) else text
    return "".join(piece if isinstance(piece, str) else piece.get("text", "") for piece in pieces)


def _time(message: dict[str, Any]) -> datetime:
    if "date_unixtime" in message:
        return datetime.fromtimestamp(int(message["date_unixtime"]), UTC).astimezone()
    return datetime.fromisoformat(message["date"])
