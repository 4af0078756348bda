"""Whose life is spoken of: the user's own words, given back to them.

A small model that is asked "What was my wife called?" finds the user's "My wife Margit", and says "My wife is Margit."
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from companion.core.engines import Message, ReplyLimits
from companion.core.second_person import to_you
from companion.talk.recall_notes import MEMORY_LEAD, NOTHING_NOTE, UNSURE_NOTE, stems, words_of

SOBER_TEMPERATURE = 0.2
"""For what must be right."""

_ADDRESSED = re.compile(
    r"\b(?:(?:do|can|could|would|will|did) you (?:still )?(?:remember|know|recall|tell|remind)|tell me|remind me"
    r"|(?:did i|have i) (?:ever )?(?:tell|told|mention(?:ed)?)(?: to)? you)\b",
    re.IGNORECASE,
)
_OF_ME = re.compile(r"\b(?:I|me|my|mine|myself|I['’]\w+)\b")
_OF_YOU = re.compile(r"\b(?:you|your|yours|yourself|we|our|us)\b", re.IGNORECASE)
_ASKS = re.compile(
    r"^(?:(?:and|so|well|but|now|okay|hey),? )*(?:what|who|when|where|which|why|how|whose|whom"
    r"|do|did|does|am|was|have|has|is|are|were|can|remember)\b",
    re.IGNORECASE,
)
_OF_HERSELF = re.compile(r"(?:I|I['’](?:m|ve|d|ll)|My|Mine)\b")
_DENIES = re.compile(
    r"\b(?:know|remember|recall|sure|idea|told|tell|think|guess|sorry|wish|hope|love)\b", re.IGNORECASE
)

_SHARES = re.compile(
    r"\b(?:too|also|either|neither|same|likewise|as well|both|fine|good|well|okay|ok|great|glad|happy|here|ready)\b",
    re.IGNORECASE,
)
"""She speaks of herself after all, or answers a courtesy with one."""


def asks_about_oneself(words: str) -> bool:
    """Whether `words` ask for something of the user's own life, and not of hers or of both."""
    without_asking = _ADDRESSED.sub(" ", words)
    if _OF_YOU.search(without_asking) or not _OF_ME.search(words):
        return False
    return words.rstrip().endswith("?") or bool(_ASKS.match(words))


def asks_what_was_told(messages: Sequence[Message]) -> bool:
    """Whether the last of `messages` asks for something that is known, or should be: no matter for invention."""
    last = messages[-1].text
    words = words_of(last)
    if asks_about_oneself(words) or last != last.removesuffix(NOTHING_NOTE).removesuffix(UNSURE_NOTE):
        return True
    return MEMORY_LEAD in last and (words.rstrip().endswith("?") or bool(_ASKS.match(words)))


def given_back(clause: str, asked: str, told: Iterable[str]) -> str:
    """`clause`, said to the user if it only gives back what they told of themselves, as if it were hers.

    `asked`: their question, or what they just told; `told`: all that they said, and what is remembered of it.
    """
    if not _OF_HERSELF.match(clause) or _OF_YOU.search(clause) or _DENIES.search(clause):
        return clause
    said, known, wanted = stems(clause), {stem for text in told for stem in stems(text)}, stems(asked)
    new = _unlike(said, wanted)
    if asks_about_oneself(asked):
        if not new or _unlike(new, known):
            return clause
    elif not said or new or not _tells_of_oneself(asked) or _SHARES.search(clause):
        return clause
    end = clause[len(clause.rstrip(".!,;:—")) :]
    return to_you(clause).rstrip(".") + end


def _tells_of_oneself(words: str) -> bool:
    """Whether `words` tell of the user alone: what they say of her too, or ask, she may well answer in their words."""
    return _OF_ME.search(words) is not None and not _OF_YOU.search(words) and "?" not in words


def _unlike(stems: set[str], others: set[str]) -> set[str]:
    """Those of `stems` that are the beginning of none of `others`, nor begin with one."""
    return {stem for stem in stems if not any(stem.startswith(other) or other.startswith(stem) for other in others)}


def sober_limits(messages: Sequence[Message], limits: ReplyLimits) -> ReplyLimits:
    """`limits` for a reply to `messages`. What was told is given back as it was: at a temperature of talk small models
    mistake it."""
    sober = bool(messages) and asks_what_was_told(messages)
    return replace(limits, most_temperature=SOBER_TEMPERATURE) if sober else limits
