"""A language model served by Ollama, which must be running already; here or on another computer."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import aclosing, suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Literal, cast

from companion.backends.ollama_server import OllamaModel, broke_off, is_loopback, make_client, plain_errors, where
from companion.backends.steering import TOP_P
from companion.backends.token_stream import primer, whole, within_limits
from companion.core.engines import EngineInfo, Message, PromptTimings, ReplyLimits
from companion.core.errors import CompanionError, EngineError, ModelError
from companion.core.tools import Tool, ToolCall

if TYPE_CHECKING:
    from ollama import AsyncClient, ChatResponse, ShowResponse

OPEN_TIMEOUT_S = 10.0
STALL_TIMEOUT_S = 5.0
"""Between two tokens of an Ollama elsewhere: a computer that vanishes does not even hang up."""
WARM_UP_LIMITS = ReplyLimits(max_tokens=1, first_token_timeout_s=300.0)
REPEAT_PENALTY = 1.05
"""More takes names and numbers out of answers; see `backends.steering`, whose other means Ollama lacks."""

Thinking = Literal[False] | None


class Ollama:
    """One model of an Ollama server."""

    def __init__(
        self,
        address: str,
        model: str,
        context_tokens: int = 4096,
        temperature: float = 0.7,
        keep_alive_minutes: int = 30,
    ) -> None:
        """`address` as in settings ("http://127.0.0.1:11434"); `model` is a tag that the server has."""
        self._address = address
        self._model = model
        self._context_tokens = context_tokens
        self._temperature = temperature
        self._keep_alive = f"{keep_alive_minutes}m"
        self._think: Thinking = None
        self._abilities: frozenset[str] = frozenset()
        self._timings = PromptTimings()
        self._client: AsyncClient | None = None

    def info(self) -> EngineInfo:
        if OllamaModel(self._model, 0, True).is_remote:
            return EngineInfo("language model", "Ollama", self._model, "ollama.com")
        return EngineInfo("language model", "Ollama", self._model, where(self._address))

    @property
    def context_tokens(self) -> int:
        return self._context_tokens

    @property
    def last_timings(self) -> PromptTimings:
        return self._timings

    async def open(self) -> None:
        """Reach the server and look the model up; it is loaded by `warm_up` or the first reply.

        Raises ModelError if the server lacks the model or it cannot chat, EngineError if the server does
        not answer. Opening an open one is nothing.
        """
        if self._client is not None:
            return
        self._client = make_client(self._address)
        try:
            async with plain_errors(self._address, self._model), asyncio.timeout(OPEN_TIMEOUT_S):
                shown = await self._client.show(self._model)
            self._adapt_to(shown)
        except BaseException:
            await self.close()
            raise

    async def close(self) -> None:
        """Hang up. The model stays loaded for as long as `keep_alive_minutes` says. Closing twice is nothing."""
        client, self._client = self._client, None
        if client is not None:
            await client.close()  # type: ignore[no-untyped-call]

    async def finality(self, messages: Sequence[Message]) -> float | None:
        """See LanguageModel. Ollama's chat template closes a message: what would follow in it cannot be asked."""
        return None

    async def anticipate(self, messages: Sequence[Message], whole: bool = False) -> None:
        """See LanguageModel. Ollama reads a prompt only to write: it is asked for one word, which nobody sees."""
        if messages[-1].text:
            with suppress(CompanionError):
                await self.warm_up(messages)

    async def warm_up(self, messages: Sequence[Message]) -> None:
        await whole(self.reply(primer(messages), WARM_UP_LIMITS))

    @property
    def abilities(self) -> frozenset[str]:
        """What the server says that the model can do ("tools", "vision", "thinking", ...), once it is open; empty if it
        does not say, as before version 0.6.4."""
        return self._abilities

    def reply(self, messages: Sequence[Message], limits: ReplyLimits) -> AsyncGenerator[str, None]:
        return within_limits(self._pieces(messages, limits), self._hastened(limits))

    def _hastened(self, limits: ReplyLimits) -> ReplyLimits:
        if is_loopback(self._address):
            return limits
        return replace(limits, between_tokens_timeout_s=min(limits.between_tokens_timeout_s, STALL_TIMEOUT_S))

    @property
    def calls_tools(self) -> bool:
        """See ToolCaller: what the server says of the model (capability "tools" of /api/show)."""
        return "tools" in self._abilities

    async def reply_or_call(
        self, messages: Sequence[Message], tools: Sequence[Tool], limits: ReplyLimits
    ) -> AsyncGenerator[str | ToolCall, None]:
        """See ToolCaller. Calls come whole, behind the text if there is any."""
        calls: list[ToolCall] = []
        pieces = within_limits(self._pieces(messages, limits, tools=[*map(_as_function, tools)], calls=calls), limits)
        async with aclosing(pieces):
            async for piece in pieces:
                yield piece
        for call in calls:
            yield call

    async def fill(self, messages: Sequence[Message], schema: Mapping[str, Any], limits: ReplyLimits) -> str:
        return await whole(within_limits(self._pieces(messages, limits, schema), limits))

    def _adapt_to(self, shown: ShowResponse) -> None:
        capabilities = shown.capabilities
        self._abilities = frozenset(capabilities or ())
        if capabilities is not None and "completion" not in capabilities:
            raise ModelError(
                f"The Ollama model {self._model} cannot hold a conversation.",
                "Set mind.model to a chat model; `ollama list` shows which there are.",
            )
        self._think = False if "thinking" in (capabilities or ()) else None
        trained = [
            v for k, v in (shown.modelinfo or {}).items() if k.endswith(".context_length") and isinstance(v, int)
        ]
        self._context_tokens = min([self._context_tokens, *trained])

    async def _pieces(
        self,
        messages: Sequence[Message],
        limits: ReplyLimits,
        schema: Mapping[str, Any] | None = None,
        tools: Sequence[Mapping[str, Any]] = (),
        calls: list[ToolCall] | None = None,
    ) -> AsyncGenerator[str, None]:
        ended = False
        async with plain_errors(self._address, self._model):
            async with aclosing(self._parts(messages, limits, schema, tools)) as parts:
                async for part in parts:
                    if calls is not None:
                        calls += [_call(asked) for asked in part.message.tool_calls or ()]
                    if part.done:
                        ended = True
                        self._timings = _timings(part)
                    # `message.thinking` stands beside `content`: the model's private thinking, left out.
                    if part.message.content:
                        yield part.message.content
            if not ended:
                raise broke_off(self._address)

    async def _parts(
        self,
        messages: Sequence[Message],
        limits: ReplyLimits,
        schema: Mapping[str, Any] | None,
        tools: Sequence[Mapping[str, Any]],
    ) -> AsyncGenerator[ChatResponse, None]:
        """The server's answer in parts; asked again without `think` if the model refuses that word."""
        import ollama

        try:
            async with aclosing(await self._ask(messages, limits, schema, tools)) as parts:
                async for part in parts:
                    yield part
            return
        except ollama.ResponseError as error:
            if self._think is None or "does not support thinking" not in error.error:
                raise
        self._think = None
        async with aclosing(await self._ask(messages, limits, schema, tools)) as parts:
            async for part in parts:
                yield part

    async def _ask(
        self,
        messages: Sequence[Message],
        limits: ReplyLimits,
        schema: Mapping[str, Any] | None,
        tools: Sequence[Mapping[str, Any]],
    ) -> AsyncGenerator[ChatResponse, None]:
        if self._client is None:
            raise EngineError("The language model is closed.", "Open it first.")
        answer = await self._client.chat(
            self._model,
            [{"role": message.role, "content": message.text} for message in messages],
            tools=[*tools] or None,
            stream=True,
            think=self._think,
            keep_alive=self._keep_alive,
            format=None if schema is None else dict(schema),
            options={
                "num_ctx": self._context_tokens,
                "num_predict": limits.max_tokens,
                "temperature": limits.temperature(self._temperature) if schema is None else 0.0,
                "top_p": TOP_P,
                "repeat_penalty": REPEAT_PENALTY,
            },
        )
        return cast("AsyncGenerator[ChatResponse, None]", answer)


def _as_function(tool: Tool) -> dict[str, Any]:
    """As the wire format has it: https://docs.ollama.com/capabilities/tool-calling."""
    function = {"name": tool.offered_as, "description": tool.description, "parameters": dict(tool.parameters)}
    return {"type": "function", "function": function}


def _call(asked: Any) -> ToolCall:
    return ToolCall(asked.function.name, dict(asked.function.arguments or {}))


def _timings(last: ChatResponse) -> PromptTimings:
    return PromptTimings(
        read_tokens=last.prompt_eval_count,
        read_s=_seconds(last.prompt_eval_duration),
        written_tokens=last.eval_count,
        written_s=_seconds(last.eval_duration),
    )


def _seconds(nanoseconds: int | None) -> float | None:
    return None if nanoseconds is None else nanoseconds / 1e9
