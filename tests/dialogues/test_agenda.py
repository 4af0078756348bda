"""Timers, reminders and notes in a conversation: asked for by voice and typed, and spoken of when they are due."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from companion.core import events as ev
from companion.core.agenda import Note, Reminder
from companion.core.intents import DoNotDisturb, Intent, Say, Sleep
from companion.core.transcript import History
from companion.memory.agenda import SqliteAgenda, open_agenda
from companion.memory.coming import coming_day
from companion.talk.agenda import answers
from companion.talk.agenda.book import Book
from companion.talk.agenda.errands import Errands
from companion.talk.agenda.speaking_up import SpeakingUp
from companion.talk.prompt import Prompt
from companion.talk.workers import Worker
from tests.dialogues.stage import PERSONA, Dialogue, perform
from tests.fakes.engines import Heard, SilenceUntil

NOON = datetime(2026, 11, 30, 12, 0).astimezone()
"""A Monday."""


class Clock:
    """Shows NOON and the audio time since."""

    def __init__(self) -> None:
        self.at = NOON

    def __call__(self) -> datetime:
        return self.at


class InAudioTime(SpeakingUp):
    """Its clock goes with the audio."""

    def __init__(self, book: Book, clock: Clock) -> None:
        super().__init__(book, clock)
        self._clock = clock

    def pass_time(self, duration_s: float, at_s: float) -> list[ev.ReminderDue]:
        self._clock.at += timedelta(seconds=duration_s)
        return super().pass_time(duration_s, at_s)


class Home:
    """What is kept, from one conversation to the next."""

    def __init__(self, file: Path, worker: Worker) -> None:
        self.file = file
        self.worker = worker
        self.clock = Clock()
        self.keeps = True
        self.before: Callable[[], object] = lambda: None
        """Called on the worker before it reads or writes."""

    def stored(self) -> SqliteAgenda:
        return open_agenda(self.file)

    def reminders(self) -> list[Reminder]:
        agenda = self.stored()
        found = [*agenda.reminders()]
        agenda.close()
        return found

    def remind(self, text: str, after_s: float, **more: object) -> None:
        agenda = self.stored()
        due_at = self.clock.at + timedelta(seconds=after_s)
        agenda.remind(Reminder(0, "reminder", text, due_at, **more))  # type: ignore[arg-type]
        agenda.close()

    async def talk(
        self,
        script: Sequence[Heard],
        says: Sequence[str] = (),
        replies: Sequence[str] = (),
        intents: Sequence[tuple[float, Intent]] = (),
        on_event: Callable[[ev.Event], None] | None = None,
    ) -> Dialogue:
        """One conversation: everything is opened for it, and closed with it."""
        agenda = self.stored()

        def found(make: bool) -> SqliteAgenda:
            if make:
                self.before()
            return agenda

        book = Book(found, self.worker, lambda: self.keeps)

        def errands(history: History, prompt: Prompt) -> Errands:
            return Errands(book, (PERSONA.name,), coming_day, history, self.clock)

        done = await perform(
            script,
            says,
            replies,
            intents=intents,
            memory=errands,
            speaks_up=InAudioTime(book, self.clock),
            on_event=on_event,
        )
        agenda.close()
        return done

    async def typed(self, *lines: str, replies: Sequence[str] = ()) -> Dialogue:
        intents = [(0.1 + 8.0 * number, Say(line)) for number, line in enumerate(lines)]
        return await self.talk([-8.0 * len(lines)], [], replies, intents)


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    with Worker("remember") as worker:
        yield Home(tmp_path / "conversations.db", worker)


def hers(done: Dialogue) -> list[str]:
    return [event.text for event in done.of(ev.ReplyFinished)]


async def test_a_reminder_set_by_voice_speaks_at_its_time_after_a_restart(home: Home) -> None:
    done = await home.talk([1.0, -6.0], ["Ada, remind me to call my sister in twenty minutes."])
    assert hers(done) == ["All right, in twenty minutes I'll remind you to call your sister."]
    [kept] = home.reminders()
    assert kept.text == "call my sister"
    assert timedelta(0) <= kept.due_at - NOON - timedelta(minutes=20) <= timedelta(seconds=4)
    home.clock.at = kept.due_at - timedelta(seconds=3)
    later = await home.talk([-10.0])
    [due] = later.of(ev.ReminderDue)
    assert (due.kind, due.text, due.late) == ("reminder", "call my sister", False)
    assert due.at_s == pytest.approx(3.0, abs=0.1)
    assert hers(later) == ["You asked me to remind you to call your sister."]
    assert later.of(ev.ReplyStarted)[0].at_s == pytest.approx(due.at_s, abs=0.3)
    assert home.reminders() == []


async def test_what_was_missed_is_told_at_the_next_start(home: Home) -> None:
    home.remind("water the plants", 60)
    home.clock.at = NOON + timedelta(hours=22)
    done = await home.talk([-8.0])
    assert [event.late for event in done.of(ev.ReminderDue)] == [True]
    assert hers(done) == ["I was to remind you to water the plants, yesterday at 12:01 in the afternoon."]
    assert hers(await home.talk([-8.0])) == []


async def test_a_timer_is_set_asked_after_and_rings(home: Home) -> None:
    done = await home.typed("Set a timer for 30 seconds.", "How long is left?", "Hello.", replies=["Hi."])
    assert hers(done)[:2] == ["Thirty seconds, from now.", "Twenty-two seconds are left."]
    rung = await home.talk([-20.0])
    assert hers(rung) == ["Your thirty seconds are up."]


async def test_do_not_disturb_is_shown_the_reminder_and_hears_it_when_it_is_over(home: Home) -> None:
    home.remind("stretch", 2)
    done = await home.talk([-14.0], intents=[(0.5, DoNotDisturb(0.1))])
    [due], [started] = done.of(ev.ReminderDue), done.of(ev.ReplyStarted)
    assert due.at_s == pytest.approx(2.0, abs=0.1)
    assert started.at_s == pytest.approx(6.5, abs=0.1)
    assert hers(done) == ["You asked me to remind you to stretch."]


async def test_she_wakes_for_a_reminder(home: Home) -> None:
    home.remind("stretch", 2)
    done = await home.talk([-10.0], intents=[(0.5, Sleep())])
    assert [event.why for event in done.of(ev.WokeUp)] == ["reminder"]
    assert hers(done) == ["You asked me to remind you to stretch."]


async def test_she_waits_until_the_user_has_finished_and_was_answered(home: Home) -> None:
    home.remind("stretch", 1.5)
    done = await home.talk([-1.0, 2.0, -10.0], ["I had such a day today."], ["Tell me all of it."])
    assert hers(done) == ["Tell me all of it.", "You asked me to remind you to stretch."]
    assert done.of(ev.ReplyInterrupted) == []


async def test_a_reminder_that_nobody_heard_is_said_again(home: Home) -> None:
    home.remind("stretch", 1.0)
    # She is about to begin when the user does: 0.7 s after the time no sound of it is out.
    done = await home.talk([-1.04, 1.5, -10.0], ["Are you there?"], ["Always."])
    assert hers(done)[-1] == "You asked me to remind you to stretch."
    assert home.reminders() == []


async def test_a_reminder_that_comes_again_is_put_off(home: Home) -> None:
    home.remind("take my pills", 1.0, repeats="day")
    await home.talk([-8.0])
    assert [one.due_at for one in home.reminders()] == [NOON + timedelta(days=1, seconds=1)]


async def test_what_is_missing_is_asked_for(home: Home) -> None:
    done = await home.typed("Remind me to call mum.", "Tomorrow at five.", "What reminders do I have?")
    assert hers(done) == [
        "When shall I remind you to call mum?",
        "All right, tomorrow at five in the afternoon I'll remind you to call mum.",
        "One reminder: tomorrow at five in the afternoon, call mum.",
    ]


async def test_who_talks_of_something_else_sets_nothing(home: Home) -> None:
    done = await home.typed(
        "Remind me to call mum.", "What a day.", "Tomorrow at five.", replies=["Yes.", "What then?"]
    )
    assert hers(done)[1:] == ["Yes.", "What then?"]
    assert home.reminders() == []


async def test_a_reminder_is_cancelled_by_what_it_is_about(home: Home) -> None:
    home.remind("call mum", 3600)
    home.remind("feed the cat", 7200)
    done = await home.typed("Cancel the reminder.", "The one about mum.", "Cancel the reminder about the dog.")
    assert hers(done)[0].startswith("Which one: today at one in the afternoon, call mum; or today at two")
    assert hers(done)[1] == "All right, I won't remind you: today at one in the afternoon, call mum."
    assert hers(done)[2] == answers.NO_SUCH_REMINDER
    assert [one.text for one in home.reminders()] == ["feed the cat"]


async def test_what_was_not_meant_is_undone(home: Home) -> None:
    done = await home.typed("Remind me to call mum tomorrow at five.", "No, that's wrong.")
    assert hers(done)[1] == answers.TAKEN_BACK
    assert home.reminders() == []


async def test_a_request_that_went_on_is_done_once(home: Home) -> None:
    went_on = threading.Event()
    home.before = lambda: went_on.wait(10)

    def notice(event: ev.Event) -> None:
        if isinstance(event, ev.TurnTakenBack):
            went_on.set()

    done = await home.talk(
        [1.0, SilenceUntil("UserSpoke"), 1.0, SilenceUntil("ReplyFinished")],
        ["Remind me to call mum at five.", "on Friday."],
        on_event=notice,
    )
    assert [one.due_at for one in home.reminders()] == [datetime(2026, 12, 4, 17).astimezone()]
    assert hers(done) == ["All right, on Friday at five in the afternoon I'll remind you to call mum."]


async def test_notes_are_taken_read_and_deleted(home: Home) -> None:
    done = await home.typed(
        "Take a note.",
        "I owe Sam ten pounds",
        "Note that the plumber comes at nine.",
        "Read my notes.",
        "Delete the last note.",
        "What do my notes say about Sam?",
    )
    assert hers(done) == [
        answers.WHAT_NOTE,
        "Noted: you owe Sam ten pounds.",
        "Noted: the plumber comes at nine.",
        "Two notes. Today: you owe Sam ten pounds. Today: the plumber comes at nine.",
        "The note is gone: the plumber comes at nine.",
        "Today: you owe Sam ten pounds.",
    ]


async def test_all_notes_go_only_after_a_yes(home: Home) -> None:
    agenda = home.stored()
    for text in ("one", "two"):
        agenda.write(Note(0, NOON, text))
    done = await home.typed("Delete all my notes.", "No.", "Delete all my notes.", "Yes, please.")
    assert hers(done) == [
        "That is two notes. Shall I delete all of them?",
        answers.NOTES_STAY,
        "That is two notes. Shall I delete all of them?",
        "Two notes are gone.",
    ]
    assert agenda.notes() == []
    agenda.close()


async def test_in_private_nothing_is_kept_but_a_timer_runs(home: Home) -> None:
    home.keeps = False
    done = await home.typed("Remind me to call mum at five.", "Note that I am here.", "Set a timer for ten seconds.")
    assert hers(done) == [answers.PRIVATE, answers.PRIVATE, "Ten seconds, from now."]
    assert home.reminders() == []


async def test_time_and_date_need_no_model(home: Home) -> None:
    done = await home.typed("What time is it?", "What day is it?", "What time is the meeting?", replies=["Which one?"])
    assert hers(done) == ["It's noon.", "Today is Monday, 30 November 2026.", "Which one?"]
