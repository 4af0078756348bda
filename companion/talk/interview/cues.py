"""What words say about dials: "blunt" is directness, "no jokes" is less humour."""

from __future__ import annotations

import re
from collections.abc import Iterator

_CUES = (
    (
        "directness",
        4,
        r"blunt\w*|straight\w*|direct\w*|honest\w*|frank\w*|candid\w*|to the point|plain\w*|no nonsense|truth\w*"
        r"|clear\w*|outright",
    ),
    (
        "directness",
        -3,
        r"gentl\w*|soft\w*|careful\w*|tact\w*|diplomatic\w*|sugar ?coat\w*|flatter\w*|beat(?:ing)? around the bush",
    ),
    ("directness", 2, r"harsh\w*|criti\w+|rude\w*|judg\w+|preach\w*|bossy|pushy"),
    ("directness", -2, r"l(?:ie|ies|ying)|dishonest\w*|pretend\w*|fake\w*"),
    (
        "warmth",
        2,
        r"warm\w*|kind(?:ly|ness)?|gentl\w*|tender\w*|sweet\w*|caring|lov(?:e|ing|ingly)|affection\w*|soft\w*|friend\w*"
        r"|encourag\w*|patien\w+|hugs?",
    ),
    ("warmth", -4, r"cold\w*|cool\w*|distan\w+|businesslike|matter of fact|professional\w*|sober\w*|clinical\w*"),
    (
        "humour",
        3,
        r"funn\w+|jok\w+|humou?r\w*|laugh\w*|teas\w+|playful\w*|silly|silliness|witt?\w*|sarcas\w+|iron\w+|banter\w*"
        r"|cheek\w*|fun",
    ),
    ("humour", -4, r"serious\w*|earnest\w*|sober\w*|solemn\w*"),
    ("length", -2, r"short\w*|brief\w*|few words|concise\w*|succinct\w*|to the point|not too much|quiet\w*"),
    (
        "length",
        3,
        r"wordy|long\w*|stor(?:y|ies)|detail\w*|talkative|chatt\w+|at length|rambl\w*|droning"
        r"|going on and on|talk\w* too much|monologue\w*|lectur\w+",
    ),
    ("length", 2, r"many words|much"),
    ("formality", 5, r"formal\w*|polite\w*|proper\w*|courte\w+|respectful\w*|manners"),
    (
        "formality",
        -2,
        r"casual\w*|relax\w*|like (?:a |an old |old )?friends?|slang|easy ?going|informal\w*|laid back|swear\w*",
    ),
    ("curiosity", 3, r"ask\w*|question\w*|curio\w+|interested|pry\w*|nos(?:y|ey)|interrogat\w*"),
    ("curiosity", -3, r"mind(?:ing)? your own business|leave me alone|just listen\w*"),
)
"""A dial, how far it is turned by such words, and the words."""

_PATTERNS = tuple((dial, shift, re.compile(rf"\b(?:{words})\b")) for dial, shift, words in _CUES)
_CLAUSE = re.compile(r"[.,;:!?—]| but | just | rather | instead | and (?=not|don't|never|be|with) ")
_NEGATION = re.compile(
    r"\b(?:not|no|never|don't|do not|doesn't|without|less|hates?|can't stand|cannot stand|dislike|stop|isn't|won't"
    r"|nothing|neither|nor|avoid|fewer|anything but)\b"
)
_A_BIT = re.compile(r"\b(?:a bit|a little|sometimes|now and then|once in a while|occasional\w*|slightly)\b")


def hints(text: str, forbidding: bool = False) -> dict[str, int]:
    """By how much the words of `text` turn each dial that they speak of.

    `forbidding`: it says what she should not do.
    """
    moved: dict[str, int] = {}
    for clause in _clauses(text):
        for dial, shift, pattern in _PATTERNS:
            if found := pattern.search(clause):
                against = forbidding or _NEGATION.search(clause[: found.start()])
                share = (-1 if against else 1) * (0.5 if _A_BIT.search(clause) else 1)
                if abs(shift * share) > abs(moved.get(dial, 0)):
                    moved[dial] = round(shift * share)
    return moved


def _clauses(text: str) -> Iterator[str]:
    plain = f" {' '.join(text.casefold().replace('’', chr(39)).split())} "
    return (clause for clause in _CLAUSE.split(plain) if clause.strip())
