"""The words of a sentence that say something, so that two sentences can be compared."""

from __future__ import annotations

import re
import unicodedata

from companion.memory.question import STOP_WORDS
from companion.memory.times import COUNTS

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_CONTRACTION = re.compile(r"['’](?:s|re|ve|ll|d|m|t)?$")
_ENDINGS = (("ingly", "edly", "ings", "ing", "ied", "ies", "ed", "es", "ly", "s"), ("e", "y"))
_SHORTEST_STEM = 3
_IRREGULAR = {
    **{"bought": "buy", "brought": "bring", "caught": "catch", "met": "meet", "ran": "run", "sang": "sing"},
    **{"flew": "fly", "began": "begin", "begun": "begin", "wrote": "write", "written": "write", "drove": "drive"},
    **{"broke": "break", "broken": "break", "lost": "lose", "left": "leave", "sold": "sell", "slept": "sleep"},
    **{"taught": "teach", "won": "win", "grew": "grow", "grown": "grow", "ate": "eat", "eaten": "eat", "fell": "fall"},
    **{"swam": "swim", "chose": "choose", "children": "child", "wives": "wife", "married": "marry", "studied": "study"},
    **{"mum": "mother", "mom": "mother", "dad": "father", "favourite": "favorite", "paid": "pay", "built": "build"},
}


def content_words(text: str) -> frozenset[str]:
    """Each word of `text` that says something, as a rough stem; numbers up to twelve as digits."""
    return frozenset(
        stem(word) for word in plain_words(text) if word not in STOP_WORDS and (len(word) > 1 or not word.isalpha())
    )


def plain_words(text: str) -> list[str]:
    """The words of `text` in their order, without case and contractions."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return [_CONTRACTION.sub("", word) for word in _WORD.findall(folded)]


def stem(word: str) -> str:
    """`word`, given without case, with its usual English endings taken off: rougher than Porter, enough to compare."""
    if word in COUNTS and word not in ("a", "an"):
        return str(COUNTS[word])
    word = _IRREGULAR.get(word, word)
    for endings in _ENDINGS:
        fitting = (end for end in endings if word.endswith(end) and len(word) - len(end) >= _SHORTEST_STEM)
        word = word.removesuffix(next(fitting, ""))
    if len(word) > _SHORTEST_STEM and word[-1] == word[-2] and word[-1] not in "aeiou":
        word = word[:-1]
    return word


def names_in(text: str) -> frozenset[str]:
    """Words of `text` with a capital first letter that do not begin a sentence, and those with digits; without case."""
    found = set[str]()
    begins = True
    for match in re.finditer(r"[^\W_]+(?:['’][^\W_]+)*|[.!?:]", unicodedata.normalize("NFKC", text)):
        word = match[0]
        if word in ".!?:":
            begins = True
            continue
        bare = _CONTRACTION.sub("", word)
        if any(map(str.isdigit, bare)) or (not begins and bare[0].isupper() and bare != "I"):
            found.add(bare.casefold())
        begins = False
    return frozenset(found)
