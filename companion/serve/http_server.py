"""uvicorn, with its doors narrowed: few connections, quick requests, small heads, no log and no signals of its own."""

from __future__ import annotations

import asyncio
import logging
import socket
import ssl
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

import h11
import uvicorn
from starlette.types import ASGIApp
from uvicorn.protocols.http.h11_impl import H11Protocol

from companion.core.errors import UsageError
from companion.serve.access import Door

HEAD_S = 10.0
"""So long who has connected may take to say what they want."""
MOST_HEAD_BYTES = 16_384
STOP_S = 2
"""So long the end waits for replies under way."""


@asynccontextmanager
async def serving_http(
    app: ASGIApp, listening: socket.socket, door: Door, tls: ssl.SSLContext | None = None
) -> AsyncIterator[asyncio.Task[None]]:
    """Serve `app` on `listening`; the task ends only if that fails. Without `tls`, words travel in the clear."""
    logging.getLogger("uvicorn").setLevel(logging.CRITICAL)  # it would tell of each request that is no HTTP
    config = uvicorn.Config(
        app,
        http=_protocol(door),
        ws="none",
        lifespan="off",
        loop="none",
        log_config=None,
        access_log=False,
        proxy_headers=False,
        server_header=False,
        timeout_keep_alive=5,
        timeout_graceful_shutdown=STOP_S,
        h11_max_incomplete_event_size=MOST_HEAD_BYTES,
        ssl_context_factory=(lambda config, default: tls) if tls else None,
    )
    server = _Server(config)
    serving = asyncio.create_task(server.serve([listening]), name="serve HTTP")
    try:
        yield serving
    finally:
        server.should_exit = True
        await asyncio.wait({serving})


class _Server(uvicorn.Server):
    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Signals are the command's."""
        yield


def tls_context(certificate: Path, key: Path) -> ssl.SSLContext:
    """Of a certificate and its key, PEM files. Raises UsageError."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    try:
        context.load_cert_chain(certificate, key, password=lambda: "")
    except (OSError, ssl.SSLError, ValueError) as error:
        raise UsageError(
            f"Certificate and key cannot be used: {getattr(error, 'strerror', '') or error}.",
            "Both are to be PEM files that belong together, and the key without a password.",
        ) from error
    return context


def _protocol(door: Door) -> type[H11Protocol]:
    class Guarded(H11Protocol):
        """Lets in whom `door` admits, and only as long as they say something."""

        _peer: str | None = None
        _waiting: asyncio.TimerHandle | None = None

        def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
            super().connection_made(transport)
            peer = str((transport.get_extra_info("peername") or ("",))[0])
            if not door.enter(peer):
                transport.abort()
                return
            self._peer = peer
            self._waiting = asyncio.get_running_loop().call_later(HEAD_S, self._expect_request)

        def connection_lost(self, exc: Exception | None) -> None:
            if self._peer is not None:
                door.leave(self._peer)
                self._peer = None
            if self._waiting:
                self._waiting.cancel()
            super().connection_lost(exc)

        def send_400_response(self, msg: str) -> None:
            """What is no HTTP is told so, where that can be: not behind an answer that has begun."""
            try:
                super().send_400_response(msg)
            except h11.LocalProtocolError:
                self.transport.close()

        def _expect_request(self) -> None:
            begun: object = self.cycle
            if begun is None:
                self.transport.abort()

    return Guarded
