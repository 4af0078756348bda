"""The small Ollama as a process of its own, to be killed: `python -m tests.fakes.ollama_process` prints its address."""

from __future__ import annotations

import asyncio
import sys

from tests.fakes.ollama_server import FakeOllama

SAYS = "First wash two leeks and cut them into rings. Then warm some butter in a pot and let them soften. " * 5


async def serve() -> None:
    async with FakeOllama(says=SAYS) as server:
        sys.stdout.write(f"{server.address}\n")
        sys.stdout.flush()
        await asyncio.to_thread(sys.stdin.read)


if __name__ == "__main__":
    asyncio.run(serve())
