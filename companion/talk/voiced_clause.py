"""A clause of a reply: its words, its place, and as much of its sound as is made."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from companion.core.audio import Samples
from companion.core.engines import Synthesizer, VoiceStream
from companion.core.joining import Joins, Opening
from companion.talk.clauses import LONGEST_CLAUSE_WORDS
from companion.talk.heard_words import heard_part, spoken_words_needed
from companion.talk.holding_point import PlacedWord

SENTENCE_PAUSE_S = 0.22
CLAUSE_PAUSE_S = 0.06
"""Silence after a clause: Piper adds none of its own. Read aloud, sentences stand 0.2 to 0.3 s apart."""

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
    lead_s: float = 0.0
    """So much silence, with which its stream begins, is left out of its sound."""
    whole: bool = False
    """True once all of it is made."""
    start_s: float = 0.0
    """Its place in the reply, once it has one."""
    pause_s: float = 0.0
    """Silence behind it."""

    @property
    def duration_s(self) -> float:
        return max(0.0, self.stream.duration_s - self.lead_s)

    def words(self) -> list[PlacedWord]:
        """Every spoken word, where it has its place in the reply."""
        ends = [self.start_s + end_s for end_s in self._ends_s()]
        befores = [self.start_s - self.lead_s, *ends]
        return [
            PlacedWord(word.text, min(end_s, max(self.start_s, before_s + word.pause_s)), end_s)
            for word, before_s, end_s in zip(self.stream.words, befores, ends, strict=False)
        ]

    def written_ends_s(self) -> tuple[float, ...]:
        """For each written word, seconds from the clause's start at which its sound ends; none if it is silent."""
        if not self.stream.words:
            return ()
        ends_s = [0.0, *self._ends_s()]
        return tuple(ends_s[needed] for needed in spoken_words_needed(self.written.split(), self.spoken.split()))

    def _ends_s(self) -> list[float]:
        return [max(0.0, word.end_s - self.lead_s) for word in self.stream.words]

    def split_at(self, position_s: float) -> tuple[str, str]:
        """The written clause in two: what was heard at `position_s` of the reply, and what was not."""
        if position_s >= self.start_s + self.duration_s or not self.stream.words:
            return (self.written, "") if position_s >= self.start_s else ("", self.written)
        heard = sum(word.heard_at(position_s) for word in self.words())
        return heard_part(self.written, self.spoken, heard)


class OpenPhrase:
    """What was spoken of a phrase whose rest is still to come; see Opening."""

    def __init__(self) -> None:
        self._said = ""

    def go_on(self, written: str, spoken: str) -> str:
        """Go on with a clause; returns what was spoken before of the phrase that it belongs to.

        Of one that never ends nothing, once it is as long as a clause may be: all of it is planned for each part.
        """
        said = self._said if len(self._said.split()) < LONGEST_CLAUSE_WORDS else ""
        self._said = f"{said} {spoken}".strip() if isinstance(written, Opening) else ""
        return said


def begun_clause(synthesizer: Synthesizer, written: str, spoken: str, at_once: bool = False, said: str = "") -> Clause:
    """A clause with the first of its sound. Blocking.

    `at_once`: somebody waits for it, so it begins with its first sound: voices put 35 to 60 ms of silence before it.
    `said`: what was spoken of the phrase that it goes on with, if it does.
    """
    after = written.after if isinstance(written, Opening) else ""
    if (said or after) and isinstance(synthesizer, Joins):
        stream = synthesizer.begin_part(spoken, said, after)
    else:
        stream = synthesizer.begin(spoken)
    pause_s = 0.0 if after else pause_after(written)
    written = str(written)
    piece = next_piece(stream)
    if piece is None:
        return Clause(written, spoken, stream, [], whole=True, pause_s=pause_s)
    lead = _leading_silence(piece, round(LEAD_KEPT_S * synthesizer.rate_hz)) if at_once and not said else 0
    return Clause(written, spoken, stream, [piece[lead:]], lead / synthesizer.rate_hz, pause_s=pause_s)


def _leading_silence(piece: Samples, kept: int) -> int:
    """Samples before its first sound, less `kept`; none if there is no sound in it."""
    loud = np.flatnonzero(np.abs(piece) > LEAD_BELOW * np.abs(piece).max(initial=0.0))
    return max(0, int(loud[0]) - kept) if len(loud) else 0


def next_piece(stream: VoiceStream) -> Samples | None:
    """The next piece of its sound; None behind the last. Blocking."""
    return next(stream.pieces, None)


def pause_after(written: str) -> float:
    """Seconds of silence behind a clause."""
    return SENTENCE_PAUSE_S if bare_end(written).endswith((".", "!", "?", "…", ":")) else CLAUSE_PAUSE_S


def bare_end(written: str) -> str:
    """`written` without what closes quotations and brackets at its end."""
    return written.rstrip("\"')”’ ")
