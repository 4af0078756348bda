"""`companion serve` with the real models: talked with over HTTP and Wyoming, on loopback alone."""

from __future__ import annotations

import json
import os
import ssl
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import httpx
import numpy as np
import pytest
import soxr
from wyoming.asr import Transcribe, Transcript
from wyoming.audio import AudioChunk, AudioStart, AudioStop
from wyoming.client import AsyncTcpClient
from wyoming.event import Event, Eventable
from wyoming.handle import Handled
from wyoming.info import Describe, Info
from wyoming.tts import Synthesize, SynthesizeChunk, SynthesizeStart, SynthesizeStop, SynthesizeStopped

from companion.core.audio import HEARING_RATE_HZ, Samples
from companion.memory.store import open_diary
from tests.certificates import self_signed
from tests.endtoend.live import LARGE, SMALL
from tests.endtoend.serving import Serving, serving
from tests.endtoend.words import error_rate

pytestmark = pytest.mark.timeout(420)
ANSWER_S = 120.0


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Token and memory of these tests, and of no other. The models stay where they are."""
    from companion.core.paths import models_folder

    folder, before = tmp_path_factory.mktemp("serve"), dict(os.environ)
    os.environ["COMPANION_MODELS"] = str(models_folder())
    os.environ["XDG_DATA_HOME"] = str(folder)
    os.environ["COMPANION_DIARY"] = str(folder / "conversations.db")
    yield folder
    os.environ.clear()
    os.environ.update(before)


@pytest.fixture(scope="module")
def served(home: Path) -> Iterator[Serving]:
    with serving(home, LARGE) as running:
        yield running
        assert "Traceback" not in running.notes


def ask(served: Serving, *texts: str, **options: object) -> httpx.Response:
    """The answer to the last of `texts`, by turns the user's and hers."""
    messages = [{"role": "user" if at % 2 == 0 else "assistant", "content": text} for at, text in enumerate(texts)]
    url = f"{served.address}/v1/chat/completions"
    with httpx.Client(trust_env=False, timeout=ANSWER_S, headers=served.bearer) as client:
        return client.post(url, json={"messages": messages, **options})


def reply_to(served: Serving, *texts: str) -> str:
    answer = ask(served, *texts)
    assert answer.status_code == 200, answer.text
    return str(answer.json()["choices"][0]["message"]["content"])


async def asked(served: Serving, *events: Eventable, until: type[Eventable]) -> list[Event]:
    """What the Wyoming side answers, up to the first of `until`."""
    answers: list[Event] = []
    async with AsyncTcpClient(*served.wyoming, read_timeout=ANSWER_S) as client:
        for event in events:
            await client.write_event(event.event())
        while not answers or not until.is_type(answers[-1].type):
            answer = await client.read_event()
            assert answer, f"hung up behind {[one.type for one in answers]}"
            answers.append(answer)
    return answers


def sound_of(events: list[Event]) -> Samples:
    """At the rate at which she hears."""
    chunks = [AudioChunk.from_event(event) for event in events if AudioChunk.is_type(event.type)]
    samples = np.frombuffer(b"".join(chunk.audio for chunk in chunks), dtype="<i2").astype(np.float32) / 32768
    return np.asarray(soxr.resample(samples, chunks[0].rate, HEARING_RATE_HZ), dtype=np.float32)


def test_without_the_token_or_with_another_she_is_not_reached(served: Serving) -> None:
    for headers in ({}, {"Authorization": "Bearer " + "0" * 64}):
        answer = httpx.get(f"{served.address}/v1/models", headers=headers, trust_env=False)
        assert answer.status_code == 401
    elsewhere = served.address.replace("127.0.0.1", "127.0.0.2")
    with pytest.raises(httpx.ConnectError):
        httpx.get(f"{elsewhere}/v1/models", headers=served.bearer, trust_env=False)


def test_what_is_told_in_one_conversation_is_known_in_the_next_by_either_way(served: Serving) -> None:
    assert reply_to(served, "My sister Petra lives in Porto, and she plays the violin.")
    assert "Porto" in reply_to(served, "Where does my sister Petra live?")
    models = httpx.get(f"{served.address}/v1/models", headers=served.bearer, trust_env=False).json()
    assert models["data"][0]["id"] == "samantha"


async def test_home_assistant_talks_with_her_and_she_remembers(served: Serving) -> None:
    events = await asked(served, Transcript("What instrument does my sister Petra play?"), until=Handled)
    assert "violin" in (Handled.from_event(events[-1]).text or "").lower()


def test_a_stream_comes_clause_by_clause_and_is_the_whole_reply(served: Serving) -> None:
    body = {"messages": [{"role": "user", "content": "Tell me how you would spend a rainy day."}], "stream": True}
    url, pieces = f"{served.address}/v1/chat/completions", list[str]()
    with httpx.stream("POST", url, json=body, headers=served.bearer, timeout=ANSWER_S, trust_env=False) as answer:
        lines = [line.removeprefix("data: ") for line in answer.iter_lines() if line]
    assert lines.pop() == "[DONE]"
    for line in lines:
        pieces += [choice["delta"].get("content", "") for choice in json.loads(line)["choices"]]
    assert sum(map(bool, pieces)) >= 2
    assert json.loads(lines[-1])["choices"][0]["finish_reason"] in ("stop", "length")
    with closing(open_diary()) as diary:
        assert diary.entries()[-1].text == "".join(pieces)


def test_hanging_up_stops_her_and_the_next_is_answered(served: Serving) -> None:
    body = {"messages": [{"role": "user", "content": "Tell me a long story of a lighthouse."}], "stream": True}
    url = f"{served.address}/v1/chat/completions"
    with httpx.stream("POST", url, json=body, headers=served.bearer, timeout=ANSWER_S, trust_env=False) as answer:
        next(line for line in answer.iter_lines() if '"content": "' in line and '"content": ""' not in line)
    assert reply_to(served, "Are you there?")
    with closing(open_diary()) as diary:
        story = next(entry for entry in reversed(diary.entries()) if entry.who == "companion" and entry.interrupted)
        asked_for = next(entry for entry in diary.entries() if entry.number > story.number)
    assert asked_for.text == "Are you there?"


async def test_speech_is_transcribed(served: Serving, say: Callable[[str], Samples]) -> None:
    sentence = "I would like a cup of tea and a piece of bread."
    sound = (np.clip(say(sentence), -1, 1) * 32767).astype("<i2").tobytes()
    chunks = [AudioChunk(HEARING_RATE_HZ, 2, 1, sound[at : at + 2048]) for at in range(0, len(sound), 2048)]
    start = [Transcribe(language="en"), AudioStart(HEARING_RATE_HZ, 2, 1)]
    events = await asked(served, *start, *chunks, AudioStop(), until=Transcript)
    assert error_rate(sentence, Transcript.from_event(events[-1]).text) <= 0.2


@pytest.mark.parametrize("in_pieces", [False, True])
async def test_what_she_says_is_understood(served: Serving, hear: Callable[[Samples], str], in_pieces: bool) -> None:
    sentence = "The children ran down to the river. They came back before it was dark."
    pieces = [SynthesizeChunk(sentence[at : at + 7]) for at in range(0, len(sentence), 7)]
    if in_pieces:
        asks = [SynthesizeStart(), *pieces, Synthesize(sentence), SynthesizeStop()]
        events = await asked(served, *asks, until=SynthesizeStopped)
    else:
        events = await asked(served, Synthesize(sentence), until=AudioStop)
    assert error_rate(sentence, hear(sound_of(events))) <= 0.2


async def test_it_offers_what_home_assistant_looks_for(served: Serving) -> None:
    (event,) = await asked(served, Describe(), until=Info)
    info = Info.from_event(event)
    assert info.asr[0].models[0].languages
    assert info.tts[0].voices[0].languages == ["en_US"]
    assert (info.handle[0].name, info.handle[0].installed) == ("Samantha", True)


def test_a_second_one_says_that_the_port_is_in_use_and_another_process_reads_the_same_memory(
    served: Serving, home: Path
) -> None:
    port = served.address.rpartition(":")[2]
    program = [sys.executable, "-m", "companion"]
    second = subprocess.run([*program, "serve", "--port", port], capture_output=True, text=True, timeout=60)
    assert (second.returncode, second.stdout) == (2, "")
    assert "in use" in second.stderr
    chat = [*program, "--settings", str(home / "settings.toml"), "chat"]
    told = subprocess.run(
        chat, input="Remember that my dentist is Doctor Okafor.\n", capture_output=True, text=True, timeout=200
    )
    assert told.returncode == 0, told.stderr
    assert "Okafor" in reply_to(served, "What do you know about my dentist?")


def test_over_tls_and_ended_in_order(home: Path, tmp_path: Path) -> None:
    certificate, key = self_signed(tmp_path)
    with serving(tmp_path, SMALL, "--certificate", str(certificate), "--key", str(key)) as served:
        assert served.address.startswith("https://")
        trust = ssl.create_default_context(cafile=str(certificate))
        with httpx.Client(verify=trust, trust_env=False, headers=served.bearer, timeout=ANSWER_S) as client:
            body = {"messages": [{"role": "user", "content": "Hello."}], "store": False}
            assert client.post(f"{served.address}/v1/chat/completions", json=body).status_code == 200
        with pytest.raises(httpx.TransportError):
            httpx.get(served.address.replace("https", "http"), trust_env=False)
        story = {"messages": [{"role": "user", "content": "Tell me a long story."}], "stream": True}
        url = f"{served.address}/v1/chat/completions"
        with (
            httpx.Client(verify=trust, trust_env=False, headers=served.bearer, timeout=ANSWER_S) as client,
            client.stream("POST", url, json=story) as answer,
        ):
            next(answer.iter_lines())
            assert served.end() == 0, "while she speaks"
        assert "Traceback" not in served.notes
