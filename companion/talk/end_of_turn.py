"""Has the user finished? How long a silence must last before she answers, from all that is known of the turn.

People leave about 200 ms between turns and pause for as long or longer inside them, so silence alone cannot tell.
What the words want (`reading.read`) and how the sound ends (Smart Turn) can; one table weighs them. Where it leaves
doubt, the user's own pace decides (`Pace`). Pure: evidence in, seconds and the reason out.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum

from companion.talk.reading import COULD_GO_ON, Reading, read


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known of the turn at a silence. Ask anew whenever any of it changes."""

    completeness: float | None = None
    """The turn detector's probability that the turn is finished; None if not known yet, or without a detector."""
    text: str | None = None
    """Draft transcript of the turn so far; None if not known yet."""
    finality: float | None = None
    """See LanguageModel.finality, of `text`; None if it is not known."""
    language: str = "en"
    """Of `text`: two letters."""
    pace_pause_s: float = 0.75
    """`Pace.pause_s`."""
    only_calls: bool = False
    """`text` is nothing but a call ("Hey Samantha"), behind which people often pause."""
    answer_is_read: bool = False
    """Nobody would hear the answer: it stands on the screen at once, and cannot be held back while the user goes on."""


@dataclass(frozen=True, slots=True)
class PatienceRules:
    """The bounds of her patience."""

    clear_wait_s: float = 0.24
    """Silence after a clear end; people leave 0.2 s."""
    likely_wait_s: float = 0.41
    """Silence where most speaks for an end; a comma's pause, as voice activity hears it, seldom lasts longer. As it
    hears 32 ms at a time, she answers after 0.416 s; at 0.42 it was 0.448."""
    unclear_wait_s: float = 0.5
    """Shortest silence where little is known; as long as this user's pauses need (`Pace`)."""
    read_wait_s: float = 1.0
    """Shortest silence before an answer that is read. It saves a reader little to have it sooner; a pause to think
    is over by then."""
    max_wait_s: float = 2.5
    """Silence where the user clearly goes on. No other wait is longer."""
    slow_pace_s: float = 0.8
    """A user whose `Pace` is this slow is given an unclear end's wait even where words and sound may be finished.

    A voice that paused for 0.6 to 0.9 s in every other turn was cut off in 7 of 68 instead of 11 at 1.0, and waited
    1.04 s instead of 0.36 after the turns without a pause (tests.bench.end_of_turn, tiny.en, Piper). Whoever does
    not pause for so long is answered as soon as ever."""
    complete_probability: float = 0.5
    """Completeness from which the sound says that the turn is finished: Smart Turn's own limit. At 0.7 as many pauses
    were cut off, and every fifth whole turn was waited for longer (tests.bench.end_of_turn, tiny.en, Piper)."""
    going_on_probability: float = 0.1
    """Completeness below which the sound says that the turn goes on; between the two it says nothing."""
    complete_log_odds: float = 2.0
    """Finality from which a plain sentence is complete. Of 82 pauses behind such sentences 0 (SmolLM2-135M) and 4
    (Qwen2.5-1.5B) were at or above it, of 270 ends 12 and 42 % (50 and 82 % of the live benchmark's); Smart Turn told
    these pauses from these ends no better than chance (tests.bench.end_of_turn, tiny.en)."""
    loose_log_odds: float = 0.5
    """Finality below which it may well go on: 59 and 66 % of those pauses, 16 and 8 % of those ends. A question then
    counts as a plain sentence: 10 and 9 of 17 pauses behind questions were below it, of 95 ends none."""


@dataclass(frozen=True, slots=True)
class Patience:
    """She answers once the present silence has lasted `wait_s`, counted from the end of speech."""

    wait_s: float
    why: str


class _Sound(Enum):
    FINISHED = "the sound is finished"
    UNSURE = "the sound may be either"
    UNKNOWN = "the sound is not judged"
    GOES_ON = "the sound goes on"


class _Wait(Enum):
    CLEAR = "a clear end"
    LIKELY = "likely the end"
    UNCLEAR = "unclear"
    DOUBTFUL = "likely not the end"
    LONGEST = "no end"


_SHORT = (_Wait.CLEAR, _Wait.LIKELY)
_NEED_NO_MORE = (Reading.WHOLE, Reading.COMPLETE)

_TABLE: dict[Reading, dict[_Sound, _Wait]] = {
    words: dict(zip(_Sound, waits, strict=True))
    for words, waits in {
        # the sound:        is finished      may be either    is not judged    goes on
        Reading.WHOLE: (_Wait.CLEAR, _Wait.LIKELY, _Wait.LIKELY, _Wait.UNCLEAR),
        Reading.QUESTION: (_Wait.CLEAR, _Wait.CLEAR, _Wait.LIKELY, _Wait.UNCLEAR),
        Reading.COMPLETE: (_Wait.CLEAR, _Wait.CLEAR, _Wait.CLEAR, _Wait.CLEAR),
        Reading.LOOSE: (_Wait.UNCLEAR, _Wait.UNCLEAR, _Wait.UNCLEAR, _Wait.DOUBTFUL),
        # Smart Turn's "goes on" tells pauses behind plain sentences from ends no better than chance (AUC 0.50 of 366).
        Reading.PLAIN: (_Wait.LIKELY, _Wait.UNCLEAR, _Wait.UNCLEAR, _Wait.UNCLEAR),
        Reading.UNKNOWN: (_Wait.UNCLEAR, _Wait.UNCLEAR, _Wait.UNCLEAR, _Wait.DOUBTFUL),
        Reading.LEANING: (_Wait.UNCLEAR, _Wait.DOUBTFUL, _Wait.DOUBTFUL, _Wait.LONGEST),
        Reading.OPEN: (_Wait.DOUBTFUL, _Wait.LONGEST, _Wait.LONGEST, _Wait.LONGEST),
    }.items()
}

_NOT_COMPLETE = {
    Reading.QUESTION: (Reading.QUESTION, Reading.PLAIN),
    Reading.PLAIN: (Reading.PLAIN, Reading.LOOSE),
    Reading.UNMARKED: (Reading.LOOSE, Reading.LEANING),
}
"""What the words are to be taken for where the language model is undecided, and where they may well go on to it."""

PACE_MARGIN = 1.25
"""A pause may be this much longer than the user's usual long one."""

DOUBTFUL_FACTOR = 1.25
"""How much longer than an unclear end a doubtful one is waited for."""


def patience(evidence: Evidence, rules: PatienceRules) -> Patience:
    """How long the present silence must last until she answers, and why."""
    words = _reading(evidence, rules)
    sound = _sound(evidence.completeness, rules)
    wait = _TABLE[words][sound]
    why = f"{words.value}, {sound.value}"
    if wait in _SHORT and words not in _NEED_NO_MORE and evidence.pace_pause_s >= rules.slow_pace_s:
        wait = _Wait.UNCLEAR
        why += ", the user pauses much"
    wait_s = _seconds(wait, evidence, rules)
    if evidence.answer_is_read:
        wait_s = min(max(wait_s, rules.read_wait_s), rules.max_wait_s)
        why += ", the answer is read"
    return Patience(wait_s, f"{wait.value}: {why}")


def sound_matters(evidence: Evidence, rules: PatienceRules) -> bool:
    """Whether any verdict of the turn detector would change `patience`: where none does, it need not be asked."""
    verdicts = (None, 0.0, rules.going_on_probability, rules.complete_probability)
    return len({patience(replace(evidence, completeness=verdict), rules).wait_s for verdict in verdicts}) > 1


def _reading(evidence: Evidence, rules: PatienceRules) -> Reading:
    reading = Reading.OPEN if evidence.only_calls else read(evidence.text, evidence.language)
    if evidence.finality is None or reading not in COULD_GO_ON:
        return Reading.LEANING if reading is Reading.UNMARKED else reading
    if evidence.finality >= rules.complete_log_odds:
        return Reading.PLAIN if reading is Reading.UNMARKED else Reading.COMPLETE
    undecided, may_well_go_on = _NOT_COMPLETE[reading]
    return undecided if evidence.finality >= rules.loose_log_odds else may_well_go_on


def _sound(completeness: float | None, rules: PatienceRules) -> _Sound:
    if completeness is None:
        return _Sound.UNKNOWN
    if completeness >= rules.complete_probability:
        return _Sound.FINISHED
    return _Sound.UNSURE if completeness >= rules.going_on_probability else _Sound.GOES_ON


def _seconds(wait: _Wait, evidence: Evidence, rules: PatienceRules) -> float:
    unclear_s = max(rules.unclear_wait_s, evidence.pace_pause_s * PACE_MARGIN)
    wait_s = {
        _Wait.CLEAR: rules.clear_wait_s,
        _Wait.LIKELY: rules.likely_wait_s,
        _Wait.UNCLEAR: unclear_s,
        _Wait.DOUBTFUL: unclear_s * DOUBTFUL_FACTOR,
        _Wait.LONGEST: rules.max_wait_s,
    }[wait]
    return min(wait_s, rules.max_wait_s)


class Pace:
    """How long the user pauses inside a turn: a level that few of their pauses exceed.

    An asymmetric moving average (an expectile): a longer pause than expected moves it up at once, a turn without one
    lets it sink slowly. Between runs `pause_s` is all there is to keep.
    """

    PRIOR_S = 0.75
    """Of a user not yet known: the middle of the 0.6 to 0.9 s that a pause must be able to last unanswered."""
    BOUNDS_S = (0.3, 1.6)
    RISE = 0.6
    """Share of the way to a longer pause that the level goes at once."""
    SINK = 0.03
    """Share of the way to a turn's longest pause, if shorter, that it goes when the turn is over."""
    SINK_AT_FIRST = 0.3
    """The same after the first turn; after the nth, one nth of it: the first turns tell more than the prior does."""

    SAME_TURN_S = 1.0
    """Speech so soon after the end of a turn is no answer to hers, which has hardly begun: the end was a pause."""

    def __init__(self, pause_s: float = PRIOR_S) -> None:
        """`pause_s`: what an earlier conversation learned."""
        self._pause_s = self._bounded(pause_s)
        self._longest_s = 0.0
        self._turns = 0
        self._ended_s = float("-inf")

    @property
    def pause_s(self) -> float:
        """Seconds; within `BOUNDS_S`."""
        return self._pause_s

    def went_on(self, pause_s: float) -> None:
        """The user paused for `pause_s` and went on with the same turn."""
        self._longest_s = max(self._longest_s, pause_s)
        if pause_s > self._pause_s:
            self._pause_s = self._bounded(self._pause_s + self.RISE * (pause_s - self._pause_s))

    def finished(self, onset_s: float, end_s: float) -> None:
        """A turn from `onset_s` to `end_s` is over; what it goes on with may have been answered by mistake."""
        if onset_s - self._ended_s <= self.SAME_TURN_S:
            self.went_on(onset_s - self._ended_s)
        self._ended_s = end_s
        self._turns += 1
        if self._longest_s < self._pause_s:
            share = max(self.SINK, self.SINK_AT_FIRST / self._turns)
            self._pause_s = self._bounded(self._pause_s + share * (self._longest_s - self._pause_s))
        self._longest_s = 0.0

    @classmethod
    def _bounded(cls, pause_s: float) -> float:
        shortest_s, longest_s = cls.BOUNDS_S
        return min(max(pause_s, shortest_s), longest_s)
