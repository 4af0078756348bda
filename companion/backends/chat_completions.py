"""OpenAI's chat completions as they go over the wire, and what llama.cpp's server adds to them.

Shared by the embedded llama.cpp and by servers elsewhere. Nothing here says what went wrong to a person: who asks does.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping, Sequence
from contextlib import aclosing
from typing import TYPE_CHECKING, Any, TypeAlias

from companion.core.engines import Message, PromptTimings

if TYPE_CHECKING:
    import httpx

OPEN_END = "\N{SYMBOL FOR END OF TEXT}"
"""Marks where the words of a message end that is still being said; nobody says it."""

NOT_THINKING: dict[str, Any] = {"chat_template_kwargs": {"enable_thinking": False}}
"""For servers that hand this to the model's chat template: llama.cpp, vLLM."""

LLAMA_CPP: dict[str, Any] = {
    "cache_prompt": True,
    # A line after each piece of the prompt: writing it is how the server finds that we hung up.
    "return_progress": True,
    **NOT_THINKING,
}
"""For llama.cpp's server."""

DONE: dict[str, Any] = {"done": True}
"""Stands for the line that ends a stream in good order."""

CLOSING_MARKS = " .?!,;:…-–—\"'"
LIKELY_TOKENS = 50
"""As many of what may come next are looked at; the others are hardly possible."""
AS_LIKELY: dict[str, Any] = {
    "n_probs": LIKELY_TOKENS,
    # Else the whole vocabulary is sorted: 10 ms with Qwen2.5-1.5B.
    "post_sampling_probs": True,
    "samplers": ["top_k"],
    "top_k": LIKELY_TOKENS,
}
"""Has llama.cpp's server tell how likely these are, of all that it might write."""
HARDLY = 1e-3
"""A probability that hardly differs from none."""

Post: TypeAlias = Callable[[str, dict[str, Any]], Awaitable[Mapping[str, Any]]]
"""Sends a request to a path of the server, and gives what it answers."""

LONGEST_LINE = 1_000_000
"""Bytes: an event holds a few tokens, and what the server measured."""


class RefusedError(Exception):
    """The server says in mid-stream that it cannot; `body` is how."""

    def __init__(self, body: bytes) -> None:
        super().__init__()
        self.body = body


def as_json(messages: Sequence[Message]) -> list[dict[str, str]]:
    return [{"role": message.role, "content": message.text} for message in messages]


async def events(response: httpx.Response) -> AsyncGenerator[dict[str, Any], None]:
    """The JSON objects of a stream of server-sent events, and DONE.

    Raises RefusedError for one that tells of an error, ValueError for one that is none.
    """
    async with aclosing(_lines(response)) as lines:
        async for line in lines:
            if line.startswith(b"error:"):
                raise RefusedError(line.removeprefix(b"error:"))
            if not line.startswith(b"data:"):
                continue
            data = line.removeprefix(b"data:").strip()
            if data == b"[DONE]":
                yield DONE
                continue
            event = json.loads(data)
            if not isinstance(event, dict):
                raise ValueError("an event that is no object")
            if event.get("error"):
                raise RefusedError(data)
            yield event


async def _lines(response: httpx.Response) -> AsyncGenerator[bytes, None]:
    """Lines without their ends. httpx's own also end at characters that may stand in a reply (U+2028, U+0085)."""
    rest = b""
    async with aclosing(response.aiter_bytes()) as parts:  # type: ignore[type-var]
        async for part in parts:
            *lines, rest = (rest + part).split(b"\n")
            for line in lines:
                yield line.rstrip(b"\r")
            if len(rest) > LONGEST_LINE:
                raise ValueError("a line without end")
    if rest:
        yield rest.rstrip(b"\r")


def llama_timings(measured: Mapping[str, Any]) -> PromptTimings:
    """What llama.cpp measured of a reply."""
    return PromptTimings(
        cached_tokens=measured["cache_n"],
        read_tokens=measured["prompt_n"],
        read_s=measured["prompt_ms"] / 1000,
        written_tokens=measured["predicted_n"],
        written_s=measured["predicted_ms"] / 1000,
    )


def slot_tokens(properties: Mapping[str, Any]) -> int | None:
    """What llama.cpp's server gives to one conversation, by its `/props`; None if it does not say."""
    try:
        return int(properties["default_generation_settings"]["n_ctx"])
    except (LookupError, TypeError, ValueError):
        return None


def calls_tools(properties: Mapping[str, Any]) -> bool:
    """Whether the model of llama.cpp's server has learned to call tools, by its `/props`: by its chat template.

    Without, the server would write them into the prompt in words of its own, which small models do not follow.
    """
    able = properties.get("chat_template_caps")
    if isinstance(able, Mapping) and "supports_tools" in able:
        return bool(able["supports_tools"] and able.get("supports_tool_calls", True))
    template = f"{properties.get('chat_template') or ''}{properties.get('chat_template_tool_use') or ''}"
    return bool(re.search(r"\btools\b", template))


def error_of(body: bytes) -> tuple[str, Mapping[str, Any]]:
    """The reason in a refusal, as a line of at most 200 characters, and all of it; empty if it gives none."""
    try:
        error = json.loads(body)
        error = error.get("error", error)
        if isinstance(error, str):
            error = {"message": error}
        reason = str(error.get("message") or error.get("detail") or "").strip()
    except (ValueError, AttributeError):
        return "", {}
    return (reason.splitlines() or [""])[0][:200].strip(), error


class OpenPrompts:
    """Prompts whose last message is still being said, by the chat template of a llama.cpp server.

    The template closes a message, so the prompt is cut in two where the words end. What stands before that message is
    put into the template once: with forty turns that takes 10 to 17 ms, at every pause of the user.
    """

    def __init__(self) -> None:
        self._of: tuple[Message, ...] = ()
        self._around = ("", "")

    async def cut(self, post: Post, messages: Sequence[Message]) -> tuple[str, str]:
        """The prompt up to the last word of `messages`, and what closes it and opens the reply.

        `post` sends a request to a path of the server. Raises what it raises, and LookupError for an answer that is
        none.
        """
        *before, last = messages
        marked = (*before, Message(last.role, OPEN_END))
        if self._of != marked:
            template = await post("/apply-template", {"messages": as_json(marked), **NOT_THINKING})
            so_far, _, closing = str(template["prompt"]).partition(OPEN_END)
            self._of, self._around = marked, (so_far, closing)
        so_far, closing = self._around
        return so_far + last.text, closing


async def read_ahead(
    post: Post,
    prompts: OpenPrompts,
    messages: Sequence[Message],
    whole: bool,
    **wishes: object,
) -> None:
    """Have llama.cpp's server read `messages`, whose last one is still being said. See LanguageModel.anticipate.

    `post` sends a request to a path of the server; `wishes` are added to the one that reads. Raises what
    `OpenPrompts.cut` does.
    """
    so_far, closing = await prompts.cut(post, messages)
    prompt = so_far + closing if whole else so_far
    await post("/completion", {"prompt": prompt, "n_predict": 0, "cache_prompt": True, **wishes})


async def log_odds_of_end(post: Post, prompts: OpenPrompts, messages: Sequence[Message]) -> float:
    """How llama.cpp's server would go on behind the last word of `messages`. See LanguageModel.finality, `read_ahead`.

    The mark behind it is left out: a transcriber writes one whether or not more is to come.
    """
    *before, last = messages
    so_far, _ = await prompts.cut(post, [*before, Message(last.role, last.text.rstrip(CLOSING_MARKS))])
    answer = await post("/completion", {"prompt": so_far, "n_predict": 1, "cache_prompt": True, **AS_LIKELY})
    end = comma = HARDLY
    for token in answer["completion_probabilities"][0]["top_probs"]:
        text, probability = str(token["token"]), float(token["prob"])
        if text.strip() == ",":
            comma += probability
        elif text.strip()[:1] in (".", "?", "!") or not text or text.startswith(("\n", "<|", "</")):
            end += probability
    return math.log(end / comma)
