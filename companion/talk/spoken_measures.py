"""Amounts with a unit or a currency, as English words."""

from __future__ import annotations

import re

from companion.talk.spoken_numbers import AMOUNT, fraction_words, number_words

_UNITS: dict[str, tuple[str, str]] = {
    "mm": ("millimeter", "millimeters"),
    "cm": ("centimeter", "centimeters"),
    "m": ("meter", "meters"),
    "km": ("kilometer", "kilometers"),
    "ft": ("foot", "feet"),
    "yd": ("yard", "yards"),
    "mi": ("mile", "miles"),
    "nm": ("nanometer", "nanometers"),
    "µm": ("micrometer", "micrometers"),
    "μm": ("micrometer", "micrometers"),
    "mg": ("milligram", "milligrams"),
    "g": ("gram", "grams"),
    "kg": ("kilogram", "kilograms"),
    "lb": ("pound", "pounds"),
    "lbs": ("pound", "pounds"),
    "oz": ("ounce", "ounces"),
    "ml": ("milliliter", "milliliters"),
    "mL": ("milliliter", "milliliters"),
    "cl": ("centiliter", "centiliters"),
    "dl": ("deciliter", "deciliters"),
    "l": ("liter", "liters"),
    "L": ("liter", "liters"),
    "gal": ("gallon", "gallons"),
    "tbsp": ("tablespoon", "tablespoons"),
    "tsp": ("teaspoon", "teaspoons"),
    "ha": ("hectare", "hectares"),
    "sq ft": ("square foot", "square feet"),
    "sq km": ("square kilometer", "square kilometers"),
    "mph": ("mile per hour", "miles per hour"),
    "kmh": ("kilometer per hour", "kilometers per hour"),
    "kph": ("kilometer per hour", "kilometers per hour"),
    "km/h": ("kilometer per hour", "kilometers per hour"),
    "m/s": ("meter per second", "meters per second"),
    "°C": ("degree Celsius", "degrees Celsius"),
    "°F": ("degree Fahrenheit", "degrees Fahrenheit"),
    "°": ("degree", "degrees"),
    "ms": ("millisecond", "milliseconds"),
    "s": ("second", "seconds"),
    "sec": ("second", "seconds"),
    "secs": ("second", "seconds"),
    "min": ("minute", "minutes"),
    "mins": ("minute", "minutes"),
    "h": ("hour", "hours"),
    "hr": ("hour", "hours"),
    "hrs": ("hour", "hours"),
    "yrs": ("year", "years"),
    "KB": ("kilobyte", "kilobytes"),
    "kB": ("kilobyte", "kilobytes"),
    "MB": ("megabyte", "megabytes"),
    "GB": ("gigabyte", "gigabytes"),
    "TB": ("terabyte", "terabytes"),
    "kbps": ("kilobit per second", "kilobits per second"),
    "Mbps": ("megabit per second", "megabits per second"),
    "Gbps": ("gigabit per second", "gigabits per second"),
    "Hz": ("hertz", "hertz"),
    "kHz": ("kilohertz", "kilohertz"),
    "MHz": ("megahertz", "megahertz"),
    "GHz": ("gigahertz", "gigahertz"),
    "W": ("watt", "watts"),
    "kW": ("kilowatt", "kilowatts"),
    "MW": ("megawatt", "megawatts"),
    "GW": ("gigawatt", "gigawatts"),
    "Wh": ("watt hour", "watt hours"),
    "kWh": ("kilowatt hour", "kilowatt hours"),
    "V": ("volt", "volts"),
    "mA": ("milliamp", "milliamps"),
    "mAh": ("milliamp hour", "milliamp hours"),
    "kJ": ("kilojoule", "kilojoules"),
    "cal": ("calorie", "calories"),
    "kcal": ("kilocalorie", "kilocalories"),
    "dB": ("decibel", "decibels"),
    "kPa": ("kilopascal", "kilopascals"),
    "hPa": ("hectopascal", "hectopascals"),
    "psi": ("pound per square inch", "pounds per square inch"),
    "rpm": ("revolution per minute", "revolutions per minute"),
    "bpm": ("beat per minute", "beats per minute"),
    "fps": ("frame per second", "frames per second"),
    "px": ("pixel", "pixels"),
    "¢": ("cent", "cents"),
    "%": ("percent", "percent"),
}
"""As written: one, several. American names, which the default voices speak."""

_ATTACHED_UNITS: dict[str, tuple[str, str]] = {"x": ("time", "times"), "in": ("inch", "inches")}
"""Units only where no space parts them from the number: "5 in the morning" is none."""

_PER = {"h": "hour", "hr": "hour", "s": "second", "sec": "second", "min": "minute", "kg": "kilogram", "km": "kilometer"}
_PER |= {"mo": "month", "yr": "year", "wk": "week", "m²": "square meter", "lb": "pound", "l": "liter"}

_SYMBOLS: dict[str, tuple[str, str, str, str]] = {
    "$": ("dollar", "dollars", "cent", "cents"),
    "€": ("euro", "euros", "cent", "cents"),
    "£": ("pound", "pounds", "penny", "pence"),
    "¥": ("yen", "yen", "sen", "sen"),
    "₹": ("rupee", "rupees", "paisa", "paise"),
    "₩": ("won", "won", "jeon", "jeon"),
    "₽": ("ruble", "rubles", "kopeck", "kopecks"),
    "₺": ("lira", "lira", "kurush", "kurush"),
    "₿": ("bitcoin", "bitcoins", "", ""),
}
"""One, several, and the same of its hundredth part."""
_CODES: dict[str, tuple[str, str, str, str]] = {
    "USD": ("US dollar", "US dollars", "cent", "cents"),
    "CAD": ("Canadian dollar", "Canadian dollars", "cent", "cents"),
    "AUD": ("Australian dollar", "Australian dollars", "cent", "cents"),
    "EUR": _SYMBOLS["€"],
    "GBP": _SYMBOLS["£"],
    "JPY": _SYMBOLS["¥"],
    "INR": _SYMBOLS["₹"],
    "CHF": ("Swiss franc", "Swiss francs", "centime", "centimes"),
    "CNY": ("yuan", "yuan", "fen", "fen"),
    "BTC": _SYMBOLS["₿"],
}
_COUNTRIES = {"US": "US ", "A": "Australian ", "C": "Canadian ", "NZ": "New Zealand ", "HK": "Hong Kong "}
_SCALES = {"k": "thousand", "K": "thousand", "M": "million", "m": "million", "bn": "billion", "B": "billion"}

_SIGN = rf"[{''.join(map(re.escape, _SYMBOLS))}]"
_SCALE = r"(?P<scale> ?(?:thousand|million|billion|trillion)\b|(?:k|K|M|m|bn|B)\b)?"
_PER_WHAT = r"(?:/(?P<per>[a-zA-Z]{1,12})\b)?"
_FRACTION = r"(?:\d{1,4} )?[1-9]\d?/[1-9]\d?"


def _longest_first(names: dict[str, tuple[str, str]]) -> str:
    return "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))


_PRICE = re.compile(
    rf"(?:\b(?P<country>US|A|C|NZ|HK)|(?<![\w]))(?P<sign>{_SIGN}) ?"
    rf"(?P<amount>{AMOUNT})(?: ?- ?{_SIGN}?(?P<upto>{AMOUNT}))?{_SCALE}"
    rf"{_PER_WHAT}(?![\d])"
)
_PRICE_AFTER = re.compile(
    rf"(?<![\w.,/-])(?P<amount>{AMOUNT})(?:-(?P<upto>{AMOUNT}))?{_SCALE} ?"
    rf"(?:(?P<sign>{_SIGN})|(?P<code>{'|'.join(_CODES)})\b)"
    rf"{_PER_WHAT}"
)
_MEASURE = re.compile(
    rf"(?<![\w.,/-])(?P<amount>{_FRACTION}|{AMOUNT})(?: ?- ?(?P<upto>{AMOUNT}))?"
    rf"(?:[ -]?(?P<unit>{_longest_first(_UNITS)})|(?P<attached>{_longest_first(_ATTACHED_UNITS)}))"
    rf"(?P<power>²|³|\^2|\^3)?(?:/(?P<per>[a-zA-Z]{{1,12}}))?(?![\w²³])"
)
_COMMA_CENTS = re.compile(r"(?<![\d.,])(€ ?\d{1,6}|\d{1,6}(?=,\d\d ?€)),(\d\d)(?!\d)")
_FEET = re.compile(r"(?<![\w.,'])(\d{1,2})' ?(\d{1,2})(?:\"|'')?(?!\w)")


def measures(text: str) -> str:
    """Prices, lengths, weights, temperatures and the like in words. Numbers without a unit are left."""
    text = _FEET.sub(lambda m: f"{number_words(m[1])} foot {number_words(m[2])}", text)
    text = _COMMA_CENTS.sub(r"\1.\2", text)
    text = _PRICE.sub(_price, text)
    text = _PRICE_AFTER.sub(_price, text)
    return _MEASURE.sub(_measure, text)


def _price(found: re.Match[str]) -> str:
    parts = found.groupdict()
    names = _CODES[parts["code"]] if parts.get("code") else _SYMBOLS[parts["sign"]]
    country = _COUNTRIES.get(parts.get("country") or "", "")
    amount, upto = parts["amount"], parts["upto"]
    scale = _SCALES.get(parts["scale"] or "", (parts["scale"] or "").strip())
    if upto or scale:
        words = " ".join(
            filter(None, [number_words(amount), upto and f"to {number_words(upto)}", scale, country + names[1]])
        )
    else:
        words = _exact_price(amount, country, names)
    return words + _per(parts["per"])


def _exact_price(amount: str, country: str, names: tuple[str, str, str, str]) -> str:
    one, several, part, parts = names
    whole, _, hundredths = amount.replace(",", "").partition(".")
    name = country + (one if whole == "1" else several)
    if len(hundredths) != 2 or not part:
        return f"{number_words(amount)} {country + several if hundredths else name}"
    if hundredths == "00":
        return f"{number_words(whole)} {name}"
    cents = f"{number_words(str(int(hundredths)))} {part if hundredths == '01' else parts}"
    return cents if whole.strip("0") == "" else f"{number_words(whole)} {name} and {cents}"


def _measure(found: re.Match[str]) -> str:
    amount, upto = found["amount"], found["upto"]
    one, several = _UNITS[found["unit"]] if found["unit"] else _ATTACHED_UNITS[found["attached"]]
    singular = not upto and (amount == "1" or ("/" in amount and " " not in amount))
    power = {"²": "square ", "^2": "square ", "³": "cubic ", "^3": "cubic "}.get(found["power"] or "", "")
    words = [_amount_words(amount), upto and f"to {number_words(upto)}"]
    return " ".join(filter(None, [*words, power + (one if singular else several)])) + _per(found["per"])


def _amount_words(amount: str) -> str:
    if "/" not in amount:
        return number_words(amount)
    whole, _, fraction = amount.rpartition(" ")
    top, _, bottom = fraction.partition("/")
    return fraction_words(whole or None, top, bottom)


def _per(unit: str | None) -> str:
    return f" per {_PER.get(unit, unit)}" if unit else ""
