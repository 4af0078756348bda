"""What asks for time, timers, reminders and notes, and what does not: as people say it, and as Whisper writes it."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from companion.memory.coming import coming_day
from companion.talk.agenda.moments import When
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
    length_answered,
    when_answered,
)

NOW = datetime(2026, 11, 30, 14, 20).astimezone()
"""A Monday."""


def at(day: int, hour: int, minute: int = 0, month: int = 12) -> When:
    return When(datetime(2026, month, day, hour, minute).astimezone())


def today(hour: int, minute: int = 0) -> When:
    return at(30, hour, minute, 11)


def minutes(count: float) -> timedelta:
    return timedelta(minutes=count)


MUM_TOMORROW = Remind("call mum", at(1, 17))
REQUESTS: list[tuple[str, Asked]] = [
    ("What time is it?", TellTime()),
    ("What's the time?", TellTime()),
    ("Samantha, what time is it now?", TellTime()),
    ("Can you tell me what time it is?", TellTime()),
    ("Tell me the time, please.", TellTime()),
    ("Um, do you know what time it is?", TellTime()),
    ("What day is it?", TellDate()),
    ("What's the date today?", TellDate()),
    ("What's today's date?", TellDate()),
    ("What day of the week is it?", TellDate()),
    ("What day is it tomorrow?", TellDate(1)),
    ("Set a timer for ten minutes.", SetTimer(minutes(10))),
    ("Set a timer for 10 minutes", SetTimer(minutes(10))),
    ("Hey Samantha, set a ten-minute timer please.", SetTimer(minutes(10))),
    ("Set a 25 minute timer.", SetTimer(minutes(25))),
    ("Could you start a timer for an hour and a half?", SetTimer(minutes(90))),
    ("Set a timer for half an hour.", SetTimer(minutes(30))),
    ("Set a timer for one minute and thirty seconds.", SetTimer(minutes(1.5))),
    ("Set a timer for twenty-five minutes.", SetTimer(minutes(25))),
    ("Start a pasta timer for eight minutes.", SetTimer(minutes(8), "pasta")),
    ("Set a timer for eight minutes for the pasta.", SetTimer(minutes(8), "pasta")),
    ("Timer for 5 minutes.", SetTimer(minutes(5))),
    ("Ten minute timer.", SetTimer(minutes(10))),
    ("I need a timer for 90 seconds.", SetTimer(minutes(1.5))),
    ("Set a timer.", SetTimer(None)),
    ("Can you set a timer?", SetTimer(None)),
    ("How long is left?", TellTimeLeft(surely=False)),
    ("How much time is left on the timer?", TellTimeLeft()),
    ("How long is left on the pasta timer?", TellTimeLeft()),
    ("How much longer?", TellTimeLeft(surely=False)),
    ("How's the timer doing?", TellTimeLeft()),
    ("Cancel the timer.", CancelTimer()),
    ("Stop the timer, please.", CancelTimer()),
    ("Cancel the pasta timer.", CancelTimer("pasta")),
    ("Cancel the ten minute timer.", CancelTimer("ten minute")),
    ("Cancel all timers.", CancelTimer("", all=True)),
    ("Add five minutes to the timer.", ExtendTimer(minutes(5))),
    ("Remind me to call mum tomorrow at five.", MUM_TOMORROW),
    ("Remind me to call mum tomorrow at 5.", MUM_TOMORROW),
    ("Remind me to call mum tomorrow at five p.m.", MUM_TOMORROW),
    ("Remind me tomorrow at 5 PM to call mum.", MUM_TOMORROW),
    ("Remind me tomorrow to call mum at 5 p.m.", MUM_TOMORROW),
    ("Remind me at five tomorrow to call mum.", MUM_TOMORROW),
    ("Can you remind me to call mum at 5 tomorrow?", MUM_TOMORROW),
    ("Set a reminder for tomorrow at five to call mum.", MUM_TOMORROW),
    ("Set a reminder to call mum tomorrow at 17:00.", MUM_TOMORROW),
    ("Please remind me, tomorrow at five o'clock, to call mum.", MUM_TOMORROW),
    ("Don't let me forget to call mum tomorrow at five.", MUM_TOMORROW),
    ("I need to be reminded to call mum tomorrow at five.", MUM_TOMORROW),
    ("Remind me to take the cake out in twenty minutes.", Remind("take the cake out", today(14, 40))),
    ("Remind me in 20 minutes to take the cake out.", Remind("take the cake out", today(14, 40))),
    ("Remind me in an hour to water the plants.", Remind("water the plants", today(15, 20))),
    ("In half an hour, remind me to stretch.", Remind("stretch", today(14, 50))),
    ("Remind me at half past six to feed the cat.", Remind("feed the cat", today(18, 30))),
    ("Remind me about the dentist on Friday at ten.", Remind("the dentist", at(4, 10))),
    ("Remind me on Friday that the rent is due.", Remind("the rent is due", When(at(4, 9).at, names_clock=False))),
    ("Remind me to buy flowers on the 12th of December at three.", Remind("buy flowers", at(12, 15))),
    ("Remind me to pay the rent on December 1st.", Remind("pay the rent", When(at(1, 9).at, names_clock=False))),
    ("Remind me tonight at nine to take my pills.", Remind("take my pills", today(21))),
    ("Remind me to take my pills every day at eight.", Remind("take my pills", When(at(1, 8).at, "day"))),
    ("Remind me every weekday at 7.30 to leave.", Remind("leave", When(at(1, 7, 30).at, "weekday"))),
    ("Remind me every Monday at nine to put the bins out.", Remind("put the bins out", When(at(7, 9).at, "week"))),
    ("Remind me to call mum.", Remind("call mum", None)),
    ("Remind me to buy a ticket for Saturday.", Remind("buy a ticket for Saturday", None)),
    ("Remind me tomorrow at five.", Remind("", at(1, 17))),
    ("Remind me to feed the cat when I get home.", Remind("feed the cat when I get home", None)),
    ("Set a reminder.", Remind("", None)),
    ("Set an alarm for seven.", Remind("", at(1, 7), "alarm")),
    ("Wake me up at half past six tomorrow.", Remind("", at(1, 6, 30), "alarm")),
    ("Wake me in twenty minutes.", Remind("", today(14, 40), "alarm")),
    ("What reminders do I have?", TellReminders()),
    ("What are my reminders?", TellReminders()),
    ("Do I have any reminders for tomorrow?", TellReminders("tomorrow")),
    ("List my reminders.", TellReminders()),
    ("What did I ask you to remind me of?", TellReminders()),
    ("Cancel the reminder about mum.", CancelReminder("mum")),
    ("Delete the reminder to call mum.", CancelReminder("call mum")),
    ("Cancel my dentist reminder.", CancelReminder("dentist")),
    ("Cancel the reminder.", CancelReminder()),
    ("Cancel all my reminders.", CancelReminder(all=True)),
    ("You don't need to remind me about mum any more.", CancelReminder("mum")),
    ("Cancel the alarm.", CancelReminder()),
    ("Note that the plumber comes at nine.", Write("the plumber comes at nine")),
    ("Take a note: buy oat milk.", Write("buy oat milk")),
    ("Take a note, the wifi code is on the fridge.", Write("the wifi code is on the fridge")),
    ("Make a note that the rent is due on the first.", Write("the rent is due on the first")),
    ("Make a note to ask Jonas about the bike.", Write("ask Jonas about the bike")),
    ("Write down the blue one costs forty euros.", Write("the blue one costs forty euros")),
    ("Note down: three eggs, one lemon.", Write("three eggs, one lemon")),
    ("Note to self: never trust the weather.", Write("never trust the weather")),
    ("Can you write down that I owe Sam ten pounds?", Write("I owe Sam ten pounds")),
    ("Add buy candles to my notes.", Write("buy candles")),
    ("Take a note.", Write("")),
    ("Could you take a note for me?", Write("")),
    ("Write that down.", WriteLast()),
    ("Make a note of that.", WriteLast()),
    ("Read my notes.", ReadNotes()),
    ("Can you read me my notes?", ReadNotes()),
    ("What's in my notes?", ReadNotes()),
    ("Read me my last note.", ReadNotes(last=True)),
    ("What do my notes say about the bike?", ReadNotes("the bike")),
    ("Delete the last note.", TearOut()),
    ("Delete the note about the bike.", TearOut("the bike")),
    ("Delete all my notes.", TearOut(all=True)),
]
TALK = """
I need more time.
She reminded me of my aunt.
Note the irony.
You remind me of my mother.
That reminds me of a song.
Remind me of that film.
Remind me what we talked about yesterday.
Remind me how you make risotto.
Remind me who wrote Emma.
Remind me why I married him.
He always reminds me to breathe.
I had to remind him to call mum at five.
My mum called at five.
Did you remind him to call at five?
What time is it in Tokyo?
What time is the meeting?
What time do you get up?
What time is love?
What a time it was.
It's about time.
Time flies, doesn't it?
Time will tell.
Do you have time for me?
Do you have a minute?
What day was your favourite?
What day is good for you?
What day is the concert?
What was the date of the battle of Hastings?
I had a date yesterday.
It was ten minutes.
Give me ten minutes.
Give me a minute.
In ten minutes I have to go.
I set a timer for ten minutes.
My timer broke.
The timer on my oven is loud.
An old timer told me that.
How long have we known each other?
How long is the Nile?
How long is left in the game?
How much longer can I do this job?
How much time is left for us as a species?
How much is left?
Cancel my subscription.
Cancel the meeting.
I want to cancel everything and go home.
Stop.
I noted that you were quiet.
She left me a note.
On a different note, how are you?
He played a wrong note.
That's a high note.
Note how the light changes.
I should take note of that more often.
I took a note of the number.
My notes are a mess.
I read my notes before the exam.
Delete your browser history.
I forgot my notes at school.
I need a reminder that I am loved.
It was a good reminder.
There are no reminders of him left.
I wish someone would wake me up from this nightmare.
Wake up!
He woke me at seven.
The alarm went off at six.
I have to call mum tomorrow at five.
Tomorrow at five I call mum.
We meet at half past six.
I'm allergic to nuts, remember that.
Write me a poem about time.
Write a story about a timer.
Don't forget me.
Don't let me forget who I am.
What do you know about me?
What did we talk about yesterday?
Set me free.
Set the table for four.
Start the car.
Make a wish.
Add some salt to the soup.
""".strip().splitlines()


def test_the_tables_are_long_enough_to_mean_something() -> None:
    assert len(REQUESTS) >= 80
    assert len(TALK) >= 60


@pytest.mark.parametrize(("text", "asked"), REQUESTS)
def test_a_request_is_understood(text: str, asked: Asked) -> None:
    assert asked_of_agenda(text, ("Samantha",), NOW, coming_day) == asked


@pytest.mark.parametrize("text", TALK)
def test_talk_is_left_to_the_conversation(text: str) -> None:
    assert asked_of_agenda(text, ("Samantha",), NOW, coming_day) is None


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("Tomorrow at five.", at(1, 17)),
        ("At five.", today(17)),
        ("Five.", today(17)),
        ("Let's say half past six.", today(18, 30)),
        ("In ten minutes, please.", today(14, 30)),
        ("On Friday morning.", at(4, 9)),
        ("I don't know yet.", None),
        ("What a nice day.", None),
    ],
)
def test_an_answer_to_when(text: str, when: When | None) -> None:
    assert when_answered(text, ("Samantha",), NOW, coming_day) == when


@pytest.mark.parametrize(
    ("text", "length"),
    [("Ten minutes.", minutes(10)), ("For an hour and a half, please.", minutes(90)), ("Long.", None)],
)
def test_an_answer_to_how_long(text: str, length: timedelta | None) -> None:
    assert length_answered(text, ("Samantha",)) == length


@pytest.mark.parametrize("text", ["Never mind.", "No, never mind, thanks.", "Oh, forget it.", "Cancel."])
def test_what_is_asked_for_can_be_dropped(text: str) -> None:
    assert is_never_mind(text, ("Samantha",))


def test_a_reminder_is_no_never_mind() -> None:
    assert not is_never_mind("Call mum.", ("Samantha",))
