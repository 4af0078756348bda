"""A language model to try, and what it is asked."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import aclosing, asynccontextmanager

import psutil

from companion.backends.llama_cpp import LlamaCpp, Sampling
from companion.core.engines import LanguageModel, Message, ReplyLimits
from tests.served import gguf

LONG_REPLY = "Soup is warm and quick and you have leeks and a potato in the house " * 30
CHARACTER = Message(
    "system",
    "You are Ada, a warm companion who speaks in short sentences. "
    + " ".join(
        f"On day {day} the two of you talked about recipe number {day * 7} and laughed." for day in range(1, 16)
    ),
)

QUESTION = Message("user", "What should I cook for dinner tonight?")
LONG_PROMPT = [Message("user", " ".join(f"Word {number} is a number." for number in range(420)))]
"""About 3,300 tokens: many seconds of reading for the embedded model."""

SOON_S = 3.0
DEADLINE_S = 15.0


@asynccontextmanager
async def embedded() -> AsyncIterator[LlamaCpp]:
    mind = LlamaCpp(gguf(), "smollm2-135m-instruct", sampling=Sampling(seed=7))
    await mind.open()
    try:
        yield mind
    finally:
        await mind.close()


async def read(mind: LanguageModel, messages: Sequence[Message], max_tokens: int) -> list[str]:
    async with aclosing(mind.reply(messages, ReplyLimits(max_tokens))) as pieces:
        return [piece async for piece in pieces]


def cpu_s(process: psutil.Process) -> float:
    times = process.cpu_times()
    return float(times.user + times.system)


def runs(pid: int) -> bool:
    return psutil.pid_exists(pid) and bool(psutil.Process(pid).status() != psutil.STATUS_ZOMBIE)


async def until(true: Callable[[], bool]) -> None:
    """Wait until `true()`; fail after 15 s."""
    deadline_s = time.monotonic() + DEADLINE_S
    while not true():
        assert time.monotonic() < deadline_s, "it did not come to that"
        await asyncio.sleep(0.01)
