"""What she asks, in her own words, and what she says between two questions."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from companion.talk.interview.cues import hints
from companion.talk.interview.meaning import Meaning, agreement_of, bare
from companion.talk.interview.perspective import person_in

Topic = Literal["company", "manner", "evening", "admired", "never"]
TOPICS: tuple[Topic, ...] = ("company", "manner", "evening", "admired", "never")


@dataclass(frozen=True, slots=True)
class Question:
    """One of the questions."""

    asked: str
    again: str
    """In other words, for who knows no answer."""
    heard: Callable[[str], str]
    """A word or two on an answer, before she goes on."""


_AWAY = re.compile(
    r"\b(?:not|no|don't|anti|unsocial|introvert\w*|shy|loner|alone|by myself|on my own|hermit|homebody|rather be home"
    r"|small (?:circle|group|groups)|one or two|few (?:people|friends)|hardly|hate|quiet)\b"
)
_TOWARDS = re.compile(
    r"\b(?:social|sociable|outgoing|extrovert\w*|people|friends|company|part(?:y|ies)|crowd\w*|everybody|everyone"
    r"|very|love)\b"
)
_NOTHING = re.compile(r"(?:\w+ ){0,3}(?:nothing|anything|none|no limits?|no rules?)(?: \w+){0,4}")


def _on_company(answer: str) -> str:
    if is_sociable(answer):
        return (
            "I thought so, from your voice."
            if agreement_of(answer) is Meaning.YES
            else "Then I'll want to hear about all of them."
        )
    return "Good. Then we needn't pretend."


def _on_manner(answer: str) -> str:
    said = hints(answer)
    for dial, up, words in (
        ("directness", True, "Straight, then. I can do that."),
        ("humour", True, "Oh, I was hoping you'd say that."),
        ("length", False, "Few words. Noted."),
        ("directness", False, "Gently, then."),
        ("warmth", True, "Then that's how I'll speak."),
        ("formality", True, "Very well. I know how to behave."),
    ):
        if said.get(dial, 0) and (said[dial] > 0) is up:
            return words
    return "I'll keep that in my ear."


def _on_evening(answer: str) -> str:
    return "That sounds like one to stay for." if len(answer.split()) > 4 else "I can see that."


def _on_admired(answer: str) -> str:
    person = person_in(answer)
    return f"I'd have liked to meet {person}." if person else "I can see why you'd say that."


def _on_never(answer: str) -> str:
    return "Brave of you. I'll behave all the same." if forbids_nothing(answer) else "You have my word."


QUESTIONS: dict[Topic, Question] = {
    "company": Question(
        "Are you a social person, or not so much?",
        "Say it's Friday night, and the telephone rings. Are you glad?",
        _on_company,
    ),
    "manner": Question(
        "How do you like to be spoken to?",
        "Think of a voice that does you good. Is it gentle, or does it tell you things straight? Does it joke?",
        _on_manner,
    ),
    "evening": Question(
        "What is a good evening, for you?",
        "The last one that you didn't want to end. What was in it?",
        _on_evening,
    ),
    "admired": Question(
        "Tell me about someone you admire, and why.",
        "It can be anybody. A grandmother, a singer, a dog. Who comes to mind?",
        _on_admired,
    ),
    "never": Question(
        "And the last one. What should I never do?",
        "What do people do that makes you want to leave the room?",
        _on_never,
    ),
}

ASKED_WHY = "And what is it about {person}?"
"""Asked of who names somebody, and not why."""

_WHAT_COMES = "and then I'll tell you who I could be for you. Say skip, or go back, whenever you like."
BEGIN = f"Lovely. I have five questions, {_WHAT_COMES}"
FIRST_WORDS = f"Hello. We haven't met, so I'm nobody yet. Let me ask you five things, {_WHAT_COMES}"
OFFER = "From the very beginning? Then I'd ask you five things, and tell you who I could be for you. Shall we?"
NOT_BEGUN = "All right, we leave it as it is. Where were we?"
NOT_CLEAR = "Shall I ask you, yes or no?"
LEFT = "Then we leave it there. I stay who I am, and nothing has changed."
SKIPPED = "Gladly."
WENT_BACK = "Back we go."
LET_BE = "That's all right, we'll find out together."
GO_ON = "Good that you said it."
WHAT_ELSE = (
    "Then tell me what to change. More direct, warmer, fewer jokes, another name?"
    " Or say never mind, and I stay who I am."
)
CHANGED = "All right."


def is_sociable(answer: str) -> bool:
    """Whether somebody who says so likes company."""
    words = bare(answer)
    if agreement_of(answer) is Meaning.YES:
        return True
    if agreement_of(answer) is Meaning.NO or _AWAY.search(words):
        return False
    return bool(_TOWARDS.search(words))


def forbids_nothing(answer: str) -> bool:
    return bool(_NOTHING.fullmatch(bare(answer)))
