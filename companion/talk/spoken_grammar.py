"""What German, French and Spanish share in saying numbers: amounts, prices, measures, ranges and fractions.

What differs stands in a `Grammar`, one for each language (`spoken_german`, `spoken_french`, `spoken_spanish`). All
three write a comma before decimals, and a point or a space between thousands.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property

NUMBER = r"(?:\d{1,3}(?:[. ]\d{3})+(?!\d)|\d{1,15})(?:,\d{1,6})?"
"""A number as these languages write it: 7, 1.200, 1 200, 3,5."""
ALONE = r"(?<![\w.,:/-])"
"""Before a number that is no part of a word, a code, a date or a time."""
ENDS = r"(?![\w]|[.,:/-]\d)"
"""Behind such a number."""

_LONGEST_READ_DIGITS = 15


@dataclass(frozen=True, slots=True)
class Noun:
    """What is counted."""

    one: str
    several: str
    gender: str = "m"
    """m, f or n."""


@dataclass(frozen=True, slots=True)
class Money:
    """A currency, with the names of its hundredth part."""

    whole: Noun
    part: Noun


@dataclass(frozen=True)
class Grammar:
    """How one language says numbers."""

    code: str
    comma: str
    """What is said for the decimal comma."""
    minus: str
    upto: str
    """Between the ends of a range."""
    per: str
    decimals_as_number: bool
    """3,14 is "trois virgule quatorze", and not "drei Komma eins vier"."""
    units: Mapping[str, Noun]
    per_units: Mapping[str, str]
    """Behind a slash: "pro Stunde" has "Stunde" for "h"."""
    money: Mapping[str, Money]
    scales: Mapping[str, tuple[Noun, str]]
    """"Mio.": a noun, and what stands between it and what is counted ("d'", "de ")."""
    scale_link: Mapping[str, str]
    fractions: Mapping[tuple[int, int], str]
    abbreviations: tuple[tuple[str, str], ...]
    """Regular expressions, and what is said instead."""
    signs: tuple[tuple[str, str], ...]
    counted: Callable[[str, str], str]
    """A whole number (digits) in words, before a noun of a gender (m, f, n): "ein", "une", "veintiún"."""
    price: Callable[[str, str, str], str]
    """Whole amount with its name, hundredths in words, and their name, as one."""
    is_one: Callable[[str], bool]
    """Whether the noun behind a number (digits, with a comma perhaps) is in the singular."""

    @cached_property
    def _unit(self) -> str:
        return "|".join(re.escape(unit) for unit in sorted(self.units, key=len, reverse=True))

    @cached_property
    def _scale(self) -> str:
        return "|".join(re.escape(scale) for scale in sorted(self.scales, key=len, reverse=True))

    @cached_property
    def _currency(self) -> str:
        return "|".join(re.escape(sign) for sign in sorted(self.money, key=len, reverse=True))

    @cached_property
    def measure_pattern(self) -> re.Pattern[str]:
        return re.compile(
            rf"(?P<minus>(?<!\w)-)?{ALONE.replace('-', '')}(?:(?P<from>{NUMBER}) ?- ?)?(?P<amount>{NUMBER}) ?"
            rf"(?P<unit>{self._unit})(?:/(?P<per>[a-zA-Z]{{1,3}}))?(?![\w/²³])"
        )

    @cached_property
    def price_pattern(self) -> re.Pattern[str]:
        scale = rf"(?: ?(?P<scale>{self._scale}))?"
        return re.compile(
            rf"{ALONE}(?:(?P<from>{NUMBER}) ?- ?)?(?P<amount>{NUMBER}){scale} ?(?P<sign>{self._currency})(?!\w)"
            rf"|(?P<before>[$€£¥]) ?(?P<after>{NUMBER})(?!\d)"
        )

    @cached_property
    def scale_pattern(self) -> re.Pattern[str]:
        return re.compile(rf"{ALONE}(?P<amount>{NUMBER}) ?(?P<scale>{self._scale})(?!\w)")


@cache
def worded(number: int, kind: str, code: str) -> str:
    """A whole number in words; `kind` is cardinal, ordinal or year."""
    from num2words import num2words

    return str(num2words(number, to=kind, lang=code)).replace(",", "")


def whole_digits(number: str) -> str:
    """The digits before the comma, without what parts thousands."""
    return number.partition(",")[0].replace(".", "").replace(" ", "")


def digit_words(digits: str, code: str) -> str:
    """Each digit by itself."""
    return " ".join(worded(int(digit), "cardinal", code) for digit in digits if digit.isdigit())


def number_words(number: str, grammar: Grammar, gender: str = "") -> str:
    """A number as it is written, in words; before a noun of a `gender`, if one follows."""
    whole, decimals = whole_digits(number), number.partition(",")[2]
    if len(whole) > _LONGEST_READ_DIGITS or (len(whole) > 1 and whole.startswith("0")):
        said = digit_words(whole, grammar.code)
    elif gender and not decimals:
        said = grammar.counted(whole, gender)
    else:
        said = worded(int(whole), "cardinal", grammar.code)
    if not decimals:
        return said
    together = grammar.decimals_as_number and len(decimals) <= 2 and not decimals.startswith("0")
    rest = worded(int(decimals), "cardinal", grammar.code) if together else digit_words(decimals, grammar.code)
    return f"{said} {grammar.comma} {rest}"


def amounts(text: str, grammar: Grammar) -> str:
    """Prices, measures and large numbers with a scale in words. Numbers without a unit are left."""
    text = grammar.price_pattern.sub(lambda m: _price(m, grammar), text)
    text = grammar.measure_pattern.sub(lambda m: _measure(m, grammar), text)
    return grammar.scale_pattern.sub(lambda m: _scaled(m["amount"], m["scale"], grammar), text)


def numbers(text: str, grammar: Grammar) -> str:
    """What is left: telephone numbers, fractions, ranges, numbers alone."""
    code = grammar.code
    text = _PHONE.sub(lambda m: _phone(m.group(), grammar), text)
    text = _FRACTION.sub(lambda m: _fraction(m, grammar), text)
    text = _RANGE.sub(lambda m: f"{number_words(m[1], grammar)} {grammar.upto} {number_words(m[2], grammar)}", text)
    text = _NEGATIVE.sub(f"{grammar.minus} ", text)
    text = _VERSION.sub(lambda m: " ".join(worded(int(part), "cardinal", code) for part in m.group().split(".")), text)
    return _NUMBER.sub(lambda m: _apart(m, number_words(m.group(), grammar)), text)


def replaced(text: str, rules: tuple[tuple[str, str], ...]) -> str:
    """`text` with each of the expressions replaced, in order."""
    for pattern, words in rules:
        text = _compiled(pattern).sub(words, text)
    return text


_PHONE = re.compile(r"(?<![\w.,/-])(?:\+\d{1,3}(?:[ /-]\d{1,5}){2,5}|0\d{1,4}(?:[ /-]\d{2,8}){1,5})(?![\w-]|[.,]\d)")
_FRACTION = re.compile(r"(?<![\w.,/-])(?:(\d{1,4}) )?(\d{1,2})/(\d{1,2})(?![\w/]|[.,]\d)")
_RANGE = re.compile(rf"{ALONE}({NUMBER}) ?- ?({NUMBER})(?![\w-]|[.,]\d)")
_NEGATIVE = re.compile(r"(?<![\w)\]-])-(?=\d)")
_VERSION = re.compile(r"(?<![\w.,])\d{1,4}(?:\.\d{1,2}){2,5}(?![\d.]*\d)")
_NUMBER = re.compile(rf"(?<![\d,]){NUMBER}(?!\d)|\d+")


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def _price(found: re.Match[str], grammar: Grammar) -> str:
    amount, sign = found["amount"] or found["after"], found["sign"] or found["before"]
    money = grammar.money[sign]
    if found["scale"]:
        return f"{_scaled(amount, found['scale'], grammar, linked=True)}{money.whole.several}"
    if found["from"]:
        gender = money.whole.gender
        first, last = number_words(found["from"], grammar, gender), number_words(amount, grammar, gender)
        return f"{first} {grammar.upto} {last} {money.whole.several}"
    whole, hundredths = whole_digits(amount), amount.partition(",")[2]
    if len(hundredths) not in (0, 2):
        return f"{number_words(amount, grammar)} {money.whole.several}"
    part = number_words(str(int(hundredths)), grammar, money.part.gender) if hundredths.strip("0") else ""
    part_name = money.part.one if hundredths == "01" else money.part.several
    if part and not whole.strip("0"):
        return f"{part} {part_name}"
    name = money.whole.one if grammar.is_one(whole) else money.whole.several
    said = f"{number_words(whole, grammar, money.whole.gender)} {name}"
    return grammar.price(said, part, part_name) if part else said


def _measure(found: re.Match[str], grammar: Grammar) -> str:
    noun = grammar.units[found["unit"]]
    amount, first = found["amount"], found["from"]
    words = [grammar.minus if found["minus"] else ""]
    words += [number_words(first, grammar, noun.gender), grammar.upto] if first else []
    words.append(number_words(amount, grammar, noun.gender))
    words.append(noun.one if not first and grammar.is_one(amount) else noun.several)
    per = f" {grammar.per} {grammar.per_units.get(found['per'], found['per'])}" if found["per"] else ""
    return " ".join(filter(None, words)) + per


def _scaled(amount: str, scale: str, grammar: Grammar, linked: bool = False) -> str:
    noun, link = grammar.scales[scale]
    name = noun.one if grammar.is_one(amount) else noun.several
    return f"{number_words(amount, grammar, noun.gender)} {name}" + (link if linked else "")


def _fraction(found: re.Match[str], grammar: Grammar) -> str:
    whole, top, bottom = found.groups()
    said = grammar.fractions.get((int(top), int(bottom)))
    if said is None:
        return found.group() if whole else f"{number_words(top, grammar)} {number_words(bottom, grammar)}"
    return f"{number_words(whole, grammar)} {grammar.scale_link['and']}{said}" if whole else said


def _phone(written: str, grammar: Grammar) -> str:
    groups = [
        worded(int(group), "cardinal", grammar.code)
        if grammar.decimals_as_number and len(group) == 2 and not group.startswith("0")
        else digit_words(group, grammar.code)
        for group in re.findall(r"\d+", written)
    ]
    return ("plus " if written.startswith("+") else "") + ", ".join(groups)


def _apart(found: re.Match[str], words: str) -> str:
    """`words` with a space where a letter touched the number."""
    before = found.string[found.start() - 1 : found.start()]
    after = found.string[found.end() : found.end() + 1]
    return (" " if before.isalnum() else "") + words + (" " if after.isalnum() else "")
