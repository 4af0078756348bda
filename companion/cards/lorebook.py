"""The lorebook of a card, as lore of a persona and back."""

from __future__ import annotations

from collections.abc import Callable
from itertools import islice

from companion.cards.card import Json, JsonObject
from companion.cards.limits import LORE_BYTES
from companion.cards.text import clean, one_line, undecorated
from companion.core.lore import MAX_ENTRIES, MAX_KEY, MAX_KEYS, MAX_TEXT, Lore, LoreEntry, plain_keys

LARGEST_NUMBER = 1_000_000_000


def lore_of(book: Json) -> tuple[Lore, list[str]]:
    """The lore in `book`, and what of it was left out, in words."""
    if not isinstance(book, dict):
        return Lore(), []
    default = Lore()
    raw = book.get("entries")
    raw = list(raw.values()) if isinstance(raw, dict) else raw if isinstance(raw, list) else []
    entries: list[LoreEntry] = []
    left_bytes, too_many, unusable = LORE_BYTES, 0, 0
    for one in raw:
        entry = _entry(one) if len(entries) < MAX_ENTRIES else None
        left_bytes -= _size(entry) if entry else 0
        if len(entries) >= MAX_ENTRIES or left_bytes < 0:
            too_many += 1
        elif entry is None:
            unusable += 1
        else:
            entries.append(entry)
    left_out = [f"{too_many} entries of lore, which is too much"] if too_many else []
    if unusable:
        left_out.append(f"{unusable} entries of lore without text, or with no plain words as keys")
    if book.get("recursive_scanning") is True:
        left_out.append("lore that is brought up by other lore")
    lore = Lore(
        scan_depth=_number(book.get("scan_depth"), default.scan_depth, 0, 50),
        token_budget=_number(book.get("token_budget"), default.token_budget, 0, 100_000),
        entries=tuple(entries),
    )
    return lore, left_out


def book_of(lore: Lore, before: Json) -> JsonObject:
    """A lorebook that says what `lore` does; what else was in the book `before`, of it and its entries, stays."""
    old = before if isinstance(before, dict) else {}
    raw = old.get("entries")
    known: dict[Json, JsonObject] = {}
    for one in raw if isinstance(raw, list) else []:
        if isinstance(one, dict) and isinstance(content := one.get("content"), str):
            known[undecorated(clean(content, MAX_TEXT))] = one
    return {
        "extensions": {},
        **old,
        "scan_depth": lore.scan_depth,
        "token_budget": lore.token_budget,
        "entries": [_raw_entry(entry, known.get(entry.text, {})) for entry in lore.entries],
    }


def _entry(raw: Json) -> LoreEntry | None:
    """One entry; None if it says nothing, or nothing can bring it up."""
    if not isinstance(raw, dict):
        return None
    text = undecorated(clean(raw.get("content"), MAX_TEXT))
    as_patterns = raw.get("use_regex") is True
    constant = raw.get("constant") is True
    keys = _keys(raw.get("keys"), plain_keys if as_patterns else _literal)
    if not text or not (keys or constant):
        return None
    selective = raw.get("selective") is True and not as_patterns
    return LoreEntry(
        keys=keys,
        secondary_keys=_keys(raw.get("secondary_keys"), _literal) if selective else (),
        text=text,
        constant=constant,
        enabled=raw.get("enabled") is not False,
        position="before" if raw.get("position") == "before_char" else "after",
        order=_number(raw.get("insertion_order"), 100, -LARGEST_NUMBER, LARGEST_NUMBER),
        priority=_number(raw["priority"], 0, -LARGEST_NUMBER, LARGEST_NUMBER)
        if _is_number(raw.get("priority"))
        else None,
        case_sensitive=raw.get("case_sensitive") is True,
    )


def _raw_entry(entry: LoreEntry, before: JsonObject) -> JsonObject:
    written: JsonObject = {
        "extensions": {},
        **before,
        "keys": list(entry.keys),
        "content": entry.text,
        "enabled": entry.enabled,
        "insertion_order": entry.order,
        "case_sensitive": entry.case_sensitive,
        "constant": entry.constant,
        "position": "before_char" if entry.position == "before" else "after_char",
        "use_regex": False,
        "selective": bool(entry.secondary_keys),
        "secondary_keys": list(entry.secondary_keys),
    }
    if entry.priority is not None:
        written["priority"] = entry.priority
    return written


def _keys(raw: Json, read: Callable[[str], tuple[str, ...]]) -> tuple[str, ...]:
    """Keys that can be looked for; /patterns/ count as such also where the entry does not say so."""
    keys: dict[str, None] = {}
    for one in islice(raw, 4 * MAX_KEYS) if isinstance(raw, list) else ():
        key = one_line(one, 5 * MAX_KEY)
        is_pattern = len(key) > 2 and key.startswith("/") and key.rfind("/") > 0
        keys |= dict.fromkeys(
            word for word in (plain_keys(key) if is_pattern else read(key)) if 0 < len(word) <= MAX_KEY
        )
    return tuple(islice(keys, MAX_KEYS))


def _literal(key: str) -> tuple[str, ...]:
    return (key,)


def _is_number(value: Json) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _number(value: Json, default: int, least: int, most: int) -> int:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return default
    return int(min(max(value, least), most))


def _size(entry: LoreEntry) -> int:
    return sum(len(text.encode("utf-8")) for text in (entry.text, *entry.keys, *entry.secondary_keys))
