"""`companion serve` with parts of her elsewhere: they are asked, and it is told where words go, and who stands in."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
import pytest
from wyoming.asr import Transcript
from wyoming.audio import AudioChunk, AudioStart, AudioStop
from wyoming.client import AsyncTcpClient
from wyoming.event import Event, Eventable
from wyoming.tts import Synthesize

from companion.backends import mind as minds
from companion.core.settings import Elsewhere, Memory, Settings
from companion.serve.access import AllowList, own_address
from companion.serving import Offer, Wanted, serving
from tests.fakes.chat_server import ChatServer, refusal, reply
from tests.fakes.engines import EvenSynthesizer, ScriptedTranscriber
from tests.fakes.scripted_mind import ScriptedMind
from tests.fakes.speech_server import SpeechServer

TOKEN = "0" * 64


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.setenv("COMPANION_DIARY", str(tmp_path / "conversations.db"))


@asynccontextmanager
async def offered(elsewhere: Elsewhere, notes: list[str], wyoming: bool) -> AsyncIterator[Offer]:
    address = own_address("127.0.0.1")
    wanted = Wanted(address, 0, AllowList([]), TOKEN, wyoming_port=0 if wyoming else None, keeps=False)
    settings = Settings(elsewhere=elsewhere, memory=Memory(keep=False))
    async with serving(settings, wanted, notes.append) as offer:
        yield offer


async def asked(offer: Offer, text: str) -> str:
    async with httpx.AsyncClient(trust_env=False, headers={"Authorization": f"Bearer {TOKEN}"}) as client:
        body = {"messages": [{"role": "user", "content": text}]}
        answer = await client.post(f"{offer.address}/chat/completions", json=body)
        assert answer.status_code == 200, answer.text
        return str(answer.json()["choices"][0]["message"]["content"])


async def asked_by_wyoming(offer: Offer, *events: Eventable, until: type[Eventable]) -> list[Event]:
    host, _, port = offer.wyoming.removeprefix("tcp://").rpartition(":")
    answers: list[Event] = []
    async with AsyncTcpClient(host, int(port), read_timeout=10.0) as client:
        for event in events:
            await client.write_event(event.event())
        while not answers or not until.is_type(answers[-1].type):
            answer = await client.read_event()
            assert answer, f"hung up behind {[one.type for one in answers]}"
            answers.append(answer)
    return answers


async def test_all_of_her_may_run_elsewhere() -> None:
    speech = SpeechServer(ScriptedTranscriber("A test.", "I would like some tea."), EvenSynthesizer())
    async with ChatServer(reply("Hello", " there.")) as server:
        with speech:
            parts = Elsewhere(mind=server.address, hearing=speech.address, voice=speech.address, stand_in=False)
            async with offered(parts, [], wyoming=True) as offer:
                assert {engine.part: engine.name for engine in offer.engines} == {
                    "language model": "OpenAI's protocol",
                    "speech to text": "OpenAI's protocol",
                    "voice": "OpenAI's protocol",
                }
                assert await asked(offer, "Hello?") == "Hello there."
                sound = AudioChunk(16_000, 2, 1, b"\1\0" * 16_000)
                said: list[Eventable] = [AudioStart(16_000, 2, 1), sound, AudioStop()]
                heard = (await asked_by_wyoming(offer, *said, until=Transcript))[-1]
                assert Transcript.from_event(heard).text == "I would like some tea."
                spoken = await asked_by_wyoming(offer, Synthesize("Good morning."), until=AudioStop)
                assert any(AudioChunk.is_type(event.type) for event in spoken)
    assert any(path == "/v1/audio/speech" and wish["input"] == "Good morning." for path, wish in speech.asked)


async def test_while_a_mind_elsewhere_is_away_this_computer_stands_in_and_says_so(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    here, notes = ScriptedMind(["Hello from here."]), list[str]()
    monkeypatch.setattr(minds, "embedded", lambda *given: here)
    async with (
        ChatServer(reply("Ready."), refusal(500, "boom")) as server,
        offered(Elsewhere(mind=server.address), notes, wyoming=False) as offer,
    ):
        answer = await asked(offer, "Hello?")
    assert answer.endswith("Hello from here.")
    assert any("Until it is back she thinks with this computer." in note for note in notes)
