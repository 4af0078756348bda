"""The real Wyoming servers that Home Assistant users run: heard through, spoken through, stopped and lost."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator

import numpy as np
import pytest

from companion.app import make_transcriber
from companion.backends.wyoming_synthesizer import WyomingSynthesizer
from companion.backends.wyoming_transcriber import WyomingTranscriber
from companion.backends.wyoming_wake_word import WyomingWakeWord
from companion.core.audio import BLOCK_SAMPLES, HEARING_RATE_HZ, Samples, seconds, silence
from companion.core.engines import Tone
from companion.core.errors import CompanionError, EngineError, ModelError
from companion.core.settings import Settings
from companion.her_voices import make_synthesizer
from companion.live_settings import changed_settings
from companion.talk.phantoms import is_phantom
from tests.bench.everyday import SENTENCES
from tests.endtoend.live import at_rate
from tests.endtoend.words import error_rate
from tests.wyoming_servers import Served, piper_server, wake_word_server, whisper_server

pytestmark = pytest.mark.timeout(300)
LONG = "I went to the shop this morning, and it was closed. And then I came back home by bus, with all my bags."
Say = Callable[[str], Samples]


@pytest.fixture(scope="module")
def ears() -> Iterator[Served]:
    with whisper_server() as server:
        yield server


@pytest.fixture(scope="module", params=["streaming", "plain"])
def mouth(request: pytest.FixtureRequest) -> Iterator[Served]:
    with piper_server(*([] if request.param == "streaming" else ["--no-streaming"])) as server:
        yield server


@pytest.fixture(scope="module")
def voice(mouth: Served) -> WyomingSynthesizer:
    made = WyomingSynthesizer(mouth.address, Tone())
    made.warm_up()
    return made


# --- speech to text


def test_everyday_sentences_are_understood(ears: Served, say: Say) -> None:
    transcriber = WyomingTranscriber(ears.address)
    transcriber.warm_up()
    assert transcriber.info().name == "faster-whisper"
    assert transcriber.info().model == "whisper-tiny.en"
    heard = [transcriber.transcribe(say(text)).text for text in SENTENCES[:12]]
    assert error_rate(" ".join(SENTENCES[:12]), " ".join(heard)) <= 0.15


def test_silence_and_an_instant_are_no_turn(ears: Served) -> None:
    transcriber = WyomingTranscriber(ears.address)
    for sound in (silence(2.0, HEARING_RATE_HZ), silence(0.01, HEARING_RATE_HZ)):
        heard = transcriber.transcribe(sound)
        assert is_phantom(heard, seconds(sound, HEARING_RATE_HZ), -90.0) is not None, heard


def test_a_model_that_the_server_does_not_have_is_named_with_those_it_has(ears: Served) -> None:
    with pytest.raises(ModelError, match="does not have the model large") as caught:
        WyomingTranscriber(ears.address.of_model("large")).warm_up()
    assert "whisper-tiny.en" in caught.value.hint


def test_a_server_of_voices_is_no_transcriber(mouth: Served) -> None:
    with pytest.raises(EngineError, match="offers no speech to text"):
        WyomingTranscriber(mouth.address).warm_up()


# --- the voice


@pytest.mark.parametrize("text", [*SENTENCES[:4], "Oh! It is. Really?"])
def test_what_it_says_is_understood_and_every_word_has_its_end(
    voice: WyomingSynthesizer, hear: Callable[[Samples], str], text: str
) -> None:
    voiced = voice.voice(text)
    ends = [word.end_s for word in voiced.words]
    assert [word.text for word in voiced.words] == text.split()
    assert ends == sorted(ends)
    assert 0 < ends[0] < ends[-1] <= seconds(voiced.samples, voice.rate_hz)
    assert ends[-1] == pytest.approx(seconds(voiced.samples, voice.rate_hz), abs=0.35)
    assert error_rate(text, hear(at_rate(voiced.samples, voice.rate_hz) * 0.5)) <= 0.34


def test_word_ends_are_near_those_that_piper_tells(voice: WyomingSynthesizer) -> None:
    """The same voice speaks here and there, never twice the same: its words are where they would be here, nearly."""
    here = make_synthesizer(Settings())
    errors = []
    for text in SENTENCES[:10]:
        ours, theirs = here.voice(text), voice.voice(text)
        scale = ours.words[-1].end_s / theirs.words[-1].end_s
        errors += [abs(a.end_s - scale * b.end_s) for a, b in zip(ours.words, theirs.words, strict=True)]
    assert float(np.mean(errors)) < 0.15


def test_the_length_of_a_clause_is_exact_once_all_of_it_is_there(voice: WyomingSynthesizer) -> None:
    stream = voice.begin(LONG)
    estimated_s = stream.duration_s
    whole = np.concatenate(list(stream.pieces))
    assert stream.duration_s == pytest.approx(seconds(whole, voice.rate_hz), abs=1e-3)
    assert estimated_s == pytest.approx(stream.duration_s, rel=0.4)
    assert [word.text for word in stream.words] == LONG.split()


def test_it_is_as_loud_as_the_voice_here(voice: WyomingSynthesizer) -> None:
    here = make_synthesizer(Settings()).voice(SENTENCES[5]).samples
    there = voice.voice(SENTENCES[5]).samples
    ratio = np.sqrt(np.mean(there**2)) / np.sqrt(np.mean(here**2))
    assert 0.5 < ratio < 2.0, "within 6 dB: Piper never says the same words equally loud"
    voice.tune(Tone(volume=0.1))
    quiet = voice.voice(SENTENCES[5]).samples
    voice.tune(Tone())
    assert np.abs(quiet).max() < 0.12


def test_a_clause_that_is_closed_ends_quietly_and_the_next_one_is_spoken(voice: WyomingSynthesizer) -> None:
    stream = voice.begin(LONG)
    next(stream.pieces)
    stream.close()
    stream.close()
    list(stream.pieces)
    assert len(voice.voice("Hello.").samples) > 0


def test_a_voice_that_the_server_does_not_have_is_named_with_some_it_has(mouth: Served) -> None:
    with pytest.raises(ModelError, match="is not nobody") as caught:
        WyomingSynthesizer(mouth.address.of_model("nobody"), Tone()).warm_up()
    assert "and more" in caught.value.hint


# --- lost in mid-conversation, with this computer standing in


def elsewhere(**addresses: object) -> Settings:
    return changed_settings(Settings(), {key.replace("__", "."): str(address) for key, address in addresses.items()})


def test_a_transcriber_that_is_killed_is_replaced_and_taken_up_again(say: Say) -> None:
    notices: list[str] = []
    with whisper_server() as server:
        transcriber = make_transcriber(
            elsewhere(hearing__transcriber=server.address), (), lambda told, _: notices.append(told)
        )
        transcriber.warm_up()
        server.kill()
        assert error_rate(SENTENCES[1], transcriber.transcribe(say(SENTENCES[1])).text) <= 0.34
        assert notices == [
            f"The speech to text at {server.address} does not answer. Until it is back she hears with this computer."
        ]
        server.start_again()
        until_s = time.monotonic() + 60
        while len(notices) < 2 and time.monotonic() < until_s:
            transcriber.transcribe(say("Hello there."))
            time.sleep(0.2)
        assert "is back" in notices[1]
        assert transcriber.info().name == "faster-whisper"


def test_a_voice_that_is_killed_in_mid_sentence_is_replaced_from_the_word_it_broke_off_at(
    hear: Callable[[Samples], str],
) -> None:
    notices: list[str] = []
    with piper_server() as server:
        voice = make_synthesizer(elsewhere(voice__voice=server.address), lambda told, _: notices.append(told))
        voice.warm_up()
        before = voice.begin(LONG)
        first = next(before.pieces)
        server.kill()
        whole = np.concatenate([first, *before.pieces])
        after = voice.voice("And what did you do after that?")
    assert [word.text for word in before.words] == LONG.split()
    assert seconds(whole, voice.rate_hz) == pytest.approx(before.duration_s, abs=0.02)
    assert error_rate(LONG, hear(at_rate(whole, voice.rate_hz) * 0.5)) <= 0.3
    assert len(after.samples) > 0
    assert len(notices) == 1
    assert "Until it is back she speaks with this computer" in notices[0]


def test_a_server_that_was_never_there_costs_nothing_but_a_sentence(say: Say) -> None:
    notices: list[str] = []
    settings = elsewhere(hearing__transcriber="wyoming://127.0.0.1:9", voice__voice="wyoming://127.0.0.1:9")
    transcriber = make_transcriber(settings, (), lambda told, _: notices.append(told))
    voice = make_synthesizer(settings, lambda told, _: notices.append(told))
    transcriber.warm_up()
    voice.warm_up()
    assert len(notices) == 2
    assert transcriber.transcribe(say(SENTENCES[0])).text
    assert transcriber.info().where == "this computer"
    assert len(voice.voice("Hello.").samples) > 0


# --- the wake word


@pytest.fixture(scope="module")
def wake_server() -> Iterator[Served]:
    if sys.version_info >= (3, 13):
        pytest.skip("there is no build of what openWakeWord needs for this Python")
    with wake_word_server() as server:
        yield server


def firings(wake_word: WyomingWakeWord, speech: Samples) -> int:
    """At the pace of a microphone: the server tells of what it hears as time goes by."""
    pause = silence(1.5, HEARING_RATE_HZ)
    sound = np.concatenate((pause, speech, pause))
    count = 0
    for at in range(0, len(sound), BLOCK_SAMPLES):
        count += wake_word.heard(sound[at : at + BLOCK_SAMPLES])
        time.sleep(BLOCK_SAMPLES / HEARING_RATE_HZ)
    return count


def test_a_server_hears_its_wake_word_once_and_nothing_else(wake_server: Served, say: Say) -> None:
    notices: list[str] = []
    wake_word = WyomingWakeWord(wake_server.address.of_model("alexa_v0.1"), lambda told, _: notices.append(told))
    assert wake_word.phrase == "Alexa"
    assert wake_word.info().name == "openwakeword"
    assert firings(wake_word, say("Alexa.")) == 1
    wake_word.reset()
    assert firings(wake_word, say("Good morning, how are you today?")) == 0
    assert notices == []


def test_a_wake_word_that_is_not_known_is_named_with_those_that_are(wake_server: Served) -> None:
    with pytest.raises(CompanionError, match="does not know samantha") as caught:
        WyomingWakeWord(wake_server.address.of_model("samantha"), lambda *_: None)
    assert "hey_jarvis" in caught.value.hint
