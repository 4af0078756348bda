"""Tools that do what the test has written down, and a language model that calls them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import aclosing
from typing import Any

from companion.core.engines import Message, ReplyLimits
from companion.core.tools import Permission, Tool, ToolCall, ToolError
from tests.fakes.scripted_mind import Scripted, ScriptedMind

FORECAST = Tool(
    "weather",
    "get_forecast",
    "The forecast for a city.",
    {"type": "object", "properties": {"city": {"type": "string"}}, "required": ["city"]},
)
LYON = ToolCall(FORECAST.offered_as, {"city": "Lyon"})


class ScriptedBox:
    """A tool box with one tool that gives `gives`; NEVER: nothing, ever."""

    def __init__(self, gives: str | ToolError | None, tool: Tool = FORECAST) -> None:
        self.gives = gives
        self.tool = tool
        self.ran: list[Mapping[str, Any]] = []
        self.cancelled = 0

    def tools(self) -> Sequence[Tool]:
        return [self.tool]

    async def run(self, tool: Tool, arguments: Mapping[str, Any]) -> str:
        self.ran.append(arguments)
        if isinstance(self.gives, ToolError):
            raise self.gives
        if self.gives is not None:
            return self.gives
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            self.cancelled += 1
            raise
        raise AssertionError("it waits for ever")


class KeptPermissions:
    """Permissions in memory."""

    def __init__(self, permission: Permission = "ask") -> None:
        self.kept: dict[str, Permission] = {}
        self._default: Permission = permission

    def of(self, tool: Tool) -> Permission:
        return self.kept.get(tool.offered_as, self._default)

    def set(self, tool: Tool, permission: Permission) -> None:
        self.kept[tool.offered_as] = permission


class CallingMind(ScriptedMind):
    """A scripted mind whose first answers, where tools are offered, are `calls`: text, or calls of tools."""

    calls_tools = True

    def __init__(self, calls: Sequence[str | ToolCall | Sequence[ToolCall]], replies: Sequence[Scripted]) -> None:
        super().__init__(replies)
        self._calls = list(calls)
        self.offered: list[tuple[str, ...]] = []
        self.read_ahead: list[str] = []

    async def reply_or_call(
        self, messages: Sequence[Message], tools: Sequence[Tool], limits: ReplyLimits
    ) -> AsyncGenerator[str | ToolCall, None]:
        if limits.max_tokens == 1:
            self.read_ahead.append(messages[-1].text)
            return
        self.offered.append(tuple(tool.offered_as for tool in tools))
        call = self._calls.pop(0) if self._calls else ""
        if isinstance(call, ToolCall):
            yield call
        elif not isinstance(call, str):
            for one in call:
                yield one
        elif call:
            yield call
        else:
            async with aclosing(self.reply(messages, limits)) as pieces:
                async for piece in pieces:
                    yield piece
