"""Events and intents as lines of JSON: what passes between the engine's process and whoever shows her.

The engine is first told what was said before: {"turns": [...]}. After that each line is an intent, and each line of
the engine an event; its name stands under "intent" or "event", its fields beside it. What cannot be read raises
WireError, which says why; nothing is guessed.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Sequence
from typing import Any, TypeVar, get_args

from pydantic import TypeAdapter, ValidationError

from companion.core import events, intents
from companion.core.errors import CompanionError
from companion.core.event_record import to_record
from companion.core.events import Event
from companion.core.intents import Intent
from companion.core.transcript import Turn

T = TypeVar("T")

LONGEST_LINE = 1_000_000
"""Characters: some five thousand turns."""


class WireError(CompanionError):
    """A line that is no event, intent or turn."""


def event_line(event: Event) -> str:
    """`event` as one line, without its end. Seconds are rounded to the millisecond."""
    return json.dumps(to_record(event), ensure_ascii=False)


def intent_line(intent: Intent) -> str:
    """`intent` as one line, without its end."""
    return json.dumps({"intent": type(intent).__name__, **dataclasses.asdict(intent)}, ensure_ascii=False)


def turns_line(turns: Sequence[Turn]) -> str:
    """What was said before, as one line, without its end."""
    return json.dumps({"turns": [dataclasses.asdict(turn) for turn in turns]}, ensure_ascii=False)


def read_event(line: str) -> Event:
    """The event in `line`. Raises WireError."""
    event: Event = _read(line, "event", _EVENTS)
    return event


def read_intent(line: str) -> Intent:
    """The intent in `line`. Raises WireError."""
    intent: Intent = _read(line, "intent", _INTENTS)
    return intent


def read_turns(line: str) -> tuple[Turn, ...]:
    """What was said before. Raises WireError."""
    turns = _record(line).get("turns")
    if not isinstance(turns, list) or not all(isinstance(turn, dict) for turn in turns):
        raise WireError("The first line does not say what was said before.", 'Send {"turns": []} first.')
    return tuple(_validated(Turn, turn) for turn in turns)


_EVENTS: dict[str, type[Any]] = {kind.__name__: kind for kind in get_args(events.Event)}
_INTENTS: dict[str, type[Any]] = {kind.__name__: kind for kind in get_args(intents.Intent)}


def _read(line: str, key: str, kinds: dict[str, type[Any]]) -> Any:
    record = _record(line)
    name = record.pop(key, None)
    if not isinstance(name, str) or name not in kinds:
        raise WireError(f"A line names no {key} that is known.", f"Known are: {', '.join(sorted(kinds))}.")
    return _validated(kinds[name], record)


def _record(line: str) -> dict[str, Any]:
    if len(line) > LONGEST_LINE:
        raise WireError("A line is too long.", f"It may have {LONGEST_LINE} characters.")
    try:
        record = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise WireError("A line is no JSON.", "Send one object on each line.") from error
    if not isinstance(record, dict):
        raise WireError("A line is no JSON object.", "Send one object on each line.")
    return record


def _validated(kind: type[T], fields: dict[str, Any]) -> T:
    unknown = set(fields) - {field.name for field in dataclasses.fields(kind)}  # type: ignore[arg-type]
    try:
        if unknown:
            raise WireError(f"{kind.__name__} has no {', '.join(sorted(unknown))}.", "Leave it out.")
        value: T = _adapter(kind).validate_python(fields)
    except ValidationError as error:
        what = "; ".join(f"{'.'.join(map(str, each['loc']))}: {each['msg']}" for each in error.errors())
        raise WireError(f"{kind.__name__} cannot be read: {what}.", "See the README for its fields.") from error
    return value


_adapters: dict[type[Any], TypeAdapter[Any]] = {}
"""Made when first needed: each takes a millisecond."""


def _adapter(kind: type[Any]) -> TypeAdapter[Any]:
    if kind not in _adapters:
        _adapters[kind] = TypeAdapter(kind)
    return _adapters[kind]
