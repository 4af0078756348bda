"""A clause of a reply: its words, its place, and as much of its sound as is made."""

from __future__ import annotations

from dataclasses import dataclass

from companion.core.audio import Samples
from companion.core.engines import Synthesizer, VoiceStream
from companion.talk.heard_words import heard_part, spoken_words_needed
from companion.talk.holding_point import PlacedWord

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


def first_piece(synthesizer: Synthesizer, spoken: str) -> tuple[VoiceStream, list[Samples]]:
    """A clause begun, and the first of its sound. Blocking."""
    stream = synthesizer.begin(spoken)
    piece = next_piece(stream)
    return stream, [] if piece is None else [piece]


def next_piece(stream: VoiceStream) -> Samples | None:
    """The next piece of its sound; None behind the last. Blocking."""
    return next(stream.pieces, None)
