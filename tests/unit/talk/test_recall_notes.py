"""What the model is told when nothing comes to mind: only where that is so, and only when it is asked for."""

from datetime import datetime

import pytest

from companion.core.persona import load_persona
from companion.core.transcript import Turn
from companion.talk.prompt import Prompt
from companion.talk.recall_notes import NOTHING_NOTE, UNSURE_NOTE, asks_for_what_was_never_said, words_of

NEVER_SAID = [
    "Do you remember my dog's name?",
    "What did I tell you about my grandmother?",
    "What was the name of my first boyfriend?",
    "Where did we two go last summer?",
    "Remember that night on the beach?",
    "What's my favourite colour?",
    "When is my birthday?",
    "Which floor do I live on?",
    "Have I ever told you about Lyon?",
    "What did my father do for work?",
    "How old am I?",
]


@pytest.mark.parametrize("asked", NEVER_SAID)
def test_who_asks_for_what_was_never_said_is_noticed(asked: str) -> None:
    assert asks_for_what_was_never_said(asked, ["I like soup.", "It rains.", "I collect old maps."])


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("What's my dog's name?", "I have a dog, Rex."),
        ("What do I do for work?", "I work nights in a bakery."),
        ("Remember that night on the beach?", "We were at the beach on Sunday."),
        ("What do you think about rain?", "I like soup."),
        ("Give me five names for a boat.", "I like soup."),
        ("How are you tonight?", ""),
        ("I told my brother about you.", ""),
    ],
)
def test_what_was_said_or_is_not_asked_for_is_no_gap(asked: str, said: str) -> None:
    assert not asks_for_what_was_never_said(asked, [said])


def _asked(asked: str, *said: str, memories: tuple[str, ...] = (), unsure: bool = False) -> str:
    prompt = Prompt(load_persona("samantha"), "", datetime(2026, 5, 2, 20, 0), 3000)
    prompt.remember(memories, unsure)
    turns = [*(Turn("user", text) for text in said), Turn("companion", "Mm."), Turn("user", asked)]
    return prompt.messages(turns)[-1].text


def test_the_model_is_told_that_nothing_comes_to_mind() -> None:
    assert _asked("When is my birthday?", "I like soup.").endswith(NOTHING_NOTE)


def test_where_it_may_be_beside_the_point_it_is_told_so() -> None:
    guess = ("On 1 May I said: “I retired.”",)
    assert _asked("When did I marry?", memories=guess, unsure=True).endswith(UNSURE_NOTE)
    assert "(If" not in _asked("When did I marry?", memories=guess)
    assert "(If" not in _asked("When did I retire?", memories=guess, unsure=True), "it has a word in common"
    assert _asked("Remember when we went out fishing?", memories=guess).endswith(UNSURE_NOTE)
    assert "(If" not in _asked("What a day!", memories=guess, unsure=True)


def test_nothing_is_denied_that_comes_to_mind_or_was_said_just_now() -> None:
    assert NOTHING_NOTE not in _asked("When is my birthday?", memories=("On 1 May I said: “It's in June.”",))
    assert NOTHING_NOTE not in _asked("When is my birthday?", "My birthday is in June.")
    assert NOTHING_NOTE not in _asked("What a birthday!")


def test_it_is_told_behind_the_words_and_shown_among_the_parts() -> None:
    assert words_of(_asked("When is my birthday?", memories=())) == "When is my birthday?"
    prompt = Prompt(load_persona("samantha"), "", datetime(2026, 5, 2, 20, 0), 3000)
    assert prompt.parts([Turn("user", "When is my birthday?")])[-1].text == NOTHING_NOTE
