"""The embedded language model: llama.cpp in a child process, reached over HTTP on this computer only."""

from __future__ import annotations

import asyncio
import logging
import os
import sys
import time
from collections import deque
from collections.abc import AsyncGenerator, AsyncIterator, Mapping, Sequence
from contextlib import aclosing, asynccontextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from companion.backends.chat_completions import (
    LLAMA_CPP,
    OpenPrompts,
    RefusedError,
    as_json,
    error_of,
    events,
    llama_timings,
    log_odds_of_end,
    read_ahead,
)
from companion.backends.llama_process import LlamaProcess, ServerConfig
from companion.backends.prefix_states import PrefixStates
from companion.backends.steering import STEERING, STEERING_OF_SMALL, steered
from companion.backends.token_stream import primer, whole, within_limits
from companion.core.engines import EngineInfo, Message, PromptTimings, ReplyLimits
from companion.core.errors import CompanionError, EngineError

if TYPE_CHECKING:
    import httpx

log = logging.getLogger(__name__)

SMALL_MODEL_BYTES = 400_000_000
SET_ASIDE_MIB = 128
"""For a conversation that is set aside while the model does something else, such as to note what was said. Read anew it
would keep a person waiting for seconds; small models are not asked for anything else, and read it soon."""
RESTARTS = 3
RESTART_PERIOD_S = 60.0
WARM_UP_LIMITS = ReplyLimits(max_tokens=1, first_token_timeout_s=300.0)
CONNECT_TIMEOUT_S = 5.0


@dataclass(frozen=True, slots=True)
class Sampling:
    """How the next word is chosen."""

    temperature: float = 0.7
    seed: int | None = None
    """Makes replies repeatable; None draws a new one for each."""


class LlamaCpp:
    """A GGUF model run by llama.cpp. Serves one reply at a time."""

    def __init__(
        self,
        model: Path,
        name: str,
        context_tokens: int = 4096,
        threads: int = 2,
        sampling: Sampling | None = None,
        states: PrefixStates | None = None,
    ) -> None:
        """`model`: the GGUF file. `name`: what people call it. `states`: where what it warmed up with is kept."""
        folder = states.prepare() if states else None
        self._states = states if folder else None
        set_aside_mib = 0 if is_small(model) else SET_ASIDE_MIB
        self._config = ServerConfig(
            model,
            context_tokens,
            reading_threads(model, threads, _processors()),
            writing_threads(model, threads),
            folder,
            set_aside_mib,
        )
        self._name = name
        self._steering = STEERING_OF_SMALL if is_small(model) else STEERING
        self._sampling = sampling or Sampling()
        self._context_tokens = context_tokens
        self._timings = PromptTimings()
        self._server: LlamaProcess | None = None
        self._client: httpx.AsyncClient | None = None
        self._starting = asyncio.Lock()
        self._restarts_s: deque[float] = deque(maxlen=RESTARTS)
        self._prompts = OpenPrompts()
        self._weighing = asyncio.Lock()
        """A reply is not asked for meanwhile: the server might begin it first, and weigh when it is over. Sent once the
        question was sent, it overtook 5 of 60; sent behind the answer, it comes 3 ms later (9 with a large model).
        """

    def info(self) -> EngineInfo:
        return EngineInfo("language model", "llama.cpp", self._name)

    @property
    def context_tokens(self) -> int:
        return self._context_tokens

    @property
    def last_timings(self) -> PromptTimings:
        return self._timings

    @property
    def pid(self) -> int | None:
        """The child process, while there is one: for `companion bench`, which measures its memory."""
        return self._server.pid if self._server and self._server.alive else None

    async def open(self) -> None:
        """Load the model. Raises ModelError or EngineError with the remedy. Opening an open one is nothing."""
        if self._client is None:
            self._client = _make_client()
            try:
                await self._start()
            except BaseException:
                await self.close()
                raise

    async def close(self) -> None:
        """End the child. Closing a closed one is nothing."""
        client, self._client = self._client, None
        if client is not None:
            await client.aclose()
        server, self._server = self._server, None
        if server is not None:
            await server.stop()

    async def warm_up(self, messages: Sequence[Message]) -> None:
        """See LanguageModel. What was read at an earlier start is taken from disk."""
        if self._states is None:
            await self._read(messages)
            return
        server = await self._running()
        name = self._states.name(self._config.model, self._context_tokens, messages)
        restored = self._states.has(name) and await self._slot(server, "restore", name)
        await self._read(messages)
        if not restored and not await self._slot(server, "save", name):
            self._states.drop(name)
        self._states.note_use(name)

    async def _slot(self, server: LlamaProcess, action: str, file_name: str) -> bool:
        """Save or restore what the server has read; False if it cannot, as with a full disk or a damaged file."""
        import httpx

        try:
            await self._post(server, f"/slots/0?action={action}", {"filename": file_name})
        except (httpx.HTTPStatusError, ValueError):
            log.info("What the language model had read could not be %sd.", action)
            return False
        return True

    async def _read(self, messages: Sequence[Message]) -> None:
        await whole(self.reply(primer(messages), WARM_UP_LIMITS))

    async def anticipate(self, messages: Sequence[Message], whole: bool = False) -> None:
        import httpx

        with suppress(httpx.HTTPStatusError, ValueError, LookupError, CompanionError):
            server = await self._running()
            await read_ahead(partial(self._post, server), self._prompts, messages, whole)

    async def finality(self, messages: Sequence[Message]) -> float | None:
        """See LanguageModel."""
        import httpx

        with suppress(httpx.HTTPStatusError, ValueError, LookupError, CompanionError):
            async with self._weighing:
                server = await self._running()
                return await log_odds_of_end(partial(self._post, server), self._prompts, messages)
        return None

    async def count_tokens(self, text: str) -> int:
        """How many tokens the model makes of `text`, by its own tokenizer. Raises EngineError."""
        server = await self._running()
        answer = await self._post(server, "/tokenize", {"content": text, "parse_special": False})
        return len(answer["tokens"])

    async def _post(self, server: LlamaProcess, path: str, request: dict[str, Any]) -> dict[str, Any]:
        import httpx

        if self._client is None:
            raise _closed()
        key = {"Authorization": f"Bearer {server.api_key}"}
        try:
            answer = await self._client.post(f"{server.address}{path}", json=request, headers=key)
        except httpx.TransportError as error:
            await server.stop()
            raise _stopped() from error
        return dict(answer.raise_for_status().json())

    def reply(self, messages: Sequence[Message], limits: ReplyLimits) -> AsyncGenerator[str, None]:
        return self._completion({**self._request(messages, limits), **steered(self._steering, messages)}, limits)

    async def fill(self, messages: Sequence[Message], schema: Mapping[str, Any], limits: ReplyLimits) -> str:
        wanted = {"type": "json_schema", "json_schema": {"schema": schema}}
        request = {**self._request(messages, limits), "response_format": wanted, "temperature": 0.0}
        return await whole(self._completion(request, limits))

    async def _completion(self, request: dict[str, Any], limits: ReplyLimits) -> AsyncGenerator[str, None]:
        async with self._weighing:
            server = await self._running()
        async with aclosing(within_limits(self._pieces(server, request), limits)) as pieces:
            async for piece in pieces:
                yield piece

    def _request(self, messages: Sequence[Message], limits: ReplyLimits) -> dict[str, Any]:
        request = {
            "messages": as_json(messages),
            "stream": True,
            "max_tokens": limits.max_tokens,
            "temperature": limits.temperature(self._sampling.temperature),
            **LLAMA_CPP,
        }
        return request if self._sampling.seed is None else {**request, "seed": self._sampling.seed}

    async def _pieces(self, server: LlamaProcess, request: dict[str, Any]) -> AsyncGenerator[str, None]:
        ended = False
        async with self._exchange(server, request) as response:
            if response.status_code != 200:
                raise _refusal(await response.aread())
            async with aclosing(_understood(response)) as parts:
                async for event in parts:
                    if "timings" in event:
                        self._timings = llama_timings(event["timings"])
                        ended = True
                    # `reasoning_content` stands beside `content`: the model's private thinking, left out.
                    for choice in event.get("choices", ()):
                        if text := choice["delta"].get("content"):
                            yield text
        if not ended:
            await server.stop()
            raise _stopped()

    @asynccontextmanager
    async def _exchange(self, server: LlamaProcess, request: dict[str, Any]) -> AsyncIterator[httpx.Response]:
        """The server's answer to `request`. Leaving hangs up; a server that fails is ended."""
        import httpx

        if self._client is None:
            raise _closed()
        url, key = f"{server.address}/v1/chat/completions", {"Authorization": f"Bearer {server.api_key}"}
        try:
            async with self._client.stream("POST", url, json=request, headers=key) as response:
                yield response
        except httpx.TransportError as error:
            log.info("The llama.cpp server broke off (%s).", type(error).__name__)
            await server.stop()
            raise _stopped() from error

    async def _running(self) -> LlamaProcess:
        """The server, started again if it has ended. Raises EngineError if that happens too often."""
        async with self._starting:
            if self._client is None:
                raise _closed()
            if self._server is None or not self._server.alive:
                self._count_restart()
                await self._start()
            assert self._server is not None
            return self._server

    def _count_restart(self) -> None:
        now_s = time.monotonic()
        if len(self._restarts_s) == RESTARTS and now_s - self._restarts_s[0] < RESTART_PERIOD_S:
            raise EngineError(
                f"The language model stopped {RESTARTS + 1} times within a minute.",
                "Wait a minute, or choose another with mind.model; `companion doctor` tests it.",
            )
        self._restarts_s.append(now_s)

    async def _start(self) -> None:
        began_s = time.monotonic()
        ended, self._server = self._server, None
        if ended is not None:
            await ended.stop()
        self._server = await LlamaProcess.start(self._config)
        self._context_tokens = await self._served_context()
        log.info("%s loaded in %.1f s", self._name, time.monotonic() - began_s)

    async def _served_context(self) -> int:
        """What the server gives us: at most what the model was trained for."""
        import httpx

        assert self._client is not None and self._server is not None
        try:
            answer = await self._client.get(
                f"{self._server.address}/slots", headers={"Authorization": f"Bearer {self._server.api_key}"}
            )
            return int(answer.json()[0]["n_ctx"])
        except (httpx.TransportError, ValueError, LookupError, TypeError) as error:
            raise _stopped() from error


def writing_threads(model: Path, threads: int) -> int:
    """A small model writes as fast with one thread, and does not wait at every layer for a second one that the voice
    has pushed aside. Measured on two cores, ms a token with one and two threads: SmolLM2-135M 8.7 and 8.2 alone, 8.8
    and 15 beside a busy process; Qwen2.5-1.5B 46 and 32 alone, 48 and 51 beside one.
    """
    return 1 if is_small(model) else threads


def reading_threads(model: Path, threads: int, processors: int) -> int:
    """Where every processor has work of its own, a small model reads with one thread, too: of several, each waits for
    the others at every layer, and they for a processor. Measured on two cores, ms for 2, 7 and 15 tokens of
    SmolLM2-135M: with one thread 15, 41 and 80; with two 13, 24 and 44 alone, 68, 94 and 133 beside one busy process.
    """
    return 1 if is_small(model) and processors <= threads else threads


def _processors() -> int:
    """Those that this process may use."""
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1


def is_small(model: Path) -> bool:
    """Whether the model is one for the smallest machines: SmolLM2-135M, say."""
    return model.is_file() and model.stat().st_size < SMALL_MODEL_BYTES


def _make_client() -> httpx.AsyncClient:
    import httpx

    # No connection is kept: the server closes each after a stream, in a race with the next request.
    # No certificates are loaded: it is plain HTTP, and never leaves this computer. Time is bounded elsewhere.
    return httpx.AsyncClient(
        limits=httpx.Limits(max_keepalive_connections=0),
        timeout=httpx.Timeout(None, connect=CONNECT_TIMEOUT_S),
        trust_env=False,
        verify=False,
    )


async def _understood(response: httpx.Response) -> AsyncGenerator[dict[str, Any], None]:
    """The JSON objects of a stream of server-sent events. Raises EngineError for one that is none."""
    try:
        async with aclosing(events(response)) as parts:
            async for event in parts:
                yield event
    except RefusedError as error:
        raise _refusal(error.body) from error
    except ValueError as error:
        raise EngineError("The language model sent what cannot be understood.", "Say it again.") from error


def _refusal(body: bytes) -> EngineError:
    reason, error = error_of(body)
    if not reason:
        return EngineError("The language model refused to answer.", "Say it again; `companion doctor` tests it.")
    if error.get("type") == "exceed_context_size_error":
        return EngineError(
            f"The conversation is longer than the {error.get('n_ctx', '')} tokens that the language model can read.",
            "Set mind.context_tokens higher, or begin a new conversation.",
        )
    return EngineError(f"The language model refused to answer ({reason}).", "Choose another with mind.model.")


def _stopped() -> EngineError:
    return EngineError("The language model stopped unexpectedly.", "Say it again: it is started anew.")


def _closed() -> EngineError:
    return EngineError("The language model is closed.", "Open it first.")
