"""Spanish numbers, dates, times, amounts and abbreviations as words."""

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
    *("enero", "febrero", "marzo", "abril", "mayo", "junio"),
    *("julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre"),
)
_MONTH = "|".join(_MONTHS)

_DATE = re.compile(
    rf"(?<![\w.,:/-])(?P<day>\d{{1,2}})\.?º? (?:de )?(?P<month>{_MONTH})\b"
    r"(?:(?: del?)? (?P<year>\d{4})(?![\d.,]\d))?",
    re.IGNORECASE,
)
_NUMERIC_DATE = re.compile(r"(?<![\w.,/-])(?P<day>\d{1,2})([/.-])(?P<month>\d{1,2})\2(?P<year>\d{4}|\d\d)(?![\w/])")
_ISO_DATE = re.compile(r"(?<![\w-])(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)(?![\d-])")
_TIME_RANGE = re.compile(r"(?<=:\d\d) ?- ?(?=\d{1,2}:\d\d)")
_TIME = re.compile(
    rf"(?P<article>\blas? )?{ALONE}(?P<hour>[01]?\d|2[0-4])"
    r"(?::(?P<minutes>[0-5]\d)(?P<h> ?h(?:oras)?\b)?| ?h\b)(?![:\d]|/)",
    re.IGNORECASE,
)
_HOUR = re.compile(
    r"(?P<article>\b(?:a|desde|hasta|son|es|sobre|de|hacia|para) las? )(?P<hour>[01]?\d|2[0-4])"
    r"(?=$|[,;!?]|\.(?!\w)| (?:y|en|de la|del|menos|a las|hasta|horas)\b)",
    re.IGNORECASE,
)
_ORDINAL = re.compile(r"(?<![\w,])(\d{1,3})\.?(º|ª|er)(?!\w)")


def _counted(digits: str, gender: str) -> str:
    words = worded(int(digits), "cardinal", "es")
    if gender == "f":
        words = re.sub(r"cientos\b", "cientas", words).replace("quinientos", "quinientas")
        return re.sub(r"uno$", "una", words)
    if words.endswith("veintiuno"):
        return words[:-3] + "ún"
    return words[:-1] if re.search(r"\buno$", words) else words


def _n(one: str, several: str = "", gender: str = "m") -> Noun:
    return Noun(one, several or f"{one}s", gender)


def _same(name: str) -> Noun:
    return Noun(name, name)


SPANISH = Grammar(
    code="es",
    comma="coma",
    minus="menos",
    upto="a",
    per="por",
    decimals_as_number=True,
    units={
        "mm": _n("milímetro"), "cm": _n("centímetro"), "m": _n("metro"), "km": _n("kilómetro"),
        "m²": _n("metro cuadrado", "metros cuadrados"), "km²": _n("kilómetro cuadrado", "kilómetros cuadrados"),
        "m³": _n("metro cúbico", "metros cúbicos"), "ha": _n("hectárea", gender="f"),
        "mg": _n("miligramo"), "g": _n("gramo"), "kg": _n("kilogramo"), "t": _n("tonelada", gender="f"),
        "ml": _n("mililitro"), "cl": _n("centilitro"), "l": _n("litro"), "L": _n("litro"),
        "°C": _n("grado Celsius", "grados Celsius"), "°F": _n("grado Fahrenheit", "grados Fahrenheit"),
        "°": _n("grado"), "%": _same("por ciento"),
        "ms": _n("milisegundo"), "s": _n("segundo"), "min": _n("minuto"),
        "KB": _n("kilobyte"), "MB": _n("megabyte"), "GB": _n("gigabyte"), "TB": _n("terabyte"),
        "W": _n("vatio"), "kW": _n("kilovatio"), "kWh": _n("kilovatio hora", "kilovatios hora"), "V": _n("voltio"),
        "Hz": _n("hercio"), "kHz": _n("kilohercio"), "MHz": _n("megahercio"), "GHz": _n("gigahercio"),
        "kcal": _n("kilocaloría", gender="f"), "dB": _n("decibelio"),
    },
    per_units={"h": "hora", "s": "segundo", "min": "minuto", "kg": "kilo", "km": "kilómetro", "l": "litro"},
    money={
        "€": Money(_n("euro"), _n("céntimo")), "EUR": Money(_n("euro"), _n("céntimo")),
        "$": Money(_n("dólar", "dólares"), _n("centavo")), "USD": Money(_n("dólar", "dólares"), _n("centavo")),
        "£": Money(_n("libra", gender="f"), _n("penique")), "¥": Money(_n("yen", "yenes"), _n("sen", "senes")),
        "CHF": Money(_n("franco suizo", "francos suizos"), _n("céntimo")),
    },
    scales={
        "M": (_n("millón", "millones"), " de "), "mill.": (_n("millón", "millones"), " de "),
        "millones": (_n("millón", "millones"), " de "),
    },
    scale_link={"and": "y "},
    fractions={
        (1, 2): "medio", (1, 3): "un tercio", (2, 3): "dos tercios", (1, 4): "un cuarto", (3, 4): "tres cuartos",
        (1, 5): "un quinto", (1, 8): "un octavo", (1, 10): "un décimo",
    },
    abbreviations=(
        (r"\bp\. ?ej\.", "por ejemplo"), (r"\bEE\. ?UU\.", "Estados Unidos"), (r"\betc\.", "etcétera"),
        (r"\baprox\.", "aproximadamente"), (r"\bSr\.(?= [A-ZÁÉÍÓÚÑ])", "señor"), (r"\bSra\.(?= [A-ZÁÉÍÓÚÑ])", "señora"),
        (r"\bSrta\.(?= [A-ZÁÉÍÓÚÑ])", "señorita"), (r"\bDr\.(?= [A-ZÁÉÍÓÚÑ])", "doctor"),
        (r"\bDra\.(?= [A-ZÁÉÍÓÚÑ])", "doctora"), (r"\bProf\.(?= [A-ZÁÉÍÓÚÑ])", "profesor"), (r"\bUds?\.", "ustedes"),
        (r"\b[nN]\.?º ?(?=\d)|\b[nN]úm\. ?(?=\d)|#(?=\d)", "número "),
        (r"\bAvda\.", "avenida"), (r"\bC/(?= ?[A-ZÁÉÍÓÚÑ])", "calle "),
        (r"\ba\. ?C\.", "antes de Cristo"), (r"\bd\. ?C\.", "después de Cristo"), (r"\btel\.", "teléfono"),
    ),
    signs=(
        (r"&", " y "), (r"(?<=\w) ?= ?(?=\w)", " igual a "), (r"\+", " más "), (r"%", " por ciento "),
        (r"°", " grados "), (r"@", " arroba "), (r"(?<=\w) [×·] ?(?=\w)", " por "), (r"~ ?", "unos "),
    ),
    counted=_counted,
    price=lambda whole, part, name: f"{whole} con {part}",
    is_one=lambda number: number == "1",
)  # fmt: skip


def in_spanish(text: str) -> str:
    """`text` with what is not written in words put into words."""
    text = _ISO_DATE.sub(_date, text)
    text = _NUMERIC_DATE.sub(_date, text)
    text = _DATE.sub(_date, text)
    text = _TIME.sub(_time, _TIME_RANGE.sub(" a ", text))
    text = _HOUR.sub(lambda m: m["article"] + number_words(str(int(m["hour"])), SPANISH, "f"), text)
    text = amounts(replaced(text, SPANISH.abbreviations), SPANISH)
    text = _ORDINAL.sub(_ordinal, text)
    return replaced(numbers(text, SPANISH), SPANISH.signs)


def _ordinal(found: re.Match[str]) -> str:
    words = worded(int(found[1]), "ordinal", "es")
    if found[2] == "ª":
        return re.sub(r"o\b", "a", words)
    return re.sub(r"(primer|tercer)o$", r"\1", words) if found[2] == "er" else words


def _date(found: re.Match[str]) -> str:
    day, month, year = int(found["day"]), found["month"].lower(), found["year"]
    index = int(month) - 1 if month.isdigit() else _MONTHS.index(month)
    if not (1 <= day <= 31 and 0 <= index < len(_MONTHS)):
        return found.group()
    said = f"{worded(day, 'cardinal', 'es')} de {_MONTHS[index]}"
    if not year:
        return said
    return f"{said} de {worded(int(year) if len(year) == 4 else 2000 + int(year), 'cardinal', 'es')}"


def _time(found: re.Match[str]) -> str:
    hour, minutes = str(int(found["hour"])), (found["minutes"] or "00").lstrip("0")
    said = f"{found['article'] or ''}{number_words(hour, SPANISH, 'f')}"
    if minutes:
        return f"{said}{' y' if len(minutes) == 1 else ''} {worded(int(minutes), 'cardinal', 'es')}"
    return said if found["article"] else f"{said} {'hora' if hour == '1' else 'horas'}"
