"""What is asked of her memory, and what only sounds like it: a table."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.talk.memory_words import (
    Answer,
    Ask,
    ForgetAbout,
    ForgetEverything,
    ForgetFact,
    ForgetThat,
    KeepAgain,
    KeepNothing,
    No,
    Remember,
    Undo,
    WhatDidWeTalkAbout,
    WhatDoYouKnow,
    Yes,
    answer_to,
    asked_of_memory,
)

HERS = ("Samantha", "Sam")

ASKS: list[tuple[str, Ask]] = [
    # remember that ...
    ("Remember that I'm allergic to nuts.", Remember("I'm allergic to nuts")),
    ("remember that i'm allergic to nuts", Remember("i'm allergic to nuts")),
    ("Please remember that my sister is called Mara.", Remember("my sister is called Mara")),
    ("Remember, please, that my sister is called Mara.", Remember("my sister is called Mara")),
    ("Samantha, remember that Mara hates coriander.", Remember("Mara hates coriander")),
    ("Hey Samantha, could you remember that I moved to Lyon?", Remember("I moved to Lyon")),
    ("Can you please remember that we leave on Friday?", Remember("we leave on Friday")),
    ("Um, remember that, uh, I don't eat meat.", Remember("I don't eat meat")),
    ("Remember this: the code is 4711.", Remember("the code is 4711")),
    ("Remember that there is a spare key under the pot, okay?", Remember("there is a spare key under the pot")),
    ("Don't forget that I'm a vegetarian.", Remember("I'm a vegetarian")),
    ("Don't forget I'm a vegetarian, Samantha.", Remember("I'm a vegetarian")),
    ("Keep in mind that the cat is deaf.", Remember("the cat is deaf")),
    ("Make a note that the rent is due on the first.", Remember("the rent is due on the first")),
    ("I want you to remember that you promised me a story.", Remember("you promised me a story")),
    ("I'd like you to remember that dogs are not my thing.", Remember("dogs are not my thing")),
    ("Remember I hate coriander.", Remember("I hate coriander")),
    ("Remember, I'm leaving on Friday.", Remember("I'm leaving on Friday")),
    ("Remember my wife's name is Jo.", Remember("my wife's name is Jo")),
    ("Remember my mother's birthday is on the third of May.", Remember("my mother's birthday is on the third of May")),
    ("And remember Mara is coming on Sunday.", Remember("Mara is coming on Sunday")),
    ("Remember that I have two cats. One is called Otto.", Remember("I have two cats. One is called Otto")),
    ("My sister is called Mara. Remember that.", Remember("My sister is called Mara")),
    ("My sister is called Mara. Please remember that, will you?", Remember("My sister is called Mara")),
    ("Remember that.", Remember("")),
    ("Please remember this.", Remember("")),
    ("Could you remember that for me?", Remember("")),
    ("Keep that in mind.", Remember("")),
    ("Write that down, please.", Remember("")),
    # forget that ...
    ("Forget that I am a carpenter.", ForgetFact("I am a carpenter")),
    ("Please forget that my sister lives in Lyon.", ForgetFact("my sister lives in Lyon")),
    ("Could you forget the fact that I'm left-handed?", ForgetFact("I'm left-handed")),
    # forget that
    ("Forget that.", ForgetThat()),
    ("Oh, forget that, please.", ForgetThat()),
    ("Forget that, Samantha.", ForgetThat()),
    ("Could you forget that?", ForgetThat()),
    ("Please forget what I just said.", ForgetThat()),
    ("Forget I said that.", ForgetThat()),
    ("forget that i ever said that", ForgetThat()),
    ("Forget I said anything.", ForgetThat()),
    ("Forget everything I just said.", ForgetThat()),
    ("Delete the last thing I said.", ForgetThat()),
    ("Don't remember that, please.", ForgetThat()),
    # forget everything about ...
    ("Forget everything about Mara.", ForgetAbout("Mara")),
    ("Um, Samantha, please forget everything about my ex-husband.", ForgetAbout("my ex-husband")),
    ("Would you forget everything you know about the job?", ForgetAbout("the job")),
    ("Forget everything I told you about Mara and Ben.", ForgetAbout("Mara and Ben")),
    ("Forget everything that I have told you about Lyon, okay?", ForgetAbout("Lyon")),
    ("Delete everything about the operation.", ForgetAbout("the operation")),
    ("Forget what I told you about Mara.", ForgetAbout("Mara")),
    ("Forget all about Mara.", ForgetAbout("Mara")),
    ("Forget everything about her.", ForgetAbout("")),
    # forget everything
    ("Forget everything.", ForgetEverything()),
    ("Forget everything about me.", ForgetEverything()),
    ("Samantha, forget everything you know about me.", ForgetEverything()),
    ("Forget everything I've ever told you.", ForgetEverything()),
    ("Could you please erase all your memories?", ForgetEverything()),
    ("Wipe your memory.", ForgetEverything()),
    # what do you know
    ("What do you know about me?", WhatDoYouKnow()),
    ("what do you know about me", WhatDoYouKnow()),
    ("So, um, what do you know about me, Samantha?", WhatDoYouKnow()),
    ("Tell me what you know about me.", WhatDoYouKnow()),
    ("Can you tell me everything you remember about me?", WhatDoYouKnow()),
    ("What do you remember?", WhatDoYouKnow()),
    ("What have you learned about me?", WhatDoYouKnow()),
    ("What do you know about my sister?", WhatDoYouKnow("my sister")),
    ("What do you remember about Mara?", WhatDoYouKnow("Mara")),
    ("What did I tell you about the job?", WhatDoYouKnow("the job")),
    ("Do you remember what I told you about Mara?", WhatDoYouKnow("Mara")),
    ("Do you remember anything about Lyon?", WhatDoYouKnow("Lyon")),
    ("What do you know about Mara?", WhatDoYouKnow("Mara", surely=False)),
    ("What do you know about black holes?", WhatDoYouKnow("black holes", surely=False)),
    # what did we talk about
    ("What did we talk about?", WhatDidWeTalkAbout()),
    ("What did we talk about yesterday?", WhatDidWeTalkAbout("yesterday")),
    ("samantha what did we talk about yesterday", WhatDidWeTalkAbout("yesterday")),
    ("What did we talk about, um, last Tuesday?", WhatDidWeTalkAbout("last Tuesday")),
    ("What did we talk about last time?", WhatDidWeTalkAbout("last time")),
    ("What were we talking about on Monday evening?", WhatDidWeTalkAbout("on Monday evening")),
    ("Do you remember what we talked about three weeks ago?", WhatDidWeTalkAbout("three weeks ago")),
    ("Can you remind me what we talked about on the 12th of May?", WhatDidWeTalkAbout("on the 12th of May")),
    ("What did I tell you last night?", WhatDidWeTalkAbout("last night")),
    ("What have we talked about today?", WhatDidWeTalkAbout("today")),
    ("What was our last conversation about?", WhatDidWeTalkAbout("last conversation")),
    # between us
    ("This stays between us.", KeepNothing()),
    ("What I tell you now stays between us, okay?", KeepNothing()),
    ("Off the record.", KeepNothing()),
    ("This is off the record, Samantha.", KeepNothing()),
    ("Let's go off the record.", KeepNothing()),
    ("Keep this between us, please.", KeepNothing()),
    ("Don't remember any of this.", KeepNothing()),
    ("Please don't write this down.", KeepNothing()),
    ("Stop remembering things.", KeepNothing()),
    ("Turn on private mode.", KeepNothing()),
    ("You can remember again.", KeepAgain()),
    ("Okay, you can remember things again now.", KeepAgain()),
    ("We're back on the record.", KeepAgain()),
    ("Turn off private mode, please.", KeepAgain()),
]

NOTHING_ASKED = [
    "I can't remember that film.",
    "I don't remember that.",
    "Do you remember that film?",
    "Do you remember that my sister is called Mara?",
    "Can you remember that film we saw?",
    "Remember that film?",
    "Remember that time we went to Rome?",
    "Remember that time we went to Rome.",
    "Remember that Friday we met?",
    "Remember when we met?",
    "Remember me?",
    "Remember?",
    "Remember to smile.",
    "Remember how cold it was.",
    "Remember I told you about the job?",
    "Remember I told you about the job.",
    "Remember my first day at school.",
    "Remember the milk.",
    "Don't forget to call.",
    "Please don't forget to call me tomorrow.",
    "Don't forget your umbrella.",
    "I'll never forget that.",
    "I won't forget what I said.",
    "Did you forget that?",
    "Did you forget everything about me?",
    "You forgot that.",
    "Forget it.",
    "Forget about it.",
    "Forget about the dishes.",
    "You can forget that.",
    "Forget that, let's talk about music.",
    "I try to forget everything about school.",
    "I forget everything about chemistry.",
    "I forgot everything.",
    "She wants me to forget everything.",
    "He knows everything about me.",
    "What do you think about me?",
    "What do you know?",
    "What do you know about it?",
    "What do you know about her?",
    "What do they know about me?",
    "What does my sister know about me?",
    "What did they talk about yesterday?",
    "What were we talking about?",
    "What shall we talk about?",
    "We talked about it yesterday.",
    "What did you talk about with Mara yesterday?",
    "My brother and I did not speak; it stays between us.",
    "The record player is off.",
    "She told me that off the record.",
    "There is a wall between us.",
    "Is this private?",
    "I remember again why I left.",
    "Undo.",
    "Yes.",
    "Samantha?",
    "",
    "…",
]


@pytest.mark.parametrize(("said", "asked"), ASKS)
def test_what_is_asked_is_understood(said: str, asked: Ask) -> None:
    assert asked_of_memory(said, HERS) == asked


@pytest.mark.parametrize("said", NOTHING_ASKED)
def test_what_only_sounds_like_it_is_left_to_the_conversation(said: str) -> None:
    assert asked_of_memory(said, HERS) is None


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("Yes.", Yes()),
        ("yes please", Yes()),
        ("Um, yes, do it.", Yes()),
        ("Yeah, go ahead, Samantha.", Yes()),
        ("Yes, forget everything.", Yes()),
        ("Sure.", Yes()),
        ("No.", No()),
        ("No, don't.", No()),
        ("no no okay", None),
        ("No, no, wait.", No()),
        ("Yes, no, wait.", None),
        ("Better not, thanks.", No()),
        ("Okay, but keep the birthday.", None),
        ("Yes, and what is the time?", None),
        ("Undo.", Undo()),
        ("Oh, undo that, please.", Undo()),
        ("No, bring that back!", Undo()),
        ("Bring it back, Samantha.", Undo()),
        ("I didn't mean that.", Undo()),
        ("Bring back the book.", None),
        ("", None),
    ],
)
def test_answers(said: str, answer: Answer | None) -> None:
    assert answer_to(said, HERS) == answer


@given(st.text())
def test_any_text_is_read(text: str) -> None:
    assert asked_of_memory(text, HERS) is None or text.strip()
    answer_to(text, HERS)


@given(st.sampled_from([said for said, _ in ASKS]), st.sampled_from(["Um, ", "Okay, ", "So ", "Well, um, ", "Hey, "]))
def test_what_people_say_before_it_changes_nothing(said: str, before: str) -> None:
    assert asked_of_memory(before + said, HERS) == asked_of_memory(said, HERS)
