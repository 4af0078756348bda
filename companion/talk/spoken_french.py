"""French numbers, dates, times, amounts and abbreviations as words."""

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
    worded,
)

_MONTHS = (
    *("janvier", "février", "mars", "avril", "mai", "juin"),
    *("juillet", "août", "septembre", "octobre", "novembre", "décembre"),
)
_SHORT = {"janv": 0, "févr": 1, "fév": 1, "avr": 3, "juil": 6, "sept": 8, "oct": 9, "nov": 10, "déc": 11}
_MONTH = "|".join([*_MONTHS, *_SHORT])

_DATE = re.compile(
    rf"(?<![\w.,:/-])(?P<day>\d{{1,2}})(?:er)? (?P<month>{_MONTH})\b\.?(?: (?P<year>\d{{4}})(?![\d.,]\d))?",
    re.IGNORECASE,
)
_NUMERIC_DATE = re.compile(r"(?<![\w.,/-])(?P<day>\d{1,2})([/.-])(?P<month>\d{1,2})\2(?P<year>\d{4}|\d\d)(?![\w/])")
_ISO_DATE = re.compile(r"(?<![\w-])(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)(?![\d-])")
_TIME_RANGE = re.compile(r"(?<=\d) ?- ?(?=\d{1,2} ?(?:h|:\d\d)\b)|(?<=\dh) ?- ?(?=\d)")
_TIME = re.compile(
    rf"{ALONE}(?P<hour>[01]?\d|2[0-4])(?: ?(?:h|heures?) ?(?P<minutes>[0-5]\d)(?: ?min\b)?"
    r"|:(?P<colon>[0-5]\d)(?: ?h\b)?"
    r"| ?h)(?![\w:]|/)"
)
_ORDINAL = re.compile(r"(?<![\w.,])(\d{1,3})(ers?|ères?|res?|èmes?|es?|nde?s?)\b")
_CENTURY = re.compile(r"\b(X{0,2}(?:IX|IV|V?I{0,3}))(er|e|ème)(?= siècles?\b)")
_ROMAN = {"X": 10, "IX": 9, "V": 5, "IV": 4, "I": 1}


def _counted(digits: str, gender: str) -> str:
    words = worded(int(digits), "cardinal", "fr")
    feminine = gender == "f" and re.search(r"\bun$", words)
    return f"{words}e" if feminine else words


def _n(one: str, several: str = "", gender: str = "m") -> Noun:
    return Noun(one, several or f"{one}s", gender)


def _same(name: str) -> Noun:
    return Noun(name, name)


FRENCH = Grammar(
    code="fr",
    comma="virgule",
    minus="moins",
    upto="à",
    per="par",
    decimals_as_number=True,
    units={
        "mm": _n("millimètre"), "cm": _n("centimètre"), "m": _n("mètre"), "km": _n("kilomètre"),
        "m²": _n("mètre carré", "mètres carrés"), "km²": _n("kilomètre carré", "kilomètres carrés"),
        "m³": _n("mètre cube", "mètres cubes"), "ha": _n("hectare"),
        "mg": _n("milligramme"), "g": _n("gramme"), "kg": _n("kilogramme"), "t": _n("tonne", gender="f"),
        "ml": _n("millilitre"), "cl": _n("centilitre"), "l": _n("litre"), "L": _n("litre"),
        "°C": _n("degré Celsius", "degrés Celsius"), "°F": _n("degré Fahrenheit", "degrés Fahrenheit"),
        "°": _n("degré"), "%": _same("pour cent"),
        "ms": _n("milliseconde", gender="f"), "s": _n("seconde", gender="f"), "min": _n("minute", gender="f"),
        "Ko": _n("kilo-octet"), "Mo": _n("mégaoctet"), "Go": _n("gigaoctet"), "To": _n("téraoctet"),
        "W": _n("watt"), "kW": _n("kilowatt"), "kWh": _n("kilowattheure"), "V": _n("volt"), "Hz": _same("hertz"),
        "kHz": _same("kilohertz"), "MHz": _same("mégahertz"), "GHz": _same("gigahertz"),
        "kcal": _n("kilocalorie", gender="f"), "dB": _n("décibel"),
    },
    per_units={"h": "heure", "s": "seconde", "min": "minute", "kg": "kilo", "km": "kilomètre", "l": "litre"},
    money={
        "€": Money(_n("euro"), _n("centime")), "EUR": Money(_n("euro"), _n("centime")),
        "$": Money(_n("dollar"), _n("cent")), "USD": Money(_n("dollar américain", "dollars américains"), _n("cent")),
        "£": Money(_n("livre", gender="f"), _n("penny", "pence")), "¥": Money(_n("yen"), _n("sen")),
        "CHF": Money(_n("franc suisse", "francs suisses"), _n("centime")),
    },
    scales={
        "M": (_n("million"), " de "), "Md": (_n("milliard"), " de "), "millions": (_n("million"), " de "),
        "milliards": (_n("milliard"), " de "),
    },
    scale_link={"and": "et "},
    fractions={
        (1, 2): "un demi", (1, 3): "un tiers", (2, 3): "deux tiers", (1, 4): "un quart", (3, 4): "trois quarts",
        (1, 5): "un cinquième", (1, 8): "un huitième", (1, 10): "un dixième",
    },
    abbreviations=(
        (r"\bp\. ?ex\.", "par exemple"), (r"\bc\.-à-d\.", "c'est-à-dire"), (r"\betc\.", "et cetera"),
        (r"\benv\.", "environ"), (r"\bM\.(?= [A-ZÉÈ])", "Monsieur"), (r"\bMM\.(?= [A-ZÉÈ])", "Messieurs"),
        (r"\bMme\b\.?", "Madame"), (r"\bMmes\b", "Mesdames"), (r"\bMlle\b\.?", "Mademoiselle"),
        (r"\bDr\b\.?(?= [A-ZÉÈ])", "Docteur"), (r"\bPr\b\.?(?= [A-ZÉÈ])", "Professeur"),
        (r"\bSt(?=[- ][A-ZÉÈ])", "Saint"), (r"\bSte(?=[- ][A-ZÉÈ])", "Sainte"),
        (r"\bn° ?(?=\d)|#(?=\d)", "numéro "), (r"\bav\. J\.-C\.", "avant Jésus-Christ"),
        (r"\bapr\. J\.-C\.", "après Jésus-Christ"), (r"\btél\.", "téléphone"),
    ),
    signs=(
        (r"&", " et "), (r"(?<=\w) ?= ?(?=\w)", " égale "), (r"\+", " plus "), (r"%", " pour cent "),
        (r"°", " degrés "), (r"@", " arobase "), (r"(?<=\w) [×·] ?(?=\w)", " fois "), (r"~ ?", "environ "),
    ),
    counted=_counted,
    price=lambda whole, part, name: f"{whole} {part}",
    is_one=lambda number: number.partition(",")[0] in ("0", "1"),
)  # fmt: skip


def in_french(text: str) -> str:
    """`text` with what is not written in words put into words."""
    text = _ISO_DATE.sub(_date, text)
    text = _NUMERIC_DATE.sub(_date, text)
    text = _DATE.sub(_date, text)
    text = _TIME.sub(_time, _TIME_RANGE.sub(" à ", text))
    text = _CENTURY.sub(_century, text)
    text = amounts(replaced(text, FRENCH.abbreviations), FRENCH)
    text = re.sub(r"\bde (?=euros?\b)", "d'", text)
    text = _ORDINAL.sub(lambda m: _ordinal(int(m[1]), m[2]), text)
    return replaced(numbers(text, FRENCH), FRENCH.signs)


def _ordinal(number: int, ending: str) -> str:
    plural = "s" if ending.endswith("s") and len(ending) > 1 else ""
    if number == 1:
        return ("première" if ending.startswith(("r", "è")) and "m" not in ending else "premier") + plural
    if ending.startswith("n"):
        return ("seconde" if "e" in ending else "second") + plural
    return worded(number, "ordinal", "fr") + plural


def _century(found: re.Match[str]) -> str:
    roman, number = found[1], 0
    while roman:
        sign = next((sign for sign in ("X", "IX", "V", "IV", "I") if roman.startswith(sign)), roman)
        number, roman = number + _ROMAN[sign], roman[len(sign) :]
    return _ordinal(number, found[2]) if number else found.group()


def _date(found: re.Match[str]) -> str:
    day, month, year = int(found["day"]), found["month"].lower(), found["year"]
    index = int(month) - 1 if month.isdigit() else _SHORT.get(month, _MONTHS.index(month) if month in _MONTHS else 0)
    if not (1 <= day <= 31 and 0 <= index < len(_MONTHS)):
        return found.group()
    said = f"{'premier' if day == 1 else worded(day, 'cardinal', 'fr')} {_MONTHS[index]}"
    if not year:
        return said
    return f"{said} {worded(int(year) if len(year) == 4 else 2000 + int(year), 'cardinal', 'fr')}"


def _time(found: re.Match[str]) -> str:
    hour, minutes = int(found["hour"]), (found["minutes"] or found["colon"] or "00").lstrip("0")
    said = f"{number_words(str(hour), FRENCH, 'f')} {'heure' if hour < 2 else 'heures'}"
    return f"{said} {number_words(minutes, FRENCH, 'f')}" if minutes else said
