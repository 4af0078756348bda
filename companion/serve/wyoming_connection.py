"""One client of the Wyoming side: what Home Assistant asks of its speech to text, its conversation and its voice."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import AsyncExitStack, aclosing, suppress
from dataclasses import dataclass

import numpy as np
from wyoming.asr import Transcribe, Transcript
from wyoming.audio import AudioChunk, AudioStart, AudioStop
from wyoming.error import Error
from wyoming.event import Event, Eventable, async_write_event
from wyoming.handle import Handled, NotHandled
from wyoming.info import Describe, Info
from wyoming.ping import Ping, Pong
from wyoming.tts import Synthesize, SynthesizeChunk, SynthesizeStart, SynthesizeStop, SynthesizeStopped

from companion.core.audio import Samples
from companion.core.errors import CompanionError
from companion.serve.conversations import Conversations
from companion.serve.her import Asked, Ears, Her, Voice
from companion.serve.line import BusyError, Line
from companion.serve.wyoming_events import NoEventError, number_of, read_event, text_of

log = logging.getLogger(__name__)

QUIET_S = 60.0
"""A client that asks nothing for so long is let go."""
MOST_SPEECH_S = 120
LONGEST_TEXT = 8_000
REPLY_S = 300.0
SEND_S = 30.0
"""A client that takes nothing for so long is let go."""
CHUNK_SAMPLES = 2048
_RATES_HZ = range(8_000, 96_001)
_BUSY = "I am talking with somebody else. Try again soon."


@dataclass(frozen=True, slots=True)
class Offered:
    """All that a client can ask for. Each engine serves one at a time."""

    her: Her
    line: Line
    """Before her mind."""
    ears: Ears
    hearing: Line
    voice: Voice
    voicing: Line
    info: Info
    conversations: Conversations


class _RefusedError(Exception):
    """What was sent is not to be answered; the client is let go."""

    def __init__(self, text: str, code: str) -> None:
        super().__init__(text)
        self.text = text
        self.code = code


class Connection:
    """Serves one client until it hangs up, which stops whatever is done for it."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, peer: str, offered: Offered) -> None:
        self._reader = reader
        self._writer = writer
        self._peer = peer
        self._offered = offered
        self._events: asyncio.Queue[Event] = asyncio.Queue(maxsize=16)
        self._speech: _Speech | None = None
        self._text: _Text | None = None
        self._speaking: asyncio.Task[None] | None = None

    async def serve(self) -> None:
        """Returns when the client is gone, or is let go. Raises nothing that a client can cause."""
        serving = asyncio.create_task(self._serve(), name="serve a Wyoming client")
        reading = asyncio.create_task(self._read(), name="read a Wyoming client")
        try:
            await asyncio.wait({serving, reading}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in (serving, reading):
                task.cancel()
            await asyncio.wait({serving, reading})
            if not serving.cancelled() and (error := serving.exception()):
                log.info("a Wyoming client was let go: %s", type(error).__name__)

    async def _read(self) -> None:
        """Hand on what the client sends, until it hangs up, or sends what is no event."""
        with suppress(NoEventError, OSError):
            while event := await read_event(self._reader):
                await self._events.put(event)

    async def _serve(self) -> None:
        try:
            while event := await self._next():
                await self._answer(event)
        except _RefusedError as refusal:
            await self._send(Error(refusal.text, refusal.code))
        except CompanionError as error:
            await self._send(Error(str(error), "engine-failed"))
        except BusyError:
            await self._send(Error(_BUSY, "busy"))
        finally:
            await self._stop_speaking()

    async def _next(self) -> Event | None:
        try:
            async with asyncio.timeout(QUIET_S):
                return await self._events.get()
        except TimeoutError:
            return None

    async def _answer(self, event: Event) -> None:
        kind = event.type
        if Describe.is_type(kind):
            await self._send(self._offered.info)
        elif Ping.is_type(kind):
            await self._send(Pong(text_of(event)))
        elif Transcript.is_type(kind):
            await self._reply(event)
        elif Transcribe.is_type(kind) or AudioStart.is_type(kind):
            self._speech = _Speech()
        elif AudioChunk.is_type(kind):
            self._hear(event)
        elif AudioStop.is_type(kind):
            await self._transcribe()
        elif Synthesize.is_type(kind):
            if self._speaking is None:  # within a stream it says all of the text again, for others
                await self._say(_bounded(text_of(event)))
        elif SynthesizeStart.is_type(kind):
            await self._begin_to_say()
        elif SynthesizeChunk.is_type(kind) and self._text:
            self._text.take(text_of(event))
        elif SynthesizeStop.is_type(kind) and self._text:
            await self._say_the_rest()

    # --- talk with her

    async def _reply(self, event: Event) -> None:
        text = _bounded(text_of(event).strip())
        if not text:
            await self._send(NotHandled("I heard no words."))
            return
        context = event.data.get("context")
        name = context.get("conversation_id") if isinstance(context, dict) else None
        name = name[:200] if isinstance(name, str) and name else f"from {self._peer}"
        turns = self._offered.conversations.with_line(name, text)
        said = ""
        try:
            answer = self._offered.her.answer(Asked(turns))
            async with self._offered.line.turn(), asyncio.timeout(REPLY_S), aclosing(answer.clauses()) as clauses:
                async for clause in clauses:
                    said = f"{said} {clause}".lstrip()
        except BusyError:
            await self._send(NotHandled(_BUSY))
            return
        except (CompanionError, TimeoutError) as error:
            if not said:
                await self._send(NotHandled(str(error) or "I took too long."))
                return
        self._offered.conversations.said(name, turns, said)
        await self._send(Handled(said, context={"conversation_id": name} if context else None))

    # --- speech to text

    def _hear(self, event: Event) -> None:
        if self._speech is None:
            self._speech = _Speech()
        self._speech.take(event)

    async def _transcribe(self) -> None:
        speech, self._speech = self._speech, None
        words = ""
        if speech and speech.bytes:
            async with self._offered.hearing.turn():
                words = await self._offered.ears.hear(*speech.samples())
        await self._send(Transcript(words))

    # --- her voice

    async def _say(self, text: str) -> None:
        async def whole() -> AsyncIterator[str]:
            yield text

        await self._voice(whole())

    async def _begin_to_say(self) -> None:
        await self._stop_speaking()
        self._text = _Text()
        self._speaking = asyncio.create_task(self._voice(self._text.pieces()), name="speak to a Wyoming client")

    async def _say_the_rest(self) -> None:
        assert self._text and self._speaking
        self._text.end()
        await asyncio.wait({self._speaking})
        self._speaking.result()
        await self._stop_speaking()
        await self._send(SynthesizeStopped())

    async def _stop_speaking(self) -> None:
        speaking, self._speaking, self._text = self._speaking, None, None
        if speaking:
            speaking.cancel()
            await asyncio.wait({speaking})
            if not speaking.cancelled():
                speaking.exception()

    async def _voice(self, pieces: AsyncIterator[str]) -> None:
        voice = self._offered.voice
        form = {"rate": voice.rate_hz, "width": 2, "channels": 1}
        async with AsyncExitStack() as stack:
            await stack.enter_async_context(self._offered.voicing.turn())
            sounds: AsyncGenerator[Samples, None] = await stack.enter_async_context(aclosing(voice.say(pieces)))
            await self._send(AudioStart(**form))
            async for sound in sounds:
                for start in range(0, len(sound), CHUNK_SAMPLES):
                    await self._send(AudioChunk(**form, audio=_pcm(sound[start : start + CHUNK_SAMPLES])))
            await self._send(AudioStop())

    async def _send(self, event: Eventable) -> None:
        async with asyncio.timeout(SEND_S):
            await async_write_event(event.event(), self._writer)


class _Text:
    """A text to be spoken, that comes in pieces."""

    def __init__(self) -> None:
        self._pieces: asyncio.Queue[str | None] = asyncio.Queue()
        self._length = 0

    def take(self, piece: str) -> None:
        """Raises _RefusedError if it becomes too long."""
        if not piece:
            return
        self._length += len(piece)
        if self._length > LONGEST_TEXT:
            raise _too_long()
        self._pieces.put_nowait(piece)

    def end(self) -> None:
        self._pieces.put_nowait(None)

    async def pieces(self) -> AsyncIterator[str]:
        while (piece := await self._pieces.get()) is not None:
            yield piece


class _Speech:
    """What was spoken so far: 16-bit PCM of one rate, as many channels as there are."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []
        self._form: tuple[int, int] | None = None
        self.bytes = 0

    def take(self, event: Event) -> None:
        """Raises _RefusedError if it is in a form that is not taken, or too long."""
        form = (number_of(event, "rate"), number_of(event, "channels"))
        if number_of(event, "width") != 2 or form[0] not in _RATES_HZ or form[1] not in (1, 2):
            raise _RefusedError("Send 16-bit PCM of one or two channels, 8 to 96 kHz.", "audio-format")
        if self._form not in (None, form):
            raise _RefusedError("The form of the sound changes in the middle.", "audio-format")
        self._form = form
        if event.payload:
            self._parts.append(event.payload)
            self.bytes += len(event.payload)
        if self.bytes > MOST_SPEECH_S * form[0] * form[1] * 2:
            raise _RefusedError(f"That is more than {MOST_SPEECH_S} seconds of sound.", "audio-too-long")

    def samples(self) -> tuple[Samples, int]:
        """Mono, and its rate in Hz."""
        assert self._form
        rate_hz, channels = self._form
        sound = b"".join(self._parts)
        whole = np.frombuffer(sound[: len(sound) // (2 * channels) * 2 * channels], dtype="<i2")
        mono = whole.reshape(-1, channels).astype(np.float32).mean(axis=1) / 32768.0
        return mono.astype(np.float32), rate_hz


def _pcm(samples: Samples) -> bytes:
    return (np.clip(samples, -1.0, 1.0) * 32767.0).astype("<i2").tobytes()


def _bounded(text: str) -> str:
    if len(text) > LONGEST_TEXT:
        raise _too_long()
    return text


def _too_long() -> _RefusedError:
    return _RefusedError(f"That is longer than {LONGEST_TEXT} characters.", "text-too-long")
