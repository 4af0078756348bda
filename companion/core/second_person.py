"""What someone says of themselves, as it is said to them: "I love my sister" becomes "You love your sister"."""

from __future__ import annotations

import re

_TWO_WORDS = {
    "i am": "you are",
    "i'm": "you are",
    "i was": "you were",
    "i wasn't": "you weren't",
    "i've": "you have",
    "i'd": "you would",
    "i'll": "you will",
    "am i": "are you",
    "we are": "you are",
    "we're": "you are",
    "we've": "you have",
    "we'd": "you would",
    "we'll": "you will",
    "we": "you",
    "us": "you",
    "our": "your",
    "i": "you",
    "me": "you",
    "my": "your",
    "mine": "yours",
    "myself": "yourself",
}
_WORDS = re.compile(
    r"\b(?:i am|i was(?:n't)?|am i|i(?:['’](?:m|ve|d|ll))?|me|my|mine|myself"
    r"|we are|we(?:['’](?:re|ve|d|ll))?|us|our)\b(?!['’])",
    re.IGNORECASE,
)
_LEADING = re.compile(
    r"^(?:(?:well|so|and|but|oh|yes|yeah|no|okay|ok|actually|anyway|hey|by the way|thanks|sorry)\b[\s,.!]*)+",
    re.IGNORECASE,
)


def to_you(sentence: str) -> str:
    """`sentence`, which the user said, as a statement to the user: capital first letter, full stop at its end."""
    plain = _LEADING.sub("", sentence.strip()).strip(" \t\n,;:-–—\"'“”")
    turned = _WORDS.sub(lambda match: _TWO_WORDS[match[0].casefold().replace("’", "'")], plain)
    turned = turned.rstrip(".!")
    return f"{turned[0].upper()}{turned[1:]}." if turned else ""
