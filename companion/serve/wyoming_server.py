"""The Wyoming side: who may connect is told by their address alone, since the protocol knows no token."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from companion.serve.access import Door
from companion.serve.wyoming_connection import Connection, Offered
from companion.serve.wyoming_events import MOST_LINE_BYTES


@asynccontextmanager
async def serving_wyoming(offered: Offered, listening: socket.socket, door: Door) -> AsyncIterator[None]:
    """Serve whom `door` admits, on `listening`, while the block runs."""
    clients: set[asyncio.Task[None]] = set()

    async def welcome(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        peer = str((writer.get_extra_info("peername") or ("",))[0])
        if not door.enter(peer):
            writer.transport.abort()
            return
        client = asyncio.create_task(Connection(reader, writer, peer, offered).serve(), name="a Wyoming client")
        clients.add(client)
        try:
            await asyncio.wait({client})
        finally:
            client.cancel()
            await asyncio.wait({client})
            clients.discard(client)
            door.leave(peer)
            writer.close()
            with suppress(OSError):
                await writer.wait_closed()

    server = await asyncio.start_server(welcome, sock=listening, limit=MOST_LINE_BYTES)
    try:
        yield
    finally:
        server.close()
        for client in clients:
            client.cancel()
        if clients:
            await asyncio.wait(clients)
