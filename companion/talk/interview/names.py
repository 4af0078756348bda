"""Names that she may choose, each with what is true of it, and the temper that it suits."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from companion.core.persona import Dials
from companion.talk.interview.meaning import bare


@dataclass(frozen=True, slots=True)
class Name:
    """A name that a voice can say and an ear tells apart from everyday words."""

    name: str
    reason: str
    """What goes after "because"."""
    suits: dict[str, int] = field(default_factory=dict)
    """Dials, as they are in somebody who is called so."""


NAMES = (
    Name("Vera", "it is the Latin word for true", {"directness": 9}),
    Name("Greta", "it sounds like somebody who says what she means", {"directness": 9, "length": 2}),
    Name("Clara", "it means clear, and bright as well", {"directness": 8, "warmth": 8}),
    Name("Hilda", "it means battle, and somebody has to contradict you now and then", {"directness": 10, "humour": 8}),
    Name("Tilly", "nobody called Tilly was ever solemn for long", {"humour": 9, "formality": 1}),
    Name("Faye", "it is an old word for a fairy, and I mean to be a little trouble", {"humour": 9, "curiosity": 7}),
    Name("Dot", "it is as short as a name can be, and it makes me smile", {"humour": 8, "length": 1}),
    Name("Wren", "a wren is a very small bird with a very large voice", {"length": 2, "warmth": 7, "directness": 3}),
    Name(
        "Sylvie", "it comes from the word for forest, and in a forest one needn't talk", {"length": 2, "curiosity": 3}
    ),
    Name("Linnea", "it is a small flower that grows where it is quiet", {"directness": 2, "warmth": 9}),
    Name("Hazel", "it is a tree and a colour, and both are warm", {"warmth": 9, "humour": 6}),
    Name("Alma", "it is the Spanish word for soul", {"warmth": 10, "directness": 4}),
    Name("Mabel", "it comes from the Latin for lovable, and I mean to earn it", {"warmth": 9, "humour": 8}),
    Name("June", "it is the month with the longest evenings", {"warmth": 8, "humour": 6, "length": 4}),
    Name("Iris", "it is a flower, and the part of the eye that opens to see more", {"curiosity": 9, "warmth": 6}),
    Name(
        "Thea", "it is close to the Greek word for a view, and I like to look at things", {"curiosity": 8, "length": 5}
    ),
    Name("Edith", "it is a name that sits up straight", {"formality": 8, "directness": 6}),
    Name("Nora", "it comes from the word for honour", {"directness": 7, "formality": 6}),
    Name("Stella", "it means star, and they come out in the evening", {"warmth": 7, "formality": 4, "curiosity": 6}),
    Name("Ruth", "it is an old word for compassion", {"warmth": 8, "length": 2, "humour": 3}),
)
_LONGEST = 14
_PLAUSIBLE = re.compile(r"[A-ZÀ-Þ][a-zà-ÿ]+(?:[-'’ ][A-ZÀ-Þ][a-zà-ÿ]+)?")
_NO_NAMES = re.compile(
    r"\b(?:assistant|companion|friend|computer|ai|bot|siri|alexa|user|nobody|none|name|she|her|you|yes|no|okay|unknown"
    r"|anonymous|character|persona)\b",
    re.IGNORECASE,
)


def suiting(dials: Dials, taken: Iterable[str]) -> list[Name]:
    """All names, the best for such a temper first, without those that are `taken`."""
    used = {name.casefold() for name in taken}

    def distance(name: Name) -> float:
        off = [abs(getattr(dials, dial) - value) for dial, value in name.suits.items()]
        return float(sum(off) / len(off))

    return sorted((name for name in NAMES if name.name.casefold() not in used), key=distance)


def is_name(text: str, taken: Collection[str]) -> bool:
    """Whether `text` could be hers: one or two capitalized words, no word for a machine, and nobody else's."""
    used = {word for name in taken for word in name.casefold().split()}
    plausible = _PLAUSIBLE.fullmatch(text) and len(text) <= _LONGEST and not _NO_NAMES.search(text)
    return bool(plausible) and used.isdisjoint(text.casefold().replace("-", " ").split())


_ASKED_NAME = re.compile(
    r"\b(?:call yourself|be called|called|named|name (?:should|shall|could|can|will|must) be|name is|name you|call you"
    r"|name to|the name|name of) (?:(?:to|be|like|rather|just|please) )*(?P<name>[a-zà-ÿ]+(?:-[a-zà-ÿ]+)?)"
)
_NOT_ASKED = re.compile(
    r"(?:some|any)thing|it|that|this|else|(?:an)?other|different|not|more|less|an?|the|by|with|from|shorter|longer|and|but"
    r"|please|too|is|was|me|mine|nicer|better|sounds?|does|doesn't"
)
_OTHER_NAME = re.compile(
    r"\b(?:(?:another|different|new|better|nicer|not the|(?:change|don't like|hate|dislike) (?:the|your)) name"
    r"|not (?:so )?(?:sure )?about the name)\b"
)


def name_asked_for(text: str) -> str:
    """The name that somebody wants her to have, as in "I'd call you Luna"; empty if they name none."""
    found = _ASKED_NAME.search(bare(text))
    name = found["name"].capitalize() if found and not _NOT_ASKED.fullmatch(found["name"]) else ""
    return name if is_name(name, ()) else ""


def wants_other_name(text: str) -> bool:
    return bool(_OTHER_NAME.search(bare(text)))
