"""Where every word of a clause ends in Piper's sound, from the lengths of its phonemes."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from companion.core.engines import SpokenWord

if TYPE_CHECKING:
    from piper.voice import PhonemeAlignment

PAUSE_S = 0.1
"""What lies between two words and is shorter belongs to the second: its closed lips, or a glide."""

_MARKS = "ˈˌː"
"""Stress and length: no sounds of their own."""


@dataclass(frozen=True, slots=True)
class Group:
    """Phonemes between two spaces as they were spoken. Times in seconds."""

    phonemes: str
    begin_s: float
    ends_s: tuple[float, ...]
    """Of each of its phonemes."""

    @property
    def end_s(self) -> float:
        return self.ends_s[-1] if self.ends_s else self.begin_s


class Span(NamedTuple):
    """From where to where a word sounds, in seconds."""

    begin_s: float
    end_s: float


def match_words(words: list[str], groups: Sequence[Group]) -> list[Span]:
    """Where each of `words` sounds.

    `words`: the phonemes of each written word spoken alone. espeak may join words ("of the") or split one
    ("e.g."), so both sequences are aligned: the cheapest way to pair runs of words with runs of
    groups, one of the two runs being of length one.
    """
    words = [_bare(word) for word in words]
    count, total = len(words), len(groups)
    if not groups:
        return [Span(0.0, 0.0)] * count
    said = [0, *itertools.accumulate(map(len, words))]
    spoken = [0, *itertools.accumulate(len(_bare(group.phonemes)) for group in groups)]
    infinite = float("inf")
    cost = [[infinite] * (total + 1) for _ in range(count + 1)]
    step: list[list[tuple[int, int]]] = [[(0, 0)] * (total + 1) for _ in range(count + 1)]
    cost[0][0] = 0.0
    runs = [(1, 1), *((n, 1) for n in range(2, 5)), *((1, n) for n in range(2, 7)), (1, 0), (0, 1)]
    for i in range(count + 1):
        for j in range(total + 1):
            for di, dj in runs:
                if di <= i and dj <= j and cost[i - di][j - dj] < infinite:
                    unlike = abs((said[i] - said[i - di]) - (spoken[j] - spoken[j - dj]))
                    price = cost[i - di][j - dj] + unlike + 0.5 * (di + dj - 2 if di and dj else 3)
                    if price < cost[i][j]:
                        cost[i][j], step[i][j] = price, (di, dj)
    spans = [Span(0.0, 0.0)] * count
    i, j = count, total
    while i > 0 or j > 0:
        di, dj = step[i][j]
        if di and dj == 1:
            spans[i - di : i] = _parted(words[i - di : i], groups[j - 1])
        elif di:
            first = groups[j - dj].begin_s if dj else groups[j - 1].end_s if j else 0.0
            spans[i - 1] = Span(first, groups[j - 1].end_s if dj else first)
        i, j = i - di, j - dj
    return spans


def _bare(phonemes: str) -> str:
    """Without what is heard as no sound of its own: marks of stress and length, punctuation, spaces."""
    return "".join(each for each in phonemes if each.isalpha() and each not in _MARKS)


def _parted(words: Sequence[str], group: Group) -> list[Span]:
    """The group cut into `words` where its parts are most like them."""
    if len(words) == 1:
        return [Span(group.begin_s, group.end_s)]
    first, rest = words[0], "".join(words[1:])

    def unlike(cut: int) -> int:
        return _unlike(first, _bare(group.phonemes[:cut])) + _unlike(rest, _bare(group.phonemes[cut:]))

    cut = min(range(len(group.phonemes) + 1), key=unlike)
    cut_s = group.ends_s[cut - 1] if cut else group.begin_s
    behind = Group(group.phonemes[cut:], cut_s, group.ends_s[cut:])
    return [Span(group.begin_s, cut_s), *_parted(words[1:], behind)]


def _unlike(one: str, other: str) -> int:
    """How many phonemes must be added, left out or replaced to make one of the other (Levenshtein)."""
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, start=1):
        before, row[0] = row[0], i
        for j, b in enumerate(other, start=1):
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, before + (a != b))
    return row[-1]


def phoneme_groups(
    sentences: Iterable[tuple[Sequence[PhonemeAlignment] | None, float]], rate_hz: int
) -> list[Group] | None:
    """Phonemes between spaces; None if the voice does not tell.

    `sentences`: the phonemes of each as they were spoken, and how many seconds it lasts.
    """
    groups: list[Group] = []
    offset_s = 0.0
    for alignments, duration_s in sentences:
        if alignments is None:
            return None
        phonemes, at_s, begin_s = "", offset_s, offset_s
        ends_s: list[float] = []
        for part in alignments:
            from_s, at_s = at_s, at_s + part.num_samples / rate_hz
            if part.phoneme == " ":
                if phonemes:
                    groups.append(Group(phonemes, begin_s, tuple(ends_s)))
                phonemes, ends_s = "", []
            elif part.phoneme not in "^$.,;:!?—…":
                begin_s = begin_s if phonemes else from_s
                phonemes += part.phoneme
                ends_s += [at_s] * len(part.phoneme)
        if phonemes:
            groups.append(Group(phonemes, begin_s, tuple(ends_s)))
        offset_s += duration_s
    return groups


def placed(words: list[str], spans: Sequence[Span], duration_s: float) -> tuple[SpokenWord, ...]:
    """`words` where they sound in a clause of `duration_s`, the pauses between them told."""
    found: list[SpokenWord] = []
    before_s = 0.0
    for word, span in zip(words, spans, strict=True):
        end_s = min(span.end_s, duration_s)
        gap_s = span.begin_s - before_s
        found.append(SpokenWord(word, end_s, gap_s if gap_s >= PAUSE_S or not found else 0.0))
        before_s = end_s
    return tuple(found)


def spread(words: list[str], weights: list[int], duration_s: float) -> tuple[SpokenWord, ...]:
    """Word ends in proportion to the number of phonemes, where the voice does not tell them."""
    ends = np.cumsum(weights) / max(1, sum(weights)) * duration_s
    return tuple(SpokenWord(word, float(end)) for word, end in zip(words, ends, strict=True))
