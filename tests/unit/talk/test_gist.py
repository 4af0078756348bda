"""What remains of what no longer fits the prompt."""

from __future__ import annotations

from datetime import datetime

from companion.core.engines import Message
from companion.core.persona import Persona
from companion.core.tokens import estimated_tokens
from companion.core.transcript import Turn
from companion.talk.gist import Gist
from companion.talk.prompt import Prompt

SMALL_TALK = ("Oh, okay.", "Yeah, I see.", "What do you think?", "Hm, maybe that is so.", "Right, well, thanks.")


def test_what_the_user_told_remains_and_small_talk_does_not() -> None:
    gist = Gist()
    gist.lose([*SMALL_TALK, "My sister Mara moved to Lyon in March.", *SMALL_TALK], 100)
    assert gist.text == "I told you: My sister Mara moved to Lyon in March."


def test_it_is_never_longer_than_it_may_be() -> None:
    gist = Gist("Before, we spoke of the sea.")
    for number in range(50):
        gist.lose([f"My cousin number {number} lives in Bremen with a dog called Otto."], 60)
        assert estimated_tokens(gist.text) <= 60
    assert "number 49" in gist.text
    assert "number 3 " not in gist.text


def test_what_was_told_long_ago_fades_behind_what_is_new() -> None:
    gist = Gist()
    gist.lose(["My sister Mara moved to Lyon."], 200)
    for _ in range(4):
        gist.lose(["I had toast again this morning."], 200)
    assert gist.text.startswith("I told you: My sister Mara moved to Lyon."), "while there is room it stays"


def test_a_written_summary_goes_first() -> None:
    gist = Gist("On Tuesday I told you of my exam.")
    gist.lose(["My sister Mara moved to Lyon."], 100)
    gist.sum_up("I could not sleep.")
    assert gist.lose([], 100) == (
        "On Tuesday I told you of my exam. I could not sleep. I told you: My sister Mara moved to Lyon."
    )


def conversation(turns: int) -> list[Turn]:
    said = [Turn("user", "My sister Mara moved to Lyon in March."), Turn("companion", "Did she?")]
    for number in range(turns // 2 - 1):
        said += [Turn("user", f"Then I went for walk number {number}."), Turn("companion", "And was it wet?")]
    return said


def prompt_of(turns: list[Turn], budget: int = 600) -> Prompt:
    prompt = Prompt(Persona(name="Ada", character="You are Ada."), "", datetime(2026, 1, 1), budget)
    for end in range(1, len(turns) + 1, 2):
        prompt.messages(turns[:end])
        prompt.make_room(turns[: end + 1])
    return prompt


def text_of(prompt: Prompt, turns: list[Turn]) -> str:
    return " ".join(message.text for message in prompt.messages(turns))


def test_nothing_is_put_before_what_was_read() -> None:
    """Whatever is dropped: what is left of the prompt follows in its order, and only its end is new."""
    turns = conversation(200)
    prompt = prompt_of(turns[:2])
    before = prompt.messages(turns[:3])
    for end in range(4, len(turns), 2):
        prompt.make_room(turns[:end])
        after = prompt.so_far(turns[:end])
        words = iter(_words(before))
        old = [word for word in _words(after[:-2]) if word not in words]
        assert old == [], "a cache that can leave out what is gone reads none of this anew"
        before = prompt.messages(turns[: end + 1])


def _words(messages: list[Message]) -> list[str]:
    return [word for message in messages for word in (message.role, *message.text.split())]


def test_what_was_dropped_from_the_prompt_is_told_in_short() -> None:
    turns = conversation(60)
    told = text_of(prompt_of(turns), turns)
    assert "(What you talked about before: I told you: My sister Mara moved to Lyon in March." in told


def test_room_is_made_before_anybody_waits() -> None:
    turns = conversation(200)
    prompt = prompt_of(turns[:2])
    changed = []
    for end in range(3, len(turns) + 1, 2):
        ready = prompt.messages(turns[: end - 1])
        asked = prompt.messages(turns[:end])
        changed.append(asked[: len(ready)] != ready)
        prompt.make_room(turns[: end + 1])
    assert not any(changed), "what was read ahead is read again by nobody"


def test_what_is_forgotten_is_not_in_the_gist() -> None:
    turns = conversation(60)
    prompt = prompt_of(turns)
    prompt.summarize("")
    assert "Mara" not in text_of(prompt, turns)


def test_a_summary_written_meanwhile_is_told_once_turns_are_dropped() -> None:
    turns = conversation(60)
    prompt = prompt_of(turns[:2])
    prompt.sum_up("My sister moved.")
    assert "My sister moved." not in text_of(prompt, turns[:3]), "what was read stays as it is"
    assert "before: My sister moved." in text_of(prompt, turns[:-1])
