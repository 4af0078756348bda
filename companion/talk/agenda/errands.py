"""Time and date, timers, reminders and notes, by voice and typed: a turn that asks for them is answered here.

No language model has a part in it. What was understood is repeated, what is missing is asked for, what destroys is
asked about first, and what was just done can be taken back.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any, TypeVar

from companion.core.agenda import Note, Reminder, ReminderKind
from companion.core.errors import CompanionError
from companion.core.transcript import History
from companion.talk.agenda import answers
from companion.talk.agenda.book import Book, NotKeptError
from companion.talk.agenda.moments import DayOf, When, moment_in
from companion.talk.agenda.requests import (
    Asked,
    CancelReminder,
    CancelTimer,
    ExtendTimer,
    ReadNotes,
    Remind,
    SetTimer,
    TearOut,
    TellDate,
    TellReminders,
    TellTime,
    TellTimeLeft,
    Write,
    WriteLast,
    asked_of_agenda,
    is_never_mind,
    is_taken_back,
    length_answered,
    when_answered,
)
from companion.talk.agenda.topics import about, named_timer
from companion.talk.memory_words import MARKS, Yes, answer_to
from companion.talk.parts import Answer
from companion.talk.workers import running

T = TypeVar("T")

FRESH_TURNS = 2
"""Until so many turns after it, what was done can be taken back."""


@dataclass(frozen=True, slots=True)
class _WantsWhen:
    text: str
    kind: ReminderKind


@dataclass(frozen=True, slots=True)
class _WantsText:
    when: When


@dataclass(frozen=True, slots=True)
class _WantsLength:
    name: str


@dataclass(frozen=True, slots=True)
class _WantsNote:
    pass


@dataclass(frozen=True, slots=True)
class _WantsWhich:
    among: tuple[Reminder, ...]


@dataclass(frozen=True, slots=True)
class _WantsYes:
    notes: tuple[Note, ...]


_Question = _WantsWhen | _WantsText | _WantsLength | _WantsNote | _WantsWhich | _WantsYes
"""What she has asked and not been told yet."""


@dataclass(slots=True)
class _Deed:
    """What was done last."""

    task: asyncio.Task[Any]
    undo: Callable[[Any], Awaitable[object]]
    turns_ago: int = 0


class Errands:
    """`AskedOfMemory`. Lives on the event loop."""

    def __init__(
        self,
        book: Book,
        names: Sequence[str],
        day_of: DayOf,
        history: History,
        now: Callable[[], datetime] = lambda: datetime.now().astimezone(),
    ) -> None:
        """`names` are hers. `now` has its time zone."""
        self._book = book
        self._names = names
        self._day_of = day_of
        self._history = history
        self._now = now
        self._question: _Question | None = None
        self._question_before: _Question | None = None
        self._done: _Deed | None = None
        self._tasks: set[asyncio.Task[Any]] = set()

    def become(self, names: Sequence[str]) -> None:
        """She has other names now, and what she had asked is void."""
        self._names = names
        self._question = self._question_before = self._done = None

    @property
    def tasks(self) -> set[asyncio.Task[None]]:
        self._tasks = running(self._tasks)
        return self._tasks

    def concerns(self, text: str) -> bool:
        return self._answer(text, self._question) is not None

    def take(self, text: str) -> Answer | None:
        if self._done:
            self._done.turns_ago += 1
        question, self._question = self._question, None
        self._question_before = question
        answer = self._answer(text, question)
        return (lambda: self._safely(answer)) if answer else None

    def take_back(self) -> None:
        self._question = self._question_before
        done = self._done
        if done and not done.turns_ago:
            self._done = None
            self._start(self._undo(done))

    # --- what is asked

    def _answer(self, text: str, question: _Question | None) -> Callable[[], Awaitable[str | None]] | None:
        """What answers `text`; nothing is done until it is called."""
        asked = asked_of_agenda(text, self._names, self._now(), self._day_of)
        if isinstance(asked, TellTimeLeft) and not asked.surely and not self._book.timers:
            asked = None
        if asked and not isinstance(question, _WantsYes):
            return lambda: self._respond(asked)
        if question and (answer := self._continued(text, question)):
            return answer
        done = self._done
        if done and done.turns_ago <= FRESH_TURNS and is_taken_back(text, self._names):
            return lambda: self._take_back(done)
        return (lambda: self._respond(asked)) if asked else None

    def _continued(self, text: str, question: _Question) -> Callable[[], Awaitable[str]] | None:
        """What answers `text` if it is what she wanted to know; None: they talk of something else."""
        if is_never_mind(text, self._names):
            return lambda: _said(answers.NOTES_STAY if isinstance(question, _WantsYes) else answers.DROPPED)
        match question:
            case _WantsWhen(about_what, kind):
                told = when_answered(text, self._names, self._now(), self._day_of)
                return partial(self._remind, about_what, told, kind) if told else None
            case _WantsLength(name):
                length = length_answered(text, self._names)
                return partial(self._set_timer, length, name) if length else None
            case _WantsText(when):
                return lambda: self._remind(_bare_text(text), when, "reminder")
            case _WantsNote():
                return lambda: self._write(text.strip(MARKS))
            case _WantsWhich(among):
                found = about(text, among, self._now())
                return (lambda: self._cancel(found)) if found else None
            case _WantsYes(notes):
                yes = isinstance(answer_to(text, self._names), Yes)
                return (lambda: self._tear_out(notes)) if yes else None

    async def _respond(self, asked: Asked) -> str | None:
        now = self._now()
        match asked:
            case TellTime():
                return answers.time_now(now)
            case TellDate(days_on):
                return answers.date_now((now + timedelta(days=days_on)).date(), now.date())
            case SetTimer(length, name):
                if length is None:
                    return self._ask(_WantsLength(name), answers.HOW_LONG)
                return await self._set_timer(length, name)
            case TellTimeLeft() | CancelTimer() | ExtendTimer():
                await self._book.look()
                return await self._about_timers(asked)
            case Remind(text, when, kind):
                return await self._remind_or_ask(asked, text, when, kind)
            case TellReminders(which):
                await self._book.look()
                return self._tell_reminders(which)
            case CancelReminder(topic, everything):
                await self._book.look()
                return await self._cancel_reminder(topic, everything)
            case Write(text):
                return await self._write(text) if text else self._ask(_WantsNote(), answers.WHAT_NOTE)
            case WriteLast():
                said = self._said_before()
                return await self._write(said) if said else self._ask(_WantsNote(), answers.NOTHING_SAID)
            case ReadNotes(topic, last):
                return await self._read_notes(topic, last)
            case TearOut(topic, everything):
                return await self._tear_out_or_ask(topic, everything)

    def _ask(self, question: _Question, words: str) -> str:
        self._question = question
        return words

    # --- timers

    async def _set_timer(self, length: timedelta, name: str) -> str:
        due_at = self._now() + length
        timer = Reminder(0, "timer", name, due_at, length)
        await self._do(self._book.add(timer), lambda added: self._book.remove([added]))
        return answers.timer_set(length, name)

    async def _about_timers(self, asked: TellTimeLeft | CancelTimer | ExtendTimer) -> str:
        timers, now = self._book.timers, self._now()
        if not timers:
            return answers.NO_TIMER
        if isinstance(asked, TellTimeLeft):
            return answers.timers_left(timers, now)
        if isinstance(asked, CancelTimer) and asked.all:
            await self._do(self._book.remove(timers), lambda _: self._add_again(timers))
            return answers.ALL_TIMERS_STOPPED
        meant = named_timer(asked.which, timers)
        if not meant:
            return answers.NO_SUCH_TIMER
        if len(meant) > 1:
            return answers.which_timer(meant)
        if isinstance(asked, ExtendTimer):
            longer = replace(meant[0], length=meant[0].length + asked.by)
            await self._do(
                self._book.put_off(longer, longer.due_at + asked.by),
                lambda _: self._book.put_off(meant[0], meant[0].due_at),
            )
            return answers.timer_extended(replace(longer, due_at=longer.due_at + asked.by), now)
        await self._do(self._book.remove(meant), lambda _: self._add_again(meant))
        return answers.STOPPED_TIMER.format(name=answers.timer_name(meant[0]))

    # --- reminders

    async def _remind_or_ask(self, asked: Remind, text: str, when: When | None, kind: ReminderKind) -> str:
        if when and (text or kind == "alarm"):
            return await self._remind(text, when, kind)
        if when:
            return self._ask(_WantsText(when), answers.OF_WHAT)
        if kind == "alarm":
            return self._ask(_WantsWhen("", kind), answers.WHEN_ALARM)
        if asked.at_event:
            return answers.AT_WHAT_TIME
        if not text:
            return answers.WHEN_AT_ALL
        return self._ask(_WantsWhen(text, kind), answers.WHEN.format(text=answers.in_her_words(text)))

    async def _remind(self, text: str, when: When, kind: ReminderKind) -> str:
        reminder = Reminder(0, kind, text, when.at, repeats=when.repeats)
        await self._do(self._book.add(reminder), lambda added: self._book.remove([added]))
        return answers.will_remind(reminder, when, self._now())

    def _tell_reminders(self, which: str) -> str:
        now, found = self._now(), self._book.reminders
        if which and (when := moment_in(which, now, self._day_of)):
            found = [one for one in found if one.due_at.astimezone().date() == when.at.date()]
        return answers.reminders(found, now) if found else answers.NO_REMINDERS

    async def _cancel_reminder(self, topic: str, everything: bool) -> str:
        now, there = self._now(), self._book.reminders
        if not there:
            return answers.NO_REMINDERS
        if everything:
            await self._do(self._book.remove(there), lambda _: self._add_again(there))
            return answers.ALL_GONE
        found = about(topic, there, now) if topic else there
        if not found:
            return answers.NO_SUCH_REMINDER
        if len(found) > 1:
            return self._ask(_WantsWhich(tuple(found)), answers.which_reminder(found, now))
        return await self._cancel(found)

    async def _cancel(self, found: Sequence[Reminder]) -> str:
        await self._do(self._book.remove(found), lambda _: self._add_again(found))
        return answers.reminders_cancelled(found, self._now())

    async def _add_again(self, reminders: Sequence[Reminder]) -> None:
        for reminder in reminders:
            await self._book.add(reminder)

    # --- notes

    async def _write(self, text: str) -> str:
        note = Note(0, self._now(), text)
        await self._do(self._book.write(note), lambda written: self._book.tear_out([written]))
        return answers.noted(text)

    async def _read_notes(self, topic: str, last: bool) -> str:
        found = about(topic, await self._book.notes(), self._now()) if topic else await self._book.notes()
        if not found:
            return answers.NO_SUCH_NOTE if topic else answers.NO_NOTES
        return answers.notes(found[-1:] if last else found, self._now().date())

    async def _tear_out_or_ask(self, topic: str, everything: bool) -> str:
        there = await self._book.notes()
        found = about(topic, there, self._now()) if topic else there if everything else there[-1:]
        if not found:
            return answers.NO_SUCH_NOTE if there else answers.NO_NOTES
        if len(found) > 1 or everything:
            return self._ask(_WantsYes(tuple(found)), answers.whether_all_notes(len(found)))
        return await self._tear_out(found)

    async def _tear_out(self, notes: Sequence[Note]) -> str:
        await self._do(self._book.tear_out(notes), self._book.restore)
        return answers.note_gone(notes)

    def _said_before(self) -> str:
        """What the user told last, before the present turn."""
        said = (turn.text for turn in reversed(self._history.turns[:-1]) if turn.who == "user")
        now = self._now()
        return next((text for text in said if not asked_of_agenda(text, self._names, now, self._day_of)), "").strip(
            MARKS
        )

    # --- how it is done

    async def _do(self, doing: Coroutine[Any, Any, T], undo: Callable[[T], Awaitable[object]]) -> T:
        """Even if nobody waits for its end, it is done, and can be taken back."""
        task = self._start(doing)
        self._done = _Deed(task, undo)
        try:
            return await asyncio.shield(task)
        except CompanionError:
            self._done = None
            raise

    async def _take_back(self, done: _Deed) -> str:
        self._done = None
        await self._undo(done)
        return answers.TAKEN_BACK

    async def _undo(self, done: _Deed) -> None:
        try:
            result = await done.task
        except CompanionError:
            return  # it was not done
        await done.undo(result)

    def _start(self, doing: Coroutine[Any, Any, T]) -> asyncio.Task[T]:
        task = asyncio.create_task(doing, name="errand")
        task.add_done_callback(lambda ended: ended.cancelled() or ended.exception())
        self._tasks.add(task)
        return task

    async def _safely(self, answer: Callable[[], Awaitable[str | None]]) -> str | None:
        try:
            return await answer()
        except NotKeptError:
            return answers.PRIVATE
        except CompanionError as error:
            return f"{answers.OUT_OF_REACH} {error.message}"


async def _said(words: str) -> str:
    return words


def _bare_text(text: str) -> str:
    bare = text.strip(MARKS)
    first, _, rest = bare.partition(" ")
    return rest if first.casefold() in ("to", "that", "about", "of") and rest else bare
