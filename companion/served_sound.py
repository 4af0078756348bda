"""Her ears and her voice, for those who send sound and want sound, each on a thread of its own."""

from __future__ import annotations

import re
from collections.abc import AsyncGenerator, AsyncIterable, Callable, Sequence
from typing import ParamSpec, TypeVar

from companion.core.audio import HEARING_RATE_HZ, Samples, silence
from companion.core.engines import EngineInfo, Synthesizer, Transcriber
from companion.core.errors import CompanionError, EngineError
from companion.core.languages import LANGUAGES
from companion.talk.clauses import ClauseSplitter
from companion.talk.spoken_form import speakable
from companion.talk.voiced_clause import next_piece, pause_after
from companion.talk.workers import Worker

P = ParamSpec("P")
T = TypeVar("T")


class ServedEars:
    """See `serve.her.Ears`."""

    def __init__(self, transcriber: Transcriber, worker: Worker, language: str) -> None:
        """`language`: as in the settings."""
        self._transcriber = transcriber
        self._worker = worker
        self._language = language

    def info(self) -> EngineInfo:
        return self._transcriber.info()

    @property
    def languages(self) -> Sequence[str]:
        if self.info().model.endswith(".en"):
            return ("en",)
        return tuple(LANGUAGES) if self._language == "auto" else (self._language,)

    async def hear(self, speech: Samples, rate_hz: int) -> str:
        return await _run(self._worker, self._transcribe, speech, rate_hz)

    def _transcribe(self, speech: Samples, rate_hz: int) -> str:
        if rate_hz != HEARING_RATE_HZ:
            import soxr

            speech = soxr.resample(speech, rate_hz, HEARING_RATE_HZ)
        return self._transcriber.transcribe(speech).text if len(speech) else ""


class ServedVoice:
    """See `serve.her.Voice`."""

    def __init__(self, synthesizer: Synthesizer, worker: Worker, language: str = "") -> None:
        """`language`, two letters: what it is taken to speak where it does not say."""
        self._synthesizer = synthesizer
        self._worker = worker
        self._language = language

    def info(self) -> EngineInfo:
        return self._synthesizer.info()

    @property
    def rate_hz(self) -> int:
        return self._synthesizer.rate_hz

    @property
    def languages(self) -> Sequence[str]:
        info = self.info()
        code = re.match(r"[a-z]{2,3}_[A-Z]{2}(?=-|$)", info.model)
        return (code.group() if code else info.language or self._language or "en",)

    async def say(self, pieces: AsyncIterable[str]) -> AsyncGenerator[Samples, None]:
        splitter = ClauseSplitter(self.languages[0][:2])
        async for piece in pieces:
            for clause in splitter.feed(piece):
                async for sound in self._clause(clause):
                    yield sound
        for clause in splitter.finish():
            async for sound in self._clause(clause):
                yield sound

    async def _clause(self, clause: str) -> AsyncGenerator[Samples, None]:
        if not (spoken := speakable(clause, self.languages[0])):
            return
        stream = await _run(self._worker, self._synthesizer.begin, spoken)
        while (piece := await _run(self._worker, next_piece, stream)) is not None:
            yield piece
        yield silence(pause_after(clause), self.rate_hz)


async def _run(worker: Worker, call: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """What the engine makes of it; what a vendor raises costs this one request."""
    try:
        return await worker.run(call, *args, **kwargs)
    except CompanionError:
        raise
    except Exception as error:
        raise EngineError(f"An engine failed ({type(error).__name__}).", "Try `companion doctor` there.") from error
