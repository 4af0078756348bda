"""The Protocols: what the conversation needs of ears, mouths, models and clocks, and nothing more.

Methods marked "blocking" are called on a worker thread, one call at a time for each engine. All else is called on the
event loop and returns at once. Engines raise CompanionError and its children for what a person can do something about.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from companion.core.audio import Samples


@dataclass(frozen=True, slots=True)
class EngineInfo:
    """What an engine is and where it runs, for `companion doctor` and the start of a conversation."""

    part: str
    """Which Protocol it serves, in plain words: "speech to text", "language model", "voice", ..."""
    name: str
    """The engine: "faster-whisper", "Ollama", "Piper"."""
    model: str
    """The model it runs: "tiny.en", "qwen2.5:3b", "en_US-joe-medium"."""
    where: str = "this computer"
    """"this computer", or the address that words are sent to."""
    language: str = ""
    """Of a voice, two letters: what it speaks; empty where that is not known."""


class Microphone(Protocol):
    """An ear: 20 ms blocks of what is heard, for as long as the source lasts."""

    at_ease: bool
    """Set it while nobody speaks: a device may then hand over several blocks at once, to spare the processor."""

    @property
    def name(self) -> str:
        """The device or file, as a person would name it."""

    @property
    def lockstep(self) -> bool:
        """True if it waits for the listener (a file with --fast), so that thinking takes no audio time."""

    @property
    def exhausted(self) -> bool:
        """True once a file has come to its end; silence follows. A device never is."""

    @property
    def latency_s(self) -> float:
        """How long sound takes from the air to `blocks`, in seconds; 0 for a file."""

    def blocks(self) -> AsyncGenerator[Samples, None]:
        """Blocks of shape (320,), 16 kHz, in order, without gaps, until the source ends.

        Raises DeviceError when the device vanishes; calling `blocks()` again tries to open it anew.
        Closing the generator closes the device.
        """


class Speaker(Protocol):
    """A mouth: plays what it is given, in order, and always knows how much has been heard.

    An utterance is everything between two calls of `begin`. Positions are seconds since its first sample reached the
    listener, silence between late clauses included in none of them: they count played samples only.
    """

    @property
    def name(self) -> str:
        """The device or file, as a person would name it."""

    @property
    def rate_hz(self) -> int:
        """The rate `play` expects."""

    def begin(self) -> None:
        """Start a new utterance at position 0, dropping whatever is left of the last one."""

    def play(self, samples: Samples) -> None:
        """Queue mono samples at `rate_hz` behind what is already queued. Never blocks."""

    def stop(self) -> float:
        """Silence at once (a fade of at most 10 ms). Returns the position in seconds that was heard."""

    def hold(self, position_s: float) -> float:
        """Fall silent at `position_s` of the utterance, or as soon after it as can be, and keep the rest.

        Returns the position at which it falls silent. A later call moves it.
        """

    def release(self) -> None:
        """Go on after `hold`, from the very sample."""

    @property
    def committed_s(self) -> float:
        """The position up to which sound is on its way to the listener and cannot be taken back."""

    def set_gain(self, gain: float) -> None:
        """Scale what is heard by `gain` (1 = as given, 0.2 = ducked), within one block, without a click."""

    @property
    def position_s(self) -> float:
        """Seconds of the present utterance that the listener has heard."""

    @property
    def queued_s(self) -> float:
        """Seconds of the present utterance that are queued and not heard yet."""

    @property
    def level_db(self) -> float:
        """How loud it is that the listener hears now, over some 50 ms, in dB of full scale; -120 is silence."""

    @property
    def underruns(self) -> int:
        """How often the device ran dry of callbacks since it was opened; silence of ours is none."""

    def tick(self, duration_s: float) -> None:
        """Advance by `duration_s` of audio received. Only a file speaker needs it; a device has a clock."""

    async def open(self) -> None:
        """Get ready to play. Raises DeviceError. Opening an open speaker is nothing."""

    async def close(self) -> None:
        """Let go of the device or finish the file. Closing a closed speaker is nothing."""

    @property
    def lost(self) -> bool:
        """True once the device has vanished; `close` and `open` try again."""


class VoiceActivity(Protocol):
    """Says whether a frame holds speech. Keeps state from frame to frame."""

    @property
    def frame_samples(self) -> int:
        """Samples at 16 kHz in each frame."""

    def probability(self, frame: Samples) -> float:
        """Probability in [0, 1] that `frame`, shape (frame_samples,), holds speech. Takes under 1 ms."""

    def reset(self) -> None:
        """Forget what was heard: the next frame does not follow the last."""


class WakeWord(Protocol):
    """Notices one phrase in all that is heard, without understanding anything else. Keeps state from block to block."""

    def info(self) -> EngineInfo: ...

    @property
    def phrase(self) -> str:
        """What has to be said, as a person would write it: "Hey Jarvis"."""

    def heard(self, samples: Samples) -> bool:
        """True once when the phrase ends in `samples`, 16 kHz, any length. Takes under 1 ms for 20 ms of sound."""

    def reset(self) -> None:
        """Forget what was heard: the next samples do not follow the last."""


class TurnDetector(Protocol):
    """Says from the sound alone whether the speaker has finished."""

    def info(self) -> EngineInfo: ...

    def warm_up(self) -> None:
        """Load and run once. Blocking."""

    def completeness(self, turn: Samples) -> float:
        """Probability in [0, 1] that the turn is finished. Blocking.

        `turn`: 16 kHz, the whole turn so far with at least 0.2 s of trailing silence.
        """


@dataclass(frozen=True, slots=True)
class Transcript:
    """What was said, and how sure the transcriber is."""

    text: str
    language: str = "en"
    confidence: float = 1.0
    """Mean probability of a token, in [0, 1]."""
    no_speech: float = 0.0
    """Probability in [0, 1] that nothing was said at all."""
    language_probability: float = 1.0
    """How sure it is of the language, in [0, 1]; 1 where it was told, or knows but one."""


class Transcriber(Protocol):
    """Speech to text."""

    def info(self) -> EngineInfo: ...

    def warm_up(self) -> None:
        """Load and run once, so that the first turn is as fast as the tenth. Blocking."""

    def expect(self, names: tuple[str, ...]) -> None:
        """These names may be said from now on. Returns at once."""

    def transcribe(self, speech: Samples, glance: bool = False) -> Transcript:
        """Transcribe 16 kHz speech of any length. An empty text means that nothing was said. Blocking.

        A `glance` is for speech that goes on, and is wanted soon: where the first attempt is no good, there is
        no second.
        """


Role = Literal["system", "user", "assistant"]


@dataclass(frozen=True, slots=True)
class Message:
    """One part of a prompt."""

    role: Role
    text: str


@dataclass(frozen=True, slots=True)
class PromptTimings:
    """What the language model's server measured of one reply; None where it does not say."""

    cached_tokens: int | None = None
    """Prompt tokens that were in the key-value cache already."""
    read_tokens: int | None = None
    """Prompt tokens that had to be read anew."""
    read_s: float | None = None
    written_tokens: int | None = None
    written_s: float | None = None


@dataclass(frozen=True, slots=True)
class ReplyLimits:
    """Bounds on one reply, so that one that would never end does."""

    max_tokens: int = 220
    first_token_timeout_s: float = 30.0
    between_tokens_timeout_s: float = 15.0
    enough_words: int | None = None
    """After the sentence in which she has said so many, she is done; None: only `max_tokens` ends her."""
    most_temperature: float | None = None

    def temperature(self, own: float) -> float:
        """At which the reply is written: the engine's `own`, but no more than `most_temperature`."""
        return own if self.most_temperature is None else min(own, self.most_temperature)


class AsWritten(str):
    """A piece of a reply that is said as it stands, since no model wrote it: nothing in it is cut or mended."""


class OnceHeard(AsWritten):
    """No words: what follows has effects, and is not to be asked for before the reply has the floor."""


class LanguageModel(Protocol):
    """Writes a reply, piece by piece."""

    def info(self) -> EngineInfo: ...

    @property
    def context_tokens(self) -> int:
        """How many tokens prompt and reply may have together."""

    async def open(self) -> None:
        """Load or reach the model. Raises ModelError or EngineError with the remedy."""

    async def warm_up(self, messages: Sequence[Message]) -> None:
        """Read `messages` into the key-value cache, so that a reply that begins with them starts soon."""

    async def anticipate(self, messages: Sequence[Message], whole: bool = False) -> None:
        """Read `messages`, whose last one is still being said, into the key-value cache.

        `whole`: the last one may well be complete as it is.

        The reply to the finished message then has only its last words left to read. An engine that
        cannot do so does nothing. Raises nothing: what goes wrong shows when a reply is asked for.
        """

    async def finality(self, messages: Sequence[Message]) -> float | None:
        """How likely the last of `messages`, which is being said, ends with its last word: the natural logarithm of the
        odds of an end of the sentence against a comma, as it would be written. Reads `messages` as `anticipate` does.

        None where the engine cannot tell, or not soon. A reply that is asked for meanwhile is begun behind it, never
        before. Raises nothing.
        """

    def reply(self, messages: Sequence[Message], limits: ReplyLimits) -> AsyncGenerator[str, None]:
        """Pieces of text as they are written, never the model's private thinking.

        Closing the generator, or cancelling the task in it, stops the generation itself: the model
        is free for the next reply. Raises EngineError when the server refuses, dies in mid-stream,
        sends what cannot be understood, or passes a timeout of `limits`.
        """

    async def fill(self, messages: Sequence[Message], schema: Mapping[str, Any], limits: ReplyLimits) -> str:
        """JSON that follows the JSON schema `schema`, as far as `limits.max_tokens` allow: an answer to `messages`.

        For idle times: the conversation that was read stays at hand. Cancelling the task stops it. Raises as `reply`
        does.
        """

    @property
    def last_timings(self) -> PromptTimings:
        """What was measured of the last reply that ran to its end."""

    async def close(self) -> None:
        """Let go of the model and everything that serves it."""


@dataclass(frozen=True, slots=True)
class SpokenWord:
    """A word of the spoken text and where its sound ends."""

    text: str
    end_s: float
    """Seconds from the start of the clause's audio."""
    pause_s: float = 0.0
    """Silence before it that belongs to no word: it begins so long after the end of the one before it."""


@dataclass(frozen=True, slots=True)
class Voiced:
    """One clause as sound."""

    samples: Samples
    """At the synthesizer's `rate_hz`."""
    words: tuple[SpokenWord, ...] = field(default=())
    """The words of the text given, split at white space, in order, all of them."""


@dataclass(slots=True, eq=False)
class VoiceStream:
    """One clause whose sound is still being made. Who wraps it hands on the same stream with other `pieces`: until the
    last of them is there, length and words may be estimates, which are corrected as the sound comes."""

    duration_s: float
    words: tuple[SpokenWord, ...]
    pieces: Iterator[Samples]
    """The sound in pieces, `duration_s` in all; each is made when it is asked for. Blocking."""
    close: Callable[[], object] = lambda: None
    """No more pieces are wanted. From any thread, at any time; returns at once."""


def whole_stream(voiced: Voiced, rate_hz: int) -> VoiceStream:
    """A stream of a clause whose sound is there already."""
    return VoiceStream(len(voiced.samples) / rate_hz, voiced.words, iter([voiced.samples]))


@dataclass(frozen=True, slots=True)
class Tone:
    """How a voice speaks."""

    speed: float = 1.0
    """0.5 to 2; 1 is the voice's own."""
    expressiveness: float = 0.5
    """0 to 1: how much tone and rhythm vary; 0.5 is the voice's own."""
    volume: float = 1.0
    """0 to 1."""


class Synthesizer(Protocol):
    """Text to speech."""

    def info(self) -> EngineInfo: ...

    @property
    def rate_hz(self) -> int: ...

    def warm_up(self) -> None:
        """Load and run once. Blocking."""

    def tune(self, tone: Tone) -> None:
        """Speak so from the next clause on. Called on the event loop; returns at once."""

    def voice(self, text: str) -> Voiced:
        """Speak one clause of speakable text (see talk.spoken_form). Blocking."""

    def begin(self, text: str) -> VoiceStream:
        """As `voice`, with the sound still to come. Blocking until its length and words are known."""


class Embedder(Protocol):
    """Tells what texts mean, as directions: the nearer two point, the more alike the meanings."""

    def info(self) -> EngineInfo: ...

    def warm_up(self) -> None:
        """Load and run once, so that the first question is as fast as the tenth. Blocking."""

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """One row of length 1 for each text, shape (len(texts), dimensions). Blocking: some 5 ms for a question."""
