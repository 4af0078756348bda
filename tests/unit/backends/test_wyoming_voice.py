"""A voice that comes from a Wyoming server."""

from __future__ import annotations

import threading

import numpy as np
import pytest
from wyoming.audio import AudioChunk, AudioStart, AudioStop
from wyoming.event import Event
from wyoming.info import Info, TtsProgram, TtsVoice

from companion.backends.wyoming_synthesizer import WyomingSynthesizer
from companion.core.audio import seconds
from companion.core.engines import Tone
from companion.core.errors import EngineError
from companion.core.wyoming_address import WyomingAddress
from tests.fakes.wyoming_server import Answer, Line, answering
from tests.unit.backends.wyoming_answers import ABOUT, chunk


@pytest.mark.parametrize(
    ("rate_hz", "width", "channels"), [(22_050, 2, 1), (16_000, 2, 2), (48_000, 4, 1), (24_000, 1, 1)]
)
def test_sound_of_any_format_is_as_long_as_it_was(rate_hz: int, width: int, channels: int) -> None:
    def answer(line: Line) -> None:
        line.until("synthesize")
        line.send(AudioStart(rate_hz, width, channels).event())
        for _ in range(10):
            line.send(chunk(rate_hz // 10, rate_hz, width, channels))
        line.send(AudioStop().event())

    with answering(answer) as address:
        voiced = WyomingSynthesizer(address, Tone()).voice("Hello there, you.")
    assert seconds(voiced.samples, 22_050) == pytest.approx(1.0, abs=0.002)
    assert float(np.mean(voiced.samples[5000:15_000])) == pytest.approx(0.126, abs=0.005)


def test_a_sample_in_two_chunks_is_one() -> None:
    def answer(line: Line) -> None:
        line.until("synthesize")
        for part in (b"\x00\x40" * 1000 + b"\x00", b"\x40" + b"\x00\x40" * 1000):
            line.send(AudioChunk(22_050, 2, 1, part).event())
        line.send(AudioStop().event())

    with answering(answer) as address:
        voiced = WyomingSynthesizer(address, Tone()).voice("Hello.")
    assert voiced.samples == pytest.approx(np.full(2001, 0.5), abs=1e-4)


def test_a_clause_is_heard_as_it_comes_and_its_length_known_at_the_end() -> None:
    go_on = threading.Event()

    def answer(line: Line) -> None:
        line.until("synthesize")
        for _ in range(4):
            line.send(chunk())
        go_on.wait(5)
        for _ in range(16):
            line.send(chunk())
        line.send(AudioStop().event())

    with answering(answer) as address:
        stream = WyomingSynthesizer(address, Tone()).begin("Soup is warm.")
        first = next(stream.pieces)
        assert seconds(first, 22_050) == pytest.approx(0.4)
        go_on.set()
        rest = list(stream.pieces)
    assert seconds(np.concatenate([first, *rest]), 22_050) == pytest.approx(stream.duration_s) == pytest.approx(2.0)
    assert stream.words[-1].end_s == pytest.approx(2.0)


def test_closing_a_clause_hangs_up_and_wakes_whoever_waits_for_more() -> None:
    hung_up = threading.Event()

    def answer(line: Line) -> None:
        line.until("synthesize")
        for _ in range(4):
            line.send(chunk())
        line.wait_for_hang_up()
        hung_up.set()

    with answering(answer) as address:
        stream = WyomingSynthesizer(address, Tone(), patience_s=30.0).begin("Soup is warm.")
        next(stream.pieces)
        waiting = threading.Thread(target=lambda: list(stream.pieces))
        waiting.start()
        stream.close()
        waiting.join(5)
        assert not waiting.is_alive()
        assert hung_up.wait(5)


def without_sound(line: Line) -> None:
    line.until("synthesize")
    line.send(AudioStop().event())


def without_end(line: Line) -> None:
    line.until("synthesize")
    while True:
        line.send(chunk(22_050))


def of_two_rates(line: Line) -> None:
    line.until("synthesize")
    line.send(chunk())
    line.send(chunk(rate_hz=16_000))
    line.wait_for_hang_up()


def of_no_rate(line: Line) -> None:
    line.until("synthesize")
    line.send(chunk(rate_hz=1))
    line.wait_for_hang_up()


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (without_sound, "has no sound"),
        (without_end, "does not stop speaking"),
        (of_two_rates, "format that is not known"),
        (of_no_rate, "format that is not known"),
    ],
)
def test_sound_that_cannot_be_right_is_a_sentence(answer: Answer, words: str) -> None:
    with answering(answer) as address, pytest.raises(EngineError, match=words):
        WyomingSynthesizer(address, Tone(), patience_s=0.5).voice("Hello there.")


def test_nothing_to_say_asks_nobody() -> None:
    assert len(WyomingSynthesizer(WyomingAddress("127.0.0.1", 9), Tone()).voice(" … ").samples) == 0


def test_one_speaker_of_a_voice_is_named_behind_it() -> None:
    told: list[object] = []

    def answer(line: Line) -> None:
        event = line.until("describe", "synthesize-start")
        if event.type == "describe":
            voice = TtsVoice(name="crowd", languages=["en"], **ABOUT)
            line.send(
                Info(tts=[TtsProgram(name="p", voices=[voice], supports_synthesize_streaming=True, **ABOUT)]).event()
            )
            return
        told.append(event.data["voice"])
        line.until("synthesize-stop")
        line.send(chunk())
        line.send(Event("synthesize-stopped"))

    with answering(answer) as address:
        WyomingSynthesizer(address.of_model("crowd/7"), Tone()).warm_up()
    assert told == [{"name": "crowd", "speaker": "7"}]
