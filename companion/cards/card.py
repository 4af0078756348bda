"""A card as it was written: what is unknown in it stays in it."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NoReturn

from companion.cards import limits
from companion.core.errors import CardError

Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]
JsonObject = dict[str, Json]

SPECS = {"chara_card_v2": 2, "chara_card_v3": 3}


@dataclass(frozen=True, slots=True)
class Card:
    """The JSON of a card, and its picture as a PNG of nothing but the picture."""

    root: JsonObject
    image: bytes | None = None
    left_out: tuple[str, ...] = ()
    """What of its file was not taken, in words."""

    @property
    def version(self) -> int:
        """1, 2 or 3; 3 for one of the future."""
        if not isinstance(self.root.get("data"), dict):
            return 1
        spec = self.root.get("spec")
        return SPECS.get(spec, 3) if isinstance(spec, str) else 2

    @property
    def data(self) -> JsonObject:
        """Where the fields of the character are."""
        data = self.root.get("data")
        return data if isinstance(data, dict) else self.root


def parsed(content: bytes) -> JsonObject:
    """The object that `content` is the JSON of. Raises CardError if it is none, or too much of one."""
    if len(content) > limits.JSON_BYTES:
        raise CardError("The card has more text than a card can have.", "It was not taken. Choose another.")
    if sum(map(content.count, (b",", b"[", b"{"))) > limits.JSON_VALUES:
        raise CardError("The card is made of more pieces than a card can be.", "It was not taken. Choose another.")
    try:
        root = json.loads(content.decode("utf-8-sig"), parse_constant=_refuse, parse_float=_finite)
    except (ValueError, RecursionError) as error:
        raise CardError("The card is damaged: its text is not JSON.", "Fetch it anew, or choose another.") from error
    _check_depth(root)
    if not isinstance(root, dict) or not _looks_like_a_card(root):
        raise CardError("There is no character in that file.", "Choose a character card: JSON, PNG or CHARX.")
    return root


def decoded(payload: bytes) -> JsonObject:
    """The object in a chunk of a PNG: base64 of its JSON, or the JSON itself."""
    if payload.lstrip()[:1] == b"{":
        return parsed(payload)
    try:
        return parsed(base64.b64decode(payload + b"=="))
    except binascii.Error as error:
        raise CardError("The card in that picture is damaged.", "Fetch it anew, or choose another.") from error


def encoded(root: JsonObject) -> bytes:
    """The JSON of a card, in ASCII, so that whatever was read can be written."""
    return json.dumps(root, allow_nan=False).encode("ascii")


def _looks_like_a_card(root: JsonObject) -> bool:
    data = root.get("data")
    return isinstance((data if isinstance(data, dict) else root).get("name"), str)


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is not JSON")


def _finite(digits: str) -> float:
    number = float(digits)
    if number in (float("inf"), float("-inf")):
        raise ValueError("a number is too large")
    return number


def _check_depth(root: Json) -> None:
    level: list[Json] = [root]
    for _ in range(limits.JSON_DEPTH):
        level = [child for value in level for child in _children(value)]
        if not level:
            return
    raise CardError("The card is nested deeper than a card can be.", "It was not taken. Choose another.")


def _children(value: Json) -> Iterable[Json]:
    if isinstance(value, dict):
        return value.values()
    return value if isinstance(value, list) else ()
