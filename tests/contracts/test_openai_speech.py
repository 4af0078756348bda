"""Hearing and voice behind OpenAI's protocol, with the real Whisper and Piper on the other side, and their faults."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import replace

import numpy as np
import pytest

from companion.app import make_transcriber
from companion.backends.openai_http import Server
from companion.backends.openai_speech import VOICE_RATE_HZ, OpenAiTranscriber, OpenAiVoice, read_sound
from companion.core.audio import HEARING_RATE_HZ, Samples, level_db, seconds, silence
from companion.core.engines import Synthesizer, Tone, Transcriber
from companion.core.errors import CompanionError, EngineError, ModelError
from companion.core.settings import Hearing, Settings
from companion.her_voices import make_synthesizer
from tests.bench.everyday import SENTENCES
from tests.endtoend.words import error_rate
from tests.fakes.engines import EvenSynthesizer, ScriptedTranscriber
from tests.fakes.speech_server import Faults, SpeechServer

pytestmark = pytest.mark.timeout(300)
Ask = Callable[[SpeechServer], object]


@pytest.fixture(scope="module")
def real() -> Iterator[tuple[SpeechServer, Synthesizer]]:
    settings = Settings(hearing=Hearing(transcriber="whisper-tiny.en"))
    piper = make_synthesizer(settings)
    with SpeechServer(make_transcriber(settings), piper) as server:
        yield server, piper


@pytest.fixture
def scripted() -> Iterator[SpeechServer]:
    with SpeechServer(ScriptedTranscriber(*["hello there"] * 50), EvenSynthesizer()) as server:
        yield server


def ear(server: SpeechServer, **options: object) -> OpenAiTranscriber:
    at = Server.at(f"{server.address}#whisper-1", "secret", 2.0, "speech to text", "elsewhere.hearing")
    return OpenAiTranscriber(at, **options)  # type: ignore[arg-type]


def voice(server: SpeechServer, name: str = "") -> OpenAiVoice:
    return OpenAiVoice(Server.at(f"{server.address}#tts-1", "secret", 2.0, "voice", "elsewhere.voice"), name)


# --- with real engines


def test_everyday_sentences_are_understood_elsewhere(real: tuple[SpeechServer, Synthesizer]) -> None:
    server, piper = real
    far: Transcriber = ear(server)
    far.warm_up()
    heard = []
    for sentence in SENTENCES[:12]:
        speech = _at_hearing_rate(piper.voice(sentence).samples, piper.rate_hz)
        transcript = far.transcribe(np.concatenate((silence(0.3, HEARING_RATE_HZ), speech)))
        assert transcript.language == "en"
        assert 0.3 < transcript.confidence <= 1
        heard.append(transcript.text)
    assert error_rate(" ".join(SENTENCES[:12]), " ".join(heard)) <= 0.15
    assert not any(map(str.isalnum, far.transcribe(silence(2.0, HEARING_RATE_HZ)).text))


def test_a_voice_elsewhere_says_every_word_and_when(real: tuple[SpeechServer, Synthesizer]) -> None:
    server, piper = real
    far: Synthesizer = voice(server)
    far.warm_up()
    off_s = []
    for sentence in SENTENCES[:8]:
        voiced = far.voice(sentence)
        assert [word.text for word in voiced.words] == sentence.split()
        ends = [word.end_s for word in voiced.words]
        assert ends == sorted(ends)
        assert ends[0] > 0
        assert ends[-1] == pytest.approx(seconds(voiced.samples, far.rate_hz), abs=0.35)
        true = piper.voice(sentence).words  # never twice the same, but in proportion
        scale = ends[-1] / true[-1].end_s
        off_s += [abs(word.end_s - scale * there.end_s) for word, there in zip(voiced.words, true, strict=True)]
    assert np.mean(off_s) < 0.15
    assert level_db(far.voice(SENTENCES[0]).samples) == pytest.approx(-20.5, abs=4)


def test_speed_and_loudness_are_hers(real: tuple[SpeechServer, Synthesizer]) -> None:
    far = voice(real[0])
    plain = far.voice(SENTENCES[3]).samples
    far.tune(Tone(speed=1.5, volume=0.25))
    quick = far.voice(SENTENCES[3]).samples
    assert len(quick) < 0.85 * len(plain)
    assert level_db(quick) == pytest.approx(level_db(plain) - 12, abs=3)


# --- what is sent and what may come


def test_what_is_asked_for(scripted: SpeechServer) -> None:
    far = ear(scripted, language="de", names=("Ada",))
    assert far.transcribe(silence(1.0, HEARING_RATE_HZ)).text == "hello there"
    ((path, asked),) = scripted.asked
    assert path == "/v1/audio/transcriptions"
    assert (asked["language"], asked["prompt"], asked["model"]) == ("de", "Ada", "whisper-1")
    assert scripted.headers[-1]["Authorization"] == "Bearer secret"


def test_one_that_tells_only_the_text_is_asked_for_no_more(scripted: SpeechServer) -> None:
    scripted.faults = Faults(refuses_form="verbose_json")
    far = ear(scripted)
    assert [far.transcribe(silence(1.0, HEARING_RATE_HZ)).text for _ in range(2)] == ["hello there"] * 2
    assert [asked["response_format"] for _, asked in scripted.asked] == ["verbose_json", "json", "json"]


@pytest.mark.parametrize(
    "faults",
    [Faults(), Faults(refuses_form="wav"), Faults(endless_header=True), Faults(kind="application/octet-stream")],
)
def test_sound_of_any_kind_and_rate_comes_at_one_rate(scripted: SpeechServer, faults: Faults) -> None:
    scripted.faults = faults
    voiced = voice(scripted).voice("One two three four.")
    assert seconds(voiced.samples, VOICE_RATE_HZ) == pytest.approx(0.8, abs=0.02)
    assert [word.end_s for word in voiced.words] == pytest.approx([0.2, 0.4, 0.6, 0.8], abs=0.08)


def test_raw_sound_is_of_24_khz_unless_it_is_said() -> None:
    raw = (np.ones(100) * 16384).astype("<i2").tobytes()
    assert read_sound(raw, "audio/pcm", "pcm")[1] == 24_000
    samples, rate_hz = read_sound(raw, "audio/L16; rate=8000", "wav")
    assert (len(samples), rate_hz) == (100, 8000)
    assert samples[0] == pytest.approx(0.5, abs=1e-3)


def test_nothing_to_say_asks_nobody(scripted: SpeechServer) -> None:
    assert len(voice(scripted).voice(" ").samples) == 0
    with pytest.raises(EngineError, match="too long"):
        voice(scripted).voice("word " * 1000)
    assert scripted.asked == []


def test_without_a_name_the_first_of_its_models_is_taken(scripted: SpeechServer) -> None:
    scripted.models = ("whisper-large",)
    far = OpenAiTranscriber(Server.at(scripted.address, "", 2.0, "speech to text", "elsewhere.hearing"))
    far.warm_up()
    assert far.info().model == "whisper-large"
    assert far.info().where == "this computer"


# --- what goes wrong

ASKS: list[Ask] = [
    lambda server: ear(server).transcribe(silence(1.0, HEARING_RATE_HZ)),
    lambda server: voice(server).voice("Hello there."),
]


@pytest.mark.parametrize("ask", ASKS)
@pytest.mark.parametrize(
    ("faults", "words", "remedy"),
    [
        (Faults(401), "does not accept the key", "companion key set"),
        (
            Faults(307, location="http://evil.example/v1/x"),
            "sends us on to http://evil.example",
            "is not sent|elsewhere",
        ),
        (Faults(500, b'{"error": {"message": "out of memory"}}'), "out of memory", "there"),
        (Faults(503), "is busy", "moment"),
        (Faults(200, b"<html>Welcome to the router</html>"), "cannot be understood", "address"),
        (Faults(200, b"{broken"), "cannot be understood", "address"),
        (Faults(200, b'{"text": 7}'), "cannot be understood|cannot", "address"),
        (Faults(breaks_off=True), "broke off", "there"),
        (Faults(hangs=True), "does not answer in time", "there"),
        (Faults(404), "nothing at that address", "/v1"),
    ],
)
def test_each_failure_has_a_sentence_and_a_remedy(
    scripted: SpeechServer, ask: Ask, faults: Faults, words: str, remedy: str
) -> None:
    scripted.faults = replace(faults)
    began_s = time.monotonic()
    with pytest.raises(CompanionError, match=words) as caught:
        ask(scripted)
    assert time.monotonic() - began_s < 5
    assert any(each in f"{caught.value}" for each in remedy.split("|"))
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize("ask", ASKS)
def test_one_that_is_busy_for_a_moment_is_asked_again(scripted: SpeechServer, ask: Ask) -> None:
    scripted.faults = Faults(503, times=2)
    ask(scripted)
    assert scripted.faults.times == 0


@pytest.mark.parametrize("status", [500, 401, 307])
def test_one_that_refuses_is_not_asked_again(scripted: SpeechServer, status: int) -> None:
    scripted.faults = Faults(status, times=5)
    with pytest.raises(EngineError):
        voice(scripted).voice("Hello there.")
    assert scripted.faults.times == 4


def test_a_model_that_is_not_there_is_told_with_those_that_are(scripted: SpeechServer) -> None:
    far = OpenAiVoice(Server.at(f"{scripted.address}#tts-9", "", 2.0, "voice", "elsewhere.voice"))
    for ask in (far.warm_up, lambda: far.voice("Hello.")):
        with pytest.raises(ModelError, match="does not have the model tts-9") as caught:
            ask()
        assert "whisper-1, tts-1" in caught.value.hint


def test_a_server_that_is_gone(scripted: SpeechServer) -> None:
    scripted.stop()
    for ask in ASKS:
        began_s = time.monotonic()
        with pytest.raises(EngineError, match="does not answer"):
            ask(scripted)
        assert time.monotonic() - began_s < 3


def _at_hearing_rate(samples: Samples, rate_hz: int) -> Samples:
    import soxr

    return np.asarray(soxr.resample(samples, rate_hz, HEARING_RATE_HZ), dtype=np.float32) * np.float32(0.5)
