"""Tools as OpenAI's chat completions name them, and the calls of a reply, which come in pieces."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from companion.core.tools import Tool, ToolCall


def as_function(tool: Tool) -> dict[str, Any]:
    """As the wire format has it: https://platform.openai.com/docs/guides/function-calling."""
    function = {"name": tool.offered_as, "description": tool.description, "parameters": dict(tool.parameters)}
    return {"type": "function", "function": function}


@dataclass
class _Call:
    name: str = ""
    arguments: str = ""
    """JSON, as far as it has come."""


class CallsInPieces:
    """The calls of one reply. Feed it each `delta` of the reply."""

    def __init__(self) -> None:
        self._calls: dict[int, _Call] = {}

    def take(self, delta: Mapping[str, Any]) -> bool:
        """Whether there was a piece of a call in it."""
        pieces = delta.get("tool_calls") or ()
        for piece in pieces:
            function = piece.get("function") or {}
            name, arguments = function.get("name") or "", function.get("arguments") or ""
            call = self._calls.setdefault(self._place(piece.get("index"), bool(name)), _Call())
            call.name = call.name or name
            call.arguments += arguments if isinstance(arguments, str) else json.dumps(arguments)
        return bool(pieces)

    def whole(self) -> list[ToolCall] | None:
        """All of them, in their order; None if one of them is none, as where the reply was cut off in its middle."""
        try:
            return [_read(self._calls[place]) for place in sorted(self._calls)]
        except ValueError:
            return None

    def _place(self, told: int | None, begins: bool) -> int:
        """Some servers do not number them: then each with a name is another."""
        if told is not None:
            return told
        return len(self._calls) if begins else max(0, len(self._calls) - 1)


def _read(call: _Call) -> ToolCall:
    """Raises ValueError for one that cannot be read."""
    arguments = json.loads(call.arguments or "{}")
    if not call.name or not isinstance(arguments, dict):
        raise ValueError("no call")
    return ToolCall(call.name, arguments)
