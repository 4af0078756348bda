"""Where every word of a clause ends in Piper's sound, from the lengths of its phonemes."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import numpy as np

from companion.core.engines import SpokenWord

if TYPE_CHECKING:
    from piper.voice import PhonemeAlignment


def match_words(words: list[str], groups: list[tuple[str, float]]) -> list[float]:
    """End of each of `words` in seconds.

    `words`: the phonemes of each written word spoken alone. `groups`: the phonemes between spaces as
    they were spoken, each with its end in seconds. espeak may join words ("of the") or split one
    ("e.g."), so both sequences are aligned: the cheapest way to pair runs of words with runs of
    groups, one of the two runs being of length one.
    """
    count, total = len(words), len(groups)
    if not groups:
        return [0.0] * count
    said = [0, *itertools.accumulate(map(len, words))]
    spoken = [0, *itertools.accumulate(len(phonemes) for phonemes, _ in groups)]
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
    ends = [0.0] * count
    i, j = count, total
    while i > 0 or j > 0:
        di, dj = step[i][j]
        start = groups[j - dj - 1][1] if j - dj > 0 else 0.0
        end = groups[j - 1][1] if j > 0 else 0.0
        weights = np.cumsum([len(word) or 1 for word in words[i - di : i]], dtype=float)
        for k in range(di):
            ends[i - di + k] = float(start + (end - start) * weights[k] / weights[-1])
        i, j = i - di, j - dj
    return ends


def phoneme_groups(
    sentences: Iterable[tuple[Sequence[PhonemeAlignment] | None, float]], rate_hz: int
) -> list[tuple[str, float]] | None:
    """Phonemes between spaces with the end of each group in seconds; None if the voice does not tell.

    `sentences`: the phonemes of each as they were spoken, and how many seconds it lasts.
    """
    groups: list[tuple[str, float]] = []
    offset_s = 0.0
    for alignments, duration_s in sentences:
        if alignments is None:
            return None
        phonemes, at_s, end_s = "", offset_s, offset_s
        for part in alignments:
            at_s += part.num_samples / rate_hz
            if part.phoneme == " ":
                if phonemes:
                    groups.append((phonemes, end_s))
                phonemes = ""
            elif part.phoneme not in "^$.,;:!?—…":
                phonemes += part.phoneme
                end_s = at_s
        if phonemes:
            groups.append((phonemes, end_s))
        offset_s += duration_s
    return groups


def spread(words: list[str], weights: list[int], duration_s: float) -> tuple[SpokenWord, ...]:
    """Word ends in proportion to the number of phonemes, where the voice does not tell them."""
    ends = np.cumsum(weights) / max(1, sum(weights)) * duration_s
    return tuple(SpokenWord(word, float(end)) for word, end in zip(words, ends, strict=True))
