"""What she says of time, timers, reminders and notes. Plain sentences; what was understood is repeated. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from companion.core.agenda import Note, Reminder
from companion.core.second_person import to_you
from companion.talk.agenda.lengths import told_length
from companion.talk.agenda.moments import When
from companion.talk.agenda.numerals import in_words
from companion.talk.spoken_days import named_day

MOST_TOLD = 5
"""More than so many nobody wants to hear in one breath."""
NOTE_WORDS = 40
LATE = timedelta(seconds=90)
"""A reminder that is told so much after its time was missed."""

WHEN = "When shall I remind you to {text}?"
WHEN_AT_ALL = "When shall I remind you?"
AT_WHAT_TIME = "I can only go by the clock. At what time shall I remind you?"
WHEN_ALARM = "For what time?"
OF_WHAT = "And what shall I remind you of?"
HOW_LONG = "For how long?"
WHAT_NOTE = "Go on, I'm writing it down."
DROPPED = "All right, then not."
PRIVATE = "I'm keeping nothing at the moment, so I can't. Tell me when I may remember again."
NO_TIMER = "There's no timer running."
NO_SUCH_TIMER = "There's no such timer."
NO_REMINDERS = "There's nothing that I'm to remind you of."
NO_SUCH_REMINDER = "I have no such reminder."
NO_NOTES = "There are no notes."
NO_SUCH_NOTE = "There is no such note."
NOTHING_SAID = "What shall I write down? Say it in one go."
STOPPED_TIMER = "All right, the {name} is off."
ALL_TIMERS_STOPPED = "All right, no timer is running any more."
TAKEN_BACK = "All right, forget it: that's undone."
OUT_OF_REACH = "I couldn't write that down."
ALL_GONE = "All right, no more reminders."
NOTES_GONE = "The notes are gone."
NOTES_STAY = "All right, they stay."
_REPEATS = {"day": "every day", "weekday": "every weekday"}


def time_now(now: datetime) -> str:
    return f"It's {told_clock(now.time())}."


def date_now(day: date, today: date) -> str:
    named = "Today is" if day == today else "Tomorrow is"
    return f"{named} {day:%A}, {day.day} {day:%B %Y}."


def told_clock(clock: time) -> str:
    """ "half past six in the evening", "noon", "5:42 in the afternoon"."""
    if clock.minute == 0 and clock.hour in (0, 12):
        return "noon" if clock.hour else "midnight"
    return f"{_on_dial(clock)} {_half_of_day(clock.hour)}"


def _on_dial(clock: time) -> str:
    hour, following = (in_words((hour - 1) % 12 + 1) for hour in (clock.hour, clock.hour + 1))
    match clock.minute:
        case 0:
            return hour
        case 15:
            return f"quarter past {hour}"
        case 30:
            return f"half past {hour}"
        case 45:
            return f"quarter to {following}"
        case minute if minute % 5 == 0:
            return f"{in_words(minute)} past {hour}" if minute < 30 else f"{in_words(60 - minute)} to {following}"
    return f"{(clock.hour - 1) % 12 + 1}:{clock.minute:02}"


def _half_of_day(hour: int) -> str:
    if 5 <= hour < 12:
        return "in the morning"
    if 12 <= hour < 18:
        return "in the afternoon"
    return "in the evening" if 18 <= hour < 22 else "at night"


def told_moment(at: datetime, now: datetime) -> str:
    """ "tomorrow at five in the afternoon"."""
    local = at.astimezone()
    return f"{named_day(local.date(), now.astimezone().date())} at {told_clock(local.time())}"


def told_when(when: When, now: datetime) -> str:
    """As `told_moment`; a length from now as one, and what comes again as that."""
    local = when.at.astimezone()
    if when.after:
        return f"in {told_length(when.after)}"
    if when.repeats:
        return f"{_REPEATS.get(when.repeats, f'every {local:%A}')} at {told_clock(local.time())}"
    return told_moment(local, now)


def in_her_words(text: str) -> str:
    """What the user said of themselves, said to them, as it stands within a sentence."""
    turned = to_you(text).rstrip(".")
    if not turned:
        return ""
    first = text.strip().split()[0]
    return turned if first[:1].isupper() and first.casefold() not in _LOWERED else f"{turned[0].lower()}{turned[1:]}"


_LOWERED = frozenset(["i", "my", "the", "a", "an", "we", "our", "i'm", "i've"])


_DEED = re.compile(
    r"(?:answer|apologi[sz]e|arrange|ask|back|bake|book|bring|brush|buy|call|cancel|change|charge|check|clean|close"
    r"|collect|congratulate|cook|defrost|do|drink|eat|email|empty|exercise|feed|fetch|file|fill|find|finish|fix|get|give"
    r"|go|hang|help|invite|iron|leave|look|lock|mail|make|meditate|meet|message|mow|move|open|order|pack|paint|pay|phone"
    r"|pick|plan|practi[sc]e|prepare|print|put|read|renew|repair|reply|report|reserve|return|ring|run|say|see|sell|send"
    r"|set|sew|shop|shower|shut|sign|sleep|speak|start|stop|stretch|study|submit|switch|take|talk|tell|text|thank|throw"
    r"|tidy|transfer|try|turn|update|vacuum|visit|wake|walk|wash|watch|water|wipe|work|wrap|write),?"
)
"""With these begins what somebody is to do: it can follow "to"."""


def _of_what(text: str) -> str:
    """As it goes on from "remind you": " to water the plants", " of the dentist"; what is neither stands for itself."""
    said = in_her_words(text)
    first, *more = said.split() or [""]
    if _DEED.fullmatch(first):
        return f" to {said}"
    return f" of {said}" if first in ("the", "a", "an", "your") and len(more) == 1 else f": {said}"


def will_remind(reminder: Reminder, when: When, now: datetime) -> str:
    told = told_when(when, now)
    if reminder.kind == "alarm":
        return f"All right: I'll wake you {told}."
    of_what = _of_what(reminder.text)
    if of_what.startswith(":"):
        return f"All right: {told}, {in_her_words(reminder.text)}."
    return f"All right, {told} I'll remind you{of_what}."


def timer_set(length: timedelta, name: str) -> str:
    told = told_length(length)
    return f"{told[0].upper()}{told[1:]}{f' for the {name}' if name else ''}, from now."


def timers_left(timers: Sequence[Reminder], now: datetime) -> str:
    told = [f"{_left(timer, now)}{_on_which(timer, timers)}" for timer in timers[:MOST_TOLD]]
    text = _listed(told, ", ")
    one = len(timers) == 1 and text.startswith(("one ", "an hour", "half"))
    return (
        f"{text[0].upper()}{text[1:]} {'is' if one else 'are'} left." if len(timers) == 1 else f"{text}.".capitalize()
    )


def _left(timer: Reminder, now: datetime) -> str:
    return told_length(max(timedelta(seconds=1), timer.due_at - now), exactly=False)


def _on_which(timer: Reminder, among: Sequence[Reminder]) -> str:
    return f" on the {timer_name(timer)}" if len(among) > 1 else ""


def timer_name(timer: Reminder) -> str:
    """ "pasta timer", "ten minute timer"."""
    if timer.text:
        return f"{timer.text} timer"
    length = told_length(timer.length)
    return f"{length.removesuffix('s')} timer" if " and " not in length else f"timer of {length}"


def which_timer(timers: Sequence[Reminder]) -> str:
    return f"Which one: {_listed([f'the {timer_name(timer)}' for timer in timers[:MOST_TOLD]], ', ', 'or')}?"


def timer_extended(timer: Reminder, now: datetime) -> str:
    return f"All right: {_left(timer, now)} from now."


def reminders(found: Sequence[Reminder], now: datetime) -> str:
    told = [_listed_reminder(reminder, now) for reminder in found[:MOST_TOLD]]
    count = "One reminder" if len(found) == 1 else f"{_number(len(found)).capitalize()} reminders"
    more = f", and {_number(len(found) - MOST_TOLD)} more" if len(found) > MOST_TOLD else ""
    return f"{count}: {_listed(told, '; ') if not more else '; '.join(told)}{more}."


def _listed_reminder(reminder: Reminder, now: datetime) -> str:
    told = told_when(When(reminder.due_at, reminder.repeats), now)
    return f"{told}, {'an alarm' if reminder.kind == 'alarm' else in_her_words(reminder.text)}"


def which_reminder(found: Sequence[Reminder], now: datetime) -> str:
    told = [_listed_reminder(reminder, now) for reminder in found[:MOST_TOLD]]
    return f"Which one: {_listed(told, '; ', 'or')}? Say what it is about."


def reminders_cancelled(gone: Sequence[Reminder], now: datetime) -> str:
    if len(gone) == 1:
        return f"All right, I won't remind you: {_listed_reminder(gone[0], now)}."
    return f"All right, {_number(len(gone))} reminders are gone."


def noted(text: str) -> str:
    return f"Noted: {_short(in_her_words(text))}."


def notes(found: Sequence[Note], today: date) -> str:
    told = []
    for note in found[-MOST_TOLD:]:
        day = named_day(note.at.astimezone().date(), today)
        told.append(f"{day[0].upper()}{day[1:]}: {_short(in_her_words(note.text))}.")
    if len(found) == 1:
        return told[0]
    newest = f" The newest {_number(MOST_TOLD)}:" if len(found) > MOST_TOLD else ""
    return f"{_number(len(found)).capitalize()} notes.{newest} {' '.join(told)}"


def note_gone(gone: Sequence[Note]) -> str:
    if len(gone) == 1:
        return f"The note is gone: {_short(in_her_words(gone[0].text))}."
    return f"{_number(len(gone)).capitalize()} notes are gone."


def whether_all_notes(count: int) -> str:
    which = "That is one note" if count == 1 else f"That is {_number(count)} notes"
    return f"{which}. Shall I delete {'it' if count == 1 else 'all of them'}?"


def due(found: Sequence[Reminder], now: datetime) -> str:
    """What she says of her own accord when their time has come, or is past."""
    return " ".join(_due(reminder, now) for reminder in found)


def _due(reminder: Reminder, now: datetime) -> str:
    late = now - reminder.due_at > LATE
    if reminder.kind == "timer":
        length = told_length(reminder.length)
        over = f"{'is' if length.startswith(('one ', 'an ', 'half')) and ' and ' not in length else 'are'} up"
        when = f", since {told_clock(reminder.due_at.astimezone().time())}" if late else ""
        return (
            f"Your {length.removeprefix('an ').removeprefix('one ')} for the {reminder.text} {over}{when}."
            if (reminder.text)
            else f"Your {length.removeprefix('an ').removeprefix('one ')} {over}{when}."
        )
    told = told_moment(reminder.due_at, now)
    if reminder.kind == "alarm":
        return (
            f"There was an alarm {told}."
            if late
            else f"It's {told_clock(reminder.due_at.astimezone().time())}. Time to get up."
        )
    of_what = _of_what(reminder.text)
    if not late:
        return f"You asked me to remind you{of_what}."
    return f"I was to remind you {told}{of_what}." if of_what[0] == ":" else f"I was to remind you{of_what}, {told}."


def _listed(parts: Sequence[str], comma: str, last: str = "and") -> str:
    if len(parts) < 2:
        return "".join(parts)
    return f"{comma.join(parts[:-1])}{comma.rstrip() if comma != ', ' or len(parts) > 2 else ''} {last} {parts[-1]}"


def _number(count: int) -> str:
    return in_words(count) if count < 100 else str(count)


def _short(text: str) -> str:
    words = text.split()
    return text if len(words) <= NOTE_WORDS else f"{' '.join(words[:NOTE_WORDS])}…"
