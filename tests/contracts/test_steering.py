"""What the embedded language model is kept from saying, with the real model."""

from __future__ import annotations

from companion.backends.llama_cpp import LlamaCpp, Sampling
from companion.core.engines import Message, ReplyLimits
from tests.served import gguf

IN_BRACKETS = [
    Message("system", "You are Samantha. You talk with a friend."),
    Message("user", "(What you talked about before: I told you: my back hurts.) I had a long day."),
    Message("assistant", "(That is a pity. You should rest a little.)"),
    Message("user", "(You remember: the garden.) I slept badly."),
    Message("assistant", "(I hope that you sleep better tonight.)"),
    Message("user", "(You remember: the train was late.) What do you think about cats?"),
]
"""A conversation that suggests another answer in brackets."""


async def test_she_does_not_answer_in_brackets_even_if_she_did_before() -> None:
    mind = LlamaCpp(gguf(), "smollm2-135m-instruct", sampling=Sampling(seed=7))
    await mind.open()
    try:
        replies = ["".join([piece async for piece in mind.reply(IN_BRACKETS, ReplyLimits(12))]) for _ in range(3)]
    finally:
        await mind.close()

    assert all(replies)
    assert not [reply for reply in replies if "(" in reply]
