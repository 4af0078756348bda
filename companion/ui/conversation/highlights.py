"""Where in a text the words are that were searched for."""

from __future__ import annotations

import re
import unicodedata

Span = tuple[int, int]
"""Start and length, in characters."""

_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
"""Scripts that put no space between words: there, a word can begin and end anywhere."""


def highlights(text: str, words: str) -> list[Span]:
    """Spans of `text` that match `words` as the search does: whatever their case and accents, the last unfinished."""
    patterns = _patterns(words)
    if not patterns:
        return []
    folded, places = _folded(text)
    return sorted(
        (places[found.start()], places[found.end() - 1] + 1 - places[found.start()])
        for pattern in patterns
        for found in pattern.finditer(folded)
    )


def _patterns(words: str) -> list[re.Pattern[str]]:
    typed = [parts for word in words.split() if (parts := re.findall(r"\w+", _folded(word)[0]))]
    patterns = []
    for number, parts in enumerate(typed, start=1):
        begin = "" if _UNSPACED.match(parts[0]) else r"(?<!\w)"
        end = "" if number == len(typed) or _UNSPACED.match(parts[-1]) else r"(?!\w)"
        patterns.append(re.compile(begin + r"\W+".join(map(re.escape, parts)) + end))
    return patterns


def _folded(text: str) -> tuple[str, list[int]]:
    """`text` without case and accents; and for each of its characters, where in `text` it comes from."""
    signs, places = [], []
    for place, sign in enumerate(text):
        for part in unicodedata.normalize("NFKD", sign).casefold():
            if not "\u0300" <= part <= "\u036f":
                signs.append(part)
                places.append(place)
    return "".join(signs), places
