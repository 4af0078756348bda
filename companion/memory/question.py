"""What a sentence asks of the memory: its words that matter, whom it is about, and which times it speaks of."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from companion.memory.search import searchable
from companion.memory.times import Span, tells_a_time, times_in

YOU = ""
"""The user of this program, who has no name in the memory."""
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_POSSESSIVE = re.compile(r"['’]s?$")
_CONTRACTION = re.compile(r"['’](?:s|re|ve|ll|d|m|t)$")
STOP_WORDS = frozenset(
    re.findall(
        r"\w+",
        """
        a about above after again all also always am an and any are aren as at be became because been before being
        between both but by can could did didn do does doesn doing don done down during each either else even ever every
        few for from further get gets getting give given go goes going gone got had hadn has hasn have haven having he
        her here hers herself him himself his how however i if in into is isn it its itself just kind let like lot made
        make makes many may maybe me might mine more most much must my myself neither never no nor not now of off often
        oh ok okay on once one only or other our ours out over own perhaps please quite rather really said same say says
        shall she should so some someone something sort still such take taken takes than that the their theirs them
        themselves then there these they thing things think this those though through to told too took type under until
        up upon us used using usually very was wasn way we well went were weren what whatever when where whether which
        while who whom whose why will with without won would wouldn yes yet you your yours yourself
        know known mention mentioned remember remind tell talk talked talking ask asked wonder according
        """,
    )
)
"""Words that a question is made of, whatever it asks."""
_WHEN = re.compile(
    r"^\W*(?:(?:do|can|could|would) you (?:remember|know|recall|tell me) )?"
    r"(?:when\b|how long\b|since when\b|(?:on |in |at )?(?:what|which) (?:day|date|month|year|week|time|season)\b)",
    re.IGNORECASE,
)
_OF_ME = re.compile(r"\b(?:I|me|my|mine|myself|I['’]\w+)\b", re.IGNORECASE)
_OF_HER = re.compile(r"\b(?:you|your|yours|yourself)\b", re.IGNORECASE)
_ADDRESSED = re.compile(
    r"\b(?:(?:do|can|could|would|will|did) you (?:remember|know|recall|tell|remind)|tell me|remind me)\b", re.IGNORECASE
)
"""She is spoken to, not of."""


_AROUND = re.compile(
    r"\b(?P<side>before|after|since|when (?:we|I|you) (?:talked|spoke) (?:about|of))"
    r" (?:the|my|your|his|her|our|their|[A-Z]\w+['’]s) (?P<event>[^\W\d_]+(?: [^\W\d_]+){0,3})"
)
_SIDES = re.compile("before|after|since|when", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Around:
    """A time that is told by what happened then: "before the move", "when we talked about the trip"."""

    side: Literal["before", "after", "then"]
    words: tuple[str, ...]
    """Of what happened, as the index of stems holds them."""


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked."""

    text: str
    """As it was put."""
    bare: str
    """Without the names of those who speak: each of them says many things, and the encoder would liken it to all."""
    words: tuple[str, ...]
    """Those that matter, as the index of stems holds them; each once."""
    about: frozenset[str]
    """Names of speakers that it speaks of, as the memory has them; `YOU` for the user."""
    spans: tuple[Span, ...]
    """The times it speaks of."""
    asks_when: bool
    """It asks for a time."""
    around: tuple[Around, ...] = ()
    """The times it tells by what happened then."""


def understand(text: str, today: date, speakers: Collection[str], her_names: Collection[str]) -> Question:
    """`speakers` are all names of speakers in the memory, `her_names` those of the personas among them."""
    said = {_POSSESSIVE.sub("", word.casefold()) for word in _WORD.findall(text)}
    named = {name for name in speakers if name.strip() and name.split()[0].casefold() in said}
    about = set(named)
    without_asking = _ADDRESSED.sub(" ", text)
    if _OF_ME.search(without_asking):
        about.add(YOU)
    if _OF_HER.search(without_asking):
        about.update(her_names)
    first_names = {part.casefold() for name in named for part in name.split()}
    words = [_CONTRACTION.sub("", word) for word in _WORD.findall(searchable(text))]
    words = [word for word in words if word not in STOP_WORDS and word not in first_names and _says_something(word)]
    asks_when = _WHEN.match(text) is not None
    spans = times_in(text, today)
    bare = _without(first_names, text)
    return Question(text, bare, tuple(dict.fromkeys(words)), frozenset(about), spans, asks_when, tuple(_around(text)))


def _without(names: Collection[str], text: str) -> str:
    """`text` without `names`, given in small letters; as it is if nothing else is in it."""
    bare = _WORD.sub(lambda word: "" if _POSSESSIVE.sub("", word[0].casefold()) in names else word[0], text)
    return " ".join(bare.split()) if _WORD.search(bare) else text


def _around(text: str) -> Iterator[Around]:
    for found in _AROUND.finditer(text):
        words = [word for word in _WORD.findall(searchable(found["event"])) if word not in STOP_WORDS]
        side = _SIDES.search(found["side"])
        if words and side and not tells_a_time(found[0]):
            yield Around(_SIDE[side[0].casefold()], tuple(words))


_SIDE: dict[str, Literal["before", "after", "then"]] = {
    "before": "before",
    "after": "after",
    "since": "after",
    "when": "then",
}


def _says_something(word: str) -> bool:
    return len(word) > 1 or not word.isascii()
