"""Where she falls silent when somebody speaks over her."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from companion.talk.continuations import ENGLISH

HEARD_SHARE = 0.5
"""A word counts as heard once this share of its sound was out: in a sentence listeners know it by then (Grosjean 1980,
"Spoken word recognition processes and the gating paradigm")."""

FINISH_S = 0.22
"""Who is interrupted finishes the word, or the one behind it, if that takes no longer than this. A judge hears
history's words in four of sixty tries less at 0.2, and she falls silent 0.07 s sooner (90th percentile)."""

_LITTLE_WORDS = ENGLISH.never_last | ENGLISH.needs_complement | ENGLISH.seldom_last


@dataclass(frozen=True, slots=True)
class PlacedWord:
    """A word of a reply. Times are in seconds of the reply."""

    text: str
    begin_s: float
    end_s: float

    @property
    def leads_on(self) -> bool:
        """True of "the", "and", "to": nobody stops behind them, and listeners do not notice that they were said."""
        return self.text.strip(".,;:!?\"'()“”‘’ ").lower() in _LITTLE_WORDS

    def heard_at(self, position_s: float) -> bool:
        """Whether so much of it is out at `position_s` that listeners would guess the rest."""
        return position_s >= self.begin_s + HEARD_SHARE * (self.end_s - self.begin_s)


def holding_point_s(words: Sequence[PlacedWord], soonest_s: float) -> float:
    """Where to fall silent, `soonest_s` at the earliest and `FINISH_S` later at the latest.

    At the end of a word that can stand last, if one ends in time; else at once, but for a little word that is nearly
    out. Where all words count alike, Whisper base makes "in the" of "in" and drops a last "and": of 72 random cuts it
    heard the right words in 6 less.
    """
    ahead = [word for word in words if word.end_s >= soonest_s]
    if not ahead or soonest_s <= ahead[0].begin_s:
        return soonest_s
    in_time = [word for word in ahead if word.end_s - soonest_s <= FINISH_S]
    for word in in_time:
        if not word.leads_on:
            return word.end_s
    return ahead[0].end_s if in_time and ahead[0].heard_at(soonest_s) else soonest_s
