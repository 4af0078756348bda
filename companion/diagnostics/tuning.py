"""Finds quicker settings for one part of her, and believes only what is clearly quicker. Knows no engine.

The machine may be busy with other things: so the best that the search finds is measured against the present settings
again, in turns, and is taken only if it wins every round and by enough.
"""

from __future__ import annotations

import statistics
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

Value: TypeAlias = int | float | str
Knobs: TypeAlias = Mapping[str, Value]
"""Settings by their keys, such as {"hearing.threads": 2}."""

LEAST_GAIN = 0.08
"""Less is not told from chance on a machine that does other work."""
SLACK = 0.02
"""By how much more of the words may be wrong than with the present settings."""


@dataclass(frozen=True, slots=True)
class Measured:
    """One measurement: seconds of waiting, and the share of words that were wrong (0 where there are none)."""

    wait_s: float
    errors: float = 0.0


Measure: TypeAlias = Callable[[Knobs], Measured | None]
"""None: it cannot be run with these settings here."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """`knobs` are those to be changed: empty if nothing clearly better was found. `tried` counts what was measured."""

    part: str
    before: Measured
    after: Measured
    knobs: Knobs
    tried: int
    why: str
    """In words."""


def tune(
    part: str, present: Knobs, choices: Mapping[str, Sequence[Value]], measure: Measure, rounds: int = 3
) -> Outcome:
    """Try the `choices` for each knob, one knob after the other, from the `present` values on."""
    first = measure(present)
    if first is None:
        raise ValueError(f"{part} cannot be measured with the present settings")
    search = _Search(measure, first.errors + SLACK, dict(present), first)
    for key, values in choices.items():
        search.along(key, [value for value in values if value != search.best[key]])
    changed = {key: value for key, value in search.best.items() if value != present[key]}
    if not changed:
        return Outcome(part, first, first, {}, search.tried, "nothing else was quicker")
    before, after = _in_turns(measure, present, search.best, rounds)
    gain, won = 1 - _median(after) / _median(before), _rounds_won(before, after)
    old, new = _middle(before), _middle(after)
    if won < rounds:
        why = f"what seemed quicker won {won} of {rounds} rounds when measured again, so it may be chance"
        return Outcome(part, old, new, {}, search.tried, why)
    if gain < LEAST_GAIN:
        why = f"what seemed quicker is so by {gain:.0%}, which is too little to be sure"
        return Outcome(part, old, new, {}, search.tried, why)
    if new.errors > old.errors + SLACK:
        return Outcome(part, old, new, {}, search.tried, f"what is quicker understands less ({new.errors:.0%} wrong)")
    return Outcome(part, old, new, changed, search.tried, f"{gain:.0%} quicker, in {rounds} of {rounds} rounds")


@dataclass
class _Search:
    measure: Measure
    most_errors: float
    best: dict[str, Value]
    best_measured: Measured
    tried: int = 1

    def along(self, key: str, values: Sequence[Value]) -> None:
        """Keep the quickest of `values` for `key` that is as good as before."""
        start = dict(self.best)
        for value in values:
            measured = self.measure({**start, key: value})
            self.tried += 1
            if measured is None or measured.errors > self.most_errors:
                continue
            if measured.wait_s < self.best_measured.wait_s:
                self.best, self.best_measured = {**start, key: value}, measured


def _in_turns(measure: Measure, present: Knobs, best: Knobs, rounds: int) -> tuple[list[Measured], list[Measured]]:
    """Both, one after the other, so that what else the machine does falls on both."""
    before: list[Measured] = []
    after: list[Measured] = []
    for number in range(rounds):
        pairs = [(present, before), (best, after)]
        for knobs, results in pairs if number % 2 == 0 else reversed(pairs):
            measured = measure(knobs)
            if measured is None:
                raise ValueError("what could be measured once cannot be measured again")
            results.append(measured)
    return before, after


def _rounds_won(before: Sequence[Measured], after: Sequence[Measured]) -> int:
    return sum(theirs.wait_s < ours.wait_s for ours, theirs in zip(before, after, strict=True))


def _median(results: Sequence[Measured]) -> float:
    return statistics.median(each.wait_s for each in results)


def _middle(results: Sequence[Measured]) -> Measured:
    return Measured(_median(results), max(each.errors for each in results))
