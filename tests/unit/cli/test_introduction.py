"""What is said at the start: engines, and devices once it is known whether they are there."""

from __future__ import annotations

import asyncio

import pytest

from companion.cli.introduction import Introduction, MicrophoneWatch
from companion.core import events as ev
from companion.core.engines import EngineInfo
from companion.core.events import Event

STARTED = ev.ConversationStarted(
    0.0, (EngineInfo("voice", "Piper", "joe", "this computer"),), "default microphone", "default speaker"
)
NO_MICROPHONE = ev.DeviceLost(0.1, "microphone", "There is no microphone.", "Plug one in.")
NO_SPEAKER = ev.DeviceLost(0.1, "speaker", "There is no speaker.", "Plug one in.")
NO_EARS = "microphone: none yet; type to her"
LEVEL = ev.LevelMeasured(0.1, -40.0)
THINKING, DEAF = ev.StateChanged(0.0, "thinking"), ev.StateChanged(0.1, "deaf")


@pytest.mark.parametrize(
    ("events", "told"),
    [
        ([THINKING], []),
        ([LEVEL, LEVEL], ["microphone: default microphone", "speaker: default speaker"]),
        ([NO_SPEAKER, LEVEL], ["speaker: none yet; read her words", "microphone: default microphone"]),
        ([THINKING, NO_MICROPHONE, DEAF], [NO_EARS, "speaker: default speaker"]),
        (
            [THINKING, NO_MICROPHONE, NO_SPEAKER, DEAF],
            [NO_EARS, "speaker: none yet; read her words"],
        ),
        ([LEVEL, NO_MICROPHONE], ["microphone: default microphone", "speaker: default speaker"]),
    ],
)
def test_a_device_is_named_once_it_is_known_to_be_there(events: list[Event], told: list[str]) -> None:
    notes: list[str] = []
    introduction = Introduction(notes.append, hears=True)
    for event in [STARTED, *events]:
        introduction.take(event)
    assert notes == ["voice: Piper, joe, on this computer", *told]


def test_a_typed_conversation_says_nothing_of_a_microphone() -> None:
    notes: list[str] = []
    Introduction(notes.append, hears=False).take(ev.ConversationStarted(0.0, (), "", ""))
    assert notes == ["speaker: none; read her words"]


@pytest.mark.parametrize(
    ("events", "there"),
    [
        ([LEVEL], True),
        ([NO_MICROPHONE], False),
        ([NO_SPEAKER, LEVEL], True),
        ([LEVEL, NO_MICROPHONE], False),
        ([NO_MICROPHONE, ev.DeviceReturned(2.0, "microphone", "usb")], True),
    ],
)
async def test_whether_there_is_a_microphone(events: list[Event], there: bool) -> None:
    watch = MicrophoneWatch()
    asking = asyncio.create_task(watch.there())
    await asyncio.sleep(0)
    assert not asking.done(), "nothing is known yet"
    for event in events:
        watch.take(event)
    assert await asking == there
