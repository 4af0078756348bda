"""German numbers, dates, times, amounts and abbreviations as words."""

from __future__ import annotations

import re

from companion.talk.spoken_grammar import (
    ALONE,
    Grammar,
    Money,
    Noun,
    amounts,
    number_words,
    numbers,
    replaced,
    whole_digits,
    worded,
)

_MONTHS = (
    *("Januar", "Februar", "März", "April", "Mai", "Juni"),
    *("Juli", "August", "September", "Oktober", "November", "Dezember"),
)
_SHORT = {"Jan": 0, "Feb": 1, "Mär": 2, "Apr": 3, "Jun": 5, "Jul": 6, "Aug": 7, "Sep": 8, "Sept": 8, "Okt": 9}
_SHORT |= {"Nov": 10, "Dez": 11, "Jänner": 0}
_ABBREVIATED = "|".join(sorted(_SHORT, key=len, reverse=True))
_MONTH = "|".join([*_MONTHS, *sorted(_SHORT, key=len, reverse=True)])

_TAKES_N = (
    "am|vom|zum|dem|den|beim|im|ab|seit|bis|nach|vor|diesem|diesen|jedem|jeden|zur|des|einem|einen|meinem|meinen|seinem"
)
"""Before these an ordinal ends in -ten."""
_TAKES_E = "der|die|das|dieser|diese|dieses|jede|jedes"
_BEFORE = rf"(?P<before>\b(?:{_TAKES_N}|{_TAKES_E})\b,? )?"

_DATE = re.compile(
    rf"(?i:{_BEFORE})(?<![\d.,])(?P<day>\d{{1,2}})\. ?"
    rf"(?:(?P<month>{'|'.join(_MONTHS)})\b|(?P<short>{_ABBREVIATED})\b(?:\.(?=.))?)(?: (?P<year>\d{{4}})(?![\d.,]\d))?"
)
_NUMERIC_DATE = re.compile(
    rf"(?i:{_BEFORE})(?<![\d.,])(?P<day>\d{{1,2}})\. ?(?P<month>\d{{1,2}})\."
    r"(?: ?(?P<year>\d{4}|\d\d(?!\d)))?(?![\d:])"
)
_ISO_DATE = re.compile(rf"(?i:{_BEFORE})(?<![\w-])(?P<year>\d{{4}})-(?P<month>\d\d)-(?P<day>\d\d)(?![\d-])")
_ORDINAL = re.compile(rf"(?i:{_BEFORE})(?<![\d.,])(?P<day>\d{{1,3}})\. (?=[a-zäöü]\w|[A-ZÄÖÜ][a-zäöüß]{{2,}})")
_TIME_RANGE = re.compile(r"(?<=\d) ?- ?(?=\d{1,2}(?:[:.]\d\d)? ?Uhr)|(?<=:\d\d) ?- ?(?=\d{1,2}:\d\d)")
_TIME = re.compile(
    rf"{ALONE}(?P<hour>[01]?\d|2[0-4])(?::(?P<minutes>[0-5]\d)(?: ?Uhr\b)?|(?:\.(?P<dotted>[0-5]\d))? ?Uhr\b)(?![:\d])"
)
_YEAR = re.compile(
    r"(?<=\b)((?:Jahr|Jahre|Jahres|seit|im|bis|von|um|Anfang|Ende|Mitte|Sommer|Winter|Herbst|Frühling|Frühjahr|"
    rf"{'|'.join(_MONTHS)}) )(1[1-9]\d\d)(?![\w.,-]*\d)"
)


def _counted(digits: str, gender: str) -> str:
    number = int(digits)
    if number == 1:
        return "eine" if gender == "f" else "ein"
    words = worded(number, "cardinal", "de")
    return words[:-1] if words.endswith("hunderteins") or words.endswith("tausendeins") else words


def _n(one: str, several: str = "", gender: str = "m") -> Noun:
    return Noun(one, several or one, gender)


GERMAN = Grammar(
    code="de",
    comma="Komma",
    minus="minus",
    upto="bis",
    per="pro",
    decimals_as_number=False,
    units={
        "mm": _n("Millimeter"), "cm": _n("Zentimeter"), "m": _n("Meter"), "km": _n("Kilometer"),
        "m²": _n("Quadratmeter"), "km²": _n("Quadratkilometer"), "m³": _n("Kubikmeter"), "ha": _n("Hektar"),
        "mg": _n("Milligramm"), "g": _n("Gramm"), "kg": _n("Kilogramm"), "t": _n("Tonne", "Tonnen", "f"),
        "ml": _n("Milliliter"), "cl": _n("Zentiliter"), "l": _n("Liter"), "L": _n("Liter"),
        "°C": _n("Grad Celsius"), "°F": _n("Grad Fahrenheit"), "°": _n("Grad"), "%": _n("Prozent"),
        "ms": _n("Millisekunde", "Millisekunden", "f"), "s": _n("Sekunde", "Sekunden", "f"),
        "Sek.": _n("Sekunde", "Sekunden", "f"), "min": _n("Minute", "Minuten", "f"),
        "Min.": _n("Minute", "Minuten", "f"), "h": _n("Stunde", "Stunden", "f"), "Std.": _n("Stunde", "Stunden", "f"),
        "KB": _n("Kilobyte"), "MB": _n("Megabyte"), "GB": _n("Gigabyte"), "TB": _n("Terabyte"),
        "W": _n("Watt"), "kW": _n("Kilowatt"), "kWh": _n("Kilowattstunde", "Kilowattstunden", "f"), "V": _n("Volt"),
        "Hz": _n("Hertz"), "kHz": _n("Kilohertz"), "MHz": _n("Megahertz"), "GHz": _n("Gigahertz"),
        "kcal": _n("Kilokalorie", "Kilokalorien", "f"), "dB": _n("Dezibel"), "PS": _n("PS"),
    },
    per_units={"h": "Stunde", "s": "Sekunde", "min": "Minute", "kg": "Kilogramm", "km": "Kilometer", "l": "Liter"},
    money={
        "€": Money(_n("Euro"), _n("Cent")), "EUR": Money(_n("Euro"), _n("Cent")),
        "$": Money(_n("Dollar"), _n("Cent")), "USD": Money(_n("US-Dollar"), _n("Cent")),
        "£": Money(_n("Pfund"), _n("Penny", "Pence")), "¥": Money(_n("Yen"), _n("Sen")),
        "CHF": Money(_n("Schweizer Franken"), _n("Rappen")), "Fr.": Money(_n("Franken"), _n("Rappen")),
    },
    scales={
        "Tsd.": (_n("Tausend"), " "), "Mio.": (_n("Million", "Millionen", "f"), " "),
        "Mrd.": (_n("Milliarde", "Milliarden", "f"), " "), "Mio": (_n("Million", "Millionen", "f"), " "),
        "Mrd": (_n("Milliarde", "Milliarden", "f"), " "), "Millionen": (_n("Millionen"), " "),
        "Milliarden": (_n("Milliarden"), " "),
    },
    scale_link={"and": ""},
    fractions={
        (1, 2): "ein halb", (1, 3): "ein Drittel", (2, 3): "zwei Drittel", (1, 4): "ein Viertel",
        (3, 4): "drei Viertel", (1, 5): "ein Fünftel", (1, 8): "ein Achtel", (1, 10): "ein Zehntel",
    },
    abbreviations=(
        (r"\bz\. ?B\.", "zum Beispiel"), (r"\bd\. ?h\.", "das heißt"), (r"\bu\. ?a\.", "unter anderem"),
        (r"\bi\. ?d\. ?R\.", "in der Regel"), (r"\bv\. ?a\.", "vor allem"), (r"\bo\. ?ä\.", "oder ähnlich"),
        (r"\bz\. ?T\.", "zum Teil"), (r"\bu\. ?s\. ?w\.|\busw\.", "und so weiter"), (r"\betc\.", "et cetera"),
        (r"\bbzw\.", "beziehungsweise"), (r"\bca\.", "circa"), (r"\bevtl\.", "eventuell"),
        (r"\bggf\.", "gegebenenfalls"),
        (r"\binkl\.", "inklusive"), (r"\bvgl\.", "vergleiche"), (r"\bDr\.(?= [A-ZÄÖÜ])", "Doktor"),
        (r"\bProf\.(?= [A-ZÄÖÜ])", "Professor"), (r"\bHr\.(?= [A-ZÄÖÜ])", "Herr"), (r"\bFr\.(?= [A-ZÄÖÜ])", "Frau"),
        (r"\bSt\.(?= [A-ZÄÖÜ])", "Sankt"), (r"\bNr\. ?(?=\d)|#(?=\d)", "Nummer "), (r"(?<=\w)str\.", "straße"),
        (r"\bStr\.", "Straße"), (r"\bTel\.", "Telefon"),
        (r"\bv\. ?Chr\.", "vor Christus"), (r"\bn\. ?Chr\.", "nach Christus"),
    ),
    signs=(
        (r"&", " und "), (r"(?<=\w) ?= ?(?=\w)", " gleich "), (r"\+", " plus "), (r"%", " Prozent "),
        (r"°", " Grad "), (r"§§?", " Paragraf "), (r"@", " at "), (r"(?<=\w) [×·] ?(?=\w)", " mal "),
        (r"~ ?", "ungefähr "),
    ),
    counted=_counted,
    price=lambda whole, part, name: f"{whole} {part}",
    is_one=lambda number: number == "1",
)  # fmt: skip


_LEADING_DATE = re.compile(rf"^(\s*\d{{1,2}}\.) +(?=(?:{_MONTH})\b)", re.MULTILINE)


def unlike_a_list(text: str) -> str:
    """ "3. Mai" at the start of a line is no item of a list."""
    return _LEADING_DATE.sub(r"\1", text)


def in_german(text: str) -> str:
    """`text` with what is not written in words put into words."""
    text = _ISO_DATE.sub(_date, text)
    text = _DATE.sub(_date, text)
    text = _NUMERIC_DATE.sub(_date, text)
    text = _TIME.sub(_time, _TIME_RANGE.sub(" bis ", text))
    text = amounts(replaced(text, GERMAN.abbreviations), GERMAN)
    text = _ORDINAL.sub(lambda m: f"{m['before'] or ''}{_ordinal(m['day'], m['before'])} ", text)
    text = _YEAR.sub(lambda m: m[1] + worded(int(m[2]), "year", "de"), text)
    return replaced(numbers(text, GERMAN), GERMAN.signs)


def _ordinal(number: str, before: str | None) -> str:
    """ "dritter Mai", "der dritte Mai", "am dritten Mai"."""
    word = worded(int(number), "ordinal", "de")
    before = (before or "").strip(" ,").lower()
    if before in _TAKES_E.split("|"):
        return word
    return word + ("n" if before in _TAKES_N.split("|") else "r")


def _date(found: re.Match[str]) -> str:
    day, month, year = found["day"], found["month"] or found["short"], found["year"]
    index = int(month) - 1 if month.isdigit() else _SHORT.get(month, _MONTHS.index(month) if month in _MONTHS else 0)
    if not (1 <= int(day) <= 31 and 0 <= index < len(_MONTHS)):
        return found.group()
    said = f"{found['before'] or ''}{_ordinal(day, found['before'])} {_MONTHS[index]}"
    if not year:
        return said
    return f"{said} {worded(int(year) if len(year) == 4 else 2000 + int(year), 'year', 'de')}"


def _time(found: re.Match[str]) -> str:
    minutes = (found["minutes"] or found["dotted"] or "00").lstrip("0")
    hour = number_words(whole_digits(str(int(found["hour"]))), GERMAN, "m")
    return f"{hour} Uhr {worded(int(minutes), 'cardinal', 'de')}" if minutes else f"{hour} Uhr"
