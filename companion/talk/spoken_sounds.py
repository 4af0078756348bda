"""Sounds that are written down, as words that the voice can say: it would spell "Mm-hm" letter by letter."""

from __future__ import annotations

import re
from collections.abc import Callable

_SOUNDS = [
    (re.compile(r"\b[Mm]m*[- ]?hm+\b"), "um-hum"),
    (re.compile(r"\b[HhMm]m+\b"), "hmm"),
    (re.compile(r"\b[Ss]hh+\b"), "shush"),
    (re.compile(r"\b[Aa]+ww+\b"), "aw"),
    (re.compile(r"\b[Uu]+hh+\b"), "uh"),
    (re.compile(r"\b[Bb]rr+\b"), "burr"),
    (re.compile(r"\b[Pp]ff+t?\b"), "puh"),
]


def sounds(text: str) -> str:
    """`text`, its units of measure put in words already, with the sounds that no English reader spells as words."""
    for written, spoken in _SOUNDS:
        text = written.sub(_in_its_case(spoken), text)
    return text


def _in_its_case(spoken: str) -> Callable[[re.Match[str]], str]:
    return lambda written: spoken.capitalize() if written[0][0].isupper() else spoken
