"""Hearing and voice elsewhere: while they are away this computer stands in, and that is said."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import numpy as np
import pytest

from companion.backends.fallback import FallbackSynthesizer, FallbackTranscriber
from companion.backends.standing import FIRST_REST_S, LONGEST_REST_S, Standing
from companion.core.audio import HEARING_RATE_HZ, Samples, seconds, silence
from companion.core.engines import EngineInfo, Tone, Transcript, Voiced, VoiceStream
from companion.core.errors import CompanionError, EngineError, ModelError
from tests.fakes.engines import EvenSynthesizer

SPEECH = silence(1.0, HEARING_RATE_HZ)
GONE = EngineError("Speech to text at http://gpu:9000 does not answer.", "Start it.")


@dataclass
class Clock:
    now_s: float = 0.0

    def __call__(self) -> float:
        return self.now_s


@dataclass
class Ear:
    """Hears its own name; fails while `fault` is set."""

    where: str
    fault: Exception | None = None
    warm_ups: int = 0
    expected: tuple[str, ...] = ()
    asked: int = 0
    may_warm_up: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        self.may_warm_up.set()

    def info(self) -> EngineInfo:
        return EngineInfo("speech to text", "ear", "m", self.where)

    def expect(self, names: tuple[str, ...]) -> None:
        self.expected = names

    def warm_up(self) -> None:
        self.warm_ups += 1
        assert self.may_warm_up.wait(5)
        if self.fault:
            raise self.fault

    def transcribe(self, speech: Samples, glance: bool = False) -> Transcript:
        self.asked += 1
        if self.fault:
            raise self.fault
        return Transcript(self.where)


@dataclass
class Rig:
    remote: Ear = field(default_factory=lambda: Ear("http://gpu:9000"))
    local: Ear = field(default_factory=lambda: Ear("this computer"))
    clock: Clock = field(default_factory=Clock)
    notices: list[tuple[str, str]] = field(default_factory=list)
    made: int = 0
    missing: CompanionError | None = None
    told: threading.Event = field(default_factory=threading.Event)

    def ear(self, keep_ready: bool = False) -> FallbackTranscriber:
        return FallbackTranscriber(self.remote, self.make, self.notice, keep_ready, Standing(self.clock))

    def make(self) -> Ear:
        self.made += 1
        if self.missing:
            raise self.missing
        return self.local

    def notice(self, message: str, hint: str) -> None:
        self.notices.append((message, hint))
        self.told.set()


def test_while_it_answers_nothing_is_loaded_here() -> None:
    rig = Rig()
    ear = rig.ear()
    ear.warm_up()
    assert ear.transcribe(SPEECH).text == "http://gpu:9000"
    assert ear.info().where == "http://gpu:9000"
    assert (rig.made, rig.notices) == (0, [])


def test_one_that_is_kept_ready_is_warm_before_it_is_needed() -> None:
    rig = Rig()
    rig.ear(keep_ready=True).warm_up()
    assert (rig.made, rig.local.warm_ups) == (1, 1)


@pytest.mark.parametrize("fault", [GONE, ModelError("No.", "Get it."), RuntimeError("vendor")])
def test_a_turn_that_it_fails_is_heard_here_and_that_is_said_once(fault: Exception) -> None:
    rig = Rig()
    ear = rig.ear()
    ear.expect(("Ada",))
    rig.remote.fault = fault
    assert [ear.transcribe(SPEECH).text for _ in range(3)] == ["this computer"] * 3
    assert ear.info().where == "this computer"
    assert rig.local.expected == ("Ada",)
    assert rig.remote.asked == 1
    ((message, _),) = rig.notices
    assert "Until it is back she hears with this computer" in message


def test_it_is_looked_for_after_a_rest_and_its_return_is_said() -> None:
    rig = Rig()
    ear = rig.ear()
    rig.remote.fault = GONE
    ear.transcribe(SPEECH)
    rig.remote.fault = None
    assert ear.transcribe(SPEECH).text == "this computer"
    assert rig.remote.warm_ups == 0, "it rests"

    rig.clock.now_s += FIRST_REST_S
    rig.told.clear()
    rig.remote.may_warm_up.clear()
    assert ear.transcribe(SPEECH).text == "this computer", "nobody waits for it"
    rig.remote.may_warm_up.set()
    assert rig.told.wait(5)
    assert rig.notices[-1][0] == "The speech to text at http://gpu:9000 is back: she hears with it again."
    assert ear.transcribe(SPEECH).text == "http://gpu:9000"
    assert ear.info().where == "http://gpu:9000"


def test_one_that_stays_away_is_looked_for_ever_more_seldom() -> None:
    clock = Clock()
    standing = Standing(clock)
    assert standing.failed()
    rests = []
    for _ in range(8):
        assert not standing.look()
        rests.append(standing.rest_s)
        clock.now_s += standing.rest_s
        assert standing.look()
        assert not standing.look(), "somebody looks already"
        assert not standing.failed(), "it was away"
    assert rests == [5, 10, 20, 40, 80, LONGEST_REST_S, LONGEST_REST_S, LONGEST_REST_S]


def test_one_that_is_found_and_fails_again_rests_longer_until_it_answers() -> None:
    clock = Clock()
    standing = Standing(clock)
    for rest_s in (5.0, 10.0):
        assert standing.failed()
        assert standing.rest_s == rest_s
        clock.now_s += rest_s
        assert standing.look()
        standing.found()
    standing.answered()
    standing.failed()
    assert standing.rest_s == FIRST_REST_S


def test_where_there_is_none_here_both_remedies_are_said_and_it_is_asked_again() -> None:
    rig = Rig(missing=ModelError("whisper-base is not installed.", "Type: companion models install whisper-base"))
    ear = rig.ear()
    rig.remote.fault = GONE
    with pytest.raises(EngineError, match="does not answer") as caught:
        ear.transcribe(SPEECH)
    assert "Start it." in caught.value.hint
    assert "companion models install" in caught.value.hint
    rig.remote.fault = None
    assert ear.transcribe(SPEECH).text == "http://gpu:9000"


def test_a_conversation_can_begin_without_it() -> None:
    rig = Rig()
    rig.remote.fault = GONE
    ear = rig.ear()
    ear.warm_up()
    assert rig.local.warm_ups == 1
    assert len(rig.notices) == 1


# --- the voice


class FarVoice(EvenSynthesizer):
    """A voice elsewhere of 16 kHz, made word by word; it is gone after `words` words."""

    rate_hz = 16_000

    def __init__(self, words: int) -> None:
        self.left = words

    def info(self) -> EngineInfo:
        return EngineInfo("voice", "far", "", "http://gpu:9000")

    def voice(self, text: str) -> Voiced:
        stream = self.begin(text)
        return Voiced(np.concatenate(list(stream.pieces)), stream.words)

    def begin(self, text: str) -> VoiceStream:
        if not self.left:
            raise GONE
        whole = super().voice(text)
        return VoiceStream(seconds(whole.samples, self.rate_hz), whole.words, self._by_word(whole))

    def _by_word(self, whole: Voiced) -> Iterator[Samples]:
        for part in np.split(whole.samples, len(whole.words)):
            if not self.left:
                raise GONE
            self.left -= 1
            yield part


class NearVoice(EvenSynthesizer):
    tones: list[Tone]

    def __init__(self) -> None:
        self.tones = []

    def tune(self, tone: Tone) -> None:
        self.tones.append(tone)


def voices(words: int) -> tuple[FallbackSynthesizer, NearVoice, list[str]]:
    near, notices = NearVoice(), list[str]()
    make: Callable[[], NearVoice] = lambda: near  # noqa: E731
    return FallbackSynthesizer(FarVoice(words), make, lambda message, _: notices.append(message)), near, notices


def test_a_clause_of_which_nothing_was_heard_is_voiced_here_at_the_same_rate() -> None:
    voice, near, notices = voices(words=0)
    voice.tune(Tone(speed=1.5))
    stream = voice.begin("Soup is warm and quick.")
    assert sum(map(len, stream.pieces)) == pytest.approx(voice.rate_hz * stream.duration_s, abs=2)
    assert [word.text for word in stream.words] == ["Soup", "is", "warm", "and", "quick."]
    assert near.tones == [Tone(speed=1.5)]
    assert len(notices) == 1
    assert len(voice.voice("And so on.").samples) == pytest.approx(voice.rate_hz * 0.6, abs=2)


def test_a_clause_that_breaks_off_is_said_to_its_end_here_from_the_next_word() -> None:
    voice, _, notices = voices(words=2)
    stream = voice.begin("Soup is warm and quick.")
    whole = np.concatenate(list(stream.pieces))
    assert seconds(whole, voice.rate_hz) == pytest.approx(stream.duration_s) == pytest.approx(1.0)
    assert [word.text for word in stream.words] == ["Soup", "is", "warm", "and", "quick."]
    assert [word.end_s for word in stream.words] == pytest.approx([0.2, 0.4, 0.6, 0.8, 1.0])
    assert notices == [f"{GONE.message} Until it is back she speaks with this computer."]
    assert voice.info().where == "this computer"
    assert voice.begin("And so on.").duration_s == pytest.approx(0.6)
