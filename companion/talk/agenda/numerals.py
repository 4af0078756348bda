"""Numbers as people say them, and as a transcriber writes them."""

from __future__ import annotations

_SMALL = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_VALUES = {word: value for value, word in enumerate(_SMALL)} | {
    word: 10 * (2 + place) for place, word in enumerate(_TENS)
}
_ANY_SMALL = "|".join(sorted(_SMALL[1:], key=len, reverse=True))
_ANY_TEN = "|".join(_TENS)
NUMBER = rf"(?:\d{{1,3}}|(?:a|one) hundred(?: and (?:(?:{_ANY_TEN})(?: (?:{_ANY_SMALL}))?|{_ANY_SMALL}))?" + (
    rf"|(?:{_ANY_TEN})(?: (?:{_ANY_SMALL}))?|{_ANY_SMALL})"
)
"""A pattern for a number up to 999 in digits, up to 199 in words; hyphens are to be spaces."""


def value_of(number: str) -> int:
    """What `number`, which NUMBER matches, amounts to."""
    if number.isdecimal():
        return int(number)
    words = [word for word in number.split() if word not in ("a", "and")]
    hundreds = 100 if "hundred" in words else 0
    if hundreds:
        words = words[words.index("hundred") + 1 :]
    return hundreds + sum(_VALUES[word] for word in words)


def in_words(value: int) -> str:
    """0 to 99 in words."""
    if value < len(_SMALL):
        return _SMALL[value]
    ten, one = divmod(value, 10)
    return _TENS[ten - 2] + (f"-{_SMALL[one]}" if one else "")
