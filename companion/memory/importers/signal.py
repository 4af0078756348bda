"""Signal, as several programs write it: JSON in lines, or a list, or under "messages".

signal-cli (`receive` and `daemon` with -o json), Signal's own export (frames of a backup, main.jsonl), messages as
Signal Desktop's database has them, and signal-export (data.json).
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from companion.memory.importers.moments import moment
from companion.memory.importers.turn import PastTurn

_SIGNS = ('"envelope"', '"chatItem"', '"sent_at"', '"sender"')
_ME = "Me"
"""What signal-export calls its user."""


def looks_like(text: str) -> bool:
    return text.lstrip()[:1] in ("{", "[") and any(sign in text[:200_000] for sign in _SIGNS)


def read(text: str) -> Iterator[PastTurn]:
    """Turns, the oldest first; what is no message of words is left out."""
    records = _records(text)
    names = {str(found["id"]): _name(found) for tree in records if isinstance(found := tree.get("recipient"), dict)}
    turns = filter(None, (_turn(tree, names) for tree in records))
    return iter(sorted(turns, key=lambda turn: turn.at.astimezone()))


def _records(text: str) -> list[dict[str, Any]]:
    try:
        tree = json.loads(text)
    except ValueError:
        return [json.loads(line) for line in text.splitlines() if line.strip()]
    if isinstance(tree, dict):
        tree = tree.get("messages") or [tree]
    return [record for record in tree if isinstance(record, dict)]


def _turn(tree: dict[str, Any], names: dict[str, str]) -> PastTurn | None:
    if "envelope" in tree:
        return _of_command_line(tree["envelope"])
    if "chatItem" in tree:
        return _of_backup(tree["chatItem"], names)
    if "sender" in tree:
        return _made(tree.get("date"), tree["sender"], tree.get("body"), tree["sender"] == _ME)
    if tree.get("type") in ("incoming", "outgoing"):
        sender = tree.get("source") or tree.get("sourceServiceId") or tree.get("sourceUuid") or ""
        at = tree.get("sent_at") or tree.get("timestamp")
        return _made(at, sender, tree.get("body"), tree["type"] == "outgoing", tree.get("id"))
    return None


def _of_command_line(envelope: dict[str, Any]) -> PastTurn | None:
    sent = (envelope.get("syncMessage") or {}).get("sentMessage")
    message = sent or envelope.get("dataMessage") or {}
    sender = envelope.get("sourceName") or envelope.get("sourceNumber") or envelope.get("source") or ""
    return _made(message.get("timestamp") or envelope.get("timestamp"), sender, message.get("message"), bool(sent))


def _of_backup(item: dict[str, Any], names: dict[str, str]) -> PastTurn | None:
    words = ((item.get("standardMessage") or {}).get("text") or {}).get("body")
    author = str(item.get("authorId", ""))
    mark = f"{item.get('chatId', '')}/{author}/{item.get('dateSent', '')}"
    return _made(item.get("dateSent"), names.get(author, author), words, "outgoing" in item, mark)


def _name(recipient: dict[str, Any]) -> str:
    contact = recipient.get("contact") or {}
    given = (contact.get("profileGivenName"), contact.get("profileFamilyName"))
    return contact.get("systemGivenName") or " ".join(filter(None, given)) or str(contact.get("e164") or "")


def _made(at: object, speaker: str, words: str | None, by_user: bool, mark: str | None = None) -> PastTurn | None:
    """None if there are no words. Raises ValueError if there is no time."""
    if not words or not words.strip():
        return None
    when = moment(at)
    if when is None:
        raise ValueError(at)
    return PastTurn(when, "" if by_user else speaker, words, "user" if by_user else "other", mark)
