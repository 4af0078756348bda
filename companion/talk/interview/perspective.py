"""What somebody says of themselves, told by another: "my grandmother" is "their grandmother", or "your grandmother"."""

from __future__ import annotations

import re
from typing import Literal

Person = Literal["they", "you"]

_THEY = {
    "i": "they", "i'm": "they're", "i've": "they've", "i'll": "they'll", "i'd": "they'd", "me": "them", "my": "their",
    "mine": "theirs", "myself": "themselves", "am": "are",
}  # fmt: skip
_YOU = {
    "i": "you", "i'm": "you're", "i've": "you've", "i'll": "you'll", "i'd": "you'd", "me": "you", "my": "your",
    "mine": "yours", "myself": "yourself", "am": "are",
}  # fmt: skip
_WORD = re.compile(r"[A-Za-z]+(?:['’][A-Za-z]+)?")
_WAS = re.compile(r"\b(they|you) was\b", re.IGNORECASE)

_KIN = (
    "grandmother grandfather grandma grandpa gran granny nana mother father mum mom dad sister brother aunt uncle "
    "wife husband daughter son partner friend teacher neighbour neighbor boss cousin dog cat coach"
)
_PERSON = re.compile(
    rf"\bmy ((?:late |old |best |little |big |great |first ){{0,2}}(?:{_KIN.replace(' ', '|')}))\b", re.IGNORECASE
)


def told_of(text: str, person: Person) -> str:
    """`text`, in which somebody speaks of themselves, as it is told of them, or to them."""
    others = _THEY if person == "they" else _YOU

    def turned(found: re.Match[str]) -> str:
        word = found[0]
        other = others.get(word.replace("’", "'").lower())
        if other is None:
            return word
        return other.capitalize() if word[0].isupper() and not word.startswith("I") else other

    return _WAS.sub(lambda found: f"{found[1]} were", _WORD.sub(turned, text))


def person_in(text: str) -> str:
    """The first person of theirs whom somebody mentions, as said to them: "your grandmother"; else empty."""
    found = _PERSON.search(text)
    return f"your {found[1].lower()}" if found else ""
