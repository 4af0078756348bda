"""A statement to the user, in the user's own words: "Your sister is Mara." is "My sister is Mara.".

What she remembers is told to the language model within a turn of the user's, where "you" is she.
"""

from __future__ import annotations

import re

_WORDS = {
    "you are": "I am",
    "you're": "I am",
    "you were": "I was",
    "you weren't": "I wasn't",
    "are you": "am I",
    "your": "my",
    "yours": "mine",
    "yourself": "myself",
}
_BEHIND_OBJECT = r"(?=\s*(?:[.,;:!?]|$|(?:and|or|to|that|with|in|on|at|for|about|if|when|because|how|what)\b))"
_ALL = re.compile(
    rf"\b(?:(?P<known>(?i:you are|you're|you were(?:n't)?|are you|yours?|yourself))|(?P<object>you){_BEHIND_OBJECT}"
    r"|[Yy]ou)\b"
)


def from_you(statement: str) -> str:
    """`statement`, in which the user is "you", as the user would say it."""
    said = _ALL.sub(_turned, statement.replace("’", "'"))
    return f"{said[:1].upper()}{said[1:]}"


def _turned(match: re.Match[str]) -> str:
    if known := match["known"]:
        return _WORDS[known.casefold()]
    return "me" if match["object"] else "I"
