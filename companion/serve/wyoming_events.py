"""Events of the Wyoming protocol, read within bounds: https://github.com/OHF-Voice/wyoming

The package's own reader takes events of any length, and fails at what is no event.
"""

from __future__ import annotations

import asyncio
import json
from typing import Any

from wyoming.event import Event

MOST_LINE_BYTES = 16_384
MOST_DATA_BYTES = 65_536
MOST_PAYLOAD_BYTES = 1_000_000
"""Home Assistant sends some 2 KB of sound at once; a minute at 16 kHz would be 1.9 MB."""


class NoEventError(Exception):
    """What was sent is none, or too large."""


async def read_event(reader: asyncio.StreamReader) -> Event | None:
    """The next event; None at the end. Raises NoEventError. `reader` is to have a limit of `MOST_LINE_BYTES`."""
    try:
        line = await reader.readline()
        if not line:
            return None
        head = _object(json.loads(line))
        data = _object(head.get("data") or {})
        if length := _length(head, "data_length", MOST_DATA_BYTES):
            data |= _object(json.loads(await reader.readexactly(length)))
        length = _length(head, "payload_length", MOST_PAYLOAD_BYTES)
        payload = await reader.readexactly(length) if length else None
    except asyncio.IncompleteReadError:
        return None
    except (ValueError, RecursionError) as error:
        raise NoEventError from error
    kind = head.get("type")
    if not isinstance(kind, str):
        raise NoEventError
    return Event(kind, data, payload)


def text_of(event: Event, name: str = "text") -> str:
    """The text `name` of its data; empty if there is none."""
    text = event.data.get(name)
    return text if isinstance(text, str) else ""


def number_of(event: Event, name: str) -> int:
    """The whole number `name` of its data; 0 if there is none."""
    number = event.data.get(name)
    return number if isinstance(number, int) else 0


def _object(value: object) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise ValueError("no object")
    return value


def _length(head: dict[str, Any], name: str, most: int) -> int:
    length = head.get(name) or 0
    if not isinstance(length, int) or not 0 <= length <= most:
        raise ValueError("no length that is taken")
    return length
