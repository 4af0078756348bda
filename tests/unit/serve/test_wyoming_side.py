"""The Wyoming side on loopback, asked by the wyoming package's own client, as Home Assistant asks it."""

from __future__ import annotations

import asyncio
import ipaddress
import json
import socket
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field

import numpy as np
import pytest
from wyoming.asr import Transcribe, Transcript
from wyoming.audio import AudioChunk, AudioStart, AudioStop
from wyoming.client import AsyncTcpClient
from wyoming.error import Error
from wyoming.event import Event, Eventable
from wyoming.handle import Handled, NotHandled
from wyoming.info import Describe, Info
from wyoming.ping import Ping, Pong
from wyoming.tts import Synthesize, SynthesizeChunk, SynthesizeStart, SynthesizeStop, SynthesizeStopped

from companion.core.errors import EngineError
from companion.serve import wyoming_connection
from companion.serve.access import AllowList, Door
from companion.serve.conversations import Conversations
from companion.serve.line import Line
from companion.serve.sockets import listen_at
from companion.serve.wyoming_connection import LONGEST_TEXT, Offered
from companion.serve.wyoming_info import info_of
from companion.serve.wyoming_server import serving_wyoming
from tests.fakes.served_her import ScriptedEars, ScriptedHer, ScriptedVoice, until


@dataclass
class Place:
    """A Wyoming side that serves scripted engines."""

    her: ScriptedHer = field(default_factory=lambda: ScriptedHer("Hello you.", "How was it?"))
    ears: ScriptedEars = field(default_factory=ScriptedEars)
    voice: ScriptedVoice = field(default_factory=ScriptedVoice)
    line: Line = field(default_factory=Line)
    allowed: tuple[str, ...] = ()
    most: int = 16
    port: int = 0

    @asynccontextmanager
    async def open(self) -> AsyncIterator[Place]:
        listening = listen_at(ipaddress.ip_address("127.0.0.1"), 0)
        self.port = listening.getsockname()[1]
        info = info_of("Samantha", ["en"], self.ears, self.voice)
        offered = Offered(self.her, self.line, self.ears, Line(), self.voice, Line(), info, Conversations())
        self.door = Door(AllowList(self.allowed), self.most)
        async with serving_wyoming(offered, listening, self.door):
            yield self

    async def ask(self, *events: Eventable, until: type[Eventable]) -> list[Event]:
        """What is answered to `events`, up to the first of `until`; or all, if the connection ends before."""
        answers = []
        async with AsyncTcpClient("127.0.0.1", self.port, read_timeout=10) as client:
            for event in events:
                await client.write_event(event.event())
            while event := await client.read_event():
                answers.append(event)
                if until.is_type(event.type):
                    break
        return answers

    async def told(self, raw: bytes) -> bytes:
        """What comes back for `raw`, once the connection is ended from the other side."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        try:
            writer.write(raw)
            return await asyncio.wait_for(reader.read(), 10)
        except ConnectionError:
            return b""
        finally:
            writer.close()

    async def empty(self) -> None:
        """Wait until nobody is connected."""
        await until(lambda: not self.door.inside)


def chunks(seconds: float, rate: int = 16_000, channels: int = 1, width: int = 2) -> list[AudioChunk]:
    sound = np.zeros(round(seconds * rate) * channels, dtype="<i2").tobytes()
    return [AudioChunk(rate, width, channels, sound[at : at + 2048]) for at in range(0, len(sound), 2048)]


async def test_it_tells_what_home_assistant_looks_for() -> None:
    async with Place().open() as place:
        (event,) = await place.ask(Describe(), until=Info)
    info = Info.from_event(event)
    assert [(one.name, one.installed, one.models[0].languages) for one in info.handle] == [("Samantha", True, ["en"])]
    assert [one.models[0].name for one in info.asr] == ["tiny.en"]
    assert [(one.voices[0].languages, one.supports_synthesize_streaming) for one in info.tts] == [(["en_US"], True)]
    assert not info.handle[0].supports_home_control


async def test_a_line_is_handled_and_the_conversation_goes_on_by_its_name() -> None:
    async with Place().open() as place:
        context = {"conversation_id": "abc"}
        (event,) = await place.ask(Transcript("Hello.", context=context), until=Handled)
        assert Handled.from_event(event).text == "Hello you. How was it?"
        await place.ask(Transcript("Good.", context=context), until=Handled)
        await place.ask(Transcript("Good.", context={"conversation_id": "other"}), until=Handled)
    said = [[turn.text for turn in asked.turns] for asked in place.her.asked]
    assert said == [["Hello."], ["Hello.", "Hello you. How was it?", "Good."], ["Good."]]


async def test_speech_of_any_rate_is_transcribed() -> None:
    async with Place().open() as place:
        for rate, channels in ((16_000, 1), (48_000, 2)):
            asked = [
                Transcribe(language="en"),
                AudioStart(rate, 2, channels),
                *chunks(0.5, rate, channels),
                AudioStop(),
            ]
            (event,) = await place.ask(*asked, until=Transcript)
            assert Transcript.from_event(event).text == "5 tenths"
        (event,) = await place.ask(AudioStart(16_000, 2, 1), AudioStop(), until=Transcript)
        assert Transcript.from_event(event).text == ""


def _sound(events: Sequence[Event]) -> bytes:
    return b"".join(AudioChunk.from_event(event).audio for event in events if AudioChunk.is_type(event.type))


async def test_a_text_is_spoken() -> None:
    async with Place().open() as place:
        events = await place.ask(Synthesize("one two three"), until=AudioStop)
    assert AudioStart.from_event(events[0]) == AudioStart(22_050, 2, 1)
    assert len(_sound(events)) == 2 * 3 * 2205
    assert AudioStop.is_type(events[-1].type)


async def test_a_text_that_comes_in_pieces_is_spoken_as_it_comes() -> None:
    async with Place().open() as place, AsyncTcpClient("127.0.0.1", place.port, read_timeout=10) as client:
        await client.write_event(SynthesizeStart().event())
        await client.write_event(SynthesizeChunk("one two").event())
        events = list[Event]()
        while not events or not AudioChunk.is_type(events[-1].type):
            event = await client.read_event()
            assert event
            events.append(event)  # before the text is complete
        for asked in (SynthesizeChunk("three"), Synthesize("one two three"), SynthesizeStop()):
            await client.write_event(asked.event())
        while not SynthesizeStopped.is_type(events[-1].type):
            event = await client.read_event()
            assert event
            events.append(event)
    assert len(_sound(events)) == 2 * 3 * 2205
    assert place.voice.said == ["one two", "three"]
    assert [event.type for event in events].count("audio-start") == 1


async def test_ping() -> None:
    async with Place().open() as place:
        (event,) = await place.ask(Ping("x"), until=Pong)
    assert Pong.from_event(event).text == "x"


async def test_another_address_is_refused_at_the_door() -> None:
    async with Place(allowed=("127.0.0.1",)).open() as place:
        assert Info.is_type((await place.ask(Describe(), until=Info))[0].type)
        reader, writer = await asyncio.open_connection("127.0.0.1", place.port, local_addr=("127.0.0.2", 0))
        with suppress(ConnectionError):
            writer.write(b'{"type": "describe"}\n')
            assert await asyncio.wait_for(reader.read(), 10) == b""
        writer.close()
        with pytest.raises(OSError, match="refused"):
            socket.create_connection(("127.0.0.2", place.port), timeout=5)
        await place.empty()


async def test_there_is_room_for_so_many_only() -> None:
    async with Place(most=2).open() as place:
        waiting = [await asyncio.open_connection("127.0.0.1", place.port) for _ in range(2)]
        await until(lambda: place.door.inside == 2)
        assert await place.told(b'{"type": "describe"}\n') == b""
        waiting[0][1].close()
        await until(lambda: place.door.inside == 1)
        assert await place.ask(Describe(), until=Info)
        waiting[1][1].close()


async def test_who_hangs_up_frees_her() -> None:
    place = Place(her=ScriptedHer("Hello.", "More.", holds=asyncio.Event()))
    async with place.open():
        async with AsyncTcpClient("127.0.0.1", place.port) as client:
            await client.write_event(Transcript("Hello.").event())
            await place.her.busy()
        await asyncio.wait_for(place.her.idle(), 5)
        assert place.her.stopped == 1
        assert not place.line.busy
        await place.empty()


async def test_a_failure_and_a_full_line_are_told() -> None:
    broken = EngineError("The language model stopped.", "Say it again.")
    place = Place(her=ScriptedHer(error=broken), ears=ScriptedEars(broken), line=Line(most_waiting=0))
    async with place.open():
        (event,) = await place.ask(Transcript("Hello."), until=NotHandled)
        assert NotHandled.from_event(event).text == str(broken)
        (event,) = await place.ask(AudioStart(16_000, 2, 1), *chunks(0.1), AudioStop(), until=Error)
        assert Error.from_event(event).text == str(broken)
        async with place.line.turn():
            (event,) = await place.ask(Transcript("Hello."), until=NotHandled)
        assert "somebody else" in (NotHandled.from_event(event).text or "")
        (event,) = await place.ask(Transcript("  "), until=NotHandled)


@pytest.mark.parametrize(
    "events",
    [
        [Transcript("x" * (LONGEST_TEXT + 1))],
        [Synthesize("x" * (LONGEST_TEXT + 1))],
        [SynthesizeStart(), *[SynthesizeChunk("x" * 1000)] * 9],
        [*chunks(0.1, width=1)],
        [*chunks(0.1, channels=2), *chunks(0.1)],
        [AudioChunk(1, 2, 1, b"1234")],
        [AudioChunk(16_000, 2, 1, b"0" * 1_000_000)] * 5,
    ],
    ids=["line", "text", "text in pieces", "width", "form changes", "rate", "sound"],
)
async def test_what_is_too_long_or_in_another_form_is_refused(events: list[Eventable]) -> None:
    async with Place().open() as place:
        answers = await place.ask(*events, until=Error)
        assert Error.is_type(answers[-1].type)
        await place.empty()
        assert place.her.asked == []


@pytest.mark.parametrize(
    "raw",
    [
        b"GET / HTTP/1.1\r\n\r\n",
        b"\n",
        b"null\n",
        b"[]\n",
        b"7\n",
        b'"transcript"\n',
        b"{}\n",
        b'{"type": 7}\n',
        b'{"type": "transcript", "data": [1]}\n',
        b'{"type": "transcript", "data_length": -1}\n',
        b'{"type": "transcript", "data_length": "9"}\n',
        b'{"type": "transcript", "data_length": 99999999999}\n',
        b'{"type": "audio-chunk", "payload_length": 99999999999}\n',
        b'{"type": "transcript", "data_length": 4}\n[1]\n',
        b'{"type": "transcript", "data_length": 4}\nnull',
        b"[" * 15_000 + b"\n",
        b'{"data": ' + b"[" * 15_000 + b"\n",
        b"x" * 100_000,
        b"\xff\xfe\n",
    ],
)
async def test_what_is_no_event_ends_the_connection_and_nothing_else(raw: bytes) -> None:
    async with Place().open() as place:
        assert await place.told(raw) == b""
        await place.empty()
        assert await place.ask(Describe(), until=Info)


@pytest.mark.parametrize("data", [{}, {"text": 7}, {"text": None}, {"text": ["a"], "context": 3}, {"context": {}}])
async def test_events_without_what_they_should_hold_do_no_harm(data: dict[str, object]) -> None:
    async with Place().open() as place:
        for kind in ("transcript", "synthesize", "transcribe", "ping", "synthesize-start", "synthesize-chunk", "what"):
            event = json.dumps({"type": kind, "data": data}).encode() + b"\n"
            await place.ask(_Raw(event), Describe(), until=Info)


class _Raw(Eventable):
    def __init__(self, raw: bytes) -> None:
        self._event = json.loads(raw)

    def event(self) -> Event:
        return Event(self._event["type"], self._event["data"])

    @staticmethod
    def is_type(event_type: str) -> bool:
        return False

    @staticmethod
    def from_event(event: Event) -> Eventable:
        raise NotImplementedError


async def test_who_asks_nothing_is_let_go(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wyoming_connection, "QUIET_S", 0.05)
    async with Place().open() as place:
        assert await place.told(b"") == b""
        await place.empty()


async def test_at_the_end_everybody_is_let_go() -> None:
    place = Place(her=ScriptedHer("Hello.", "More.", holds=asyncio.Event()))
    async with place.open():
        client = AsyncTcpClient("127.0.0.1", place.port, read_timeout=10)
        await client.connect()
        await client.write_event(Transcript("Hello.").event())
        await place.her.busy()
    assert await client.read_event() is None
    await client.disconnect()
    assert place.her.stopped == 1


def test_a_conversation_ends_when_it_rests() -> None:
    now_s = 0.0
    conversations = Conversations(lambda: now_s)
    conversations.said("a", conversations.with_line("a", "Hello."), "Hi.")
    now_s = 299.0
    assert [turn.text for turn in conversations.with_line("a", "Again.")] == ["Hello.", "Hi.", "Again."]
    now_s = 301.0
    assert [turn.text for turn in conversations.with_line("a", "Again.")] == ["Again."]


def test_so_many_conversations_of_such_length_are_kept() -> None:
    conversations = Conversations(lambda: 0.0)
    for number in range(100):
        for name in ("old", f"{number}"):
            conversations.said(name, conversations.with_line(name, f"{number}"), "Hm.")
    assert len(conversations.with_line("old", "x")) == 61
    assert len(conversations.with_line("99", "x")) == 3
    assert len(conversations.with_line("50", "x")) == 1
