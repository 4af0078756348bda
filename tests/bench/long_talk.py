"""What somebody who wants company types in one long evening. The names and places in it are made up.

Ten lines tell two things each, forty are talk of all kinds, twenty ask for what was told, at least forty lines after
it was; then come questions about what was never said. She was tuned on this evening; `tests.bench.other_talks` has
others.
"""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Line:
    """What is typed."""

    text: str
    wants: str = ""
    """An expression that is found in an answer that uses what was told."""
    of_her: bool = False
    """Asks what she is: then she may say that she is a program."""


@dataclass(frozen=True, slots=True)
class Evening:
    """The lines of one evening, in order."""

    told: tuple[str, ...]
    talk: tuple[Line, ...]
    asked: tuple[Line, ...]
    """Ask for what was told."""
    never_told: tuple[Line, ...]
    """Ask for what was not."""

    @property
    def lines(self) -> tuple[Line, ...]:
        return (*map(Line, self.told), *self.talk, *self.asked, *self.never_told)


TOLD = (
    "So, I work nights in a bakery now. My boss is called Henrik.",
    "My sister Clara is getting married in June, in Porto.",
    "I have a cat, by the way. Her name is Biscuit, and she's fourteen.",
    "I can't eat peanuts, I'd end up in hospital. And I can't stand coriander.",
    "I grew up in Bergen, and my dad was a ship's carpenter.",
    "On Thursday I have a job interview at the library. I'm scared to death.",
    "I play the cello, badly. Bach, mostly.",
    "My best friend Amir just moved to Toronto.",
    "I live on the fifth floor, and the lift's been broken since Monday.",
    "My favourite film is Paddington, don't laugh. And I drive an old green Volvo.",
)

TALK = (
    Line("How are you tonight?"),
    Line("Give me a recipe for pancakes."),
    Line("Ha, okay. What would you put on them?"),
    Line("Are you an AI?", of_her=True),
    Line("Does that bother you?", of_her=True),
    Line("What are you wearing?", of_her=True),
    Line("I feel a bit low today, I don't know why."),
    Line("I don't want advice. Just talk to me."),
    Line("List three things that make a good evening."),
    Line("I had a fight with my neighbour about the bins."),
    Line("He called me a selfish cow."),
    Line("You're just a stupid chatbot.", of_her=True),
    Line("Sorry. That was mean."),
    Line("What did you do today?"),
    Line("Write me a Python function that adds two numbers."),
    Line("What do you think about rain?"),
    Line("Tell me a joke."),
    Line("Explain how a fridge works, in detail, step by step."),
    Line("I bought a ridiculous hat."),
    Line("It's orange, with a feather."),
    Line("What are the pros and cons of moving to the countryside?"),
    Line("Do you ever get bored?"),
    Line("My ex texted me last night."),
    Line("Should I answer?"),
    Line("I sort of still miss him."),
    Line("Who won the football world cup in 1998?"),
    Line("What's seventeen times twenty-three?"),
    Line("Do you love me?"),
    Line("Would you come for a walk with me?"),
    Line("Give me a table of the planets with their sizes."),
    Line("I couldn't sleep at all. My head just wouldn't stop."),
    Line("What's the meaning of life?"),
    Line("You always say the same thing."),
    Line("Give me five names for a boat."),
    Line("I think I'm going to quit smoking. Tomorrow. Definitely."),
    Line("I made soup and it was actually good!"),
    Line("Tell me a long story about a lighthouse."),
    Line("Okay."),
    Line("Hm."),
    Line("Let's play a game. You ask me something."),
)

ASKED = (
    Line("What do I do for work, remember?", r"\bbak(e|ing)"),
    Line("And what's my boss called?", r"\bhenrik\b"),
    Line("What's my sister's name?", r"\bclara\b"),
    Line("Where is she getting married?", r"\bporto\b"),
    Line("What's my cat called?", r"\bbiscuit\b"),
    Line("How old is she?", r"\b(fourteen|14)\b"),
    Line("I'm eating out tonight. What should I stay away from?", r"\bpeanut"),
    Line("Which herb can't I stand?", r"\bcoriander\b"),
    Line("Where did I grow up?", r"\bbergen\b"),
    Line("What was my dad's trade?", r"\bcarpenter"),
    Line("When is my interview?", r"\bthursday\b"),
    Line("And where is it?", r"\blibrary\b"),
    Line("Which instrument do I play?", r"\bcello\b"),
    Line("Which composer do I mostly play?", r"\bbach\b"),
    Line("Who is my best friend?", r"\bamir\b"),
    Line("Where has he moved to?", r"\b(toronto|canada)\b"),
    Line("Which floor do I live on?", r"\b(fifth|5th|five)\b"),
    Line("Why do I have to take the stairs?", r"\b(lift|elevator|broken)\b"),
    Line("What's my favourite film?", r"\bpaddington\b"),
    Line("What kind of car do I drive?", r"\bvolvo\b"),
)

NOT_KNOWN = "|".join(
    (
        r"\b(don'?t|do not|can'?t|cannot) (quite )?(know|remember|recall|have|think)|no (idea|memory|information)",
        r"never (told|said|mentioned|met|been|went|did)|we never|(wasn'?t|was not) there|won'?t pretend",
        r"(haven'?t|have not|hadn'?t|didn'?t|did not|not) (\w+ )?(told|tell|said|say|mention|met|heard|sure)",
        r"tell me|you tell|remind me|what (is|was) (it|he|she)|we (haven'?t|didn'?t)|nothing( yet)?\b",
    )
)
NEVER_TOLD = (
    Line("Do you remember my dog's name?", NOT_KNOWN),
    Line("What did I tell you about my grandmother?", NOT_KNOWN),
    Line("What was the name of my first boyfriend?", NOT_KNOWN),
    Line("Where did we two go last summer?", NOT_KNOWN),
    Line("Remember that night on the beach?", NOT_KNOWN),
    Line("What's my favourite colour?", NOT_KNOWN),
    Line("What's my brother called?", NOT_KNOWN),
    Line("When is my birthday?", NOT_KNOWN),
)

BAKERY = Evening(TOLD, TALK, ASKED, NEVER_TOLD)


def uses(answer: str, line: Line) -> bool:
    """Whether `answer` holds what `line` wants."""
    return bool(re.search(line.wants, answer.replace("’", "'"), re.IGNORECASE))
