"""A language model on a server with OpenAI's chat completions: llama.cpp's, vLLM, LM Studio, and others like them."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import aclosing, suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Literal

from companion.backends.chat_completions import (
    LLAMA_CPP,
    NOT_THINKING,
    OpenPrompts,
    as_json,
    calls_tools,
    events,
    log_odds_of_end,
    read_ahead,
    slot_tokens,
)
from companion.backends.chat_reading import Reading, json_in, parts_of
from companion.backends.openai_http import Server, missing_model, model_names, plainly, refusal, streamed
from companion.backends.steering import STEERING, TOP_P
from companion.backends.thoughts import WithoutThoughts
from companion.backends.token_stream import primer, whole, within_limits
from companion.backends.tool_calls import CallsInPieces, WrittenCall, as_function
from companion.core.engines import EngineInfo, Message, PromptTimings, ReplyLimits
from companion.core.errors import CompanionError, EngineError
from companion.core.tools import Tool, ToolCall

if TYPE_CHECKING:
    import httpx

log = logging.getLogger(__name__)

STALL_TIMEOUT_S = 5.0
"""Between two tokens of a server elsewhere: one that vanishes does not even hang up."""

WARM_UP_TIMEOUT_S = 60.0
UNPROCESSABLE = frozenset({400, 422, 500, 501})
"""What servers say to a request with a word that they do not know."""

SchemaForm = Literal["schema", "json", "words"]
_LOOSER: dict[SchemaForm, SchemaForm] = {"schema": "json", "json": "words"}


class OpenAiMind:
    """One model of such a server. What only some servers understand is left out once it is refused."""

    def __init__(self, server: Server, context_tokens: int = 4096, temperature: float = 0.7) -> None:
        """`context_tokens`: of prompt and reply together; less if the server says that it has less."""
        self._server = server
        self._context_tokens = context_tokens
        self._prompts = OpenPrompts()
        self._weighing = asyncio.Lock()
        """A reply is not asked for meanwhile: the server would read all of it anew in another slot."""
        self._temperature = temperature
        self._extras: dict[str, Any] = {}
        self._reads_ahead = False
        self._schema_form: SchemaForm = "schema"
        self._begins_thinking = False
        self._takes_tools = False
        self._timings = PromptTimings()
        self._client: httpx.AsyncClient | None = None

    def info(self) -> EngineInfo:
        name = "llama.cpp's server" if self._reads_ahead else "OpenAI's protocol"
        return EngineInfo("language model", name, self._server.model or "?", self._server.where)

    @property
    def context_tokens(self) -> int:
        return self._context_tokens

    @property
    def last_timings(self) -> PromptTimings:
        return self._timings

    async def open(self) -> None:
        """Reach the server and look the model up. Opening an open one is nothing.

        Raises ModelError that names its models if the server lacks this one, EngineError if it does not answer.
        """
        import httpx

        if self._client is not None:
            return
        options = self._server.options(pool=self._server.address.startswith("https:"))
        # How long an answer may take is bounded elsewhere: a prompt may be long in reading.
        options["timeout"] = httpx.Timeout(None, connect=options["timeout"].connect)
        self._client = httpx.AsyncClient(**options)
        try:
            with plainly(self._server):
                await self._adapt_to(await self._json("GET", f"{self._server.address}/models"))
        except BaseException:
            await self.close()
            raise

    async def close(self) -> None:
        """Hang up. Closing twice is nothing."""
        client, self._client = self._client, None
        if client is not None:
            await client.aclose()

    async def warm_up(self, messages: Sequence[Message]) -> None:
        limits = ReplyLimits(1, max(WARM_UP_TIMEOUT_S, self._server.timeout_s))
        with suppress(_OnlyThoughtError):
            await whole(self.reply(primer(messages), limits))

    async def anticipate(self, messages: Sequence[Message], whole: bool = False) -> None:
        """See LanguageModel. Only llama.cpp's server can read without writing; others are left in peace."""
        if not (self._reads_ahead and messages[-1].text):
            return
        with suppress(CompanionError), plainly(self._server):
            # Beside other requests it finds that we hung up only by writing.
            await read_ahead(self._post_to_llama, self._prompts, messages, whole, stream=True, return_progress=True)

    async def finality(self, messages: Sequence[Message]) -> float | None:
        """See LanguageModel. Only llama.cpp's server tells what would follow without being asked for a reply."""
        if self._reads_ahead and messages[-1].text:
            with suppress(CompanionError, LookupError), plainly(self._server):
                async with self._weighing:
                    return await log_odds_of_end(self._post_to_llama, self._prompts, messages)
        return None

    def reply(self, messages: Sequence[Message], limits: ReplyLimits) -> AsyncGenerator[str, None]:
        return self._bounded(self._reply(messages, limits), limits)

    async def _reply(self, messages: Sequence[Message], limits: ReplyLimits) -> AsyncGenerator[str, None]:
        wishes = {"temperature": limits.temperature(self._temperature), "top_p": TOP_P, **self._extras}
        try:
            async with aclosing(self._pieces(messages, limits, wishes)) as pieces:
                async for piece in pieces:
                    yield piece
        except _UnknownWordError as error:
            raise error.told from error

    @property
    def calls_tools(self) -> bool:
        """See ToolCaller. llama.cpp's server tells whether the model has learned to; others are tried, and refuse."""
        return self._takes_tools

    async def reply_or_call(
        self, messages: Sequence[Message], tools: Sequence[Tool], limits: ReplyLimits
    ) -> AsyncGenerator[str | ToolCall, None]:
        """See ToolCaller. Calls come whole, behind the text if there is any. Where the server takes no tools, or a call
        cannot be read, she answers without."""
        calls, written, said = CallsInPieces(), WrittenCall(), False
        # A phrase that is kept from coming again would be the name of a tool.
        extras = {key: value for key, value in self._extras.items() if not key.startswith("dry_")}
        wishes = {
            "temperature": limits.temperature(self._temperature),
            "top_p": TOP_P,
            **extras,
            "tools": [*map(as_function, tools)],
        }
        try:
            pieces = self._bounded(self._pieces(messages, limits, wishes, calls), limits)
            async with aclosing(pieces):
                async for piece in pieces:
                    if text := written.feed(piece):
                        said = True
                        yield text
            rest, is_call = written.finish()
            if rest.strip():
                said = True
                yield rest
            wanted = written.whole() if is_call and not calls.whole() else calls.whole()
        except _UnknownWordError:
            log.info("The language model's server takes no tools.")
            self._takes_tools, wanted = False, None
        for call in wanted or ():
            yield call
        if wanted is None and not said and limits.max_tokens > 1:  # or the prompt was to be read, and no more
            async with aclosing(self.reply(messages, limits)) as answer:
                async for piece in answer:
                    yield piece

    async def fill(self, messages: Sequence[Message], schema: Mapping[str, Any], limits: ReplyLimits) -> str:
        """See LanguageModel. A server that takes no schema is asked for JSON, or else in words, and is not asked so
        again: what it writes then need not follow the schema."""
        while True:
            try:
                return await self._filled(messages, schema, limits)
            except _UnknownWordError as error:
                looser = _LOOSER.get(self._schema_form)
                if looser is None:
                    raise error.told from error
                log.info("The language model's server takes no %s; it is asked for %s.", self._schema_form, looser)
                self._schema_form = looser

    async def _filled(self, messages: Sequence[Message], schema: Mapping[str, Any], limits: ReplyLimits) -> str:
        extras = {key: value for key, value in self._extras.items() if key not in STEERING}
        request: dict[str, Any] = {"temperature": 0.0, **extras}
        if self._schema_form == "schema":
            named = {"name": "answer", "schema": dict(schema)}
            request["response_format"] = {"type": "json_schema", "json_schema": named}
        else:
            *before, last = messages
            wish = f"{last.text}\n\nAnswer with JSON alone, by this JSON schema: {json.dumps(schema)}"
            messages = [*before, Message(last.role, wish)]
            if self._schema_form == "json":
                request["response_format"] = {"type": "json_object"}
        text = await whole(self._bounded(self._pieces(messages, limits, request), limits))
        return text if self._schema_form == "schema" else json_in(text)

    def _bounded(self, pieces: AsyncGenerator[str, None], limits: ReplyLimits) -> AsyncGenerator[str, None]:
        """Within `limits`, and what the server elsewhere is given."""
        first_s = limits.first_token_timeout_s
        if limits.max_tokens > 1:  # or it is warmed up, and may have to be loaded
            first_s = min(first_s, self._server.timeout_s)
        between_s = min(limits.between_tokens_timeout_s, STALL_TIMEOUT_S)
        return within_limits(pieces, replace(limits, first_token_timeout_s=first_s, between_tokens_timeout_s=between_s))

    async def _pieces(
        self,
        messages: Sequence[Message],
        limits: ReplyLimits,
        wishes: Mapping[str, Any],
        calls: CallsInPieces | None = None,
    ) -> AsyncGenerator[str, None]:
        """Asked again without what only some servers know, if the server refuses the request as it is.

        `calls` takes what it calls; each piece of that comes as an empty one, so that it is not taken for silence.
        """
        async with self._weighing:
            pass
        request = {
            **({"model": self._server.model} if self._server.model else {}),
            "messages": as_json(messages),
            "stream": True,
            "max_tokens": limits.max_tokens,
            **wishes,
        }
        try:
            async with aclosing(self._asked(request, limits, calls)) as pieces:
                async for piece in pieces:
                    yield piece
            return
        except _UnknownWordError:
            known = {key: value for key, value in request.items() if key not in self._extras}
            if known == request:
                raise
        async with aclosing(self._asked(known, limits, calls)) as pieces:
            async for piece in pieces:
                yield piece
        self._extras = {}  # it was that

    async def _asked(
        self, request: Mapping[str, Any], limits: ReplyLimits, calls: CallsInPieces | None
    ) -> AsyncGenerator[str, None]:
        reading = Reading(WithoutThoughts(self._begins_thinking), limits, calls)
        with plainly(self._server):
            url = f"{self._server.address}/chat/completions"
            async with streamed(self._opened(), "POST", url, request) as response:
                await self._check(response)
                async with aclosing(parts_of(response)) as parts:
                    async for part in parts:
                        text = reading.take(part)
                        if text or reading.calls:
                            yield text
            if rest := reading.finish():
                yield rest
        self._begins_thinking |= reading.thoughts.stray_end
        if not reading.ended:
            raise self._server.fault("broke off in the middle of a reply", "Say it again.")
        self._timings = reading.timings()
        if not reading.pieces and (reading.thought or reading.thoughts.thought):
            raise _OnlyThoughtError(
                f"{self._server.name} thought, and came to no answer.",
                f"Switch its thinking off there, or name another model behind # in {self._server.setting}.",
            )

    async def _check(self, response: httpx.Response) -> None:
        """Raises what the status says."""
        if response.status_code == 200:
            return
        body = await response.aread()
        if response.status_code == 404 and self._server.model:
            names = await self._names()
            if names and self._server.model not in names:
                raise missing_model(self._server, names)
        told = refusal(self._server, response.status_code, body, response.headers.get("Location", ""))
        if response.status_code in UNPROCESSABLE and "longer than" not in told.message:
            raise _UnknownWordError(told)
        raise told

    async def _adapt_to(self, listed: Mapping[str, Any]) -> None:
        names = model_names(listed)
        wanted = self._server.model or next(iter(names), "")
        entry = next((model for model in listed["data"] if model["id"] == wanted), None)
        by_llama = any(model.get("owned_by") == "llamacpp" for model in listed["data"])
        if entry is None and not (by_llama and len(names) == 1):  # which answers to any name
            raise missing_model(self._server, names)
        self._server = replace(self._server, model=wanted)
        self._reads_ahead, self._prompts = by_llama, OpenPrompts()
        self._takes_tools = True
        trained = (entry or listed["data"][0]).get("max_model_len")  # vLLM
        if by_llama:
            self._extras = {**LLAMA_CPP, **STEERING}
            properties = await self._properties()
            trained, self._takes_tools = slot_tokens(properties), calls_tools(properties)
        elif (entry or {}).get("owned_by") == "vllm":
            self._extras = {**NOT_THINKING, "stream_options": {"include_usage": True}}
        else:
            self._extras = {"stream_options": {"include_usage": True}}
        if isinstance(trained, int) and trained > 0:
            self._context_tokens = min(self._context_tokens, trained)

    async def _properties(self) -> Mapping[str, Any]:
        """What llama.cpp's server says of itself and its model; nothing if it does not."""
        with suppress(CompanionError, LookupError, TypeError, ValueError):
            return await self._json("GET", f"{self._llama_root}/props")
        return {}

    async def _names(self) -> list[str]:
        with suppress(CompanionError), plainly(self._server):
            return model_names(await self._json("GET", f"{self._server.address}/models"))
        return []

    @property
    def _llama_root(self) -> str:
        return self._server.address.removesuffix("/v1")

    async def _post_to_llama(self, path: str, request: dict[str, Any]) -> Mapping[str, Any]:
        url = f"{self._llama_root}{path}"
        if not request.get("stream"):
            return await self._json("POST", url, request)
        async with streamed(self._opened(), "POST", url, request) as response, aclosing(events(response)) as parts:
            return [part async for part in parts][-1]

    async def _json(self, method: str, url: str, request: Mapping[str, Any] | None = None) -> Mapping[str, Any]:
        async with asyncio.timeout(self._server.timeout_s), streamed(self._opened(), method, url, request) as response:
            body = await response.aread()
            if response.status_code != 200:
                raise refusal(self._server, response.status_code, body, response.headers.get("Location", ""))
        answer = json.loads(body)
        if not isinstance(answer, dict):
            raise TypeError("an answer that is no object")
        return answer

    def _opened(self) -> httpx.AsyncClient:
        if self._client is None:
            raise EngineError("The language model is closed.", "Open it first.")
        return self._client


class _UnknownWordError(Exception):
    """The server refuses a request as it is; `told` is what a person is told."""

    def __init__(self, told: CompanionError) -> None:
        super().__init__()
        self.told = told


class _OnlyThoughtError(EngineError):
    """Nothing of the reply was for anybody else."""
