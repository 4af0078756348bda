"""The prompt keeps its prefix to the byte, fits its budget, and shows what was heard."""

from __future__ import annotations

from datetime import datetime
from itertools import pairwise

import pytest

from companion.core.engines import Message
from companion.core.lore import Lore, LoreEntry
from companion.core.persona import ExampleExchange, Persona
from companion.core.tokens import BYTES_PER_TOKEN, estimated_tokens
from companion.core.transcript import Turn
from companion.talk.prompt import Prompt
from companion.talk.prompt_parts import message_tokens

PERSONA = Persona(name="Ada", character="You are Ada.", examples=(ExampleExchange(user="Hi", reply="Hey."),))
BEGAN = datetime(2026, 11, 23, 20, 5)


def prompt(budget_tokens: int = 2000) -> Prompt:
    return Prompt(PERSONA, "Sam", BEGAN, budget_tokens)


def conversation(turns: int) -> list[Turn]:
    return [Turn("user" if i % 2 == 0 else "companion", f"Turn number {i}, some words of it.") for i in range(turns)]


def test_persona_and_name_come_first() -> None:
    system = prompt().prefix[0]
    assert system.role == "system"
    assert system.text.startswith("You are Ada.")
    assert "Sam" in system.text


def test_the_time_is_told_with_the_first_words_and_leaves_the_prefix_alone() -> None:
    built = prompt()
    first = built.messages([Turn("user", "So.")])[-1]
    assert first.text == "(It is Monday, 23 November 2026, 20:05.)\n\nSo."
    assert built.so_far(()) == [*built.prefix, Message("user", first.text.removesuffix("So."))]
    before = built.prefix
    built.begin_anew(datetime(2026, 12, 1, 9, 0))
    assert built.prefix == before
    assert "Tuesday, 1 December 2026, 09:00" in built.messages([Turn("user", "So.")])[-1].text


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
        assert sum(len(m.text) for m in messages) / BYTES_PER_TOKEN < budget
        assert messages[-1].text.endswith(turns[count - 1].text)
        firsts.append(messages[len(built.prefix)].text)
    changes = sum(a != b for a, b in pairwise(firsts))
    assert 0 < changes <= 6, "the prefix must survive most turns"


LONG = "A sentence of some length about nothing much. " * 200
RICH = Persona(
    version=2,
    name="Ada",
    character=LONG,
    manner=LONG[:5900],
    likes=("rain",) * 20,
    boundaries=("Never say never.",) * 20,
    examples=(ExampleExchange(user="Hi " * 100, reply="Hey " * 100),) * 10,
    lore=Lore(
        token_budget=5000,
        entries=tuple(
            LoreEntry(keys=("number",), text=f"Lore {at}. {LONG[:400]}", constant=at % 2 == 0) for at in range(40)
        ),
    ),
)


@pytest.mark.parametrize("budget", [400, 650, 1000, 2000, 4000, 8000, 32000])
@pytest.mark.parametrize("last", ["Is it number one?", LONG])
def test_whatever_the_persona_the_prompt_fits_every_context(budget: int, last: str) -> None:
    built = Prompt(RICH, "Sam", BEGAN, budget)
    built.summarize(LONG)
    built.remember([LONG[:200]] * 50)
    turns = [*conversation(80), Turn("user", last)]
    messages = built.messages(turns)
    assert sum(map(message_tokens, messages)) <= budget
    assert messages[-1].text.endswith(last[-200:])
    assert "A sentence of some length" in messages[0].text
    assert "Sam" in messages[0].text


def test_lore_comes_with_the_turn_that_brings_it_up_and_leaves_the_prefix_alone() -> None:
    lore = Lore(scan_depth=2, entries=(LoreEntry(keys=("Ben",), text="Ben is {{user}}'s brother."),))
    built = Prompt(PERSONA.model_copy(update={"lore": lore}), "Sam", BEGAN, 2000)
    before = built.prefix
    messages = built.messages([Turn("user", "I met Ben.")])
    assert messages[-1].text.endswith(".)\n\n(What you know about this: Ben is Sam's brother.)\n\nI met Ben.")
    later = built.messages(
        [Turn("user", "I met Ben."), Turn("companion", "Nice."), Turn("user", "So."), Turn("companion", "Yes?")]
    )
    assert tuple(later[: len(before)]) == before
    assert not any("brother" in message.text for message in later)


def test_memories_and_the_summary_stand_where_they_cost_least() -> None:
    built = prompt()
    turns = conversation(3)
    bare = built.messages(turns)
    built.remember(["Sam moved to Lyon in May.", "Sam has a cat."])
    with_memories = built.messages(turns)
    assert with_memories[:-1] == bare[:-1]
    assert with_memories[-1].text.startswith("(What you remember: Sam moved to Lyon in May. Sam has a cat.)\n\n")
    built.remember([])
    assert built.messages(turns) == bare
    built.summarize("You spoke of boats.")
    first = built.messages(turns)[len(built.prefix)]
    assert ".)\n\n(What you talked about before: You spoke of boats.)\n\n" in first.text


def test_parts_are_what_the_model_gets() -> None:
    built = Prompt(RICH, "Sam", BEGAN, 4000)
    built.remember(["Sam has a cat."])
    turns = [Turn("user", "Number?")]
    whole = "\n".join(message.text for message in built.messages(turns))
    parts = built.parts(turns)
    assert {"who she is", "how she speaks", "examples", "turns", "lore that came up", "memories"} <= {
        part.name for part in parts
    }
    for part in parts:
        if part.name not in ("examples", "turns"):
            assert part.text in whole
        assert part.limit_tokens is None or estimated_tokens(part.text) <= part.limit_tokens + 4, part.name


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


def test_what_to_answer_in_stands_with_the_turns_for_good() -> None:
    built = prompt()
    turns = [
        Turn("user", "Hello."),
        Turn("companion", "Hello to you."),
        Turn("user", "Wie spät ist es?", language="de"),
        Turn("companion", "Acht Uhr."),
        Turn("user", "And in English?", language="en"),
    ]
    for count in (1, 3):
        shorter, longer = built.messages(turns[:count]), built.messages(turns[: count + 2])
        assert longer[: len(shorter)] == shorter
    assert [message.text for message in built.messages(turns)[-5:] if message.role == "user"][1:] == [
        "(Antworte auf Deutsch.)\n\nWie spät ist es?",
        "(Answer in English.)\n\nAnd in English?",
    ]
    assert built.messages(turns)[: len(built.prefix)] == list(built.prefix)
