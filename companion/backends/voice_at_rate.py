"""A voice of one rate, heard through a speaker that was opened for another."""

from __future__ import annotations

from collections.abc import Iterator

from companion.core.audio import Samples, silence
from companion.core.engines import EngineInfo, Synthesizer, Tone, Voiced, VoiceStream


def at_rate(voice: Synthesizer, rate_hz: int) -> Synthesizer:
    """`voice`, brought to `rate_hz` if it is not there already."""
    return voice if voice.rate_hz == rate_hz else VoiceAtRate(voice, rate_hz)


class VoiceAtRate:
    """See Synthesizer. The sound is resampled as it is made."""

    def __init__(self, voice: Synthesizer, rate_hz: int) -> None:
        self._voice = voice
        self._rate_hz = rate_hz

    def info(self) -> EngineInfo:
        return self._voice.info()

    @property
    def rate_hz(self) -> int:
        return self._rate_hz

    def warm_up(self) -> None:
        self._voice.warm_up()

    def tune(self, tone: Tone) -> None:
        self._voice.tune(tone)

    def voice(self, text: str) -> Voiced:
        import soxr

        voiced = self._voice.voice(text)
        return Voiced(soxr.resample(voiced.samples, self._voice.rate_hz, self._rate_hz), voiced.words)

    def begin(self, text: str) -> VoiceStream:
        stream = self._voice.begin(text)
        stream.pieces = self._resampled(stream.pieces)
        return stream

    def _resampled(self, pieces: Iterator[Samples]) -> Iterator[Samples]:
        import soxr

        resampler = soxr.ResampleStream(self._voice.rate_hz, self._rate_hz, 1, dtype="float32")
        for piece in pieces:
            yield resampler.resample_chunk(piece)
        yield resampler.resample_chunk(silence(0, self._rate_hz), last=True)
