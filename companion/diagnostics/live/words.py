"""Comparing what was said with what was heard, word by word."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True, slots=True)
class Difference:
    """What must be done to the words said to get the words heard."""

    lost: int
    added: int
    """Doubled words are among these."""
    replaced: int

    @property
    def total(self) -> int:
        return self.lost + self.added + self.replaced


def plain(text: str) -> list[str]:
    """The words in lower case, without punctuation; what a hyphen joins are two."""
    return re.findall(r"[\w']+", text.lower().replace("’", "'").replace("-", " "))


def difference(said: str, heard: str) -> Difference:
    """The fewest words lost, added and replaced between the two (Levenshtein)."""
    first, second = plain(said), plain(heard)
    cost = np.zeros((len(first) + 1, len(second) + 1), dtype=int)
    cost[:, 0] = np.arange(len(first) + 1)
    cost[0, :] = np.arange(len(second) + 1)
    for i, word in enumerate(first, start=1):
        for j, other in enumerate(second, start=1):
            same = cost[i - 1, j - 1] + (word != other)
            cost[i, j] = min(same, cost[i - 1, j] + 1, cost[i, j - 1] + 1)
    lost = added = replaced = 0
    i, j = len(first), len(second)
    while i or j:
        if i and j and cost[i, j] == cost[i - 1, j - 1] + (first[i - 1] != second[j - 1]):
            i, j = i - 1, j - 1
            replaced += first[i] != second[j]
        elif i and cost[i, j] == cost[i - 1, j] + 1:
            i, lost = i - 1, lost + 1
        else:
            j, added = j - 1, added + 1
    return Difference(lost, added, replaced)
