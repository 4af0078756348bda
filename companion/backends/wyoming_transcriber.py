"""Speech to text by a Wyoming server, such as Home Assistant's Whisper."""

from __future__ import annotations

import math
import time
from collections.abc import Iterator

import numpy as np
from wyoming.asr import Transcribe, TranscriptChunk, TranscriptStop
from wyoming.asr import Transcript as WyomingTranscript
from wyoming.audio import AudioChunk, AudioStart, AudioStop
from wyoming.info import AsrProgram

from companion.backends.wyoming_link import LateError, WyomingLink, WyomingServer
from companion.core.audio import HEARING_RATE_HZ, Samples, seconds, silence
from companion.core.engines import EngineInfo, Transcript
from companion.core.errors import ModelError
from companion.core.wyoming_address import WyomingAddress

PART = "speech to text"
WIDTH_BYTES = 2
CHUNK_SAMPLES = HEARING_RATE_HZ
"""A second; satellites send less at a time only because they have no more yet."""

GLANCE_S = 0.6
"""A glance must not keep the end of a turn waiting. One that takes longer is given up, and no more are tried until a
whole turn was answered as soon as that: many servers work on what nobody waits for any more."""

FIRST_ANSWER_S = 30.0
"""A server may load its model only when it is first asked."""

MORE_FOR_LENGTH = 0.1
"""Seconds of patience for each second of speech."""


class WyomingTranscriber:
    """See Transcriber. The server tells neither how sure it is, nor mostly which language it heard."""

    def __init__(
        self,
        address: WyomingAddress,
        language: str = "auto",
        names: tuple[str, ...] = (),
        patience_s: float = 3.0,
    ) -> None:
        """`language`: two letters, or "auto". `patience_s`: how long it may take over a short turn."""
        self._server = WyomingServer(address, PART, "hearing.transcriber")
        self._language = language
        self._names = names
        self._patience_s = patience_s
        self._took_s = 0.0
        """Over the last whole turn, or the last glance; infinite if that was given up."""
        self._program = "Wyoming"
        self._model = address.model

    def info(self) -> EngineInfo:
        return EngineInfo(PART, self._program, self._model, self._server.address.where)

    def expect(self, names: tuple[str, ...]) -> None:
        self._names = names

    def warm_up(self) -> None:
        """See Transcriber. Raises ModelError if the server has no such model."""
        self._look_at(self._server.describe().asr)
        self._transcribe(silence(1.0, HEARING_RATE_HZ), FIRST_ANSWER_S)

    def transcribe(self, speech: Samples, glance: bool = False) -> Transcript:
        if not glance:
            return self._transcribe(speech, self._patience_s + MORE_FOR_LENGTH * seconds(speech, HEARING_RATE_HZ))
        if self._took_s > GLANCE_S:
            return self._nothing()
        try:
            return self._transcribe(speech, GLANCE_S)
        except LateError:
            self._took_s = math.inf
            return self._nothing()

    def _transcribe(self, speech: Samples, within_s: float) -> Transcript:
        began_s = time.monotonic()
        until_s = began_s + within_s
        with self._server.connect() as link:
            language = None if self._language == "auto" else self._language
            names = list(self._names) or None
            link.send(
                Transcribe(name=self._server.address.model or None, language=language, transcript_names=names),
                *_as_events(speech),
                within_s=within_s,
            )
            transcript = self._read(link, until_s)
        self._took_s = time.monotonic() - began_s
        return transcript

    def _read(self, link: WyomingLink, until_s: float) -> Transcript:
        parts: list[str] = []
        while True:
            event = link.receive(until_s)
            text = event.data.get("text", "")
            if not isinstance(text, str):
                raise self._server.fault("sent what cannot be understood")
            if WyomingTranscript.is_type(event.type):
                return Transcript(text.strip(), self._language_of(event.data.get("language")))
            if TranscriptChunk.is_type(event.type):
                parts.append(text)
            elif TranscriptStop.is_type(event.type):
                return Transcript("".join(parts).strip(), self._language_of(None))

    def _language_of(self, told: object) -> str:
        if isinstance(told, str) and told:
            return told[:2].lower()
        return "en" if self._language == "auto" else self._language

    def _nothing(self) -> Transcript:
        return Transcript("", self._language_of(None), 0.0)

    def _look_at(self, programs: list[AsrProgram]) -> None:
        """Learn what it is called and which model it runs. Raises EngineError and ModelError if it is no use."""
        wanted = self._server.address.model
        offered = {model.name: program for program in programs for model in program.models}
        if not programs:
            raise self._server.fault("offers no speech to text")
        if wanted and wanted not in offered:
            raise ModelError(
                f"The {PART} at {self._server.address.server} does not have the model {wanted}.",
                f"It has {', '.join(sorted(offered)[:10]) or 'none'}; name one in hearing.transcriber.",
            )
        self._program = (offered[wanted] if wanted else programs[0]).name
        self._model = (wanted or (next(iter(offered)) if len(offered) == 1 else "")).rpartition("/")[2]


def _as_events(speech: Samples) -> Iterator[AudioStart | AudioChunk | AudioStop]:
    yield AudioStart(HEARING_RATE_HZ, WIDTH_BYTES, 1)
    for at in range(0, len(speech), CHUNK_SAMPLES):
        yield AudioChunk(HEARING_RATE_HZ, WIDTH_BYTES, 1, as_pcm(speech[at : at + CHUNK_SAMPLES]))
    yield AudioStop()


def as_pcm(samples: Samples) -> bytes:
    """16-bit little-endian samples, as every Wyoming server takes them."""
    return np.round(np.clip(samples, -1.0, 1.0) * 32767).astype("<i2").tobytes()
