"""A clause of a reply: its words, its place, and as much of its sound as is made."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from companion.core.audio import Samples
from companion.core.engines import Synthesizer, VoiceStream
from companion.talk.heard_words import heard_part, spoken_words_needed
from companion.talk.holding_point import PlacedWord

LEAD_BELOW = 0.004
"""What is weaker than this part of a clause's peak (-48 dB) is silence: Piper's own lies at -90 dB, an "h" at -40."""
LEAD_KEPT_S = 0.005

SILENT_CLAUSE = VoiceStream(0.0, (), iter(()))
"""What is shown only, or could not be voiced."""


@dataclass(slots=True, eq=False)
class Clause:
    """A clause that is being voiced, or was."""

    written: str
    spoken: str
    stream: VoiceStream
    sound: list[Samples]
    """As much as is made."""
    whole: bool = False
    """True once all of it is made."""
    start_s: float = 0.0
    """Its place in the reply, once it has one."""

    @property
    def duration_s(self) -> float:
        return self.stream.duration_s

    def words(self) -> list[PlacedWord]:
        """Every spoken word, where it has its place in the reply."""
        ends = [self.start_s + word.end_s for word in self.stream.words]
        spans = zip([self.start_s, *ends], ends, strict=False)
        return [PlacedWord(word.text, *span) for word, span in zip(self.stream.words, spans, strict=True)]

    def written_ends_s(self) -> tuple[float, ...]:
        """For each written word, seconds from the clause's start at which its sound ends; none if it is silent."""
        if not self.stream.words:
            return ()
        ends_s = [0.0, *(word.end_s for word in self.stream.words)]
        return tuple(ends_s[needed] for needed in spoken_words_needed(self.written.split(), self.spoken.split()))

    def split_at(self, position_s: float) -> tuple[str, str]:
        """The written clause in two: what was heard at `position_s` of the reply, and what was not."""
        if position_s >= self.start_s + self.duration_s or not self.stream.words:
            return (self.written, "") if position_s >= self.start_s else ("", self.written)
        heard = sum(word.heard_at(position_s) for word in self.words())
        return heard_part(self.written, self.spoken, heard)


def first_piece(synthesizer: Synthesizer, spoken: str, at_once: bool = False) -> tuple[VoiceStream, list[Samples]]:
    """A clause begun, and the first of its sound. Blocking.

    `at_once`: somebody waits for it, so it begins with its first sound: voices put 35 to 60 ms of silence before it.
    """
    stream = synthesizer.begin(spoken)
    piece = next_piece(stream)
    if piece is None:
        return stream, []
    if at_once:
        lead = _leading_silence(piece, round(LEAD_KEPT_S * synthesizer.rate_hz))
        stream, piece = _begun_later(stream, lead / synthesizer.rate_hz), piece[lead:]
    return stream, [piece]


def _leading_silence(piece: Samples, kept: int) -> int:
    """Samples before its first sound, less `kept`; none if there is no sound in it."""
    loud = np.flatnonzero(np.abs(piece) > LEAD_BELOW * np.abs(piece).max(initial=0.0))
    return max(0, int(loud[0]) - kept) if len(loud) else 0


def _begun_later(stream: VoiceStream, by_s: float) -> VoiceStream:
    words = tuple(replace(word, end_s=max(0.0, word.end_s - by_s)) for word in stream.words)
    return replace(stream, duration_s=stream.duration_s - by_s, words=words)


def next_piece(stream: VoiceStream) -> Samples | None:
    """The next piece of its sound; None behind the last. Blocking."""
    return next(stream.pieces, None)
