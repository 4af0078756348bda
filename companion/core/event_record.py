"""An event as a flat record: for logs of events, and for the wire."""

from __future__ import annotations

import dataclasses

from companion.core.events import Event


def to_record(event: Event) -> dict[str, object]:
    """The event as one flat JSON-ready object: its name under "event", then its fields.

    Seconds are rounded to the millisecond.
    """
    return {"event": type(event).__name__, **{k: _plain(v) for k, v in dataclasses.asdict(event).items()}}


def _plain(value: object) -> object:
    if isinstance(value, float):
        return round(value, 3)
    if isinstance(value, dict):
        return {k: _plain(v) for k, v in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(v) for v in value]
    return value
