"""Whom "he" and "she" mean: a sentence that begins with one of them, told with a name instead."""

from __future__ import annotations

import re

from companion.core.second_person import to_you
from companion.memory.subjects import RELATIONS
from companion.memory.times import ANY_WEEKDAY, MONTHS

_PRONOUN = re.compile(
    r"^(?P<lead>(?:(?:and|but|so|well|yes|no|yeah|oh|because|though)\b,? )*)"
    r"(?P<who>she|he|his|her)(?P<is>['’]s)?\b(?= \w)",
    re.IGNORECASE,
)
_ANY_MONTH = "|".join(MONTHS)
_SOMEONE = re.compile(
    rf"\b(?:(?i:your|my) (?i:{RELATIONS})\b,?(?: (?P<named>[A-Z][\w-]+))?|(?<!^)(?<![.!?:] )(?P<name>[A-Z][\w-]+))"
)
_NOBODY = re.compile(rf"^(?:I|Dr|Mr|Mrs|Ms|Aunt|Uncle|(?i:{ANY_WEEKDAY})s?|(?i:{_ANY_MONTH}))$")
_PLACE_BEFORE = re.compile(r"\b(?:in|at|to|from|near|on|of) (?:the )?$", re.IGNORECASE)
_HE = re.compile(r"\b(?:brother|father|dad|grandfather|grandpa|uncle|nephew|son|husband|boyfriend|landlord)\b")
_SHE = re.compile(r"\b(?:sister|mother|mum|mom|grandmother|grandma|aunt|niece|daughter|wife|girlfriend|landlady)\b")
_PARTICIPLE = re.compile(r"^ (?:been|got|had|gone|done|\w+ed|\w+wn)\b")


def with_name(sentence: str, heard: str) -> str:
    """`sentence`, with the one who is spoken of in `heard`, which went before it, instead of "she" at its beginning.

    As it is where that is not plain: where nobody is named there, or several are.
    """
    match = _PRONOUN.match(sentence)
    if match is None or not (someone := _the_one_in(heard, match["who"].casefold())):
        return sentence
    rest = sentence[match.end() :]
    if match["who"].casefold() in ("his", "her"):
        return f"{someone}'s{rest}"
    if match["is"]:
        return f"{someone} {'has' if _PARTICIPLE.match(rest) else 'is'}{rest}"
    return f"{someone}{rest}"


def _the_one_in(text: str, pronoun: str) -> str:
    others = _SHE if pronoun in ("he", "his") else _HE
    found = {
        match["named"] or match["name"] or to_you(match[0]).rstrip(".")
        for match in _SOMEONE.finditer(text)
        if not _PLACE_BEFORE.search(text[: match.start()])
        and not _NOBODY.match(match[0])
        and not others.search(match[0])
    }
    return found.pop() if len(found) == 1 else ""
