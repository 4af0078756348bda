"""Lines between the engine's process and whoever shows her: all that can happen gets through, and nothing else."""

from __future__ import annotations

import dataclasses
import json
from typing import Any, get_args

import pytest

from companion.core import events, intents
from companion.core.engines import EngineInfo
from companion.core.events import Event, Latency
from companion.core.intents import Configure, DoNotDisturb, Intent, Say
from companion.core.transcript import Turn
from companion.core.wire import WireError, event_line, intent_line, read_event, read_intent, read_turns, turns_line

VALUES: dict[str, Any] = {
    "engines": (EngineInfo("voice", "Piper", "joe"), EngineInfo("ears", "Whisper", "tiny.en")),
    "latency": Latency(1.5, 2.0, None, 2.25),
    "state": "listening",
    "part": "microphone",
    "typed": True,
    "everything": True,
    "over_her": False,
    "another": True,
    "keep": True,
    "turns": 3,
    "underruns": 0,
    "minutes": 60.0,
    "ends_s": (0.25, 0.5),
    "silently": True,
    "applied": ("voice.volume",),
    "waiting": (),
    "texts": ("Hello.", "Grüße"),
    "changes": {"voice.volume": 0.5, "talking.sounds": False, "turn_taking.max_turn_s": 60, "user_name": "Robin"},
}


def one_of(kind: type[Any]) -> Any:
    """An event or intent with something in every field."""
    fields = {}
    for field in dataclasses.fields(kind):
        reminder = {"kind": "timer", "late": True}
        tool_state = {"state": "asked"} if kind is events.ToolUsed else {}
        by_kind = "cancelling" if kind is events.EchoStateChanged else VALUES["state"]
        known = {**VALUES, **reminder, "state": by_kind, **tool_state}
        number = field.name.endswith("_s") or field.name == "db"
        fields[field.name] = known.get(field.name, 1.25 if number else 'Grüße, "Ada"\nund mehr')
    return kind(**fields)


@pytest.mark.parametrize("kind", get_args(events.Event), ids=lambda kind: kind.__name__)
def test_every_event_gets_through(kind: type[Event]) -> None:
    event = one_of(kind)
    line = event_line(event)
    assert "\n" not in line
    assert read_event(line) == event


@pytest.mark.parametrize("kind", get_args(intents.Intent), ids=lambda kind: kind.__name__)
def test_every_intent_gets_through(kind: type[Intent]) -> None:
    intent = one_of(kind)
    line = intent_line(intent)
    assert "\n" not in line
    assert read_intent(line) == intent


def test_what_was_said_before_gets_through() -> None:
    turns = (Turn("user", "Hello."), Turn("companion", "Oh, hel", "lo there.", interrupted=True, at_s=3.5))
    assert read_turns(turns_line(turns)) == turns
    assert read_turns(turns_line(())) == ()


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("", "no JSON"),
        ("hello", "no JSON"),
        ("[]", "no JSON object"),
        ("{}", "names no intent"),
        ('{"intent": "Explode"}', "names no intent"),
        ('{"intent": ["Say"]}', "names no intent"),
        ('{"intent": "Say"}', "text: "),
        ('{"intent": "Say", "text": {}}', "text: "),
        ('{"intent": "Say", "text": "a", "volume": 3}', "Say has no volume"),
        ('{"intent": "DoNotDisturb", "minutes": "soon"}', "minutes: "),
        ('{"intent": "Say", "text": "' + "a" * 1_000_001 + '"}', "too long"),
        ("[" * 100_000, "no JSON"),
    ],
)
def test_what_cannot_be_read_says_why(line: str, message: str) -> None:
    with pytest.raises(WireError, match=message):
        read_intent(line)


@pytest.mark.parametrize("line", ["", "{}", '{"turns": 3}', '{"turns": ["Hello."]}', '{"turns": [{"who": "cat"}]}'])
def test_a_first_line_that_is_none_says_what_to_send(line: str) -> None:
    with pytest.raises(WireError):
        read_turns(line)


def test_changed_settings_keep_their_kinds() -> None:
    changes: dict[str, bool | int | float | str] = {"a": True, "b": 1, "c": 1.0, "d": "1"}
    read = read_intent(intent_line(Configure(changes)))
    assert isinstance(read, Configure)
    assert [type(value) for value in read.changes.values()] == [bool, int, float, str]


def test_numbers_that_json_has_without_a_point_are_seconds_all_the_same() -> None:
    assert read_intent(json.dumps({"intent": "DoNotDisturb", "minutes": 60})) == DoNotDisturb(60.0)
    assert read_intent('{"intent": "Say", "text": "hi"}') == Say("hi")
