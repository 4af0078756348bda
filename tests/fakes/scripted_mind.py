"""A language model that answers what the test has written down."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from typing import Any, Literal

from companion.core.engines import EngineInfo, Message, PromptTimings, ReplyLimits
from companion.core.errors import EngineError

Pieces = Literal["words", "characters", "whole"]
_PIECE = {"words": r"\s*\S+\s*", "characters": r"(?s).", "whole": r"(?s).+"}


@dataclass(frozen=True, slots=True)
class BreaksOff:
    """A reply of which `said` is written, then `error` raised, as by a server that dies in mid-stream."""

    said: str
    error: EngineError


@dataclass(frozen=True, slots=True)
class NeverEnds:
    """A reply of one `word` over and over, until someone stops it."""

    word: str = "and "


Scripted = str | Exception | BreaksOff | NeverEnds


def bare(message: Message) -> str:
    """The words of `message`, without what stands in brackets before them."""
    return re.sub(r"(?s)^(?:\(.*?\)\n\n)*", "", message.text)


class ScriptedMind:
    """LanguageModel whose replies are given in order; an exception among them is raised in its turn.
    See BreaksOff and NeverEnds for other mishaps.

    `cancelled` counts the replies that were closed before their end, `warmed` what it was warmed up with;
    `prompts` keeps what it was asked, `schemas` what it was to fill. Its timings count
    words, and remember the last prompt as cached.
    """

    def __init__(self, replies: Sequence[Scripted], pieces: Pieces = "words") -> None:
        self._replies = list(replies)
        self._pieces = pieces
        self._cached: tuple[str, ...] = ()
        self._timings = PromptTimings()
        self.prompts: list[tuple[Message, ...]] = []
        self.warmed: list[tuple[Message, ...]] = []
        self.anticipated: list[tuple[Message, ...]] = []
        self.schemas: list[Mapping[str, Any]] = []
        self.finalities: dict[str, float] = {}
        """What is said of the words that end in these."""
        self.cancelled = 0
        self.closed = False

    def info(self) -> EngineInfo:
        return EngineInfo("language model", "scripted", "")

    @property
    def context_tokens(self) -> int:
        return 4096

    @property
    def last_timings(self) -> PromptTimings:
        return self._timings

    async def open(self) -> None:
        self.closed = False

    async def warm_up(self, messages: Sequence[Message]) -> None:
        self.warmed.append(tuple(messages))
        self._cached = _words(messages)

    async def anticipate(self, messages: Sequence[Message], whole: bool = False) -> None:
        self.anticipated.append(tuple(messages))

    async def finality(self, messages: Sequence[Message]) -> float | None:
        return self.finalities.get(messages[-1].text.rpartition("\n\n")[2])

    async def reply(self, messages: Sequence[Message], limits: ReplyLimits) -> AsyncGenerator[str, None]:
        if self.closed:
            raise EngineError("The language model is closed.", "Open it first.")
        self.prompts.append(tuple(messages))
        assert self._replies, "the mind was asked for more replies than the test has written down"
        reply = self._replies.pop(0)
        written = 0
        try:
            for piece in self._cut(reply, limits.max_tokens):
                await asyncio.sleep(0)
                yield piece
                written += 1
        except (GeneratorExit, asyncio.CancelledError):
            self.cancelled += 1
            raise
        if isinstance(reply, BreaksOff):
            raise reply.error
        if isinstance(reply, Exception):
            raise reply
        self._measure(messages, written)

    async def fill(self, messages: Sequence[Message], schema: Mapping[str, Any], limits: ReplyLimits) -> str:
        """The next of the replies, as a whole."""
        self.schemas.append(schema)
        async with aclosing(self.reply(messages, limits)) as pieces:
            return "".join([piece async for piece in pieces])

    async def close(self) -> None:
        self.closed = True

    def _cut(self, reply: Scripted, most: int) -> list[str]:
        if isinstance(reply, NeverEnds):
            return [reply.word] * most
        if isinstance(reply, Exception):
            return []
        text = reply.said if isinstance(reply, BreaksOff) else reply
        return re.findall(_PIECE[self._pieces], text)[:most]

    def _measure(self, messages: Sequence[Message], written: int) -> None:
        words = _words(messages)
        same = next((i for i, (a, b) in enumerate(zip(words, self._cached, strict=False)) if a != b), None)
        cached = min(len(words), len(self._cached)) if same is None else same
        self._timings = PromptTimings(cached, len(words) - cached, 0.0, written, 0.0)
        self._cached = words


def _words(messages: Sequence[Message]) -> tuple[str, ...]:
    return tuple(word for message in messages for word in (f"<{message.role}>", *message.text.split()))


class AbsentMind(ScriptedMind):
    """Thinks for ever about `puzzle`; `given_up` counts how often it was told to leave that."""

    def __init__(self, puzzle: str, replies: Sequence[Scripted]) -> None:
        super().__init__(replies)
        self._puzzle = puzzle
        self.given_up = 0

    async def reply(self, messages: Sequence[Message], limits: ReplyLimits) -> AsyncGenerator[str, None]:
        if bare(messages[-1]) == self._puzzle:
            try:
                await asyncio.Event().wait()
            finally:
                self.given_up += 1
        async with aclosing(super().reply(messages, limits)) as pieces:
            async for piece in pieces:
                yield piece
