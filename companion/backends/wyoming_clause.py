"""One clause on its way from a Wyoming server: sound of any format in, pieces of one rate out, as they arrive."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
from wyoming.audio import AudioChunk
from wyoming.event import Event

from companion.backends.word_ends import Extent, Pace, spread_words
from companion.backends.wyoming_link import WyomingLink, WyomingServer
from companion.core.audio import Samples, silence
from companion.core.engines import VoiceStream
from companion.core.errors import EngineError

FIRST_PIECE_S = 0.25
"""So much of a clause has come before any of it is played."""

PIECE_S = 2.0
"""The further pieces are what has come meanwhile, and no longer than this."""

AT_ONCE_S = 0.03
"""A server that has spoken all of a clause sends it in one go, with no longer gaps: then its length is known before
any of it is heard."""

LONGEST_S, LONGEST_LETTER_S = 10.0, 0.5
"""Of a clause, and more for each letter: who speaks longer is not going to end."""


class Clause:
    """Reads one clause from a connection, and hangs up when it is whole, not wanted any more, or a fault."""

    def __init__(
        self,
        link: WyomingLink,
        server: WyomingServer,
        text: str,
        pace: Pace,
        is_last: Callable[[str], bool],
        rate_hz: int,
        patience_s: float,
    ) -> None:
        """`is_last` tells of the type of an event if it ends the clause."""
        self._link = link
        self._server = server
        self._words = text.split()
        self._pace = pace
        self._is_last = is_last
        self._rate_hz = rate_hz
        self._patience_s = patience_s
        self._longest_s = LONGEST_S + LONGEST_LETTER_S * len(text)
        self._sound = _Sound(server, rate_hz)
        self._extent = Extent(rate_hz)
        self._pending: list[Samples] = []
        self._pending_s = 0.0
        self._whole = False

    def begin(self, within_s: float) -> None:
        """Wait for the first of its sound. Raises EngineError; also if there is none at all."""
        until_s = time.monotonic() + within_s
        while not self._whole and self._pending_s < FIRST_PIECE_S:
            self._read(until_s)
        while not self._whole and self._pending_s < self._longest_s and self._link.waiting(AT_ONCE_S):
            self._read(time.monotonic() + self._patience_s)
        if self._whole and not self._extent.length_s:
            raise self._server.fault("has no sound for what it was given to say")

    def stream(self, finish: Callable[[Samples], Samples]) -> VoiceStream:
        """The clause, its pieces as `finish` makes them."""
        stream = VoiceStream(0.0, (), iter(()), self._link.close)
        self._measure(stream)
        stream.pieces = self._pieces(stream, finish)
        return stream

    def _pieces(self, stream: VoiceStream, finish: Callable[[Samples], Samples]) -> Iterator[Samples]:
        try:
            yield finish(self._taken())
            while not self._whole:
                self._read(time.monotonic() + self._patience_s)
                while not self._whole and self._pending_s < PIECE_S and self._link.waiting():
                    self._read(time.monotonic() + self._patience_s)
                self._measure(stream)
                if self._pending:
                    yield finish(self._taken())
        except EngineError:
            if not self._link.closed:
                raise
        finally:
            self._link.close()

    def _read(self, until_s: float) -> None:
        """Take in one event."""
        event = self._link.receive(until_s)
        if AudioChunk.is_type(event.type):
            self._add(self._sound.heard(event))
        if self._is_last(event.type):
            self._finish()
        if self._extent.length_s > self._longest_s:
            raise self._server.fault("does not stop speaking")

    def _finish(self) -> None:
        self._whole = True
        self._add(self._sound.rest())
        self._link.close()

    def _add(self, samples: Samples) -> None:
        if len(samples):
            self._pending.append(samples)
            self._pending_s += len(samples) / self._rate_hz
            self._extent.add(samples)

    def _taken(self) -> Samples:
        taken = np.concatenate((silence(0, self._rate_hz), *self._pending))
        self._pending, self._pending_s = [], 0.0
        return taken

    def _measure(self, stream: VoiceStream) -> None:
        """Tell what is known of length and words by now."""
        begin_s, end_s = self._extent.audible_s
        if self._whole:
            stream.duration_s = self._extent.length_s
            self._pace.learn(self._words, end_s - begin_s)
        else:
            end_s = max(begin_s + self._pace.estimated_s(self._words), self._extent.length_s)
            stream.duration_s = end_s
        stream.words = spread_words(self._words, begin_s, end_s)


class _Sound:
    """Turns the chunks of a clause into float32 mono of one rate."""

    def __init__(self, server: WyomingServer, rate_hz: int) -> None:
        self._server = server
        self._rate_hz = rate_hz
        self._format: tuple[int, int, int] | None = None
        self._odd = b""
        """The first part of a sample of which the rest is in the next chunk."""
        self._resampler: Any = None

    def heard(self, event: Event) -> Samples:
        """Raises EngineError if the chunk is of no known format, or of another one than those before."""
        rate_hz, width, channels = (_whole(event.data.get(name)) for name in ("rate", "width", "channels"))
        told = rate_hz, width, channels
        known = 8000 <= rate_hz <= 192_000 and width in _TYPES and channels in (1, 2)
        if not known or (self._format and told != self._format):
            raise self._server.fault("sent sound of a format that is not known here")
        self._format = told
        data = self._odd + (event.payload or b"")
        whole = len(data) - len(data) % (width * channels)
        data, self._odd = data[:whole], data[whole:]
        samples = np.frombuffer(data, _TYPES[width]).reshape(-1, channels).mean(axis=1, dtype=np.float32)
        return self._at_rate(samples / np.float32(2 ** (8 * width - 1)), last=False)

    def rest(self) -> Samples:
        """What is still kept back."""
        return self._at_rate(silence(0, self._rate_hz), last=True)

    def _at_rate(self, samples: Samples, last: bool) -> Samples:
        if self._format is None or self._format[0] == self._rate_hz:
            return samples
        import soxr

        if self._resampler is None:
            self._resampler = soxr.ResampleStream(self._format[0], self._rate_hz, 1, dtype="float32")
        resampled: Samples = self._resampler.resample_chunk(samples, last=last)
        return resampled


def _whole(value: object) -> int:
    """A whole number that a server has sent; 0 if it is none."""
    return value if isinstance(value, int) else 0


_TYPES = {1: "<i1", 2: "<i2", 4: "<i4"}
"""Samples by their width in bytes; Wyoming's are signed."""
