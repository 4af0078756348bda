"""Servers of the Model Context Protocol: started or reached with a conversation, and started anew when they die.

Of what a server can do, only its tools are used. It is offered nothing in return: no sampling, no roots, no questions.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import os
import re
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO
from urllib.parse import urlsplit

from companion.backends.mcp_http import Asked, why
from companion.core.tool_servers import ToolServer
from companion.core.tools import Tool, ToolError

if TYPE_CHECKING:
    from mcp import Client

log = logging.getLogger(__name__)

CONNECT_S = 20.0
"""Starting a server may fetch it first, as `uvx` does; longer than this nobody waits for it."""
CALL_S = 25.0
CLOSE_S = 6.0
MOST_TOOLS = 64
"""Of one server: more, no model can choose from."""
MOST_PAGES = 10
DESCRIPTION_CHARACTERS = 400
SCHEMA_CHARACTERS = 4000
MOST_ARGUMENTS = 20
MOST_TEXT = 200_000
"""Characters of a result that are taken at all."""
PING_EVERY_S = 10.0
RETRY_S = (1.0, 5.0, 30.0, 120.0)
"""How long after its death a server is started anew."""


class McpServers:
    """`ToolBox` of the servers of a configuration. Make, use and close it on one event loop."""

    def __init__(self, servers: Sequence[ToolServer]) -> None:
        self._servers = {server.name: _Server(server) for server in servers}

    def start(self) -> None:
        """Start or reach all of them; nobody waits for it."""
        for server in self._servers.values():
            server.start()

    async def settled(self) -> None:
        """Until each answers, or is known not to."""
        for server in self._servers.values():
            await server.settled.wait()

    def tools(self) -> Sequence[Tool]:
        return [tool for server in self._servers.values() for tool in server.tools]

    @property
    def faults(self) -> dict[str, str]:
        """Why a server does not answer, by its name."""
        return {name: server.fault for name, server in self._servers.items() if server.fault}

    async def run(self, tool: Tool, arguments: Mapping[str, Any]) -> str:
        server = self._servers.get(tool.server)
        if server is None:
            raise ToolError(f"there is no {tool.server} any more")
        return await server.run(tool.name, arguments)

    async def close(self) -> None:
        """End all servers that were started."""
        await asyncio.gather(*(server.close() for server in self._servers.values()))


class _Server:
    """One server. Its connection lives in a task of its own, so that whoever calls it may be cancelled."""

    def __init__(self, server: ToolServer) -> None:
        self._server = server
        self.tools: tuple[Tool, ...] = ()
        self.fault = ""
        self.settled = asyncio.Event()
        self._client: Client | None = None
        self._asked = Asked(server)
        self._keeping: asyncio.Task[None] | None = None
        self._lost = asyncio.Event()

    def start(self) -> None:
        self._keeping = asyncio.create_task(self._keep_connected(), name=f"tool server {self._server.name}")

    async def run(self, name: str, arguments: Mapping[str, Any]) -> str:
        """Raises ToolError: it is not there, dies, says no, or takes too long."""
        client = self._client
        if client is None:
            raise ToolError(f"{self._server.name} is not there just now")
        calling = asyncio.ensure_future(client.call_tool(name, dict(arguments), read_timeout_seconds=CALL_S))
        losing = asyncio.ensure_future(self._lost.wait())
        try:
            await asyncio.wait({calling, losing}, timeout=CALL_S, return_when=asyncio.FIRST_COMPLETED)
            if not calling.done():
                gone = self._lost.is_set()
                raise ToolError(f"{self._server.name} {'has ended' if gone else 'does not answer'}")
            result = calling.result()
        except ToolError:
            raise
        except Exception as error:  # the protocol's own errors, and all that a transport can raise
            log.info("a tool failed (%s)", type(error).__name__)
            self._look_after(error)
            raise ToolError(f"{self._server.name} could not do it") from error
        finally:
            for task in (calling, losing):
                task.cancel()
            await asyncio.wait({calling, losing}, timeout=1.0)
            if calling.done() and not calling.cancelled():
                calling.exception()
        if result.is_error:
            raise ToolError(f"{self._server.name} could not do it")
        return _text_of(result)

    async def close(self) -> None:
        keeping, self._keeping = self._keeping, None
        if keeping:
            keeping.cancel()
            await asyncio.wait({keeping}, timeout=CLOSE_S)

    def _look_after(self, error: Exception) -> None:
        """A broken connection is made anew."""
        if not type(error).__name__.startswith("MCPError"):
            self._lost.set()

    async def _keep_connected(self) -> None:
        deaths = 0
        while True:
            self._lost = asyncio.Event()
            began = asyncio.get_running_loop().time()
            try:
                async with self._connected() as client:
                    self.fault = ""
                    self._client = client
                    self.settled.set()
                    await self._until_lost(client)
                    self.fault = "It has ended."
            except asyncio.CancelledError:
                raise
            except Exception as error:
                self.fault = why(self._server, error, self._asked.status, CONNECT_S)
                log.info("tool server: %s", type(error).__name__)
            finally:
                self._client, self.tools = None, ()
                self._lost.set()
                self.settled.set()
            lived_s = asyncio.get_running_loop().time() - began
            deaths = 0 if lived_s > RETRY_S[-1] else deaths + 1
            await asyncio.sleep(RETRY_S[min(deaths, len(RETRY_S)) - 1] if deaths else RETRY_S[0])

    @asynccontextmanager
    async def _connected(self) -> AsyncIterator[Client]:
        from mcp import Client

        async with contextlib.AsyncExitStack() as stack:
            nowhere = stack.enter_context(_nowhere())
            async with asyncio.timeout(CONNECT_S):
                transport = await self._transport(stack, nowhere)
                client = await stack.enter_async_context(Client(transport, read_timeout_seconds=CALL_S, cache=None))
                self.tools = await self._listed(client)
            yield client

    async def _transport(self, stack: contextlib.AsyncExitStack, errors: TextIO) -> Any:
        server = self._server
        if server.url:
            self._asked = Asked(server)
            return self._asked.transport(await stack.enter_async_context(self._asked.client()))
        from mcp import StdioServerParameters
        from mcp.client.stdio import stdio_client

        parameters = StdioServerParameters(command=server.command, args=list(server.args), env=dict(server.env or {}))
        return stdio_client(parameters, errlog=errors)

    async def _listed(self, client: Client) -> tuple[Tool, ...]:
        tools: list[Tool] = []
        cursor = None
        for _ in range(MOST_PAGES):
            page = await client.list_tools(cursor=cursor)
            tools += [_tool(self._server, listed) for listed in page.tools]
            cursor = page.next_cursor
            if not cursor or len(tools) >= MOST_TOOLS:
                break
        by_name = {tool.offered_as: tool for tool in reversed(tools[:MOST_TOOLS])}
        return tuple(reversed(by_name.values()))

    async def _until_lost(self, client: Client) -> None:
        """Returns when the connection is gone, which a ping now and then finds out."""
        while not self._lost.is_set():
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._lost.wait(), PING_EVERY_S)
                return
            await asyncio.wait_for(client.send_ping(), CALL_S)


def _nowhere() -> TextIO:
    """For what a server says beside the protocol, which may hold what it was told."""
    return Path(os.devnull).open("w")


def _tool(server: ToolServer, listed: Any) -> Tool:
    described = " ".join(re.sub(r"[^\x20-\x7e\u00a0-\uffff]", " ", listed.description or "").split())
    host = urlsplit(server.url).hostname or "" if server.url else ""
    elsewhere = "" if host in ("", "localhost", "127.0.0.1", "::1") else host
    schema = _bounded(listed.input_schema) if isinstance(listed.input_schema, dict) else {}
    return Tool(server.name, str(listed.name), described[:DESCRIPTION_CHARACTERS], schema, elsewhere)


def _bounded(schema: Mapping[str, Any]) -> Mapping[str, Any]:
    """`schema`; of a very long one, only what arguments there are and of what type."""
    if len(json.dumps(schema, default=str)) <= SCHEMA_CHARACTERS:
        return schema
    properties = schema.get("properties")
    named = [*properties.items()][:MOST_ARGUMENTS] if isinstance(properties, dict) else []
    kinds = {str(name)[:60]: {"type": kind.get("type", "string")} for name, kind in named if isinstance(kind, dict)}
    required = schema.get("required")
    needed = [name for name in required if name in kinds] if isinstance(required, list) else []
    return {"type": "object", "properties": kinds, "required": needed}


def _text_of(result: Any) -> str:
    """The text of a result; pictures, sounds and links are left out."""
    parts: list[str] = []
    left = MOST_TEXT
    for content in result.content:
        if getattr(content, "type", "") == "text" and left > 0:
            parts.append(content.text[:left])
            left -= len(parts[-1])
    return "\n".join(parts)
