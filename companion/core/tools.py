"""Tools that others offer, and language models that can call them. Nothing of it is required of an engine."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol, runtime_checkable

from companion.core.engines import Message, ReplyLimits
from companion.core.errors import CompanionError

Permission = Literal["always", "ask", "never"]


class ToolError(CompanionError):
    """A tool failed, took too long, or its server is gone. `message` is a sentence that she can say."""


@dataclass(frozen=True, slots=True)
class Tool:
    """A tool of a server. All but `server` is the server's own words, and not to be trusted."""

    server: str
    """As the user calls it."""
    name: str
    description: str
    parameters: Mapping[str, Any] = field(default_factory=dict)
    """JSON schema of its arguments, an object."""
    elsewhere: str = ""
    """The host that it runs on, if that is not this computer."""

    @property
    def offered_as(self) -> str:
        """What language models call it: letters, digits, `_` and `-`, 64 at most."""
        plain = ("".join(c if c.isascii() and c.isalnum() else "_" for c in part) for part in (self.server, self.name))
        return "__".join(plain)[:64]


@dataclass(frozen=True, slots=True)
class ToolCall:
    """What a language model wants done."""

    tool: str
    """See Tool.offered_as; it may name none that there is."""
    arguments: Mapping[str, Any]


@runtime_checkable
class ToolCaller(Protocol):
    """What a LanguageModel is as well, if it can call tools. Optional: nothing requires it of an engine."""

    @property
    def calls_tools(self) -> bool:
        """Whether the model that is loaded has learned to."""

    def reply_or_call(
        self, messages: Sequence[Message], tools: Sequence[Tool], limits: ReplyLimits
    ) -> AsyncGenerator[str | ToolCall, None]:
        """As LanguageModel.reply, but some of what comes may be calls of `tools`. Nothing is run."""


def tool_caller(mind: object) -> ToolCaller | None:
    """`mind` as one that can call tools; None if it cannot."""
    return mind if isinstance(mind, ToolCaller) and mind.calls_tools else None


class ToolBox(Protocol):
    """The tools that there are just now."""

    def tools(self) -> Sequence[Tool]:
        """Those of all servers that answer."""

    async def run(self, tool: Tool, arguments: Mapping[str, Any]) -> str:
        """The text that the tool gives, as it came: others wrote it. Raises ToolError. May be cancelled."""


class Permissions(Protocol):
    """What the user allows."""

    def of(self, tool: Tool) -> Permission:
        """`ask` for a tool that is new, or is no longer what was allowed."""

    def set(self, tool: Tool, permission: Permission) -> None:
        """Remember it. Raises CompanionError if it cannot be written."""
