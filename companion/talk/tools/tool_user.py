"""A language model that may use tools: it asks first, says so while it looks, and tells what it found.

Results are data. Whatever they say, no other tool is called and nobody is asked anything because of them: the model
that has read one is not offered tools any more in that turn.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncGenerator, Callable, Mapping, Sequence
from contextlib import aclosing, suppress
from dataclasses import dataclass
from typing import Any

from companion.core.engines import (
    AsWritten,
    EngineInfo,
    LanguageModel,
    Message,
    OnceHeard,
    PromptTimings,
    ReplyLimits,
)
from companion.core.errors import CompanionError
from companion.core.events import ToolState
from companion.core.tools import Permissions, Tool, ToolBox, ToolCall, ToolError, tool_caller
from companion.talk.parts import Answer
from companion.talk.tools import words
from companion.talk.tools.results import with_result

log = logging.getLogger(__name__)

MOST_CALLS = 3
"""Of one tool, in one turn."""
LONGEST_S = 30.0
"""A tool that takes longer is given up."""
PATIENCE_S = 6.0
"""She says something meanwhile each time that so much has passed."""

READ_ONLY = ReplyLimits(max_tokens=1, first_token_timeout_s=300.0)
"""One word, which nobody sees: the prompt is read for it."""

Tell = Callable[[Tool, ToolState, str], None]
"""Is told what becomes of a tool, and with "asked" her question."""


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What the model wants done, and what it is to answer then."""

    tool: Tool
    calls: tuple[Mapping[str, Any], ...]
    messages: tuple[Message, ...]


class ToolUser:
    """LanguageModel that has tools, and `AskedOfMemory` that hears whether it may use them."""

    def __init__(
        self, mind: LanguageModel, box: ToolBox, permissions: Permissions, names: Sequence[str], tell: Tell
    ) -> None:
        """`names` are hers."""
        self._mind = mind
        self._box = box
        self._permissions = permissions
        self._names = names
        self._tell = tell
        self._question: _Wanted | None = None
        self._question_before: _Wanted | None = None
        self._granted: _Wanted | None = None

    # --- as a language model

    def info(self) -> EngineInfo:
        return self._mind.info()

    @property
    def context_tokens(self) -> int:
        return self._mind.context_tokens

    @property
    def last_timings(self) -> PromptTimings:
        return self._mind.last_timings

    async def open(self) -> None:
        await self._mind.open()

    async def warm_up(self, messages: Sequence[Message]) -> None:
        await self._mind.warm_up(messages)

    async def anticipate(self, messages: Sequence[Message], whole: bool = False) -> None:
        """Read ahead what will be asked: with the tools, which stand before the words in every chat template."""
        caller, offered = tool_caller(self._mind), self._offered()
        if caller is None or not offered or self._granted or not messages[-1].text:
            await self._mind.anticipate(messages, whole)
            return
        with suppress(CompanionError):  # what goes wrong shows when a reply is asked for
            async with aclosing(caller.reply_or_call(messages, [*offered.values()], READ_ONLY)) as items:
                async for _ in items:
                    pass

    async def finality(self, messages: Sequence[Message]) -> float | None:
        """See LanguageModel. With tools before the words nothing is weighed: the model would read all anew."""
        return None if tool_caller(self._mind) and self._offered() else await self._mind.finality(messages)

    async def fill(self, messages: Sequence[Message], schema: Mapping[str, Any], limits: ReplyLimits) -> str:
        return await self._mind.fill(messages, schema, limits)

    async def close(self) -> None:
        await self._mind.close()

    async def reply(self, messages: Sequence[Message], limits: ReplyLimits) -> AsyncGenerator[str, None]:
        """As the model's own, but for what a tool has a part in."""
        granted, self._granted = self._granted, None
        pieces = self._looked_up(granted, limits) if granted else self._thought(messages, limits)
        async with aclosing(pieces):
            async for piece in pieces:
                yield piece

    async def _thought(self, messages: Sequence[Message], limits: ReplyLimits) -> AsyncGenerator[str, None]:
        caller, offered = tool_caller(self._mind), self._offered()
        if caller is None or not offered:
            async with aclosing(self._mind.reply(messages, limits)) as pieces:
                async for piece in pieces:
                    yield piece
            return
        calls: list[ToolCall] = []
        async with aclosing(caller.reply_or_call(messages, [*offered.values()], limits)) as items:
            async for item in items:
                if isinstance(item, ToolCall):
                    calls.append(item)
                elif not calls:
                    yield item
        wanted = _wanted(calls, offered, messages)
        if wanted is None:
            if calls:
                log.info("the model called a tool that there is not")
                async with aclosing(self._mind.reply(messages, limits)) as pieces:
                    async for piece in pieces:
                        yield piece
            return
        # Up to here it may have been thought in vain: nobody is asked, and nothing run, for a turn that goes on.
        yield OnceHeard()
        if self._permissions.of(wanted.tool) == "always":
            async with aclosing(self._looked_up(wanted, limits)) as pieces:
                async for piece in pieces:
                    yield piece
            return
        self._question = wanted
        asked = words.may_i(wanted.tool, wanted.calls)
        self._tell(wanted.tool, "asked", asked)
        yield AsWritten(asked)

    async def _looked_up(self, wanted: _Wanted, limits: ReplyLimits) -> AsyncGenerator[str, None]:
        """She says that she looks, looks, and tells what she found; or in one sentence that it did not work."""
        yield words.LOOKING
        self._tell(wanted.tool, "started", "")
        running = asyncio.create_task(self._run(wanted), name="tool")
        try:
            for meanwhile in (*words.STILL_LOOKING, None):
                await asyncio.wait({running}, timeout=PATIENCE_S)
                if running.done() or meanwhile is None:
                    break
                yield meanwhile
            found = await running
        except CompanionError as error:
            self._tell(wanted.tool, "failed", "")
            yield AsWritten(words.failed(wanted.tool, error.message))
            return
        finally:
            if not running.done():
                running.cancel()
                self._tell(wanted.tool, "cancelled", "")
        self._tell(wanted.tool, "done", "")
        async with aclosing(self._mind.reply(with_result(wanted.messages, wanted.tool, found), limits)) as pieces:
            async for piece in pieces:
                yield piece

    async def _run(self, wanted: _Wanted) -> str:
        """What all calls give, one after another."""
        try:
            async with asyncio.timeout(LONGEST_S):
                return "\n".join([await self._box.run(wanted.tool, arguments) for arguments in wanted.calls])
        except TimeoutError:
            raise ToolError(f"{wanted.tool.server} does not answer") from None

    def _offered(self) -> dict[str, Tool]:
        return {tool.offered_as: tool for tool in self._box.tools() if self._permissions.of(tool) != "never"}

    # --- as one who hears the answer

    def become(self, names: Sequence[str]) -> None:
        """She has other names now, and what she had asked is void."""
        self._names = names
        self._question = self._question_before = self._granted = None

    @property
    def tasks(self) -> set[asyncio.Task[None]]:
        return set()

    def concerns(self, text: str) -> bool:
        return self._question is not None and words.permission_in(text, self._names) is not None

    def take(self, text: str) -> Answer | None:
        question, self._question = self._question, None
        self._question_before, self._granted = question, None
        answer = words.permission_in(text, self._names) if question else None
        if question is None or answer is None:
            return None
        granted, permission = answer
        if permission:
            self._permissions.set(question.tool, permission)
        if granted:
            self._granted = question  # the reply to this turn goes on from there
            return None
        self._tell(question.tool, "refused", "")
        return lambda: _said(words.NEVER_AGAIN if permission else words.REFUSED)

    def take_back(self) -> None:
        self._question, self._granted = self._question_before, None


async def _said(text: str) -> str:
    return text


def _wanted(calls: Sequence[ToolCall], offered: Mapping[str, Tool], messages: Sequence[Message]) -> _Wanted | None:
    """The calls of the first tool that there is."""
    known = [call for call in calls if call.tool in offered]
    if not known:
        return None
    same = [dict(call.arguments) for call in known if call.tool == known[0].tool]
    return _Wanted(offered[known[0].tool], tuple(same[:MOST_CALLS]), tuple(messages))
