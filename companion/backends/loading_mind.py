"""A language model that may be spoken to while it still loads: ears and voice need not wait for it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Coroutine, Mapping, Sequence
from contextlib import aclosing
from typing import Any

from companion.core.engines import EngineInfo, LanguageModel, Message, PromptTimings, ReplyLimits
from companion.core.tools import Tool, ToolCall, tool_caller


class LoadingMind:
    """What is asked of it waits until it is loaded, and fails as its loading did."""

    def __init__(self, mind: LanguageModel, load: Coroutine[None, None, None]) -> None:
        """`load` opens `mind` and warms it up. Make it on the event loop."""
        self._mind = mind
        self.loading = asyncio.create_task(load, name="load the language model")

    def info(self) -> EngineInfo:
        return self._mind.info()

    @property
    def loaded(self) -> bool:
        """True once it is there."""
        loading = self.loading
        return loading.done() and not loading.cancelled() and loading.exception() is None

    @property
    def context_tokens(self) -> int:
        return self._mind.context_tokens

    @property
    def last_timings(self) -> PromptTimings:
        return self._mind.last_timings

    async def open(self) -> None:
        await asyncio.shield(self.loading)

    async def warm_up(self, messages: Sequence[Message]) -> None:
        await self.open()
        await self._mind.warm_up(messages)

    async def anticipate(self, messages: Sequence[Message], whole: bool = False) -> None:
        """See LanguageModel. While it loads, what the reply will need is read with the question."""
        if self.loaded:
            await self._mind.anticipate(messages, whole)

    async def finality(self, messages: Sequence[Message]) -> float | None:
        return await self._mind.finality(messages) if self.loaded else None

    async def reply(self, messages: Sequence[Message], limits: ReplyLimits) -> AsyncGenerator[str, None]:
        await self.open()
        async with aclosing(self._mind.reply(messages, limits)) as pieces:
            async for piece in pieces:
                yield piece

    @property
    def calls_tools(self) -> bool:
        """See ToolCaller. Not known before it is loaded, so no."""
        return self.loaded and tool_caller(self._mind) is not None

    async def reply_or_call(
        self, messages: Sequence[Message], tools: Sequence[Tool], limits: ReplyLimits
    ) -> AsyncGenerator[str | ToolCall, None]:
        caller = tool_caller(self._mind)
        assert caller
        async with aclosing(caller.reply_or_call(messages, tools, limits)) as items:
            async for item in items:
                yield item

    async def fill(self, messages: Sequence[Message], schema: Mapping[str, Any], limits: ReplyLimits) -> str:
        await self.open()
        return await self._mind.fill(messages, schema, limits)

    async def close(self) -> None:
        self.loading.cancel()
        await asyncio.wait({self.loading})
        await self._mind.close()
