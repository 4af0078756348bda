"""Sounds that are written down, as words that the voice can say: it would spell "Mm-hm" letter by letter."""

from __future__ import annotations

import re

_SOUNDS = [
    (re.compile(r"\b([Mm])m*[- ]?hm+\b"), {"M": "Um-hum", "m": "um-hum"}),
    (re.compile(r"\b([HhMm])m+\b"), {"H": "Hmm", "M": "Hmm", "h": "hmm", "m": "hmm"}),
    (re.compile(r"\b([Ss])hh+\b"), {"S": "Shush", "s": "shush"}),
    (re.compile(r"\b([Aa])+ww+\b"), {"A": "Aw", "a": "aw"}),
    (re.compile(r"\b([Uu])+hh+\b"), {"U": "Uh", "u": "uh"}),
    (re.compile(r"\b([Bb])rr+\b"), {"B": "Burr", "b": "burr"}),
    (re.compile(r"\b([Pp])ff+t?\b"), {"P": "Puh", "p": "puh"}),
]


def sounds(text: str) -> str:
    """`text`, its units of measure put in words already, with the sounds that no English reader spells as words."""
    for pattern, words in _SOUNDS:
        text = pattern.sub(lambda found, words=words: words[found[1]], text)  # type: ignore[misc]
    return text
