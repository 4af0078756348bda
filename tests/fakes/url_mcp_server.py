"""A real server of the Model Context Protocol at an address here (streamable HTTP), with faults on request."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, nullcontext
from pathlib import Path
from typing import Any

import uvicorn
from mcp.server import MCPServer
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

KEY = "open sesame"


@asynccontextmanager
async def shop_server(
    fault: str = "", certificate: tuple[Path, Path] | None = None, ran: list[str] | None = None
) -> AsyncIterator[str]:
    """Its url while the block lasts. `fault`: "wants a key", "web page", "elsewhere", "trouble". `ran`: takes what it
    was told to do."""
    app = _Door(_shop([] if ran is None else ran), fault)
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    files: dict[str, Any] = {"ssl_certfile": certificate[0], "ssl_keyfile": certificate[1]} if certificate else {}
    server = uvicorn.Server(uvicorn.Config(app, log_config=None, timeout_graceful_shutdown=1, **files))
    server.capture_signals = _none  # type: ignore[method-assign]
    serving = asyncio.create_task(server.serve([listening]))
    scheme = "https" if certificate else "http"
    try:
        yield f"{scheme}://127.0.0.1:{listening.getsockname()[1]}/mcp"
    finally:
        server.should_exit = True
        await asyncio.wait({serving})
        listening.close()


def _none() -> Any:
    return nullcontext()


def _shop(ran: list[str]) -> ASGIApp:
    server = MCPServer("shop")

    @server.tool()
    def price(thing: str) -> str:
        """What a thing costs in the shop."""
        ran.append(f"price of {thing}")
        return f"A {thing} costs 3 euros."

    @server.tool()
    def order(thing: str) -> str:
        """Order a thing from the shop, for money."""
        ran.append(f"order of {thing}")
        return f"Ordered: {thing}."

    return server.streamable_http_app()


class _Door:
    def __init__(self, shop: ASGIApp, fault: str) -> None:
        self._shop, self._fault = shop, fault

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        refusal = self._refusal(scope) if scope["type"] == "http" else None
        await (refusal or self._shop)(scope, receive, send)

    def _refusal(self, scope: Scope) -> Response | None:
        key = dict(scope["headers"]).get(b"authorization", b"").decode()
        if self._fault == "wants a key" and key != f"Bearer {KEY}":
            return Response(status_code=401)
        if self._fault == "web page":
            return HTMLResponse("<html>Welcome to the router</html>")
        if self._fault == "elsewhere":
            return RedirectResponse("http://localhost:9/mcp", 307)
        return Response(status_code=500) if self._fault == "trouble" else None
