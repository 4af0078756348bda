"""A language model elsewhere, for which the one on this computer stands in while it is away.

A reply that breaks off goes on with the local model, from the words that there are. That one is loaded when it is first
needed, unless it is to be kept ready: it takes more memory than all the rest of her (Qwen2.5-1.5B 1.4 GB), which is why
a mind is elsewhere at all. Its loading is told at once, and begins at once; nobody need wait for a turn to begin it.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping, Sequence
from contextlib import aclosing
from typing import Any

from companion.backends.fallback import Notice
from companion.backends.standing import Standing
from companion.core.engines import AsWritten, EngineInfo, LanguageModel, Message, PromptTimings, ReplyLimits
from companion.core.errors import CompanionError, EngineError
from companion.core.tools import Tool, ToolCall, tool_caller

log = logging.getLogger(__name__)

MOMENT = "One moment. "
"""Said where nothing is said yet and the local model must be loaded, which takes some seconds."""

LOOK_TIMEOUT_S = 60.0
"""For one that is back, and may have to load its model first."""


class FallbackMind:
    """See LanguageModel. Looks for the one elsewhere by itself while that is away, ever more seldom."""

    def __init__(
        self,
        remote: LanguageModel,
        make_local: Callable[[], LanguageModel],
        notice: Notice,
        keep_ready: bool = False,
        standing: Standing | None = None,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        """`make_local` may raise ModelError. `keep_ready`: the local model is loaded by `open`, not at need."""
        self._remote = remote
        self._make_local = make_local
        self._notice = notice
        self._keep_ready = keep_ready
        self._standing = standing or Standing()
        self._sleep = sleep
        self._prefix: Sequence[Message] = ()
        self._local: LanguageModel | None = None
        self._loading: asyncio.Task[None] | None = None
        self._looking: asyncio.Task[None] | None = None
        self._last: LanguageModel = remote
        self._closed = False

    def info(self) -> EngineInfo:
        """That of the one which is asked at present."""
        return self._remote.info() if self._standing.there or self._local is None else self._local.info()

    @property
    def context_tokens(self) -> int:
        loaded = self._local if self._is_loaded else None
        return self._remote.context_tokens if self._standing.there or loaded is None else loaded.context_tokens

    @property
    def last_timings(self) -> PromptTimings:
        return self._last.last_timings

    async def open(self) -> None:
        """Reach the one elsewhere, or load the local one. Raises what is wrong with both, if neither can be had."""
        self._closed = False
        try:
            await self._remote.open()
        except CompanionError as error:
            await self._wait_for(self._stand_in(error))
            return
        if self._keep_ready:
            try:
                self._here()
            except CompanionError as error:
                log.info("No language model stands in on this computer: %s", error.message)

    async def close(self) -> None:
        self._closed = True
        tasks = {task for task in (self._looking, self._loading) if task}
        for task in tasks:
            task.cancel()
        if tasks:
            await asyncio.wait(tasks)
        await self._remote.close()
        if self._local:
            await self._local.close()

    async def warm_up(self, messages: Sequence[Message]) -> None:
        self._prefix = tuple(messages)
        if self._standing.there:
            try:
                await self._remote.warm_up(messages)
                return
            except CompanionError as error:
                await self._wait_for(self._stand_in(error))
                return
        local = self._here()
        await self._wait_for(local)
        await local.warm_up(messages)

    async def anticipate(self, messages: Sequence[Message], whole: bool = False) -> None:
        """See LanguageModel. While the local model still loads, what the reply will need is read with the question."""
        if self._standing.there:
            await self._remote.anticipate(messages, whole)
        elif self._local and self._is_loaded:
            await self._local.anticipate(messages, whole)

    @property
    def calls_tools(self) -> bool:
        """See ToolCaller: what stands in has none."""
        return self._standing.there and tool_caller(self._remote) is not None

    async def reply_or_call(
        self, messages: Sequence[Message], tools: Sequence[Tool], limits: ReplyLimits
    ) -> AsyncGenerator[str | ToolCall, None]:
        """See ToolCaller. Where the server fails before it has written anything, `reply` answers, without tools."""
        caller = tool_caller(self._remote)
        begun = False
        try:
            if caller:
                async with aclosing(caller.reply_or_call(messages, tools, limits)) as items:
                    async for item in items:
                        begun = True
                        yield item
                return
        except EngineError:
            if begun:
                raise
        async with aclosing(self.reply(messages, limits)) as pieces:
            async for piece in pieces:
                yield piece

    async def finality(self, messages: Sequence[Message]) -> float | None:
        """See LanguageModel."""
        if self._standing.there:
            return await self._remote.finality(messages)
        return await self._local.finality(messages) if self._local and self._is_loaded else None

    async def reply(self, messages: Sequence[Message], limits: ReplyLimits) -> AsyncGenerator[str, None]:
        """See LanguageModel. Raises EngineError where the local model cannot go on either: the rest is lost."""
        said = ""
        if self._standing.there:
            self._last = self._remote
            try:
                async with aclosing(self._remote.reply(messages, limits)) as pieces:
                    async for piece in pieces:
                        said += piece
                        yield piece
                self._standing.answered()
                return
            except CompanionError as error:
                local = self._stand_in(error)
        else:
            local = self._here()
        if not said and not self._is_loaded:
            yield AsWritten(MOMENT)
        await self._wait_for(local)
        self._last = local
        rest = [*messages, Message("assistant", said)] if said else messages
        async with aclosing(local.reply(rest, limits)) as pieces:
            async for piece in pieces:
                yield piece

    async def fill(self, messages: Sequence[Message], schema: Mapping[str, Any], limits: ReplyLimits) -> str:
        """See LanguageModel. It is for idle times: what fails elsewhere is not done here, where it would be in the way
        of a reply, and takes long."""
        if self._standing.there:
            return await self._remote.fill(messages, schema, limits)
        local = self._here()
        await self._wait_for(local)
        return await local.fill(messages, schema, limits)

    def _stand_in(self, error: CompanionError) -> LanguageModel:
        """The local model, which may still load. Raises what is wrong with both, if there is none."""
        if self._closed:
            raise error
        try:
            local = self._here()
        except CompanionError as missing:
            raise EngineError(error.message, f"{error.hint} This computer cannot stand in: {missing}") from error
        if self._standing.failed():
            self._looking = asyncio.create_task(self._look_for_it(), name="look for the language model")
            self._notice(f"{error.message} Until it is back she thinks with this computer.", error.hint)
        return local

    def _here(self) -> LanguageModel:
        """The local model; its loading has begun. Raises ModelError."""
        if self._closed:
            raise EngineError("The language model is closed.", "Open it first.")
        if self._local is None:
            self._local = self._make_local()
        if self._loading is None or (self._loading.done() and _failed(self._loading)):
            self._loading = asyncio.create_task(self._load(self._local), name="load the local language model")
        return self._local

    @property
    def _is_loaded(self) -> bool:
        return self._loading is not None and self._loading.done() and not _failed(self._loading)

    async def _load(self, local: LanguageModel) -> None:
        await local.open()
        if self._prefix:
            await local.warm_up(self._prefix)

    async def _wait_for(self, local: LanguageModel) -> None:
        """Until `local` is loaded. Raises what its loading raised."""
        assert self._loading is not None
        await asyncio.shield(self._loading)

    async def _look_for_it(self) -> None:
        while not self._standing.there:
            await self._sleep(self._standing.rest_s)
            if not self._standing.look():
                continue
            try:
                async with asyncio.timeout(LOOK_TIMEOUT_S):
                    await self._remote.close()  # it may be another by now
                    await self._remote.open()
                    await self._remote.warm_up(self._prefix)
            except (CompanionError, TimeoutError) as error:
                log.info("The language model elsewhere is still away (%s).", type(error).__name__)
                self._standing.failed()
                continue
            self._standing.found()
            info = self._remote.info()
            self._notice(f"The language model at {info.where} is back: she thinks with it again.", "")


def _failed(task: asyncio.Task[None]) -> bool:
    return task.cancelled() or task.exception() is not None
