"""Text to speech by a Wyoming server, such as Home Assistant's Piper; heard as the sound arrives."""

from __future__ import annotations

import numpy as np
from wyoming.audio import AudioStop
from wyoming.info import TtsProgram
from wyoming.tts import (
    Synthesize,
    SynthesizeChunk,
    SynthesizeStart,
    SynthesizeStop,
    SynthesizeStopped,
    SynthesizeVoice,
)

from companion.backends.loudness import LEVEL_TEXT, gain_of, limited
from companion.backends.word_ends import Pace
from companion.backends.wyoming_clause import Clause
from companion.backends.wyoming_link import WyomingServer
from companion.core.audio import Samples, silence
from companion.core.engines import EngineInfo, Tone, Voiced, VoiceStream
from companion.core.errors import ModelError
from companion.core.wyoming_address import WyomingAddress

PART = "voice"

RATE_HZ = 22_050
"""Of most Piper voices. A server tells its rate with its first sound only, so what comes is brought to this one."""

FIRST_ANSWER_S = 30.0
"""A server may load its voice only when it is first asked."""


class WyomingSynthesizer:
    """See Synthesizer. Speed and expressiveness are the server's own: the protocol has no words for them."""

    def __init__(self, address: WyomingAddress, tone: Tone, patience_s: float = 3.0) -> None:
        """`patience_s`: how long she waits for the first sound of a clause, and for more of it."""
        self._server = WyomingServer(address, PART, "voice.voice")
        self._tone = tone
        self._patience_s = patience_s
        self._gain = 1.0
        self._pace = Pace()
        self._streams_text = False
        self._program = "Wyoming"
        self._voice = SynthesizeVoice(name=address.model) if address.model else None

    def info(self) -> EngineInfo:
        return EngineInfo(PART, self._program, self._server.address.model, self._server.address.where)

    @property
    def rate_hz(self) -> int:
        return RATE_HZ

    def warm_up(self) -> None:
        """See Synthesizer. Raises ModelError if the server has no such voice."""
        self._look_at(self._server.describe().tts)
        spoken = list(self._asked(LEVEL_TEXT, FIRST_ANSWER_S).stream(lambda piece: piece).pieces)
        self._gain = gain_of(np.concatenate(spoken))

    def tune(self, tone: Tone) -> None:
        self._tone = tone

    def voice(self, text: str) -> Voiced:
        stream = self.begin(text)
        samples = np.concatenate((silence(0, RATE_HZ), *stream.pieces))
        return Voiced(samples, stream.words)

    def begin(self, text: str) -> VoiceStream:
        if not any(map(str.isalnum, text)):
            return VoiceStream(0.0, (), iter(()))
        return self._asked(text, self._patience_s).stream(self._loud)

    def _loud(self, piece: Samples) -> Samples:
        return limited(piece * np.float32(self._gain)) * np.float32(self._tone.volume)

    def _asked(self, text: str, first_within_s: float) -> Clause:
        """`text`, of which the server has begun to send the sound. Raises EngineError."""
        link = self._server.connect()
        try:
            if self._streams_text:
                # The whole text stands between start and stop for servers that do not stream after all.
                start, whole = SynthesizeStart(voice=self._voice), Synthesize(text, voice=self._voice)
                link.send(start, SynthesizeChunk(text), whole, SynthesizeStop())
            else:
                link.send(Synthesize(text, voice=self._voice))
            is_last = SynthesizeStopped.is_type if self._streams_text else AudioStop.is_type
            clause = Clause(link, self._server, text, self._pace, is_last, RATE_HZ, self._patience_s)
            clause.begin(first_within_s)
        except BaseException:
            link.close()
            raise
        return clause

    def _look_at(self, programs: list[TtsProgram]) -> None:
        """Learn what it is called and how it takes text. Raises EngineError and ModelError if it is no use."""
        wanted = self._server.address.model
        voices = {voice.name: program for program in programs for voice in program.voices}
        if not programs:
            raise self._server.fault("offers no voice")
        name, _, speaker = wanted.rpartition("/")
        if wanted in voices or not wanted:
            self._voice = SynthesizeVoice(name=wanted) if wanted else None
        elif name in voices:
            self._voice = SynthesizeVoice(name=name, speaker=speaker)
        else:
            raise ModelError(
                f"The {PART} at {self._server.address.server} is not {wanted}.",
                f"It has {', '.join(list(voices)[:10]) or 'none'}{' and more' if len(voices) > 10 else ''};"
                " name one in voice.voice.",
            )
        program = voices[self._voice.name] if self._voice and self._voice.name else programs[0]
        self._program = program.name
        self._streams_text = program.supports_synthesize_streaming
