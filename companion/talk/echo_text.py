"""Is what was heard over her voice only an echo of her own words? The second line behind echo cancellation."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

from companion.talk.spoken_form import speakable

ECHO_SHARE = 0.7
"""Share of the heard words that must be hers, in her order, close together. Of what a transcriber makes of an echo,
it gets some 80 % right; somebody who answers her takes up half of her words at most."""

LEAST_WORDS = 3
"""Fewer matching words prove nothing, unless they are all there is, and exactly hers, one after the other."""

COMMANDS = frozenset({"stop", "wait", "hold on", "shut up", "be quiet"})
"""Never taken for an echo: to be stopped for nothing is better than not to be stopped."""

_ALIKE = 0.8
_SPARE_WORDS = 3
"""Words of hers that may be missing in what was heard."""


def is_echo(heard: str, said: str) -> bool:
    """True if `heard`, the words heard over her voice, repeats `said`, what she was saying around then.

    `said` should reach from some seconds before the sound to its end, no further: what she says in one reply,
    the user may well take up in the next. No words are no echo.
    """
    heard_words, said_words = _words(heard), _words(said)
    if not heard_words or " ".join(heard_words) in COMMANDS or _ends_in_new_command(heard_words, said_words):
        return False
    if len(heard_words) < LEAST_WORDS:
        return _stands_in(heard_words, said_words)
    matching = _matching(heard_words, said_words)
    return matching >= LEAST_WORDS and matching >= ECHO_SHARE * len(heard_words)


def _words(text: str) -> list[str]:
    return re.findall(r"[\w']+", speakable(text).lower().replace("’", "'"))


def _ends_in_new_command(heard: Sequence[str], said: Sequence[str]) -> bool:
    """Somebody who stops her is heard behind her last words."""
    return any(
        " ".join(heard[-count:]) in COMMANDS and not _stands_in(heard[-count:], said)
        for count in range(1, min(2, len(heard)) + 1)
    )


def _stands_in(few: Sequence[str], many: Sequence[str]) -> bool:
    return any(list(few) == list(many[start : start + len(few)]) for start in range(len(many) - len(few) + 1))


def _matching(heard: Sequence[str], said: Sequence[str]) -> int:
    """Most words of `heard` that stand in one stretch of `said` in the same order."""
    alike = [[_alike(word, other) for other in said] for word in heard]
    stretch = len(heard) + _SPARE_WORDS
    starts = range(max(1, len(said) - stretch + 1))
    return max(_common([row[start : start + stretch] for row in alike]) for start in starts)


def _common(alike: Sequence[Sequence[bool]]) -> int:
    """Length of the longest common subsequence, given which words are alike."""
    best = [0] * (len(alike[0]) + 1)
    for row in alike:
        above, best = best, [0]
        for column, same in enumerate(row):
            best.append(above[column] + 1 if same else max(best[column], above[column + 1]))
    return best[-1]


def _alike(word: str, other: str) -> bool:
    """The same word, or one that a transcriber takes for it; short ones must be the same."""
    if word == other:
        return True
    return min(len(word), len(other)) >= 4 and SequenceMatcher(None, word, other).ratio() >= _ALIKE


class OwnWords:
    """Her last words, which may still come back through the microphone."""

    LAST_WORDS = 24
    FOR_S = 2.0
    """After she has fallen silent."""

    def __init__(self) -> None:
        self._text = ""
        self._until_s = 0.0

    def said(self, text: str, now_s: float) -> None:
        """Up to now she has said `text`."""
        self._text, self._until_s = " ".join(text.split()[-self.LAST_WORDS :]), now_s

    def echo_in(self, heard: str, now_s: float) -> bool:
        """Whether `heard` is only an echo of them."""
        return now_s - self._until_s <= self.FOR_S and is_echo(heard, self._text)
