"""A reply as chat completions send it: what may be said of it, what it calls, and what it took."""

from __future__ import annotations

import json
from collections.abc import AsyncGenerator, Mapping
from contextlib import aclosing
from typing import TYPE_CHECKING, Any

from companion.backends.chat_completions import DONE, events, llama_timings
from companion.backends.thoughts import WithoutThoughts
from companion.backends.tool_calls import CallsInPieces
from companion.core.engines import PromptTimings, ReplyLimits

if TYPE_CHECKING:
    import httpx


class Reading:
    """What a stream of events says, part by part."""

    def __init__(self, thoughts: WithoutThoughts, limits: ReplyLimits, calls: CallsInPieces | None = None) -> None:
        """`calls`: what takes the calls in it."""
        self.thoughts = thoughts
        self.thought = False
        self.ended = False
        self.pieces = 0
        self.calls = False
        """Whether there was a piece of a call in what was read last."""
        self._limits = limits
        self._calls = calls
        self._measured: PromptTimings | None = None
        self._cut_off = False

    def take(self, event: Mapping[str, Any]) -> str:
        """The text in it that may be said."""
        said = ""
        self.calls = False
        self.ended |= event is DONE
        if "timings" in event:
            self._measured = llama_timings(event["timings"])
        elif event.get("usage"):
            self._measured = usage_timings(event["usage"])
        for choice in event.get("choices") or ():
            delta = choice.get("delta") or choice.get("message") or {}
            # `reasoning_content`, or `reasoning`, stands beside `content`: the model's private thinking, left out.
            self.thought |= bool(delta.get("reasoning_content") or delta.get("reasoning"))
            said += self.thoughts.feed(delta.get("content") or "")
            self.calls |= self._calls is not None and self._calls.take(delta)
            if reason := choice.get("finish_reason"):
                self.ended = True
                self._cut_off = reason == "length"
        self.pieces += bool(said or self.calls)
        return said

    def finish(self) -> str:
        rest = self.thoughts.finish()
        self.pieces += bool(rest)
        return rest

    def timings(self) -> PromptTimings:
        """What the server measured; else the tokens that it must have written."""
        written = self._limits.max_tokens if self._cut_off else self.pieces
        return self._measured or PromptTimings(written_tokens=written)


async def parts_of(response: httpx.Response) -> AsyncGenerator[Mapping[str, Any], None]:
    """The events of a reply; of a server that does not stream, the one that it sends."""
    if response.headers.get("Content-Type", "").startswith("application/json"):
        answer = json.loads(await response.aread())
        if not isinstance(answer.get("choices"), list):
            raise ValueError("an answer without choices")
        yield answer
        return
    async with aclosing(events(response)) as parts:
        async for part in parts:
            yield part


def usage_timings(usage: Mapping[str, Any]) -> PromptTimings:
    cached = (usage.get("prompt_tokens_details") or {}).get("cached_tokens")
    read = usage.get("prompt_tokens")
    return PromptTimings(
        cached_tokens=cached,
        read_tokens=read - (cached or 0) if read is not None else None,
        written_tokens=usage.get("completion_tokens"),
    )


def json_in(text: str) -> str:
    """The JSON object in `text`, which may stand among words."""
    begin, end = text.find("{"), text.rfind("}")
    return text[begin : end + 1] if 0 <= begin < end else text
