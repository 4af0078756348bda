"""What a turn asks of time, timers, reminders and notes. Pure.

The whole turn must be the request, but for politeness around it: "I need more time", "she reminded me of my aunt" and
"note the irony" are for the conversation, as is whatever is doubtful.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeAlias

from companion.core.agenda import ReminderKind
from companion.talk.agenda import phrases
from companion.talk.agenda.lengths import LONGEST, length_of, plain_length
from companion.talk.agenda.moments import DayOf, When, moment_in, split_off
from companion.talk.agenda.phrases import matched
from companion.talk.memory_words import MARKS, request_in


@dataclass(frozen=True, slots=True)
class TellTime:
    """What time is it?"""


@dataclass(frozen=True, slots=True)
class TellDate:
    """What day is it, today or so many days on?"""

    days_on: int = 0


@dataclass(frozen=True, slots=True)
class SetTimer:
    """Say so after a while."""

    length: timedelta | None
    """None: it was not said."""
    name: str = ""


@dataclass(frozen=True, slots=True)
class TellTimeLeft:
    """How long do the timers still run?"""

    surely: bool = True
    """False where it may be about something else, if no timer runs."""


@dataclass(frozen=True, slots=True)
class CancelTimer:
    """Stop a timer."""

    which: str = ""
    """Its name or length, as it was said; empty: the one that there is."""
    all: bool = False


@dataclass(frozen=True, slots=True)
class ExtendTimer:
    """Let a timer run longer."""

    by: timedelta
    which: str = ""


@dataclass(frozen=True, slots=True)
class Remind:
    """Say something at a time."""

    text: str
    """In the user's words; empty: it was not said, or it is an alarm."""
    when: When | None
    """None: it was not said, or not as a time."""
    kind: ReminderKind = "reminder"
    at_event: bool = False
    """It is to be told when something happens, which no clock tells."""


@dataclass(frozen=True, slots=True)
class TellReminders:
    """What will she remind of?"""

    when: str = ""
    """As it was said: "tomorrow"."""


@dataclass(frozen=True, slots=True)
class CancelReminder:
    """Do not tell a reminder after all."""

    topic: str = ""
    all: bool = False


@dataclass(frozen=True, slots=True)
class Write:
    """Write a note."""

    text: str
    """Empty: it was not said."""


@dataclass(frozen=True, slots=True)
class WriteLast:
    """Write down what the user said before."""


@dataclass(frozen=True, slots=True)
class ReadNotes:
    """Read notes aloud."""

    topic: str = ""
    last: bool = False


@dataclass(frozen=True, slots=True)
class TearOut:
    """Delete notes."""

    topic: str = ""
    all: bool = False


Asked: TypeAlias = (
    TellTime
    | TellDate
    | SetTimer
    | TellTimeLeft
    | CancelTimer
    | ExtendTimer
    | Remind
    | TellReminders
    | CancelReminder
    | Write
    | WriteLast
    | ReadNotes
    | TearOut
)

_LINK = re.compile(r"^[\s,.:;–—-]*(?P<link>to|that|about|of|for|not to|,)?\b[\s,:]*", re.IGNORECASE)
_FOR = re.compile(r"^[\s,]*for (?=\S)", re.IGNORECASE)
_ARTICLE = re.compile(r"^(?:the|my|a|an) ", re.IGNORECASE)
_BEHIND_TIME = re.compile(r"[\s,]+(?:and|then)$", re.IGNORECASE)
_PREAMBLE = re.compile(
    r"^(?:(?:i think|maybe|perhaps|let's say|say|make (?:it|that)|how about|for|about)\b[\s,]*)+", re.IGNORECASE
)
_MOST_WORDS = 80
"""A longer turn is talk."""


def asked_of_agenda(text: str, names: Sequence[str], now: datetime, day_of: DayOf) -> Asked | None:
    """What `text`, said at `now`, asks; None if nothing. `names`: what she is called by."""
    if len(text.split()) > _MOST_WORDS:
        return None
    bare, _ = request_in(text, names)
    plain = " ".join(bare.replace("’", "'").split())
    return (
        _of_clock(plain)
        or _of_timers(plain)
        or _of_reminders(plain, now, day_of)
        or _of_notes(plain, text, names)
        or None
    )


def is_never_mind(text: str, names: Sequence[str]) -> bool:
    """Whether `text` takes back that something was asked for."""
    return matched(phrases.NEVER_MIND, _stripped(text, names)) is not None


def is_taken_back(text: str, names: Sequence[str]) -> bool:
    """Whether `text` says that what was just done was not meant."""
    return matched(phrases.TAKE_BACK, _stripped(text, names)) is not None


def when_answered(text: str, names: Sequence[str], now: datetime, day_of: DayOf) -> When | None:
    """The moment that `text` tells in answer to the question when; None: it is no answer."""
    bare = _PREAMBLE.sub("", _polite(text, names))
    return moment_in(bare, now, day_of, bare=True)


def length_answered(text: str, names: Sequence[str]) -> timedelta | None:
    """The length that `text` tells in answer to the question how long."""
    bare = _PREAMBLE.sub("", _polite(text, names))
    return length_of(plain_length(bare))


def _polite(text: str, names: Sequence[str]) -> str:
    return " ".join(request_in(text, names)[0].replace("’", "'").split())


def _stripped(text: str, names: Sequence[str]) -> str:
    bare, _ = request_in(text, names, politely=False)
    return " ".join(bare.replace("’", "'").split())


def _of_clock(text: str) -> Asked | None:
    if matched(phrases.TIME, text):
        return TellTime()
    if matched(phrases.DATE, text):
        return TellDate()
    return TellDate(1) if matched(phrases.TOMORROWS_DATE, text) else None


# --- timers


def _of_timers(text: str) -> Asked | None:
    text = text.replace(",", "")
    if match := matched(phrases.SET_TIMER, text):
        length = length_of(plain_length(match["length"]))
        name = (match["label"] or match["label_2"] or "").strip()
        return SetTimer(length, name) if length and length <= LONGEST else SetTimer(None, name)
    if matched(phrases.TIMER_WITHOUT_LENGTH, text):
        return SetTimer(None)
    if match := matched(phrases.TIME_LEFT, text):
        return TellTimeLeft(bool(match["named"]))
    if match := matched(phrases.EXTEND_TIMER, text):
        by = length_of(plain_length(match["length"]))
        return ExtendTimer(by, (match["which"] or "").strip()) if by else None
    if match := matched(phrases.CANCEL_TIMER, text):
        which = (match["label"] or match["which"] or "").strip()
        everything = bool(match["all"]) or text.endswith("timers")
        return CancelTimer("" if which in ("all", "both", "my", "the") else which, everything)
    return None


# --- reminders


def _of_reminders(text: str, now: datetime, day_of: DayOf) -> Asked | None:
    if match := matched(phrases.CANCEL_REMINDER, text):
        topic = _ARTICLE.sub("", (match["topic"] or "").strip(MARKS))
        return CancelReminder(topic, bool(match["all"]) or (not topic and text.endswith("reminders")))
    if match := matched(phrases.REMINDERS, text):
        return TellReminders((match["when"] or "").strip(MARKS).removeprefix("for "))
    if match := matched(phrases.ALARM, text):
        return _alarm(_rest(match), text, now, day_of)
    if match := matched(phrases.REMIND, text):
        return _reminder(_rest(match), now, day_of)
    if (first := split_off(text, now, day_of, behind=False)) and (match := matched(phrases.REMIND, first[0])):
        when = text[: len(text) - len(first[0])].strip(MARKS)
        return _reminder(f"{when} {_rest(match)}", now, day_of)
    if match := matched(phrases.DO_NOT_LET_ME_FORGET, text):
        asked = _reminder(_rest(match), now, day_of)
        return asked if asked and asked.when else None
    return None


def _rest(match: re.Match[str]) -> str:
    found = match.groupdict()
    return (found.get("rest") or found.get("rest_2") or "").strip()


def _alarm(rest: str, text: str, now: datetime, day_of: DayOf) -> Remind | None:
    rest = rest.strip(MARKS)
    if not rest:
        return Remind("", None, "alarm") if not text.casefold().startswith("wake") or len(text.split()) < 4 else None
    when = moment_in(rest, now, day_of, bare=True, wakes=True)
    return Remind("", when, "alarm") if when else None


def _reminder(rest: str, now: datetime, day_of: DayOf) -> Remind | None:
    """Of what follows "remind me": the time may stand first, last, or be split between both."""
    rest = _FOR.sub("", rest)
    if phrases.NO_REMINDER.match(rest):
        return None
    if phrases.EVENT.match(rest) and not split_off(rest, now, day_of, behind=True):
        return Remind("", None, at_event=True)
    first = split_off(rest.strip(MARKS), now, day_of, behind=False)
    link_match = _LINK.match(first[0] if first else rest)
    link = (link_match["link"] or "").casefold() if link_match else ""
    body = (first[0] if first else rest)[link_match.end() if link_match else 0 :].strip(MARKS)
    last = None if link == "that" and first else split_off(body, now, day_of, behind=True)
    if link == "that" and last and not first:
        # What is to be told has a time of its own: "that the shop closes at five".
        return Remind(body, None)
    if first and last:
        both = f"{rest.strip(MARKS)[: len(rest.strip(MARKS)) - len(first[0])]} {_tail(body, last[0])}"
        joined = moment_in(both.strip(MARKS), now, day_of)
        return Remind(_cleaned(last[0], link), joined, "reminder") if joined else Remind(_cleaned(body, link), first[1])
    when = first[1] if first else last[1] if last else None
    text = _cleaned(last[0] if last else body, link)
    if when or link in ("to", "not to") or not rest.strip(MARKS):
        return Remind(text, when)
    return None  # "remind me of Paris" wants to talk


def _tail(body: str, rest: str) -> str:
    return body[len(rest) :].strip(MARKS)


def _cleaned(text: str, link: str) -> str:
    text = _BEHIND_TIME.sub("", text.strip(MARKS))
    match = _LINK.match(text)
    if not link and match and match["link"]:
        text = text[match.end() :]
    return f"not to {text}" if link == "not to" else text.strip(MARKS)


# --- notes


def _of_notes(text: str, said: str, names: Sequence[str]) -> Asked | None:
    if matched(phrases.NOTE_LAST, text):
        return WriteLast()
    if match := matched(phrases.TEAR_OUT, text):
        topic = (match["topic"] or "").strip(MARKS)
        every = bool(match["all"]) or (match["notes"].casefold() == "notes" and not topic and not match["last"])
        return TearOut(topic, every)
    if match := matched(phrases.READ_NOTES, text):
        found = match.groupdict()
        single = re.search(r"\bnote\b", text, re.IGNORECASE) is not None
        return ReadNotes((found.get("topic") or "").strip(MARKS), bool(found.get("last")) and single)
    if matched(phrases.NOTE_WITHOUT_TEXT, text):
        return Write("")
    if said.rstrip().endswith("?") and not request_in(said, names)[1]:
        return None
    if (match := matched(phrases.NOTE, text)) and not phrases.NO_NOTE.match(f"{match['that'] or ''}{match['text']}"):
        return Write(match["text"].strip(MARKS))
    return None
