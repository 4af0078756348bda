"""What words bring to mind: told with them, the same while they go on, and never waited for."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from companion.core.errors import CompanionError
from companion.core.memory import Remembered
from companion.core.persona import Persona
from companion.core.transcript import Turn
from companion.talk.prompt import Prompt
from companion.talk.recollection import MOST, Recollection, told
from companion.talk.workers import Worker

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
MARA = Remembered(7, 7, datetime(2026, 3, 3, tzinfo=UTC), "user", "", "My sister Mara moved to Lyon.", 0.9)
CAT = Remembered(9, 9, datetime(2025, 5, 1, tzinfo=UTC), "companion", "Ada", "Your cat is called Tom.", 0.7)


class ListMemory:
    """Remembers `found`, whatever it is asked; asked after `blocks` was set."""

    def __init__(self, *found: Remembered) -> None:
        self.found: Sequence[Remembered] = found
        self.asked: list[str] = []
        self.error: CompanionError | None = None
        self.may_go_on = threading.Event()
        self.may_go_on.set()

    def recall(self, text: str, at: datetime | None = None, limit: int = 20) -> Sequence[Remembered]:
        self.may_go_on.wait()
        self.asked.append(text)
        if self.error:
            raise self.error
        return self.found[:limit]

    def ponder(self, turns: int = 64) -> int:
        return 0

    def close(self) -> None: ...


@pytest.fixture
def worker() -> Iterator[Worker]:
    with Worker("remember") as worker:
        yield worker


def told_with(prompt: Prompt, words: str) -> str:
    return prompt.messages([Turn("user", "Hi."), Turn("companion", "Hey."), Turn("user", words)])[-1].text


def recollection(memory: ListMemory | None, worker: Worker) -> tuple[Recollection, Prompt]:
    prompt = Prompt(Persona(name="Ada", character="You are Ada."), "", NOW, 2000)
    return Recollection(lambda: memory, worker, prompt, lambda: NOW), prompt


async def test_what_comes_to_mind_is_told_with_the_words(worker: Worker) -> None:
    mind, prompt = recollection(ListMemory(MARA, CAT), worker)
    await mind.follow("Where does Mara live?", set())
    text = told_with(prompt, "Where does Mara live?")
    assert "On 3 March I said: “My sister Mara moved to Lyon.”" in text
    assert "On 1 May 2025 you said: “Your cat is called Tom.”" in text
    assert text.endswith("\n\nWhere does Mara live?")
    mind.start_turn()
    assert told_with(prompt, "So.") == "So."


async def test_what_is_uncertain_or_was_said_just_now_is_left_out(worker: Worker) -> None:
    memory = ListMemory(replace(MARA, score=0.4), CAT)
    mind, prompt = recollection(memory, worker)
    await mind.follow("Cats.", {CAT.text})
    assert told_with(prompt, "Cats.") == "Cats."
    memory.found = [replace(CAT, text="My dog.")]
    await mind.follow("My dog.", set())
    assert told_with(prompt, "My dog.") == "My dog."


async def test_it_stays_the_same_while_nothing_new_comes_to_mind(worker: Worker) -> None:
    memory = ListMemory(MARA, CAT)
    mind, prompt = recollection(memory, worker)
    await mind.follow("My sister", set())
    before = told_with(prompt, "So.")
    memory.found = [CAT]
    await mind.follow("My sister and", set())
    memory.found = []
    await mind.follow("My sister and the", set())
    assert told_with(prompt, "So.") == before
    memory.found = [replace(CAT, number=11, text="The cat sleeps.")]
    await mind.follow("My sister and the cat", set())
    assert "sleeps" in told_with(prompt, "So.")
    assert "Mara" not in told_with(prompt, "So.")


async def test_the_same_words_are_looked_up_once_and_no_more_than_a_few_are_told(worker: Worker) -> None:
    memory = ListMemory(*(replace(MARA, number=number, text=f"Number {number}.") for number in range(8)))
    mind, prompt = recollection(memory, worker)
    for _ in range(3):
        await mind.follow("Which?", set())
    assert memory.asked == ["Which?"]
    assert told_with(prompt, "Which?").count("Number") == MOST


async def test_a_turn_that_goes_on_keeps_what_came_to_mind_before(worker: Worker) -> None:
    memory = ListMemory(MARA)
    mind, prompt = recollection(memory, worker)
    await mind.follow("Where does my sister live?", set())
    memory.found = ()
    mind.start_turn()
    await mind.follow("And since when is she there?", set())
    assert "Lyon" in told_with(prompt, "So.")
    mind.start_turn()
    await mind.follow("What a day.", set())
    assert told_with(prompt, "So.") == "So."
    mind.start_turn()
    await mind.follow("And she?", set())
    assert told_with(prompt, "So.") == "So.", "it is no longer spoken of"


async def test_who_asks_about_themselves_is_told_what_they_said_though_it_be_uncertain(worker: Worker) -> None:
    likely = replace(MARA, score=0.3)
    mind, prompt = recollection(ListMemory(CAT, likely, replace(likely, number=8, text="Something else.")), worker)
    await mind.follow("Where does my sister live?", set())
    text = told_with(prompt, "So.")
    assert "Lyon" in text
    assert CAT.text not in text, "what she said herself does not tell of them"
    assert "Something else." not in text
    mind.start_turn()
    await mind.follow("Where does your sister live?", set())
    assert "Lyon" not in told_with(prompt, "So.")


async def test_of_what_is_barely_likely_nothing_is_told(worker: Worker) -> None:
    mind, prompt = recollection(ListMemory(replace(MARA, score=0.1)), worker)
    await mind.follow("Where does my sister live?", set())
    assert told_with(prompt, "So.") == "So."


async def test_a_word_in_common_makes_a_guess_likelier(worker: Worker) -> None:
    mind, prompt = recollection(ListMemory(replace(MARA, score=0.25)), worker)
    await mind.follow("Where does my sister live?", set())
    assert "Lyon" in told_with(prompt, "So.")
    mind.start_turn()
    await mind.follow("Where did I go to school?", set())
    assert told_with(prompt, "So.") == "So."


async def test_what_came_to_mind_before_is_likelier_than_a_guess(worker: Worker) -> None:
    memory = ListMemory(MARA)
    mind, prompt = recollection(memory, worker)
    await mind.follow("Where does my sister live?", set())
    memory.found = [replace(CAT, who="user", score=0.3)]
    mind.start_turn()
    await mind.follow("And did I visit her there?", set())
    assert "Lyon" in told_with(prompt, "So.")
    assert CAT.text not in told_with(prompt, "So.")
    memory.found = [replace(MARA, number=12, text="Where does my sister live?")]
    mind.start_turn()
    await mind.follow("And did I visit her?", {"Where does my sister live?"})
    assert "Lyon" in told_with(prompt, "So."), "that was said just now"


async def test_a_memory_that_is_missing_slow_or_broken_costs_no_answer(worker: Worker) -> None:
    mind, prompt = recollection(None, worker)
    await mind.follow("My sister?", set())
    memory = ListMemory(MARA)
    memory.error = CompanionError("The disk is full.", "Make room.")
    mind, prompt = recollection(memory, worker)
    await mind.follow("My sister?", set())
    memory.error = None
    memory.may_go_on.clear()
    await mind.follow("My sister, please?", set())
    assert told_with(prompt, "So.") == "So."
    memory.may_go_on.set()
    await mind.follow("My sister Mara?", set())
    assert "Lyon" in told_with(prompt, "So.")


@pytest.mark.parametrize(
    ("one", "words"),
    [
        (replace(MARA, text="In Lyon.", asked="Where is she?"), "you asked me: “Where is she?” and I said: “In Lyon.”"),
        (replace(CAT, text="Tom.", asked="Who?"), "I asked you: “Who?” and you said: “Tom.”"),
        (
            replace(CAT, who="other", text="Tom.", asked="Who?", speaker="Bo"),
            "Bo was asked: “Who?” and Bo said: “Tom.”",
        ),
    ],
)
def test_an_answer_is_told_with_its_question(one: Remembered, words: str) -> None:
    assert told(one, NOW).endswith(words)


def test_others_are_named() -> None:
    assert (
        told(replace(MARA, who="other", speaker="Ben"), NOW) == "On 3 March Ben said: “My sister Mara moved to Lyon.”"
    )
