"""Whom "he" and "she" mean: a sentence that begins with one of them, told with a name instead."""

from __future__ import annotations

import re
from collections.abc import Sequence

from companion.core.second_person import to_you
from companion.memory.subjects import RELATIONS

_PRONOUN = re.compile(
    r"^(?P<lead>(?:(?:and|but|so|well|yes|no|yeah|oh|because|though)\b,? )*)"
    r"(?P<who>she|he|his|her)(?P<is>['’]s)?\b(?= \w)",
    re.IGNORECASE,
)
_NAME = r"(?<![.!?:] )(?<!^)\b(?!I\b)[A-Z][\w-]+"
_SOMEONE = re.compile(rf"\b(?:(?i:my|your|the|our) (?i:{RELATIONS})\b,?(?: (?P<named>[A-Z][\w-]+))?|(?P<name>{_NAME}))")
_PLACE_BEFORE = re.compile(r"\b(?:in|at|to|from|near|on|of|for|with the|by) (?:the )?$", re.IGNORECASE)
_HE = re.compile(r"\b(?:brother|father|dad|grandfather|grandpa|uncle|nephew|son|husband|boyfriend|fiance|landlord)\b")
_SHE = re.compile(
    r"\b(?:sister|mother|mum|mom|grandmother|grandma|aunt|niece|daughter|wife|girlfriend|fiancee|landlady)\b"
)
_PARTICIPLE = re.compile(r"^ (?:been|got|had|gone|done|\w+ed)\b")


def with_names(sentence: str, before: Sequence[str]) -> str:
    """`sentence`, with the one who was last spoken of instead of "she" at its beginning; as it is if nobody was.

    `before`: what was said just before it, the newest last.
    """
    match = _PRONOUN.match(sentence)
    if match is None or not (someone := _last_spoken_of(before, match["who"].casefold())):
        return sentence
    rest = sentence[match.end() :]
    if match["who"].casefold() in ("his", "her"):
        return f"{someone}'s{rest}"
    if match["is"]:
        return f"{someone} {'has' if _PARTICIPLE.match(rest) else 'is'}{rest}"
    return f"{someone}{rest}"


def _last_spoken_of(before: Sequence[str], pronoun: str) -> str:
    for text in reversed(before):
        for match in reversed(list(_SOMEONE.finditer(text))):
            if match["name"] and _PLACE_BEFORE.search(text[: match.start()]):
                continue
            if (_SHE if pronoun in ("he", "his") else _HE).search(match[0]):
                continue
            return match["named"] or match["name"] or to_you(match[0]).rstrip(".")
    return ""
