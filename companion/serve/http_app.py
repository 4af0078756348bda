"""The OpenAI-style endpoint: `GET /v1/models` and `POST /v1/chat/completions`, for those who bring the token.

Nothing of what is said is logged. There is no CORS: no page of a browser may read what she answers.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import AsyncGenerator, Collection, Coroutine
from contextlib import aclosing, suppress
from typing import Any

from h11 import LocalProtocolError
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from companion.core.errors import CompanionError
from companion.serve.access import names_us, token_fits
from companion.serve.chat_reply import DONE, ChatReply, as_event, error_body, model, model_list
from companion.serve.chat_request import MOST_BODY_BYTES, RequestError, read_chat_request
from companion.serve.her import Answer, Her
from companion.serve.line import COME_BACK_S, BusyError, Line

log = logging.getLogger(__name__)

BODY_S = 20.0
"""So long a request may take to arrive."""
REPLY_S = 300.0
"""No reply takes longer, whatever the model does; her own limits end almost all of them sooner."""
_ALWAYS = [(b"connection", b"close"), (b"cache-control", b"no-store"), (b"x-content-type-options", b"nosniff")]
"""One request a connection: uvicorn bounds the time to the first request only."""


def http_app(her: Her, line: Line, token: str, names: Collection[str]) -> ASGIApp:
    """`names`: those of this computer, by which a client may call it, beside its addresses."""
    endpoint = _Endpoint(her, line)
    app = Starlette(
        routes=[
            Route("/v1/models", endpoint.models, methods=["GET"]),
            Route("/v1/models/{name}", endpoint.model, methods=["GET"]),
            Route("/v1/chat/completions", endpoint.chat, methods=["POST"]),
        ],
        exception_handlers={HTTPException: _unknown, RequestError: _refused, Exception: _failed},
    )
    return _Gate(app, token, names)


class _Gate:
    """Lets in who calls us by a name of ours and brings the token, before a word of theirs is read."""

    def __init__(self, app: ASGIApp, token: str, names: Collection[str]) -> None:
        self._app = app
        self._token = token
        self._names = names

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return

        async def pass_on(message: Message) -> None:
            if message["type"] == "http.response.start":
                message = {**message, "headers": [*message.get("headers", ()), *_ALWAYS]}
            with suppress(LocalProtocolError):  # what came behind the request was no HTTP: nothing more can be answered
                await send(message)

        try:
            await (self._refusal(scope) or self._app)(scope, receive, pass_on)
        except ClientDisconnect:
            pass
        except Exception as error:  # it was answered; what uvicorn would log of it may hold words
            log.error("a request failed: %s", type(error).__name__)

    def _refusal(self, scope: Scope) -> Response | None:
        headers = [(name, value.decode("latin-1")) for name, value in scope["headers"]]
        hosts = [value for name, value in headers if name == b"host"]
        if len(hosts) != 1 or not names_us(hosts[0], self._names):
            return _problem("This computer has no such name; use its address.", 421, code="unknown_host")
        tokens = [value for name, value in headers if name == b"authorization"]
        if len(tokens) != 1 or not token_fits(tokens[0], self._token):
            said = "The token is missing or wrong; `companion serve --show-token` shows it."
            return _problem(said, 401, code="invalid_api_key", headers={"WWW-Authenticate": "Bearer"})
        return None


class _Endpoint:
    def __init__(self, her: Her, line: Line) -> None:
        self._her = her
        self._line = line
        self._since = int(time.time())

    async def models(self, request: Request) -> Response:
        return JSONResponse(model_list(self._her.personas, self._since))

    async def model(self, request: Request) -> Response:
        name = request.path_params["name"]
        if name not in self._her.personas:
            raise RequestError("There is no such model.", 404, "model", "model_not_found")
        return JSONResponse(model(name, self._since))

    async def chat(self, request: Request) -> Response:
        """Her answer. Who hangs up frees the model at once, and what they had not received counts as not heard."""
        wanted = read_chat_request(await _body(request), self._her.personas)
        reply = ChatReply(wanted.model)
        answer = self._her.answer(wanted.asked)
        saying = _Saying(answer, self._line)
        try:
            if not wanted.stream:
                clauses = await _unless_gone(request, saying.all())
                return JSONResponse(reply.whole(" ".join(clauses), answer.usage, answer.at_limit))
            first = await _unless_gone(request, saying.next())
        except BaseException as error:
            await saying.stop()
            if answered := _told(error):
                return answered
            raise
        return _Stream(_events(reply, answer, saying, first, wanted.wants_usage), saying)


class _Saying:
    """Her answer as it is written, on a task of its own: a client that reads slowly does not hold the model."""

    def __init__(self, answer: Answer, line: Line) -> None:
        self._said: asyncio.Queue[str | None] = asyncio.Queue()
        self._task = asyncio.create_task(self._speak(answer, line), name="answer a request")

    async def _speak(self, answer: Answer, line: Line) -> None:
        try:
            async with line.turn(), asyncio.timeout(REPLY_S), aclosing(answer.clauses()) as clauses:
                async for clause in clauses:
                    self._said.put_nowait(clause)
        finally:
            self._said.put_nowait(None)

    async def next(self) -> str | None:
        """The next clause; None behind the last. Raises what she raised, in its place."""
        clause = await self._said.get()
        if clause is None:
            await asyncio.wait({self._task})
            self._said.put_nowait(None)
            self._task.result()
        return clause

    async def all(self) -> list[str]:
        clauses = []
        while (clause := await self.next()) is not None:
            clauses.append(clause)
        return clauses

    async def stop(self) -> None:
        """Free the model, if that is not done. Raises nothing of hers."""
        self._task.cancel()
        await asyncio.wait({self._task})
        if not self._task.cancelled():
            self._task.exception()


class _Stream(StreamingResponse):
    """Server-sent events; when nobody takes them any more, she stops."""

    def __init__(self, events: AsyncGenerator[bytes, None], saying: _Saying) -> None:
        super().__init__(events, media_type="text/event-stream", headers={"X-Accel-Buffering": "no"})
        self._events = events
        self._saying = saying

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await super().__call__(scope, receive, send)
        finally:
            await self._saying.stop()
            await self._events.aclose()


async def _events(
    reply: ChatReply, answer: Answer, saying: _Saying, first: str | None, wants_usage: bool
) -> AsyncGenerator[bytes, None]:
    yield reply.first_chunk()
    clause, before = first, ""
    while clause is not None:
        yield reply.chunk(f"{before}{clause}")
        before = " "
        try:
            clause = await saying.next()
        except (CompanionError, TimeoutError) as error:
            yield as_event(error_body(str(error) or "She took too long.", 500))
            return
    yield reply.last_chunk(answer.at_limit)
    if wants_usage:
        yield reply.usage_chunk(answer.usage)
    yield DONE


class _GoneError(Exception):
    """The client has hung up."""


async def _unless_gone(request: Request, work: Coroutine[Any, Any, Any]) -> Any:
    """What `work` gives. Raises _GoneError once the client has hung up."""
    working = asyncio.create_task(work, name="work for a request")
    leaving = asyncio.create_task(_departure(request), name="watch a request")
    try:
        await asyncio.wait({working, leaving}, return_when=asyncio.FIRST_COMPLETED)
        if not working.done():
            raise _GoneError
        return working.result()
    finally:
        for task in (working, leaving):
            task.cancel()
        await asyncio.wait({working, leaving})


async def _departure(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass


async def _body(request: Request) -> bytes:
    """Raises RequestError if it is no JSON by its header, too large, or too slow."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/json":
        raise RequestError("Content-Type must be application/json.", 415)
    said_length = request.headers.get("content-length", "")
    if said_length.isdecimal() and int(said_length) > MOST_BODY_BYTES:
        raise _too_large()
    body = bytearray()
    try:
        async with asyncio.timeout(BODY_S):
            async for chunk in request.stream():
                body += chunk
                if len(body) > MOST_BODY_BYTES:
                    raise _too_large()
    except TimeoutError:
        raise RequestError("The request did not arrive in time.", 408) from None
    return bytes(body)


def _too_large() -> RequestError:
    return RequestError(f"The request is larger than {MOST_BODY_BYTES:,} bytes.", 413)


def _told(error: BaseException) -> Response | None:
    """The answer to a request that failed with `error`, if that is one to be told."""
    match error:
        case BusyError(waited=waited):
            come_back = {"Retry-After": str(COME_BACK_S)}
            said = "She is talking with somebody else; try again soon."
            return _problem(said, 503 if waited else 429, code="server_busy", headers=come_back)
        case CompanionError():
            return _problem(str(error), 503, code="engine_failed")
        case TimeoutError():
            return _problem("She took too long.", 504, code="timeout")
        case _GoneError() | ClientDisconnect():
            return Response(status_code=499)  # which nobody reads
    return None


def _problem(
    message: str,
    status: int,
    param: str | None = None,
    code: str | None = None,
    headers: dict[str, str] | None = None,
) -> Response:
    return JSONResponse(error_body(message, status, param, code), status, headers)


async def _unknown(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    said = {404: "There is nothing at this path; she answers at /v1/chat/completions.", 405: "Not by this method."}
    headers = dict(error.headers) if error.headers else None
    return _problem(said.get(error.status_code, "That is not possible."), error.status_code, headers=headers)


async def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestError)
    return _problem(error.message, error.status, error.param, error.code)


async def _failed(request: Request, error: Exception) -> Response:
    return _problem("She failed at this; `companion doctor` may tell why.", 500)
