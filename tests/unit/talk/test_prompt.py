"""The prompt keeps its prefix to the byte, fits its budget, and shows what was heard."""

from __future__ import annotations

from datetime import datetime
from itertools import pairwise

from companion.core.engines import Message
from companion.core.persona import ExampleExchange, Persona
from companion.core.transcript import Turn
from companion.talk.prompt import CHARACTERS_PER_TOKEN, Prompt

PERSONA = Persona(name="Ada", character="You are Ada.", examples=(ExampleExchange(user="Hi", reply="Hey."),))
BEGAN = datetime(2026, 11, 23, 20, 5)


def prompt(budget_tokens: int = 2000) -> Prompt:
    return Prompt(PERSONA, "Sam", BEGAN, budget_tokens)


def conversation(turns: int) -> list[Turn]:
    return [Turn("user" if i % 2 == 0 else "companion", f"Turn number {i}, some words of it.") for i in range(turns)]


def test_persona_name_and_date_come_first() -> None:
    system = prompt().prefix[0]
    assert system.role == "system"
    assert system.text.startswith("You are Ada.")
    assert "Sam" in system.text
    assert "Monday, 23 November 2026, at 20:05" in system.text


def test_each_prompt_begins_with_the_whole_of_the_last_one() -> None:
    built = prompt()
    turns = conversation(9)
    for count in range(1, 9, 2):
        shorter, longer = built.messages(turns[:count]), built.messages(turns[: count + 2])
        assert longer[: len(shorter)] == shorter


def test_old_turns_are_dropped_many_at_a_time_and_the_prompt_fits() -> None:
    budget = 400
    built = prompt(budget)
    firsts = []
    turns = conversation(61)
    for count in range(1, 62, 2):
        messages = built.messages(turns[:count])
        assert sum(len(m.text) for m in messages) / CHARACTERS_PER_TOKEN < budget
        assert messages[-1].text == turns[count - 1].text
        firsts.append(messages[len(built.prefix)].text)
    changes = sum(a != b for a, b in pairwise(firsts))
    assert 0 < changes <= 6, "the prefix must survive most turns"


def test_only_what_was_heard_of_an_interrupted_reply_is_in_the_prompt() -> None:
    turns = [
        Turn("user", "Tell me."),
        Turn("companion", "Once upon", unheard="a time", interrupted=True),
        Turn("user", "Stop."),
    ]
    texts = [m.text for m in prompt().messages(turns)]
    assert "Once upon—" in texts
    assert not any("a time" in text for text in texts)


def test_roles_alternate_whatever_the_turns() -> None:
    turns = [Turn("companion", "Hi there."), Turn("user", "One."), Turn("user", "Two.")]
    messages = prompt().messages(turns)
    roles = [m.role for m in messages[1:]]
    assert all(a != b for a, b in pairwise(roles))
    assert messages[-1] == Message("user", "One. Two.")
