"""Numbers as words: English dates, times, fractions and years; plain numbers in every language num2words knows."""

from __future__ import annotations

import re
from functools import cache

AMOUNT = r"(?:\d{1,3}(?:,\d{3}){1,4}|\d{1,15})(?:\.\d{1,15})?"
"""A number as English writes it: 7, 1,200, 3.5."""

_MONTHS = (
    "January|February|March|April|May|June|July|August|September|October|November|December|Jan|Feb|Mar|Apr|Jun|Jul|Aug"
    "|Sept|Sep|Oct|Nov|Dec"
)
_MONTH_NAMES = _MONTHS.split("|")[:12]
_ORDINAL_END = r"(?:st|nd|rd|th)"

_PHONE = re.compile(
    r"""(?<![\w.,/-])(?:
      (?:\+?\d{1,3}[ .-])?(?:\(\d{2,4}\)[ ]?|\d{3}[ .-])\d{3}[ .-]\d{4}
    | \d{3}-\d{4} | \+\d{1,3}(?:[ -]?\d{2,4}){2,5} | 0\d{1,4}(?:[ -]\d{3,4}){2,3}
    )(?![\w-]|[.,]\d)""",
    re.VERBOSE,
)
_ISO_DATE = re.compile(r"(?<![\w-])(\d{4})-(\d{2})-(\d{2})(?![\d-])")
_SLASH_DATE = re.compile(r"(?<![\w/.])(\d{1,2})([/.])(\d{1,2})\2(\d{4}|(?<=/)\d{2})(?![\w/]|\.\d)")
_DAY_MONTH = re.compile(
    rf"(?P<the>\bthe )?(?<![\w.,:/-])(?P<day>\d{{1,2}}){_ORDINAL_END}?(?: of)? (?P<month>{_MONTHS})\b\.?"
    r"(?:,? (?P<year>\d{4})(?!\d|,\d))?"
)
_MONTH_DAY = re.compile(
    rf"\b(?P<month>{_MONTHS})\.? (?P<day>\d{{1,2}}){_ORDINAL_END}?"
    rf"(?![\w:%/.-]*\d|,\d{{3}})(?:,? (?P<year>\d{{4}})(?!\d))?"
)
_MONTH_SHORT = re.compile(r"\b(Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.?(?= \d)")

_TIME_RANGE = re.compile(
    r"(?<=\d) ?- ?(?=\d{1,2}(?::\d\d)? ?[ap]\.?m\b)|(?<=[ap]m) ?- ?(?=\d)|(?<=:\d\d) ?- ?(?=\d{1,2}:\d\d)",
    re.IGNORECASE,
)
_CLOCK_12 = re.compile(r"(?<![\d:.,])(\d{1,2})(?:[:.]([0-5]\d))? ?([ap])\.? ?m\b(\.)?", re.IGNORECASE)
_CLOCK_24 = re.compile(r"(?<![\d:.,])([01]?\d|2[0-4]):([0-5]\d)(?::([0-5]\d))?(?![\d:])")
_RATIO = re.compile(r"(?<![\d:.,])(\d{1,4}):(\d{1,4})(?![\d:])")

_DECADE = re.compile(
    r"(?<![\w.,])(\d{3}0)'?s\b|(?:(?<!\w)'|\b((?:the|early|mid|late|my|his|her|their|your)[ -])'?)([2-9]0)'?s\b"
)
_ORDINAL = re.compile(rf"(?<![\d.,])(\d{{1,3}}(?:,\d{{3}}){{1,3}}|\d{{1,9}}){_ORDINAL_END}\b", re.IGNORECASE)
_FRACTION = re.compile(r"(?<![\w.,/-])(?:(\d{1,6})[ -])?(\d{1,4})/(\d{1,4})(?![\w/]|[.,]\d)")
_RANGE = re.compile(rf"(?<![\w.,-])({AMOUNT})-({AMOUNT})(?![\w-]|[.,]\d)")
_VERSION = re.compile(r"(?<![\d.])\d{1,4}(?:\.\d{1,4}){2,6}(?![\d.]*\d)")
_IP_ADDRESS = re.compile(r"(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?!\.?\d)")
_YEAR = re.compile(r"(?<![\w.,])(1[1-9]\d\d|20\d\d)(?![\w]|[.,]\d)")
_NUMBER = re.compile(r"(?:(?<![\d,])\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?|(?<![\w.])\.\d+")
_POWER = re.compile(r"\^ ?(-?\w{1,5})")

_LONGEST_READ_DIGITS = 15
_DIGIT_STRING_DIGITS = 10


@cache
def _worded(number: str, kind: str, language: str) -> str:
    from num2words import num2words

    value = float(number) if "." in number and kind == "cardinal" else int(number)
    return str(num2words(value, to=kind, lang=language)).replace(",", "")


def digit_words(digits: str) -> str:
    """Each digit by itself: "007" is "zero zero seven"."""
    return " ".join(_worded(digit, "cardinal", "en") for digit in digits if digit.isdigit())


def number_words(number: str) -> str:
    """A number as English writes it ("1,200.50", "007", ".5"), in words. Very long ones digit by digit."""
    whole, _, decimals = number.replace(",", "").partition(".")
    return " point ".join(filter(None, [_whole_words(whole), digit_words(decimals)]))


def _whole_words(whole: str) -> str:
    coded = len(whole) > 1 and whole.startswith("0")
    unwieldy = len(whole) >= _DIGIT_STRING_DIGITS and not whole.endswith("000")
    if coded or unwieldy or len(whole) > _LONGEST_READ_DIGITS:
        return digit_words(whole)
    return _worded(whole or "0", "cardinal", "en")


def year_words(year: str) -> str:
    return _worded(year, "year", "en")


def ordinal_words(number: str) -> str:
    return _worded(number.replace(",", ""), "ordinal", "en")


def fraction_words(whole: str | None, top: str, bottom: str) -> str:
    """ "1/2" is "one half", "2 3/4" "two and three quarters", "9/10" "nine out of ten", "24/7" "twenty-four seven"."""
    n, d = int(top), int(bottom)
    if not (0 < n < d and (d <= 9 or d in (16, 32))):
        rated = d in (10, 100) and n <= d
        parts = [number_words(top), "out of" if rated else "", number_words(bottom)]
        return " ".join(filter(None, [whole and number_words(whole), *parts]))
    name = {2: "half", 4: "quarter"}.get(d) or ordinal_words(bottom)
    words = f"{number_words(top)} {name if n == 1 else name + 's'}"
    if not whole:
        return words
    return f"{number_words(whole)} and " + (f"a {name}" if n == 1 else words)


def dates_and_times(text: str) -> str:
    """English telephone numbers, dates, decades and times of day in words."""
    text = _PHONE.sub(_phone, text)
    text = _ISO_DATE.sub(lambda m: _date(m[3], m[2], m[1]) or m.group(), text)
    text = _SLASH_DATE.sub(_slash_date, text)
    text = _DAY_MONTH.sub(_day_month, text)
    text = _MONTH_DAY.sub(_month_day, text)
    text = _MONTH_SHORT.sub(lambda m: _full_month(m[1]), text)
    text = _TIME_RANGE.sub(" to ", text)
    text = _CLOCK_12.sub(_clock_12, text)
    text = _CLOCK_24.sub(_clock_24, text)
    text = _DECADE.sub(lambda m: (m[2] or "") + _plural(year_words(m[1] or m[3])), text)
    return _RATIO.sub(lambda m: f"{number_words(m[1])} to {number_words(m[2])}", text)


def plain_numbers(text: str) -> str:
    """What is left of English numbers in words: ordinals, fractions, ranges, years, decimals, codes."""
    text = _ORDINAL.sub(lambda m: ordinal_words(m[1]), text)
    text = _FRACTION.sub(lambda m: fraction_words(m[1], m[2], m[3]), text)
    text = _RANGE.sub(lambda m: f"{_year_or_number(m[1])} to {_year_or_number(m[2])}", text)
    text = _IP_ADDRESS.sub(lambda m: " dot ".join(map(digit_words, m.group().split("."))), text)
    text = _VERSION.sub(lambda m: " point ".join(map(number_words, m.group().split("."))), text)
    text = _YEAR.sub(lambda m: year_words(m[1]), text)
    text = re.sub(r"(?<=[^\W\d_])-(?=\d)", " ", text)
    text = _NUMBER.sub(_spaced_number, text)
    return _POWER.sub(r" to the power of \1", text)


def localised_numbers(text: str, language: str) -> str:
    """Whole numbers and decimals in the words of `language`, if num2words has it; else the text as it is.

    Numbers that belong to a date, a time, an ordinal ("3. Mai") or a code are left to the voice.
    """
    from num2words import CONVERTER_CLASSES

    if language not in CONVERTER_CLASSES:
        return text

    def worded(found: re.Match[str]) -> str:
        number = found.group()
        if language not in _POINT_LANGUAGES:
            number = number.replace(".", "").replace(",", ".")
        try:
            return _worded(number.replace(",", ""), "cardinal", language)
        except Exception:  # converters differ in what they refuse, and in how; digits can always be said
            return found.group()

    pattern = _POINT_NUMBER if language in _POINT_LANGUAGES else _COMMA_NUMBER
    return pattern.sub(worded, text)


_POINT_LANGUAGES = frozenset({"ja", "ko", "th", "he", "te", "kn", "bn", "am", "en_IN", "en_NG"})
_APART = r"(?<![A-Za-z\d:/.,-])"
_NOT_A_PART = r"(?![A-Za-z\d:/-]|[.,]\d|\.\s+\S)"
_COMMA_NUMBER = re.compile(rf"{_APART}(?:\d{{1,3}}(?:\.\d{{3}}){{1,4}}|\d{{1,15}})(?:,\d{{1,6}})?{_NOT_A_PART}")
_POINT_NUMBER = re.compile(rf"{_APART}{AMOUNT}{_NOT_A_PART}")


def _phone(found: re.Match[str]) -> str:
    groups = re.findall(r"\d+", found.group())
    plus = "plus " if found.group().startswith("+") else ""
    return plus + ", ".join(map(digit_words, groups))


def _full_month(name: str) -> str:
    return next(month for month in _MONTH_NAMES if month.startswith(name[:3]))


def _date(day: str, month: str, year: str) -> str | None:
    if not (1 <= int(month) <= 12 and 1 <= int(day) <= 31):
        return None
    return f"{_MONTH_NAMES[int(month) - 1]} {ordinal_words(str(int(day)))}, {year_words(year)}"


def _slash_date(found: re.Match[str]) -> str:
    first, mark, second, year = found.groups()
    year = year if len(year) == 4 else f"20{year}"
    american, european = _date(second, first, year), _date(first, second, year)
    return (european if mark == "." else american or european) or found.group()


def _day_month(found: re.Match[str]) -> str:
    if not 1 <= int(found["day"]) <= 31:
        return found.group()
    year = f", {year_words(found['year'])}" if found["year"] else ""
    return f"the {ordinal_words(str(int(found['day'])))} of {_full_month(found['month'])}{year}"


def _month_day(found: re.Match[str]) -> str:
    if not 1 <= int(found["day"]) <= 31:
        return found.group()
    year = f", {year_words(found['year'])}" if found["year"] else ""
    return f"{_full_month(found['month'])} {ordinal_words(str(int(found['day'])))}{year}"


def _minutes(minutes: str) -> str:
    return f"oh {number_words(minutes[1])}" if minutes.startswith("0") else number_words(minutes)


def _clock_12(found: re.Match[str]) -> str:
    hour, minutes, half, dot = found.groups()
    after = found.string[found.end() : found.end() + 2].strip()
    ends_sentence = dot and (not after or after.isupper())
    words = [number_words(str(int(hour))), _minutes(minutes) if minutes and minutes != "00" else "", f"{half.upper()}M"]
    return " ".join(filter(None, words)) + ("." if ends_sentence else "")


def _clock_24(found: re.Match[str]) -> str:
    hour, minutes, seconds = found.groups()
    if seconds:
        return f"{number_words(str(int(hour)))} {_minutes(minutes)} and {number_words(str(int(seconds)))} seconds"
    if minutes != "00":
        return f"{number_words(str(int(hour)))} {_minutes(minutes)}"
    if int(hour) % 24 == 0:
        return "midnight"
    return number_words(str(int(hour))) + (" o'clock" if int(hour) <= 12 else " hundred")


def _plural(words: str) -> str:
    return words[:-1] + "ies" if words.endswith("y") else words + "s"


def _year_or_number(number: str) -> str:
    return year_words(number) if _YEAR.fullmatch(number) else number_words(number)


def _spaced_number(found: re.Match[str]) -> str:
    """The number in words, with a space where a letter touched it: "MP3" is "MP three"."""
    before = found.string[found.start() - 1 : found.start()]
    after = found.string[found.end() : found.end() + 1]
    return (" " if before.isalnum() else "") + number_words(found.group()) + (" " if after.isalnum() else "")
