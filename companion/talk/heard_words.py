"""Which of the written words a listener has heard, given how many of the spoken ones."""

from __future__ import annotations

import re
from bisect import bisect_right
from difflib import SequenceMatcher

_WORD = re.compile(r"\S+")
_UNIT_WORDS = 2
"""Words that may part a rewritten word from the rest of what it became: "$5 million", "five million dollars"."""


def heard_part(written: str, spoken: str, spoken_words_heard: int) -> tuple[str, str]:
    """`written` in two: what was heard of it, and the rest, cut between two written words.

    `spoken` is the spoken form of `written`; `spoken_words_heard` counts its words, split at white
    space. A written word counts as heard only once all the words that it became were heard. Where
    several written words became several others ("$5 million": "five million dollars") and nothing
    says which became which, they count as heard together. Words that are not spoken at all (an emoji)
    go with the word before them.
    """
    spoken_words = spoken.split()
    if spoken_words_heard <= 0:
        return "", written.strip()
    if spoken_words_heard >= len(spoken_words):
        return written.strip(), ""
    words = list(_WORD.finditer(written))
    needed = spoken_words_needed([word.group() for word in words], spoken_words)
    count = bisect_right(needed, spoken_words_heard)
    cut = words[count].start() if count < len(words) else len(written)
    return written[:cut].strip(), written[cut:].strip()


def spoken_words_needed(written: list[str], spoken: list[str]) -> list[int]:
    """For each written word, how many words of `spoken` have been said when it is complete; never falling."""
    needed = [0] * len(written)
    matcher = SequenceMatcher(None, [_plain(w) for w in written], [_plain(w) for w in spoken], autojunk=False)
    replaced = range(0)
    for what, w_start, w_end, s_start, s_end in matcher.get_opcodes():
        if what == "equal":
            needed[w_start:w_end] = range(s_start + 1, s_end + 1)
            continue
        first = w_start
        if what == "insert":
            near = bool(replaced) and w_start - replaced.stop <= _UNIT_WORDS
            first = replaced.start if near else max(0, w_start - 1)
        elif what == "replace":
            replaced = range(w_start, w_end)
        needed[first:w_end] = [s_end] * (w_end - first)
    return needed


def _plain(word: str) -> str:
    """The word without case and punctuation; a word that is nothing else as it stands."""
    return "".join(filter(str.isalnum, word.casefold())) or word
