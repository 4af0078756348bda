"""Hearing and voice elsewhere, for which this computer stands in while they are away.

The local engine is made when it is first needed, unless it is to be kept ready: who moves hearing or voice to another
computer mostly does so for want of memory here.
"""

from __future__ import annotations

import itertools
import logging
import threading
from collections.abc import Callable, Iterator
from typing import Generic, Protocol, TypeVar

from companion.backends.standing import Standing
from companion.backends.voice_at_rate import at_rate
from companion.core.audio import Samples
from companion.core.engines import (
    EngineInfo,
    SpokenWord,
    Synthesizer,
    Tone,
    Transcriber,
    Transcript,
    Voiced,
    VoiceStream,
)
from companion.core.errors import CompanionError, EngineError

log = logging.getLogger(__name__)

Notice = Callable[[str, str], None]
"""Is told in a sentence that an engine is away, or back, and what can be done about it. Called on any thread, after
`info` says what holds from now on; returns at once."""


class Engine(Protocol):
    """What every engine has that may be elsewhere."""

    def info(self) -> EngineInfo: ...

    def warm_up(self) -> None: ...


E = TypeVar("E", bound=Engine)
T = TypeVar("T")


class _Fallback(Generic[E]):
    """Asks the engine elsewhere, or the local one while that is away, and looks for it again after a while."""

    does = "works"
    """What a person says that the engine does."""

    def __init__(
        self,
        remote: E,
        make_local: Callable[[], E],
        notice: Notice,
        keep_ready: bool = False,
        standing: Standing | None = None,
    ) -> None:
        """`make_local` may raise ModelError. `keep_ready`: the local engine is loaded by `warm_up`, not at need."""
        self._remote = remote
        self._make_local = make_local
        self._notice = notice
        self._keep_ready = keep_ready
        self._standing = standing or Standing()
        self._local: E | None = None

    def info(self) -> EngineInfo:
        """That of the engine which is asked at present."""
        return self._remote.info() if self._standing.there or self._local is None else self._local.info()

    def warm_up(self) -> None:
        """See Transcriber and Synthesizer. The local engine is warmed where it is needed, or to be kept ready."""
        self._ask(lambda engine: engine.warm_up())
        if self._keep_ready and self._standing.there:
            try:
                self._here().warm_up()
            except CompanionError as error:
                log.info("No engine stands in on this computer: %s", error.message)

    def _ask(self, call: Callable[[E], T]) -> T:
        """What `call` makes of the engine elsewhere; of the local one if that fails or is away. Blocking."""
        if self._standing.look():
            threading.Thread(target=self._look_for_it, name="look for an engine", daemon=True).start()
        if not self._standing.there:
            return call(self._here())
        try:
            result = call(self._remote)
        except Exception as error:  # a vendor's own failure is one like any other
            return call(self._stand_in(error))
        self._standing.answered()
        return result

    def _here(self) -> E:
        """The local engine. Raises ModelError with the remedy."""
        if self._local is None:
            self._local = self._made()
        return self._local

    def _made(self) -> E:
        return self._make_local()

    def _stand_in(self, error: Exception) -> E:
        """The local engine, because the other one has failed. Raises what is wrong with both, if there is none."""
        told = self._told(error)
        self._standing.failed()
        try:
            here = self._here()
        except CompanionError as missing:
            self._standing.found()  # nothing is gained by waiting
            raise EngineError(told.message, f"{told.hint} This computer cannot stand in: {missing}") from error
        self._say_that_it_is_away(told)
        return here

    def _say_that_it_is_away(self, error: CompanionError) -> None:
        self._notice(f"{error.message} Until it is back she {self.does} with this computer.", error.hint)

    def _told(self, error: Exception) -> CompanionError:
        if isinstance(error, CompanionError):
            return error
        log.debug("an engine elsewhere failed", exc_info=error)
        info = self._remote.info()
        return EngineError(
            f"The {info.part} at {info.where} failed ({type(error).__name__}).", "`companion doctor` tests it."
        )

    def _look_for_it(self) -> None:
        try:
            self._remote.warm_up()
        except Exception as error:
            log.info("The %s elsewhere is still away (%s).", self._remote.info().part, type(error).__name__)
            self._standing.failed()
            return
        self._standing.found()
        info = self._remote.info()
        self._notice(f"The {info.part} at {info.where} is back: she {self.does} with it again.", "")


class FallbackTranscriber(_Fallback[Transcriber]):
    """See Transcriber. What could not be transcribed elsewhere is transcribed here."""

    does = "hears"
    _names: tuple[str, ...] | None = None

    def expect(self, names: tuple[str, ...]) -> None:
        self._names = names
        for engine in filter(None, (self._remote, self._local)):
            engine.expect(names)

    def transcribe(self, speech: Samples, glance: bool = False) -> Transcript:
        return self._ask(lambda engine: engine.transcribe(speech, glance))

    def _made(self) -> Transcriber:
        local = self._make_local()
        if self._names is not None:
            local.expect(self._names)
        return local


class FallbackSynthesizer(_Fallback[Synthesizer]):
    """See Synthesizer. A clause that cannot be voiced elsewhere is voiced here, at the same rate.

    Where the sound of a clause breaks off in its middle, what was heard stays, and the rest is said here, from the
    word that was cut in two.
    """

    does = "speaks"
    _tone: Tone | None = None

    @property
    def rate_hz(self) -> int:
        return self._remote.rate_hz

    def tune(self, tone: Tone) -> None:
        self._tone = tone
        for engine in filter(None, (self._remote, self._local)):
            engine.tune(tone)

    def voice(self, text: str) -> Voiced:
        return self._ask(lambda engine: engine.voice(text))

    def begin(self, text: str) -> VoiceStream:
        return self._ask(lambda engine: self._begun(engine, text))

    def _begun(self, engine: Synthesizer, text: str) -> VoiceStream:
        """A stream whose first piece is there: as long as nothing was heard, the other engine can take over."""
        stream = engine.begin(text)
        first = list(itertools.islice(stream.pieces, 1))
        pieces = self._watched(stream, stream.pieces, sum(map(len, first))) if engine is self._remote else stream.pieces
        stream.pieces = itertools.chain(first, pieces)
        return stream

    def _watched(self, stream: VoiceStream, pieces: Iterator[Samples], samples: int) -> Iterator[Samples]:
        """The further `pieces` after `samples`; where they break off, this computer says the rest of the words."""
        try:
            for piece in pieces:
                samples += len(piece)
                yield piece
        except Exception as error:
            yield from self._rest(self._stand_in(error), stream, samples / self.rate_hz)

    def _rest(self, here: Synthesizer, stream: VoiceStream, at_s: float) -> Iterator[Samples]:
        said = [word for word in stream.words if word.end_s <= at_s]
        rest = here.begin(" ".join(word.text for word in stream.words[len(said) :]))
        stream.words = (*said, *(SpokenWord(word.text, at_s + word.end_s, word.pause_s) for word in rest.words))
        stream.duration_s = at_s + rest.duration_s
        return rest.pieces

    def _made(self) -> Synthesizer:
        local = at_rate(self._make_local(), self.rate_hz)
        if self._tone is not None:
            local.tune(self._tone)
        return local
