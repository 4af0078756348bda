"""How long something lasts: "ten minutes", "an hour and a half", "90 seconds"; read and told. Pure."""

from __future__ import annotations

import re
from datetime import timedelta

from companion.talk.agenda.numerals import NUMBER, in_words, value_of

_UNITS = {"s": 1, "m": 60, "h": 3600}
_UNIT = r"(?P<unit>seconds?|secs?|minutes?|mins?|hours?|hrs?)"
_FRACTION = {"a half": 0.5, "half": 0.5, "a quarter": 0.25, "three quarters": 0.75}
_ANY_FRACTION = "|".join(sorted(_FRACTION, key=len, reverse=True))
_ONE = (
    rf"(?:(?P<count>{NUMBER}|an?)(?: and (?P<inner>{_ANY_FRACTION}))? {_UNIT}(?: and (?P<outer>{_ANY_FRACTION}))?"
    rf"|(?P<part>half|three quarters of|a quarter of|quarter of) an? (?P<whole>minute|hour)"
    r"|a half (?P<half_of>minute|hour)|(?P<decimal>\d{1,2}\.\d) (?P<decimal_unit>minutes|hours))"
)
_PARTS = {"half": 0.5, "three quarters of": 0.75, "a quarter of": 0.25, "quarter of": 0.25}
_FIRST = re.compile(_ONE)
_JOINT = re.compile(r" and | ")
LONGEST = timedelta(hours=24)


def plain_length(text: str) -> str:
    """`text` as `length_of` and the patterns of this package read it: small letters, no marks, no hyphens."""
    text = re.sub(r"(?<=\w)[-‐‑](?=\w)", " ", text.casefold().replace("’", "'"))
    return " ".join(re.sub(r"[,;!?…]|(?<!\d)\.|\.(?!\d)", " ", text).split())


def length_of(text: str) -> timedelta | None:
    """The length that all of `text` (see `plain_length`) tells; None: it tells none, or none above nothing."""
    seconds, place = 0.0, 0
    while place < len(text):
        if place:
            joint = _JOINT.match(text, place)
            if not joint:
                return None
            place = joint.end()
        match = _FIRST.match(text, place)
        if not match:
            return None
        seconds += _seconds(match)
        place = match.end()
    return timedelta(seconds=round(seconds)) if seconds >= 1 else None


def _seconds(match: re.Match[str]) -> float:
    if part := match["part"]:
        return _PARTS[part] * _UNITS[match["whole"][0]]
    if half_of := match["half_of"]:
        return 0.5 * _UNITS[half_of[0]]
    if decimal := match["decimal"]:
        return float(decimal) * _UNITS[match["decimal_unit"][0]]
    count = 1 if match["count"] in ("a", "an") else value_of(match["count"])
    more = sum(_FRACTION[fraction] for fraction in (match["inner"], match["outer"]) if fraction)
    return (count + more) * _UNITS[match["unit"][0]]


def told_length(length: timedelta, exactly: bool = True) -> str:
    """ "ten minutes", "an hour and twenty minutes"; not `exactly`: seconds are told of what is short only."""
    seconds = max(0, round(length.total_seconds()))
    if not exactly and seconds >= 120:
        seconds = 60 * round(seconds / 60)
    hours, rest = divmod(seconds, 3600)
    minutes, seconds = divmod(rest, 60)
    if (hours, minutes, seconds) == (0, 30, 0):
        return "half an hour"
    if (minutes, seconds) == (30, 0):
        return "an hour and a half" if hours == 1 else f"{_number(hours)} and a half hours"
    parts = [
        _counted(count, unit) for count, unit in ((hours, "hour"), (minutes, "minute"), (seconds, "second")) if count
    ]
    return " and ".join(parts) if len(parts) < 3 else f"{parts[0]}, {parts[1]} and {parts[2]}"


def _counted(count: int, unit: str) -> str:
    if count == 1:
        return f"{'an' if unit == 'hour' else 'one'} {unit}"
    return f"{_number(count)} {unit}s"


def _number(count: int) -> str:
    return in_words(count) if count < 100 else str(count)
