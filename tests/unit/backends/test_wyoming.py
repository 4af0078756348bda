"""What servers do that they should not: one sentence each, in time, and nothing is kept of it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

import pytest
from wyoming.asr import Transcript, TranscriptChunk, TranscriptStart, TranscriptStop
from wyoming.event import Event
from wyoming.info import AsrModel, AsrProgram, Info, WakeModel, WakeProgram
from wyoming.wake import Detection

from companion.backends.wyoming_link import LONGEST_EVENT_BYTES, WyomingServer
from companion.backends.wyoming_synthesizer import WyomingSynthesizer
from companion.backends.wyoming_transcriber import GLANCE_S, WyomingTranscriber
from companion.backends.wyoming_wake_word import IDLE_S, WyomingWakeWord
from companion.core.audio import BLOCK_SAMPLES, HEARING_RATE_HZ, silence
from companion.core.engines import Tone
from companion.core.errors import EngineError
from companion.core.wyoming_address import WyomingAddress, wyoming_address
from tests.fakes.wyoming_server import Answer, Line, answering
from tests.unit.backends.wyoming_answers import (
    ABOUT,
    SPEECH,
    cut_off,
    deep_json,
    endless_line,
    garbage,
    hang,
    hang_up,
    odd_json,
    oversized,
    refuse,
    wrong_types,
)

# --- addresses


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("wyoming://homeassistant.local", WyomingAddress("homeassistant.local", 10200)),
        ("tcp://10.0.0.7:10300", WyomingAddress("10.0.0.7", 10300)),
        ("wyoming://[fe80::1]:99#en_US-amy-low/3", WyomingAddress("fe80::1", 99, "en_US-amy-low/3")),
        ("wyoming://piper/#a%20b", WyomingAddress("piper", 10200, "a b")),
    ],
)
def test_an_address_is_read_as_it_is_written(text: str, address: WyomingAddress) -> None:
    assert wyoming_address(text, "voice") == address


@pytest.mark.parametrize(
    "text",
    [
        "wyoming://",
        "wyoming://a b",
        "wyoming://h:0",
        "wyoming://h:99999",
        "wyoming://me@h",
        "http://h",
        "wyoming://h/x",
    ],
)
def test_what_is_no_address_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        wyoming_address(text, "voice")


def test_it_is_known_what_leaves_this_computer() -> None:
    assert WyomingAddress("127.0.0.1", 1).where == WyomingAddress("localhost", 1).where == "this computer"
    assert WyomingAddress("10.0.0.7", 10300, "base").where == "wyoming://10.0.0.7:10300"


# --- whatever is asked


FAULTS: list[tuple[Answer, str]] = [
    (refuse, r"refused \(VoiceNotFoundError\)"),
    (hang_up, "hung up"),
    (hang, "does not answer in time"),
    (garbage, "cannot be understood"),
    (odd_json, "cannot be understood"),
    (wrong_types, "cannot be understood|of a format"),
    (deep_json, "cannot be understood"),
    (endless_line, "more at once than can be right|hung up"),
    (oversized, "more at once than can be right"),
    (cut_off, "hung up"),
]


@pytest.mark.parametrize(("answer", "words"), FAULTS, ids=[answer.__name__ for answer, _ in FAULTS])
def test_each_fault_is_a_sentence_in_time(answer: Answer, words: str) -> None:
    with answering(answer) as address:
        asked: list[Callable[[], object]] = [
            lambda: WyomingTranscriber(address, patience_s=0.5).transcribe(SPEECH),
            lambda: WyomingSynthesizer(address, Tone(), patience_s=0.5).voice("Hello there."),
        ]
        for ask in asked:
            began_s = time.monotonic()
            with pytest.raises(EngineError, match=words) as caught:
                ask()
            assert time.monotonic() - began_s < 3.0
            assert f"at {address}" in caught.value.message
            assert "companion engines" in caught.value.hint


def test_nobody_there_is_a_sentence() -> None:
    with answering(hang) as address:
        pass
    with pytest.raises(EngineError, match="does not answer"):
        WyomingTranscriber(address).transcribe(SPEECH)


# --- speech to text


def test_a_transcript_that_comes_in_parts_is_one() -> None:
    def answer(line: Line) -> None:
        line.until("audio-stop")
        parts = [TranscriptStart(), TranscriptChunk(" Hello"), TranscriptChunk(" there."), TranscriptStop()]
        for part in parts:
            line.send(part.event())

    with answering(answer) as address:
        assert WyomingTranscriber(address).transcribe(SPEECH).text == "Hello there."


def test_the_server_is_told_language_model_and_names_and_gets_all_of_the_sound() -> None:
    told: list[dict[str, object]] = []
    heard: list[int] = []

    def answer(line: Line) -> None:
        told.append(line.until("transcribe").data)
        while (event := line.until("audio-chunk", "audio-stop")).type == "audio-chunk":
            heard.append(len(event.payload or b""))
        line.send(Transcript("Hallo.", language="de-DE").event())

    with answering(answer) as address:
        transcriber = WyomingTranscriber(address.of_model("base"), "de", ("Samantha",))
        transcript = transcriber.transcribe(silence(2.5, HEARING_RATE_HZ))
    assert told == [{"name": "base", "language": "de", "transcript_names": ["Samantha"]}]
    assert sum(heard) == 2.5 * HEARING_RATE_HZ * 2
    assert (transcript.text, transcript.language) == ("Hallo.", "de")


def test_a_slow_server_is_not_asked_for_glances_until_it_is_quick_again() -> None:
    asked = 0
    slow = threading.Event()
    slow.set()

    def answer(line: Line) -> None:
        nonlocal asked
        line.until("audio-stop")
        asked += 1
        if slow.is_set():
            time.sleep(GLANCE_S + 0.2)
        line.send(Transcript("Hello.").event())

    with answering(answer) as address:
        transcriber = WyomingTranscriber(address)
        assert transcriber.transcribe(SPEECH, glance=True).text == "", "given up"
        assert transcriber.transcribe(SPEECH, glance=True).text == ""
        assert asked == 1, "one glance is enough to know"
        assert transcriber.transcribe(SPEECH).text == "Hello.", "a turn is waited for"
        assert transcriber.transcribe(SPEECH, glance=True).text == ""
        assert asked == 2
        slow.clear()
        transcriber.transcribe(SPEECH)
        assert transcriber.transcribe(SPEECH, glance=True).text == "Hello."


# --- the voice


# --- what it offers


def test_a_description_that_is_none_is_a_sentence() -> None:
    def answer(line: Line) -> None:
        line.until("describe")
        line.send(Event("info", {"asr": [{"name": 1}], "tts": "no"}))

    with answering(answer) as address, pytest.raises(EngineError, match="cannot be understood"):
        WyomingServer(address, "voice", "voice.voice").describe()


def test_a_long_description_is_read() -> None:
    def answer(line: Line) -> None:
        line.until("describe")
        models = [AsrModel(name=f"model {n}" + "x" * 500, languages=["en"] * 50, **ABOUT) for n in range(1000)]
        line.send(Info(asr=[AsrProgram(name="many", models=models, **ABOUT)]).event())

    with answering(answer) as address:
        info = WyomingServer(address, "speech to text", "hearing.transcriber").describe()
    assert len(info.asr[0].models) == 1000
    assert LONGEST_EVENT_BYTES > 1_000_000


# --- the wake word


def test_a_wake_word_is_told_once_and_its_server_left_when_nobody_listens(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("companion.backends.wyoming_wake_word.IDLE_S", 0.2)
    assert IDLE_S > 1
    hung_up = threading.Event()

    def answer(line: Line) -> None:
        if line.until("describe", "detect").type == "describe":
            model = WakeModel(name="ok_nabu_v0.1", languages=[], phrase="Okay Nabu", **ABOUT)
            line.send(Info(wake=[WakeProgram(name="ears", models=[model], **ABOUT)]).event())
            return
        line.until("audio-chunk")
        line.send(Detection("ok_nabu_v0.1").event())
        line.send(Detection("ok_nabu_v0.1").event())
        line.wait_for_hang_up()
        hung_up.set()

    with answering(answer) as address:
        wake_word = WyomingWakeWord(address, lambda *_: pytest.fail("nothing is wrong"))
        assert (wake_word.phrase, wake_word.info().model) == ("Okay Nabu", "ok_nabu_v0.1")
        fired = 0
        for _ in range(30):
            fired += wake_word.heard(silence(0.02, HEARING_RATE_HZ))
            time.sleep(0.02)
        assert fired == 1
        assert hung_up.wait(5), "she has quit, say"


class Near:
    """The wake word of this computer."""

    phrase = "Okay Nabu"

    def heard(self, samples: object) -> bool:
        return True

    def reset(self) -> None:
        pass


def test_while_its_server_is_away_this_computer_listens_and_that_is_said_once() -> None:
    notices: list[str] = []
    with answering(hang) as address:
        pass
    wake_word = WyomingWakeWord(
        address.of_model("ok_nabu_v0.1"),
        lambda told, _: notices.append(told),
        lambda model: Near(),  # type: ignore[arg-type, return-value]
    )
    assert wake_word.phrase == "Ok Nabu"
    assert all(wake_word.heard(silence(0.02, HEARING_RATE_HZ)[:BLOCK_SAMPLES]) for _ in range(10))
    assert len(notices) == 1
    assert "this computer listens for it" in notices[0]
