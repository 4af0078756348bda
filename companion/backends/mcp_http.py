"""A tool server behind an address: the client that asks it, and why any tool server cannot be reached, plainly."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator
from contextlib import AbstractAsyncContextManager
from typing import Any
from urllib.parse import urlsplit

from companion.core.errors import CompanionError
from companion.core.tool_servers import ToolServer

_AT_ITS_ADDRESS = "Start it there, or mend its url in mcp.json."


class Asked:
    """How a server with a url is asked: with its headers, its certificate checked, no redirect to another host."""

    def __init__(self, server: ToolServer) -> None:
        self._server = server
        self.status = 0
        """The last HTTP status that it answered with; 0: none yet."""

    def client(self) -> Any:
        """A client of httpx2, to be entered and left. This computer is asked without a proxy."""
        import httpx2
        from mcp.shared._httpx_utils import MCP_DEFAULT_SSE_READ_TIMEOUT, MCP_DEFAULT_TIMEOUT

        return httpx2.AsyncClient(
            headers=dict(self._server.headers or {}),
            timeout=httpx2.Timeout(MCP_DEFAULT_TIMEOUT, read=MCP_DEFAULT_SSE_READ_TIMEOUT),
            trust_env=not _is_this_computer(self._server.url),
            verify=httpx2.create_ssl_context(),  # which reads SSL_CERT_FILE, also where the environment is not trusted
            event_hooks={"response": [self._note]},
        )

    def transport(self, client: Any) -> AbstractAsyncContextManager[Any]:
        from mcp.client.streamable_http import streamable_http_client

        return streamable_http_client(self._server.url, http_client=client)

    async def _note(self, response: Any) -> None:
        self.status = int(response.status_code)


def why(server: ToolServer, error: BaseException, status: int, within_s: float) -> str:
    """One sentence and a remedy for what came of connecting. `status`: that of `Asked`. `within_s`: how long it had."""
    errors = list(_all_of(error))
    for each in errors:
        if isinstance(each, CompanionError):
            return each.message
    if server.command:
        return _of_command(server, errors, within_s)
    return _of_address(server, errors, status, within_s)


def _of_command(server: ToolServer, errors: list[BaseException], within_s: float) -> str:
    if any(isinstance(each, FileNotFoundError) for each in errors):
        return f"Its command {server.command} is not there. Install it, or give its whole path in mcp.json."
    if any(isinstance(each, TimeoutError) for each in errors):
        return f"It did not answer within {within_s:g} s. Try its command in a terminal."
    return f"It ended before it answered ({type(errors[-1]).__name__}). Try its command in a terminal."


def _of_address(server: ToolServer, errors: list[BaseException], status: int, within_s: float) -> str:
    parts = urlsplit(server.url)
    origin = f"{parts.scheme}://{parts.hostname}{f':{parts.port}' if parts.port else ''}"
    names = {type(each).__name__ for each in errors}
    if any("CERTIFICATE" in str(each).upper() for each in errors):
        return (
            f"It could not prove that it is {parts.hostname}: its certificate is not accepted. "
            "Check the clock of this computer; SSL_CERT_FILE names the certificate of a server of your own."
        )
    if names & {"ConnectError", "ConnectTimeout"}:
        return f"Nothing answers at {origin}. {_AT_ITS_ADDRESS}"
    if status in (401, 403):
        return (
            f"It refuses (HTTP {status}): it wants a key, or another one. "
            'Give it in mcp.json: "headers": {"Authorization": "Bearer ..."}.'
        )
    if 300 <= status < 400:
        return f"It sends us on to another address, which is not followed (HTTP {status}). Put that one into mcp.json."
    if status in (404, 405, 406, 410):
        return (
            f"There is no MCP server at that path of {origin} (HTTP {status}). "
            "Most are at /mcp; servers of the older kind (SSE) are not understood."
        )
    if status >= 400:
        return f"{origin} has trouble of its own (HTTP {status}). Try again later."
    if "TimeoutError" in names or any(name.endswith("Timeout") for name in names):
        return f"{origin} did not answer within {within_s:g} s. {_AT_ITS_ADDRESS}"
    if status:
        return f"What answers at {origin} does not speak the protocol of tools (MCP). Check its url in mcp.json."
    return f"{origin} cannot be reached ({type(errors[-1]).__name__}). {_AT_ITS_ADDRESS}"


def _all_of(error: BaseException) -> Iterator[BaseException]:
    """`error`, what it groups, and what it came of."""
    yield error
    if isinstance(error, BaseExceptionGroup):
        for each in error.exceptions:
            yield from _all_of(each)
    if error.__cause__ is not None:
        yield from _all_of(error.__cause__)


def _is_this_computer(url: str) -> bool:
    host = urlsplit(url).hostname or ""
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
