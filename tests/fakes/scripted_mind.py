"""A language model that answers what the test has written down."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Sequence

from companion.core.engines import EngineInfo, Message, PromptTimings, ReplyLimits


class ScriptedMind:
    """LanguageModel whose replies are given in order; an exception among them is raised in its turn.

    `cancelled` counts the replies that were closed before their end; `prompts` keeps what it was asked.
    """

    def __init__(self, replies: Sequence[str | Exception]) -> None:
        self._replies = list(replies)
        self.prompts: list[tuple[Message, ...]] = []
        self.cancelled = 0

    def info(self) -> EngineInfo:
        return EngineInfo("language model", "scripted", "")

    @property
    def context_tokens(self) -> int:
        return 4096

    @property
    def last_timings(self) -> PromptTimings:
        return PromptTimings()

    async def open(self) -> None:
        pass

    async def warm_up(self, messages: Sequence[Message]) -> None:
        pass

    async def reply(self, messages: Sequence[Message], limits: ReplyLimits) -> AsyncGenerator[str, None]:
        self.prompts.append(tuple(messages))
        reply = self._replies.pop(0)
        finished = False
        try:
            if isinstance(reply, Exception):
                raise reply
            for word in reply.split(" ")[: limits.max_tokens]:
                await asyncio.sleep(0)
                yield word + " "
            finished = True
        finally:
            self.cancelled += not finished

    async def close(self) -> None:
        pass
