"""Tools as OpenAI's chat completions name them, and the calls of a reply, which come in pieces."""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from companion.core.tools import Tool, ToolCall

_OPENINGS = ("{", "<tool_call>", "[TOOL_CALLS]", "```")
"""How models begin a call; nothing that is said begins so."""


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


class WrittenCall:
    """A call that the model writes as text, where the server does not know it for one. Nobody is to hear that.

    Qwen2.5-1.5B does so with llama.cpp's server: the template of its GGUF shows calls in double braces. Feed it the
    text of one reply.
    """

    def __init__(self) -> None:
        self._kept: str | None = ""
        """What may be the beginning of a call, and all that follows one; None: it is none."""

    def feed(self, piece: str) -> str:
        """What may be said now."""
        if self._kept is None:
            return piece
        self._kept += piece
        begun = self._kept.lstrip()
        if not begun or any(opening.startswith(begun[: len(opening)]) for opening in _OPENINGS):
            return ""
        kept, self._kept = self._kept, None
        return kept

    def finish(self) -> tuple[str, bool]:
        """What was kept back for nothing, and whether there was a call."""
        kept = self._kept or ""
        begun = kept.lstrip()
        return ("", True) if begun and begun.startswith(_OPENINGS) else (kept, False)

    def whole(self) -> list[ToolCall] | None:
        """The call; None if it cannot be read."""
        kept = self._kept or ""
        at = kept.find("{")
        for begin in (at, at + 1):
            with suppress(ValueError, AttributeError, TypeError):
                call, _ = json.JSONDecoder().raw_decode(kept, begin)
                arguments = call.get("arguments", call.get("parameters", {}))
                return [_read(_Call(str(call.get("name") or ""), json.dumps(arguments)))]
        return None


def _read(call: _Call) -> ToolCall:
    """Raises ValueError for one that cannot be read."""
    arguments = json.loads(call.arguments or "{}")
    if not call.name or not isinstance(arguments, dict):
        raise ValueError("no call")
    return ToolCall(call.name, arguments)
