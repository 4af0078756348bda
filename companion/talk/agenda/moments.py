"""When something is to be told: "tomorrow at five", "in twenty minutes", "every weekday at half past six". Pure.

A clock time without "a.m." or "p.m." is the next one at which people are awake: what was understood is always repeated,
so that a wrong guess is heard at once.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta

from companion.core.agenda import Repeats
from companion.talk.agenda.lengths import length_of, plain_length
from companion.talk.agenda.numerals import NUMBER, value_of

DayOf = Callable[[str, date], date | None]
"""The day ahead of which a text speaks, as seen from a day."""
MOST_WORDS = 16
"""Longer expressions of time nobody says."""

_ANY_WEEKDAY = "monday|tuesday|wednesday|thursday|friday|saturday|sunday"
_WEEKDAYS = _ANY_WEEKDAY.split("|")
_MONTH = (
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december"
    r"|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)"
)
_NTH_WORDS = (
    *("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh"),
    *("twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth"),
    *("twentieth", "twenty first", "twenty second", "twenty third", "twenty fourth", "twenty fifth", "twenty sixth"),
    *("twenty seventh", "twenty eighth", "twenty ninth", "thirtieth", "thirty first"),
)
_NTH = rf"(?:\d{{1,2}}(?:st|nd|rd|th)?|{'|'.join(sorted(_NTH_WORDS, key=len, reverse=True))})"
_NTH_WORD = re.compile(rf"\b(?:{'|'.join(sorted(_NTH_WORDS, key=len, reverse=True))})\b")
_DAYPART = r"(?:morning|afternoon|evening|night)"

_DAY = re.compile(
    rf"(?:on |by )?(?:the day after tomorrow|tomorrow|today|tonight|this (?:morning|afternoon|evening)"
    rf"|(?:next |this |this coming |coming )?(?:{_ANY_WEEKDAY})(?! \d+ times)|(?:the )?{_NTH}(?: of)? {_MONTH}(?:"
    rf" \d{{4}})?"
    rf"|{_MONTH} (?:the )?{_NTH}(?: \d{{4}})?|the {_NTH}(?! (?:time|thing|one))"
    rf"|in (?:about )?(?:a|an|{NUMBER}) (?:days?|weeks?|months?)(?: time)?)\b"
)
_EVERY = re.compile(
    rf"(?:every|each) (?P<what>single day|day|{_DAYPART}|weekday|week ?day|{_ANY_WEEKDAY})|(?P<daily>daily)"
    rf"|on (?P<plural>weekdays|(?:{_ANY_WEEKDAY})s)"
)
_LENGTH = re.compile(r"(?:in|after) (?:about |around |exactly )?(?P<length>.+)|(?P<later>.+) from now")
_HOUR = r"(?P<hour>(?:1\d|2[0-4]|0?\d)|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
_MINUTES = r"(?:five|ten|fifteen|twenty five|twenty|thirty five|thirty|forty five|forty|fifty five|fifty|oh \w+|o five)"
_HALF_DAY = r"(?: ?(?P<half_day>a ?m|p ?m))?"
_CLOCK = re.compile(
    rf"(?P<at>at |by |around |about |at about |at around |for |from )?(?:exactly )?"
    rf"(?:(?P<digits>(?:[01]?\d|2[0-4]):[0-5]\d){_HALF_DAY}"
    rf"|(?P<relation>half|half past|(?:a )?quarter (?:past|after|to|till|before|of)"
    rf"|(?P<minutes>{NUMBER})(?: minutes?)? (?:past|after|to|till|before)) {_HOUR}"
    rf"(?P<sharp> o'?clock| oclock| sharp)?(?: ?(?P<half_day_2>a ?m|p ?m))?"
    rf"|{_HOUR.replace('hour', 'hour_2')}(?P<oclock> o'?clock| oclock| sharp| (?P<behind>{_MINUTES}|[0-5]\d))?"
    rf"(?: ?(?P<half_day_3>a ?m|p ?m))?)\b"
)
_DAYTIME = re.compile(
    r"(?:in the |this )?(?P<part>morning|afternoon|evening)|(?:at |by )?(?P<moment>noon|midday|mid day|midnight|night"
    r"|lunch ?time|lunch|dinner ?time|bed ?time)"
)
_PART_TIMES = {"morning": time(9), "afternoon": time(15), "evening": time(19), "night": time(21), "tonight": time(20)}
_NAMED_TIMES = {"noon": time(12), "midday": time(12), "mid day": time(12), "midnight": time(0)} | {
    **{name: time(12, 30) for name in ("lunch", "lunchtime", "lunch time")},
    **{name: time(18, 30) for name in ("dinnertime", "dinner time")},
    **{name: time(22) for name in ("bedtime", "bed time")},
}
_NO_CLOCK = time(9)
"""Who names a day and no time is told in the morning."""


@dataclass(frozen=True, slots=True)
class When:
    """A moment to come, and how it comes again."""

    at: datetime
    repeats: Repeats = ""
    names_clock: bool = True
    """False where only a day was named."""
    after: timedelta | None = field(default=None, compare=False)
    """How long from now, where that was said."""


@dataclass(frozen=True, slots=True)
class _Said:
    """What an expression of time consists of; each part at most once."""

    day: str = ""
    every: str = ""
    clock: time | None = None
    exact: bool = False
    """The clock time is told with its half of the day."""
    part: str = ""
    length: timedelta | None = None


def moment_in(text: str, now: datetime, day_of: DayOf, bare: bool = False, wakes: bool = False) -> When | None:
    """The moment after `now` that all of `text` tells; None: it tells none, or one that has passed.

    `bare`: it answers the question when, so that "five" alone is a clock time. `wakes`: it is to wake somebody, so that
    a clock time is one of the morning. `now` has its time zone; `at` has that of the place.
    """
    said = _parsed(plain_time(text), bare)
    if said and wakes and said.clock and not (said.exact or said.part):
        said = replace(said, part="morning")
    return _resolved(said, now, day_of) if said else None


def split_off(text: str, now: datetime, day_of: DayOf, behind: bool) -> tuple[str, When] | None:
    """`text` without the longest expression of time that it ends with (`behind`) or begins with, and that; None: none.

    What would end in the air without it ("a ticket for Saturday") keeps it.
    """
    words = text.split()
    for count in range(min(len(words) - behind, MOST_WORDS), 0, -1):
        said, rest = (words[-count:], words[:-count]) if behind else (words[:count], words[count:])
        if when := moment_in(" ".join(said), now, day_of):
            if behind and rest and _DANGLING.search(rest[-1]):
                continue
            return " ".join(rest).strip(" ,.;:-–—"), when
    return None


_DANGLING = re.compile(
    r"^(?:for|about|of|from|the|a|an|my|your|our|his|her|their|since|until|till|and|or|before|after|next|last|this"
    r"|every|called|named|to)[,.]?$",
    re.IGNORECASE,
)


def plain_time(text: str) -> str:
    """`text` in small letters, with its times of day spelled one way."""
    text = re.sub(r"\b([ap])\. ?m\b\.?", r"\1m", text.casefold())
    text = re.sub(r"\b(\d{1,2})\.(\d\d)\b(?!\.)", r"\1:\2", text)
    return plain_length(text).replace("o' clock", "o'clock").replace("o clock", "o'clock")


def _parsed(text: str, bare: bool) -> _Said | None:
    """The parts of `text`, whatever their order; None where anything is left over."""
    rest, said = text, _Said()
    while rest:
        found = next(_readings(rest, said, bare), None)
        if found is None:
            return None
        said, rest = found
    return said if said != _Said() else None


def _readings(rest: str, said: _Said, bare: bool) -> Iterator[tuple[_Said, str]]:
    """What `rest` may begin with, and what is left of it then."""
    if not (said.length or said.clock or said.day or said.every) and (length := _length(rest)):
        yield replace(said, length=length), ""
    if said.length:
        return
    if not (said.day or said.every) and (match := _EVERY.match(rest)):
        what = match["what"] or match["plural"] or "day"
        part = what if re.fullmatch(_DAYPART, what) else said.part
        yield replace(said, every=what, part=part), _after(match, rest)
    if not (said.day or said.every) and (match := _DAY.match(rest)):
        day = match[0]
        part = day.rpartition(" ")[2] if day.startswith("this ") and day.endswith(tuple(_PART_TIMES)) else said.part
        yield replace(said, day=day, part="tonight" if day.endswith("tonight") else part), _after(match, rest)
    if not said.part and not said.exact and (match := _DAYTIME.match(rest)):
        named = match["moment"] or ""
        if named in _NAMED_TIMES and not said.clock:
            yield replace(said, clock=_NAMED_TIMES[named], exact=True), _after(match, rest)
        elif named in ("", "night") and (_has_time(said) or match[0] != (named or match["part"])):
            yield replace(said, part=match["part"] or "night"), _after(match, rest)
    if said.clock is None and (match := _CLOCK.match(rest)) and (found := _clock(match, bare or bool(said.day))):
        yield replace(said, clock=found[0], exact=found[1]), _after(match, rest)


def _has_time(said: _Said) -> bool:
    return bool(said.day or said.every or said.clock)


def _length(text: str) -> timedelta | None:
    match = _LENGTH.fullmatch(text)
    return length_of((match["length"] or match["later"]).removesuffix(" from now")) if match else None


def _after(match: re.Match[str], rest: str) -> str:
    return rest[match.end() :].lstrip()


def _clock(match: re.Match[str], bare: bool) -> tuple[time, bool] | None:
    """The time of day, and whether its half of the day is told; None: it is none, or a mere number."""
    half_day = (match["half_day"] or match["half_day_2"] or match["half_day_3"] or "").replace(" ", "")
    if digits := match["digits"]:
        hour, minutes = map(int, digits.split(":"))
        exact = bool(half_day) or hour > 12 or hour == 0 or digits.startswith("0")
        return _on_clock(hour, minutes, half_day, exact)
    if relation := match["relation"]:
        return _on_clock(value_of(match["hour"]), _offset(relation, match["minutes"]), half_day, bool(half_day))
    if not (match["at"] or match["oclock"] or half_day or bare):
        return None
    behind = match["behind"]
    if match["oclock"] is None and not half_day and match["at"] in ("for ", "about ", "from ") and not bare:
        return None
    hour = value_of(match["hour_2"])
    minute = _minutes_behind(behind) if behind else 0
    return None if minute is None else _on_clock(hour, minute, half_day, bool(half_day) or hour > 12 or hour == 0)


def _minutes_behind(words: str) -> int | None:
    if words.isdecimal():
        return int(words)
    word = words.removeprefix("oh ").removeprefix("o ")
    return value_of(word) if re.fullmatch(NUMBER, word) else None


def _offset(relation: str, minutes: str | None) -> int:
    """Minutes after the hour that is named; less than nothing before it."""
    count = value_of(minutes) if minutes else 30 if relation.startswith("half") else 15
    return -count if re.search(r" (?:to|till|before|of)$", relation) else count


def _on_clock(hour: int, minute: int, half_day: str, exact: bool) -> tuple[time, bool] | None:
    if hour > 24 or abs(minute) > 59:
        return None
    if half_day:
        if hour > 12:
            half_day = ""
        else:
            hour = hour % 12 + (12 if half_day == "pm" else 0)
    total = (60 * hour + minute) % (24 * 60 if exact else 12 * 60)
    return time(*divmod(total, 60)), exact


# --- from words to a moment


def _resolved(said: _Said, now: datetime, day_of: DayOf) -> When | None:
    now = now.astimezone()
    if said.length:
        return When((now + said.length).replace(microsecond=0), after=said.length)
    if said.every:
        return _recurring(said, now)
    if not said.day:
        return _next(said, now)
    day = day_of(_in_digits(said.day), now.date())
    if day is None:
        return None
    if not (said.clock or said.part):
        return When(_at(day, _NO_CLOCK), names_clock=False) if day > now.date() else None
    later = [at for clock in _clocks(said, any_day=True) if (at := _at(day, clock)) > now]
    if not later and said.part == "tonight" and said.clock is None:
        return When((now + timedelta(hours=1)).replace(microsecond=0))
    if said.clock == time(0) and said.exact and later == []:
        later = [_at(day + timedelta(days=1), time(0))]  # midnight of a day is its end
    return When(later[0]) if later else None


def _next(said: _Said, now: datetime) -> When | None:
    """The next time that the clock shows so."""
    days = (now.date() + timedelta(days=ahead) for ahead in range(2))
    moments = sorted(_at(day, clock) for day in days for clock in _clocks(said, any_day=False))
    later = [at for at in moments if at > now]
    if not said.exact and not said.part and said.clock and said.clock.hour and said.clock.hour < 7 and now.hour >= 5:
        later = [at for at in later if at.hour >= 12] or later  # nobody means four in the morning
    return When(later[0]) if later else None


def _clocks(said: _Said, any_day: bool) -> list[time]:
    """The times of day that may be meant, the likeliest first; without a day named, all of them."""
    if said.clock is None:
        return [_PART_TIMES[said.part]] if said.part else []
    clock = said.clock
    if said.exact:
        return [clock]
    early, late = clock, clock.replace(hour=clock.hour + 12)
    match said.part:
        case "morning":
            return [early]
        case "afternoon" | "evening":
            return [late]
        case "night" | "tonight":
            return [late if clock.hour >= 5 or (said.part == "tonight" and clock.hour) else early]
    if not any_day:
        return [early, late]
    return [early, late] if clock.hour >= 7 else [late, early]


def _recurring(said: _Said, now: datetime) -> When | None:
    what = said.every.removesuffix("s")
    clocks = _clocks(said, any_day=True) or [_NO_CLOCK]
    if what in _WEEKDAYS:
        days = [now.date() + timedelta(days=ahead) for ahead in range(8)]
        days = [day for day in days if day.weekday() == _WEEKDAYS.index(what)]
        repeats: Repeats = "week"
    else:
        repeats = "weekday" if what.replace(" ", "") == "weekday" else "day"
        days = [now.date() + timedelta(days=ahead) for ahead in range(4)]
        days = [day for day in days if repeats == "day" or day.weekday() < 5]
    later = [at for day in days if (at := _at(day, clocks[0])) > now]
    return When(later[0], repeats, names_clock=bool(said.clock or said.part))


def _in_digits(day: str) -> str:
    """ "the twenty first of may" as "the 21st of may", and "a" as what the code for days knows."""
    day = _NTH_WORD.sub(lambda match: f"{_NTH_WORDS.index(match[0]) + 1}th", day)
    day = re.sub(rf"^in (?:about )?({NUMBER}) ", lambda match: f"in {value_of(match[1])} ", day)
    return day.removesuffix(" time")


def _at(day: date, clock: time) -> datetime:
    """By the clock on the wall of this place."""
    return datetime.combine(day, clock).astimezone()
