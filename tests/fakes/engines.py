"""Engines of few words: what they do is written in the test, and takes no time."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

import numpy as np

from companion.backends.playback import PlaybackQueue
from companion.backends.wav_files import SilentSpeaker
from companion.core.audio import BLOCK_S, BLOCK_SAMPLES, HEARING_RATE_HZ, Samples, seconds
from companion.core.engines import EngineInfo, SpokenWord, Tone, Transcript, Voiced, VoiceStream, whole_stream
from companion.core.errors import CompanionError, DeviceError

SPEECH_LEVEL = 0.5
WORD_S = 0.2
"""How long a word of the fake voice lasts."""


@dataclass(frozen=True)
class SilenceUntil:
    """Silence until an event of this name has happened since the last one that was waited for."""

    event: str


Heard: TypeAlias = float | DeviceError | SilenceUntil


class ScriptedMicrophone:
    """An ear that hears `script`: speech and silence by turns, in seconds, speech where positive.

    `[-1.0, 0.8, -2.0]` is a second of silence, 0.8 s of speech, two of silence. A DeviceError in it is
    raised where it stands; `blocks()` then goes on behind it. With SilenceUntil in it, it waits for
    nobody: what happens is then told by the events, which the stage puts into `happened`.
    """

    def __init__(self, script: Sequence[Heard]) -> None:
        self._rest: list[Heard] = list(script)
        self._exhausted = False
        self.at_ease = False
        self._lockstep = not any(isinstance(part, SilenceUntil) for part in script)
        self.happened: list[str] = []

    @property
    def name(self) -> str:
        return "script"

    @property
    def lockstep(self) -> bool:
        return self._lockstep

    @property
    def exhausted(self) -> bool:
        return self._exhausted

    @property
    def latency_s(self) -> float:
        return 0.0

    async def blocks(self) -> AsyncGenerator[Samples, None]:
        while self._rest:
            part = self._rest.pop(0)
            if isinstance(part, DeviceError):
                raise part
            if isinstance(part, SilenceUntil):
                while part.event not in self.happened:
                    await asyncio.sleep(0.001)
                    yield _block(0.0)
                del self.happened[: self.happened.index(part.event) + 1]
                continue
            for _ in range(round(abs(part) / BLOCK_S)):
                await asyncio.sleep(0)  # time passes for everybody
                yield _block(SPEECH_LEVEL if part > 0 else 0.0)
        self._exhausted = True
        while True:
            await asyncio.sleep(0)
            yield _block(0.0)


def _block(level: float) -> Samples:
    return np.full(BLOCK_SAMPLES, level, dtype=np.float32)


class LoudnessActivity:
    """Voice activity that takes loud for speech, and is never quite sure."""

    frame_samples = 512

    def probability(self, frame: Samples) -> float:
        return min(0.7, float(np.mean(np.abs(frame)) / SPEECH_LEVEL))

    def reset(self) -> None:
        pass


class FixedDetector:
    """A turn detector with prepared verdicts; the last one repeats."""

    def __init__(self, *verdicts: float) -> None:
        self._verdicts = list(verdicts)

    def info(self) -> EngineInfo:
        return EngineInfo("turn detection", "fixed", "")

    def warm_up(self) -> None:
        pass

    def completeness(self, turn: Samples) -> float:
        return self._verdicts.pop(0) if len(self._verdicts) > 1 else self._verdicts[0]


class ScriptedTranscriber:
    """Hears the prepared texts, one for each turn. `heard_s` holds how long each turn was.

    A turn that is transcribed again, because it went on, takes the next text. A glance gives
    the first words of the next text, as many as three a second allow, and takes none.
    """

    def __init__(self, *texts: str | Transcript | CompanionError, before: Callable[[], object] = lambda: None) -> None:
        """`before` is called on the worker thread before each transcript."""
        self._texts = list(texts)
        self._before = before
        self.heard_s: list[float] = []
        self.expected: tuple[str, ...] = ()

    def info(self) -> EngineInfo:
        return EngineInfo("speech to text", "scripted", "")

    def expect(self, names: tuple[str, ...]) -> None:
        self.expected = names

    def warm_up(self) -> None:
        pass

    def transcribe(self, speech: Samples, glance: bool = False) -> Transcript:
        if glance:
            return self._first_words(speech)
        self.heard_s.append(len(speech) / HEARING_RATE_HZ)
        text = self._texts.pop(0)
        self._before()
        if isinstance(text, CompanionError):
            raise text
        return _transcript(text)

    def _first_words(self, speech: Samples) -> Transcript:
        text = next(iter(self._texts), "")
        whole = _transcript("" if isinstance(text, CompanionError) else text)
        count = round(3 * len(speech) / HEARING_RATE_HZ)
        return replace(whole, text=" ".join(whole.text.split()[:count]))


def _transcript(text: str | Transcript) -> Transcript:
    return text if isinstance(text, Transcript) else Transcript(text, confidence=0.9)


class EvenSynthesizer:
    """A voice that takes 0.2 s for every word."""

    rate_hz = 8000

    def info(self) -> EngineInfo:
        return EngineInfo("voice", "even", "")

    def warm_up(self) -> None:
        pass

    def tune(self, tone: Tone) -> None:
        pass

    def voice(self, text: str) -> Voiced:
        words = text.split()
        samples = np.full(round(len(words) * WORD_S * self.rate_hz), 0.1, dtype=np.float32)
        return Voiced(samples, tuple(SpokenWord(w, (i + 1) * WORD_S) for i, w in enumerate(words)))

    def begin(self, text: str) -> VoiceStream:
        return whole_stream(self.voice(text), self.rate_hz)


class PiecewiseSynthesizer(EvenSynthesizer):
    """The same voice, one word made at a time; it breaks at the first word that is `breaks_at`."""

    def __init__(self, breaks_at: str = "") -> None:
        self._breaks_at = breaks_at

    def begin(self, text: str) -> VoiceStream:
        voiced = self.voice(text)
        return VoiceStream(seconds(voiced.samples, self.rate_hz), voiced.words, self._pieces(voiced))

    def _pieces(self, voiced: Voiced) -> Iterator[Samples]:
        length = round(WORD_S * self.rate_hz)
        for number, word in enumerate(voiced.words):
            if word.text == self._breaks_at:
                raise RuntimeError("out of breath")
            yield voiced.samples[number * length : (number + 1) * length]


class JoiningSynthesizer(PiecewiseSynthesizer):
    """The same voice, which can speak parts that join; `parts`: what was asked for of what stands around it."""

    joins = True

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[tuple[str, str, str]] = []

    def begin_part(self, text: str, before: str, after: str) -> VoiceStream:
        self.parts.append((before, text, after))
        return self.begin(text)


class PluggedSpeaker(SilentSpeaker):
    """A speaker that is unplugged once it has played `until_s`, and can be opened again at once."""

    def __init__(self, until_s: float) -> None:
        super().__init__(EvenSynthesizer.rate_hz)
        self._until_s = until_s
        self._lost = False

    @property
    def lost(self) -> bool:
        return self._lost

    def tick(self, duration_s: float) -> None:
        if self._lost:
            return
        super().tick(duration_s)
        if self.position_s >= self._until_s:
            self._lost, self._until_s = True, float("inf")

    async def open(self) -> None:
        self._lost = False


class UnpluggedAt(SilentSpeaker):
    """A speaker that is unplugged once, at `lost_at_s` of audio time, and can be opened again `away_s` later."""

    def __init__(self, lost_at_s: float, away_s: float = 0.2) -> None:
        super().__init__(EvenSynthesizer.rate_hz)
        self._lost_at_s = lost_at_s
        self._back_at_s = lost_at_s + away_s
        self._passed_s = 0.0
        self._lost = False

    @property
    def lost(self) -> bool:
        return self._lost

    def tick(self, duration_s: float) -> None:
        self._passed_s += duration_s
        if self._passed_s >= self._lost_at_s:
            self._lost, self._lost_at_s = True, float("inf")
        if not self._lost:
            super().tick(duration_s)

    async def open(self) -> None:
        if self._passed_s < self._back_at_s:
            raise DeviceError("It has gone.", "Plug it in.")
        self._lost = False
        self._queue = PlaybackQueue(self.rate_hz)  # a device that is opened anew knows nothing of before
